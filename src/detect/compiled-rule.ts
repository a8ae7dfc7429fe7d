import { ConfigError } from '../errors.js'
import { CHARS, ESCAPE_SIGN, HEX, has, TOKEN, WORD } from './chars.js'
import { normalizeName } from './fields.js'
import { createSourceMatcher, DEFAULT_MAX_LENGTH, type Matcher } from './matcher.js'
import { MAX_HEAD } from './pattern-head.js'
import { type Need, needOf } from './pattern-need.js'
import { reachOf } from './pattern-reach.js'
import { isPlaceholderToken } from './placeholder.js'
import type { Confidence, Rule } from './types.js'
import type { UnitSet } from './unit-set.js'

const MIN_ANCHOR_LENGTH = 3
const DEFAULT_WINDOW = 64
const BACKSLASH = 92
const PERCENT = 37
const LONGEST_ESCAPE = 6
/** Characters of escapes in a match, besides one in eight: quotes of JSON in JSON, and line breaks. */
const ESCAPES = 64
const SIMPLE_ESCAPES = 'nrtbfv/'
const NEGATED_CLASS = /\[\^(?:[^\]\\]|\\.)*\]/g
/** In a pattern that reads quotes with the backslashes that JSON puts before them. */
const ESCAPED_QUOTE = '\\\\{0,3}["'
const SPANS_LINES = /\\[snr]|["'\n]/
const LEFT = { token: TOKEN, word: WORD, none: 0 }

export interface RuleMatch {
  readonly start: number
  readonly end: number
  readonly confidence: Confidence
}

/** A rule made ready for the scan. */
export class CompiledRule {
  readonly anchors: readonly string[]
  readonly before: number
  readonly window: number
  readonly maxLength: number
  /** Field names, normalized, under which the whole value is tried. */
  readonly keys: readonly string[]
  readonly near: readonly string[]
  /** True when quotes or line breaks may stand in a match, which are escaped in JSON. */
  readonly spansLines: boolean
  /** As `spansLines`, where the pattern also reads them with their escapes. */
  readonly readsEscapes: boolean
  /** Character classes that may not stand before a match. */
  readonly left: number
  readonly #matcher: Matcher
  #reach: number | undefined

  /** @throws ConfigError if the rule cannot be matched in linear time or is malformed. */
  constructor(
    readonly rule: Rule,
    matcher: Matcher = createSourceMatcher(rule),
  ) {
    const { definition, context } = rule
    assertRule(rule)
    this.anchors = definition.anchors
    this.before = definition.before ?? 0
    this.window = context?.window ?? DEFAULT_WINDOW
    this.maxLength = definition.maxLength ?? DEFAULT_MAX_LENGTH
    this.keys = (context?.keys ?? []).map(normalizeName)
    this.near = (context?.near ?? []).map((word) => word.toLowerCase())
    this.readsEscapes = definition.pattern.includes(ESCAPED_QUOTE)
    this.spansLines = !this.readsEscapes && SPANS_LINES.test(definition.pattern.replaceAll(NEGATED_CLASS, ''))
    this.left = LEFT[definition.leftBoundary ?? 'token']
    this.#matcher = matcher
  }

  /** How far behind an anchor the rule reads, with room for what is escaped. */
  get reach(): number {
    this.#reach ??= Math.min(this.maxLength, ESCAPES + Math.ceil(reachOf(this.rule.definition.pattern) * 1.125))
    return this.#reach
  }

  /** For a match that begins at the anchor: what its first characters may be; empty where that is not known. */
  get head(): readonly UnitSet[] {
    return this.before === 0 ? (this.#matcher.head ?? []) : []
  }

  /** For a match whose head is short: what follows behind the anchor; undefined where that is not known. */
  needBehind(anchor: string): Need | undefined {
    const isRead = !this.spansLines && this.head.length > 0 && this.head.length < MAX_HEAD
    return isRead ? needOf(this.rule.definition.pattern, anchor) : undefined
  }

  /** False where no match begins at `at`, not even once what stands there is unescaped. */
  mayMatchEscaped(text: string, at: number): boolean {
    const { head } = this
    for (let i = 0; i < head.length; i++) {
      const unit = text.charCodeAt(at + i)
      if (unit === BACKSLASH) return true
      if (!head[i]!.has(unit)) return false
    }
    return true
  }

  /** Tries a match that begins at `at` or up to `before` characters ahead of it, in the context that the rule asks for. */
  matchAround(text: string, at: number, isUnderKey: boolean): RuleMatch | undefined {
    const first = Math.max(0, at - this.before)
    const isPlain = this.before > 0 && !holdsEscape(text, first, at)
    for (let start = first; start <= at; start++) {
      if (isPlain && has(text, start - 1, this.left)) continue
      const match = this.matchAt(text, start)
      if (match !== undefined && (isUnderKey || this.inContext(text, start))) return match
    }
    return undefined
  }

  /** False where a character stands before `start` that would make a match a part of something longer. */
  mayBegin(text: string, start: number): boolean {
    return this.left === 0 || !has(text, start - 1, this.left) || endsEscape(text, start)
  }

  /** Tries a match that begins exactly at `start`, without asking for context. */
  matchAt(text: string, at: number): RuleMatch | undefined {
    // What a word ahead tells may begin a line, and the letter of `\n` is no part of it.
    const start = this.anchors.length === 0 && isEscapeLetter(text, at) ? at + 1 : at
    if (!this.mayBegin(text, start)) return undefined
    const match = this.#matcher.exec(text, start)
    if (match === null) return undefined
    const { secretStart, secretEnd } = match
    const secret = text.slice(secretStart, secretEnd)
    if (this.#matcher.skipsPlaceholders && isPlaceholderToken(secret)) return undefined
    const verdict = this.rule.validate?.(secret) ?? true
    if (verdict === false) return undefined
    return { start: secretStart, end: secretEnd, confidence: verdict === true ? this.rule.confidence : verdict }
  }

  /** True when what the rule asks for stands before `start`, or when it asks for nothing. */
  inContext(text: string, start: number): boolean {
    if (this.keys.length === 0 && this.near.length === 0) return true
    const before = text.slice(Math.max(0, start - this.window), start).toLowerCase()
    if (this.near.some((word) => before.includes(word))) return true
    const normalized = normalizeName(before)
    return this.keys.some((word) => normalized.includes(word))
  }
}

/** False when no escape ends between two places. */
function holdsEscape(text: string, from: number, to: number): boolean {
  let flags = 0
  for (let i = Math.max(0, from - LONGEST_ESCAPE); i < to; i++) flags |= CHARS[text.charCodeAt(i)]!
  return (flags & ESCAPE_SIGN) !== 0
}

/** True for the `n` of `\n`, as JSON writes it. */
const isEscapeLetter = (text: string, at: number): boolean =>
  text.charCodeAt(at - 1) === BACKSLASH && 'nrt'.includes(text[at] ?? ' ')

/** True when the characters ahead of `at` are an escape such as `\n`, `\u003d` or `%3D`, and so no part of a token. */
function endsEscape(text: string, at: number): boolean {
  // An index that is asked for only within the text makes each of these a read rather than a call.
  if (at > 1 && text.charCodeAt(at - 2) === BACKSLASH) return SIMPLE_ESCAPES.includes(text[at - 1]!)
  if (at > 2 && text.charCodeAt(at - 3) === PERCENT) return has(text, at - 2, HEX) && has(text, at - 1, HEX)
  return at > 5 && text.charCodeAt(at - 6) === BACKSLASH && /^u[\da-f]{4}$/i.test(text.slice(at - 5, at))
}

function assertRule(rule: Rule): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(rule.id)) {
    throw new ConfigError(`A rule id is written as "provider-what", in lower case with hyphens; got "${rule.id}".`)
  }
  const { anchors } = rule.definition
  const hasContext = (rule.context?.keys ?? []).length + (rule.context?.near ?? []).length > 0
  if (anchors.length === 0 && !hasContext) {
    throw new ConfigError(`Rule "${rule.id}" has neither an anchor nor a context; it would have to run everywhere.`)
  }
  for (const literal of [...anchors, ...(rule.context?.near ?? []), ...(rule.context?.keys ?? [])]) {
    if (literal.length < MIN_ANCHOR_LENGTH) {
      throw new ConfigError(
        `Rule "${rule.id}": "${literal}" is too short; use at least ${MIN_ANCHOR_LENGTH} characters.`,
      )
    }
  }
}
