import { ConfigError } from '../errors.js'
import { type AllowEntry, endOf } from './allow-entry.js'
import type { AllowedScan, AllowFilter } from './allow-filter.js'
import { BUILT_IN } from './built-in.js'
import { FieldPaths } from './field-paths.js'
import { toFinding } from './finding.js'
import type { Matcher, MatcherFactory } from './matcher.js'
import type { Finding, Hit } from './types.js'

/** Fingerprints a decoded secret with a key that whoever reads the list does not have. */
export type Fingerprint = (secret: string) => string

/** A finding that an entry passed over. */
export interface Allowed {
  readonly finding: Finding
  /** The entry's place in the list. */
  readonly entry: number
  readonly reason: string
}

export interface AllowListOptions {
  readonly entries: readonly AllowEntry[]
  /** Ids that entries may name. */
  readonly ruleIds: ReadonlySet<string>
  readonly matcher: MatcherFactory
  readonly fingerprint?: Fingerprint | undefined
  readonly onAllowed?: ((allowed: Allowed) => void) | undefined
  /** Milliseconds since 1970; the clock unless told. */
  readonly now?: (() => number) | undefined
}

type Path = readonly (string | number)[] | undefined

interface Compiled {
  readonly index: number
  readonly reason: string
  readonly rule: string | undefined
  readonly paths: FieldPaths | undefined
  readonly pattern: Matcher | undefined
  readonly fingerprint: string | undefined
  readonly endsAt: number
}

/** Longer secrets are never allowed by a pattern. */
const MAX_SECRET = 16_384
/** Dissimilar values; a pattern that takes half of them says nothing about the value that it was written for. */
const PROBES = [
  'hunter2',
  'correct horse battery staple',
  '0123456789',
  'AbCdEf0123456789GhIjKlMnOpQrStUv',
  'd41d8cd98f00b204e9800998ecf8427e',
  'zz-Prefix_0aB1cD2eF3gH4iJ5',
  'QmFzZTY0+/QmFzZTY0+/QmFzZTY0==',
  'name:p@ss/w0rd!%$#',
]
/** Explicit, or known from an explicit mark: these are never allowed. */
const MARKS: ReadonlySet<string> = new Set([
  BUILT_IN.fieldPath.id,
  BUILT_IN.knownValue.id,
  'marked-secret',
  'marked-field',
])

/** Which findings may stay, and how many did. */
export class AllowList implements AllowFilter {
  /** Findings that were passed over so far; a text whose result is remembered is not counted again. */
  count = 0
  readonly #onAllowed: AllowListOptions['onAllowed']
  readonly #fingerprint: Fingerprint | undefined
  readonly #now: () => number
  #entries: readonly Compiled[]
  /** When the next entry ends. */
  #nextEnd: number
  #version = 0

  /** @throws ConfigError that names the entry by its index, never its pattern. */
  constructor(options: AllowListOptions) {
    this.#onAllowed = options.onAllowed
    this.#fingerprint = options.fingerprint
    this.#now = options.now ?? Date.now
    this.#entries = options.entries.map((entry, index) => compile(entry, index, options))
    this.#nextEnd = 0
    this.#dropEnded()
    this.#version = 0
  }

