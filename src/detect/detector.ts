import { ConfigError, InputError } from '../errors.js'
import type { AllowEntry } from './allow-entry.js'
import { type Allowed, AllowList, type Fingerprint } from './allow-list.js'
import { BUILT_IN } from './built-in.js'
import { scanByteText } from './byte-text.js'
import { FieldPaths } from './field-paths.js'
import { toFinding } from './finding.js'
import { createSourceMatcher, type MatcherFactory } from './matcher.js'
import { type Cursor, rewrite } from './rewrite.js'
import { ScanStream } from './scan-stream.js'
import { Scanner } from './scanner.js'
import type { Finding, Hit, Rule, ScanContext } from './types.js'

export interface DetectorOptions {
  /** Replaces the stock rules; spread `stockRules` to add to them. */
  readonly rules?: readonly Rule[]
  /** Paths of fields whose value is a secret whatever it looks like, such as `auth.token` or `users.*.apiKey`. */
  readonly fields?: readonly string[]
  /**
   * What runs the patterns of your own rules, in linear time. Needed only where re2js cannot be loaded on demand (a
   * browser, one bundled file): `linearMatcher` from `langgraph-secret-safe/linear`.
   */
  readonly matcher?: MatcherFactory
  /** Findings that may stay, each with its reason. What an application marks is never allowed. */
  readonly allow?: readonly AllowEntry[]
  /** Needed for entries with a fingerprint. */
  readonly fingerprint?: Fingerprint
  /**
   * How many characters are scanned before the fast search is prepared, which takes some 100 ms: for a process that scans
   * little and ends. At once unless told.
   */
  readonly prepareAfter?: number
  /** Called for each finding that an entry of `allow` passes over, so that nothing is dropped silently. */
  readonly onAllowed?: (allowed: Allowed) => void
}

/** Finds secrets in text, values and bytes. Pure: no key, no vault, no I/O. Its findings never hold a secret. */
export interface Detector {
  /** `text.slice(start, end)` is the stored run of the secret, exactly. */
  scanText(text: string, context?: ScanContext): Finding[]
  /** Walks a value in the shape that a checkpoint serializer persists. */
  scanValue(value: unknown): Finding[]
  /** UTF-8, Latin-1 or UTF-16 text in bytes; offsets are byte offsets. */
  scanBytes(bytes: Uint8Array, context?: ScanContext): Finding[]
  /** For files and stores that are read in chunks. */
  createScanStream(): ScanStream
  /** How many findings `allow` passed over so far. */
  readonly allowedCount: number
  /** The engine, for callers that need the plaintext. */
  readonly scanner: Scanner
  readonly fields: FieldPaths
}

const REDACTED = '[redacted]'

/**
 * @param options `rules` are required here; the package's entry supplies the stock rules.
 * @throws ConfigError if a rule or a field path is not usable.
 */
export function buildDetector(options: DetectorOptions & { readonly rules: readonly Rule[] }): Detector {
  assertUniqueIds(options.rules)
  const allow = allowListOf(options)
  const scanner = new Scanner(options.rules, options.matcher, allow, options.prepareAfter)
  const fields = new FieldPaths(options.fields ?? [])
  return {
    scanner,
    fields,
    get allowedCount() {
      return allow?.count ?? 0
    },
    scanText: (text, context) => {
      if (typeof text !== 'string') throw new InputError(`scanText expects a string, got ${typeof text}.`)
      return scanner.scan(text, context).map((hit) => toFinding(hit))
    },
    scanValue: (value) => scanValue(scanner, fields, value),
    scanBytes: (bytes, context) => {
      if (!(bytes instanceof Uint8Array)) throw new InputError(`scanBytes expects a Uint8Array, got ${typeof bytes}.`)
      return scanByteText(scanner, bytes, context).map((hit) => toFinding(hit))
    },
    createScanStream: () => new ScanStream(scanner),
  }
}

function scanValue(scanner: Scanner, fields: FieldPaths, value: unknown): Finding[] {
  const findings: Finding[] = []
  const report = (hits: readonly Hit[], at: Cursor, inKey = false) => {
    for (const hit of hits) findings.push(toFinding(hit, at.path, inKey))
  }
  const marked = (at: Cursor, length: number): boolean => {
    if (!fields.matches(at.path)) return false
    report([{ rule: BUILT_IN.fieldPath, confidence: 'certain', start: 0, end: length, encodings: [], secret: '' }], at)
    return true
  }
  rewrite(value, {
    text: (text, at) => {
      if (!marked(at, text.length)) report(scanner.scan(text, at), at)
      return text
    },
    whole: (content, at, value) => {
      if (!marked(at, content.length)) {
        report(typeof content === 'string' ? scanner.scan(content, at) : scanByteText(scanner, content, at), at)
      }
      return value
    },
    key: (key, at) => {
      const hits = scanner.scan(key)
      report(hits, at, true)
      return hits.length > 0 ? REDACTED : key
    },
  })
  return findings
}

function allowListOf({ allow = [], rules = [], ...options }: DetectorOptions): AllowList | undefined {
  if (allow.length === 0) return undefined
  const { matcher = createSourceMatcher, fingerprint, onAllowed } = options
  const ruleIds = new Set(rules.map(({ id }) => id))
  return new AllowList({ entries: allow, ruleIds, matcher, fingerprint, onAllowed })
}

function assertUniqueIds(rules: readonly Rule[]): void {
  const seen = new Set<string>()
  for (const { id } of rules) {
    if (seen.has(id)) throw new ConfigError(`Two rules have the id "${id}"; rule ids are unique.`)
    seen.add(id)
  }
}
