import { createHmac, randomBytes } from 'node:crypto'
import type { Hit } from '../../detect/types.js'
import type { Confidence, Severity } from '../../detect-entry.js'
import { toBase64Url } from '../../seal/bytes.js'
import type { RuleCatalog } from '../collect/rule-catalog.js'
import type { Place, SecretSummary } from '../report.js'
import type { FileHit } from './file-scan.js'
import type { ShownNames } from './shown-names.js'
import type { Target } from './target.js'

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']
const CONFIDENCES: readonly Confidence[] = ['certain', 'high', 'medium', 'low']
/** More are counted only. */
const MAX_PLACES = 100

/** One secret by one rule in one file: what a baseline decides about. Holds plaintext. */
export interface FileFinding {
  readonly secret: string
  readonly target: Target
  readonly rule: Hit['rule']
  readonly confidence: Confidence
  /** Where it stands: the first, and at most 100 of its copies. */
  readonly hits: FileHit[]
  copies: number
}

/** What was found so far, each secret once in each file. */
export class Findings {
  readonly #key = randomBytes(32)
  readonly #byPlace = new Map<string, FileFinding>()
  readonly #catalog: RuleCatalog
  readonly #names: ShownNames

  constructor(catalog: RuleCatalog, names: ShownNames) {
    this.#catalog = catalog
    this.#names = names
  }

  add(target: Target, found: FileHit): void {
    const { hit } = found
    this.#names.learn(hit.secret)
    const id = `${hit.rule.id}\0${target.path}\0${hit.secret}`
    let finding = this.#byPlace.get(id)
    if (finding === undefined) {
      const { rule, confidence, secret } = hit
      finding = { secret, target, rule, confidence, hits: [], copies: 0 }
      this.#byPlace.set(id, finding)
    }
    finding.copies++
    if (finding.hits.length < MAX_PLACES) finding.hits.push(found)
  }

  all(): readonly FileFinding[] {
    return [...this.#byPlace.values()]
  }

  /** One entry for each secret, worst first. */
  summaries(findings: readonly FileFinding[]): SecretSummary[] {
    const bySecret = new Map<string, FileFinding[]>()
    for (const finding of findings) {
      const own = bySecret.get(finding.secret)
      if (own === undefined) bySecret.set(finding.secret, [finding])
      else own.push(finding)
    }
    return [...bySecret].map(([secret, own]) => this.#summary(secret, own)).sort(byUrgency)
  }

  /** The surest rule speaks for a secret that several found. */
  #summary(secret: string, own: readonly FileFinding[]): SecretSummary {
    const best = own.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a))
    const [{ hit }] = best.hits as [FileHit]
    const { ruleId, kind, severity, confidence, prefix } = this.#catalog.sight(hit)
    const places = own.flatMap(({ target, hits }) => hits.map((hit) => this.#place(target, hit))).slice(0, MAX_PLACES)
    const copies = own.reduce((sum, finding) => sum + finding.copies, 0)
    return {
      id: toBase64Url(createHmac('sha256', this.#key).update(secret).digest().subarray(0, 12)),
      ruleId,
      ...this.#catalog.text(ruleId),
      kind,
      severity,
      confidence,
      action: own.some(({ rule }) => rule.action === 'seal') ? 'seal' : best.rule.action,
      prefix,
      length: secret.length,
      firstSeen: null,
      lastSeen: null,
      threads: 0,
      checkpoints: 0,
      copies,
      owners: [],
      places,
      placesOmitted: copies - places.length,
    }
  }

  #place({ name }: Target, { hit, path, inKey, first, endByte }: FileHit): Place {
    return {
      source: 0,
      kind: 'text',
      copies: 1,
      file: this.#names.shown(name),
      line: first.line,
      column1: first.column1,
      ...(path.length === 0
        ? {}
        : { path: path.map((key) => (typeof key === 'string' ? this.#names.shown(key) : key)) }),
      start: first.byte,
      end: endByte,
      encodings: hit.encodings,
      inKey,
    }
  }
}

const rankOf = ({ rule, confidence }: FileFinding): number =>
  CONFIDENCES.indexOf(confidence) * 10 + (rule.id === 'named-field' ? 5 : 0) + SEVERITIES.indexOf(rule.severity)

function byUrgency(a: SecretSummary, b: SecretSummary): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.copies - a.copies
}