  get version(): number {
    if (this.#now() >= this.#nextEnd) this.#dropEnded()
    return this.#version
  }

  isByPath(path: Path): boolean {
    return path !== undefined && this.#entries.some(({ paths }) => paths?.matches(path) === true)
  }

  forScan(path: Path): AllowedScan {
    if (this.#now() >= this.#nextEnd) this.#dropEnded()
    const entries = this.#entries.filter(
      ({ paths }) => paths === undefined || (path !== undefined && paths.matches(path)),
    )
    const dropped = new Map<string, { readonly hit: Hit; readonly entry: Compiled }>()
    const keep = <T extends Hit>(hits: T[]): T[] => {
      if (entries.length === 0) return hits
      const kept = hits.filter((hit) => {
        const entry = this.#entryFor(hit, entries)
        // A value may be met twice, as it stands and unescaped.
        if (entry !== undefined) dropped.set(`${hit.rule.id} ${hit.secret}`, { hit, entry })
        return entry === undefined
      })
      return kept.length === hits.length ? hits : kept
    }
    const end = <T extends Hit>(hits: T[]): T[] => {
      const kept = keep(hits)
      for (const { hit, entry } of dropped.values()) this.#report(hit, entry, path)
      return kept
    }
    return { keep, end }
  }

  #entryFor(hit: Hit, entries: readonly Compiled[]): Compiled | undefined {
    if (MARKS.has(hit.rule.id)) return undefined
    let mac: string | undefined
    return entries.find(({ rule, pattern, fingerprint }) => {
      if (rule !== undefined && rule !== hit.rule.id) return false
      if (pattern !== undefined && !isWhole(pattern, hit.secret)) return false
      if (fingerprint === undefined) return true
      mac ??= this.#fingerprint!(hit.secret)
      return mac === fingerprint
    })
  }

  #report(hit: Hit, entry: Compiled, path: Path): void {
    this.count++
    this.#onAllowed?.({ finding: toFinding(hit, path), entry: entry.index, reason: entry.reason })
  }

  #dropEnded(): void {
    const now = this.#now()
    const left = this.#entries.filter(({ endsAt }) => endsAt > now)
    if (left.length < this.#entries.length) this.#version++
    this.#entries = left
    this.#nextEnd = Math.min(...left.map(({ endsAt }) => endsAt), Number.POSITIVE_INFINITY)
  }
}

const isWhole = (pattern: Matcher, secret: string): boolean => pattern.exec(secret, 0)?.end === secret.length

function compile(entry: AllowEntry, index: number, options: AllowListOptions): Compiled {
  const { rule, path, pattern, fingerprint, reason, until } = entry
  const refuse = (why: string): never => {
    throw new ConfigError(`Allow entry ${index}: ${why}.`)
  }
  if (typeof reason !== 'string' || reason.trim() === '') refuse('needs a reason')
  if (rule === undefined && path === undefined && pattern === undefined && fingerprint === undefined) {
    refuse('needs a rule, a path, a pattern or a fingerprint; with none it would allow everything')
  }
  if (rule !== undefined && MARKS.has(rule)) {
    refuse('what an application marks is always sealed, and so is what it repeats; take the mark away instead')
  }
  if (rule !== undefined && rule !== BUILT_IN.namedField.id && !options.ruleIds.has(rule)) refuse('names no known rule')
  if (fingerprint !== undefined && options.fingerprint === undefined) {
    refuse('has a fingerprint, but there is no key to compare it with; set SECRET_SAFE_FINGERPRINT_KEY')
  }
  const endsAt = until === undefined ? Number.POSITIVE_INFINITY : endOf(until)
  if (endsAt === undefined) refuse('"until" is a date such as 2027-01-31')
  const matcher = pattern === undefined ? undefined : compilePattern(pattern, index, options.matcher)
  const isAlone = rule === undefined && path === undefined && fingerprint === undefined
  if (
    matcher !== undefined &&
    isAlone &&
    PROBES.filter((probe) => isWhole(matcher, probe)).length * 2 >= PROBES.length
  ) {
    refuse('its pattern would allow almost any value; make it narrower, or add a rule or a path')
  }
  const paths = path === undefined ? undefined : new FieldPaths([path])
  return { index, reason, rule, paths, pattern: matcher, fingerprint, endsAt: endsAt! }
}

/** Alone first: `a)|(b` is no pattern, though it would become one between brackets of ours. */
function compilePattern(pattern: string, index: number, matcherOf: MatcherFactory): Matcher {
  const id = `allow entry ${index}`
  const definition = { anchors: [], pattern, rightBoundary: 'none', maxLength: MAX_SECRET } as const
  matcherOf({ id, definition })
  return matcherOf({ id, definition: { ...definition, pattern: `(?:${pattern})$` } })
}
