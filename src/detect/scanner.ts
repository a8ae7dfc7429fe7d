import type { AllowedScan, AllowFilter } from './allow-filter.js'
import { ASSIGNMENT_ANCHORS, AssignmentReader, credentialIn, mayEndName } from './assignments.js'
import { Automaton } from './automaton.js'
import { BUILT_IN } from './built-in.js'
import { BASE64, forEachRun, has } from './chars.js'
import { CompiledRule, type RuleMatch } from './compiled-rule.js'
import { credentialSpan, MAX_VALUE } from './credential.js'
import { type Decoded, forEachDecoded } from './decode/index.js'
import { fieldClass, normalizeName } from './fields.js'
import type { KnownValues } from './known-values.js'
import { createSourceMatcher, type MatcherFactory } from './matcher.js'
import { type Candidate, pickBest, resolveOverlaps } from './resolve.js'
import type { Confidence, Encoding, Hit, Rule, ScanContext } from './types.js'

const MIN_TEXT = 4
const MAX_DEPTH = 2
/** A value of a rule without an anchor is looked for among runs of at least this many token characters. */
const MIN_NEAR_RUN = 16
const NONE: readonly Hit[] = Object.freeze([])
const NO_RULES: readonly CompiledRule[] = []

interface Trigger {
  readonly anchors: { readonly rule: CompiledRule; readonly text: string; readonly exact: boolean }[]
  readonly near: CompiledRule[]
  assignment: boolean
}

/** Finds secrets in one string: one pass over literal anchors, then bounded work at each hit. Linear in the text. */
export class Scanner {
  readonly #automaton: Automaton
  readonly #triggers: readonly Trigger[]
  readonly #lengths: readonly number[]
  readonly #keyRules: readonly CompiledRule[]
  readonly #rulesByKey = new Map<string, readonly CompiledRule[]>()

  /** @throws ConfigError if a rule is malformed or could not be matched in linear time. */
  constructor(
    rules: readonly Rule[],
    matcherOf: MatcherFactory = createSourceMatcher,
    readonly allow?: AllowFilter | undefined,
  ) {
    const compiled = rules
      .filter((rule) => rule.action !== 'ignore' && rule.deprecated === undefined)
      .map((rule) => new CompiledRule(rule, matcherOf(rule)))
    const triggers = buildTriggers(compiled)
    this.#automaton = new Automaton([...triggers.keys()], true)
    this.#triggers = [...triggers.values()]
    this.#lengths = [...triggers.keys()].map((literal) => literal.length)
    this.#keyRules = compiled.filter((rule) => rule.keys.length > 0)
  }

  /** @returns hits in order, without overlaps; a shared empty array when there are none. */
  scan(text: string, context?: ScanContext, known?: KnownValues): readonly Hit[] {
    if (text.length < MIN_TEXT) return NONE
    const found: Candidate[] = []
    const keyRules = context?.key === undefined ? NO_RULES : this.#rulesForKey(context.key)
    const allowed = this.allow?.forScan(context?.path)
    this.#scanLevel(text, 0, keyRules, known, allowed, found)
    if (context?.key !== undefined) this.#scanField(text, context.key, found)
    const kept = allowed === undefined ? found : allowed.end(found)
    return kept.length === 0 ? NONE : resolveOverlaps(kept)
  }

  /** True when the name of a string's field can change what `scan` finds in it. */
  isContextual(key: string): boolean {
    return fieldClass(key) !== undefined || this.#rulesForKey(key).length > 0
  }

  #scanLevel(
    text: string,
    depth: number,
    keyRules: readonly CompiledRule[],
    known: KnownValues | undefined,
    allowed: AllowedScan | undefined,
    found: Candidate[],
  ) {
    this.#scanAnchors(text, keyRules, found)
    if (depth < MAX_DEPTH) {
      forEachDecoded(text, (decoded) => {
        const inner: Candidate[] = []
        this.#scanLevel(decoded.text, depth + 1, keyRules, known, allowed, inner)
        // Before one of them stands for the whole run: an allowed value must not hide another beside it.
        const kept = allowed === undefined ? inner : allowed.keep(inner)
        if (kept.length > 0) addDecoded(text, decoded, kept, found)
      })
    }
    if (known === undefined || known.size === 0) return
    for (const run of known.find(text))
      found.push(candidate(BUILT_IN.knownValue, 'medium', run.start, run.end, run.secret, run.encodings))
  }

  #scanAnchors(text: string, keyRules: readonly CompiledRule[], found: Candidate[]): void {
    const { next, classOf, shift, firstOutput } = this.#automaton
    const length = text.length
    let reader: AssignmentReader | undefined
    let state = 0
    for (let i = 0; i < length; i++) {
      state = next[(state << shift) | classOf[text.charCodeAt(i)]!]!
      // Kept out of this loop, so that the compiler holds all of it in registers.
      if (state >= firstOutput) reader = this.#atAnchors(state, text, i + 1, keyRules, reader, found)
    }
  }

  /** @param end just behind the anchors that state `state` stands for. */
  #atAnchors(
    state: number,
    text: string,
    end: number,
    keyRules: readonly CompiledRule[],
    reader: AssignmentReader | undefined,
    found: Candidate[],
  ): AssignmentReader | undefined {
    let current = reader
    for (const index of this.#automaton.outputs[state - this.#automaton.firstOutput]!) {
      const trigger = this.#triggers[index]!
      const start = end - this.#lengths[index]!
      for (const anchor of trigger.anchors) {
        if (anchor.rule.before === 0 && has(text, start - 1, anchor.rule.left)) continue
        if (anchor.exact && !text.startsWith(anchor.text, start)) continue
        const match = anchor.rule.matchAround(text, start, keyRules.includes(anchor.rule))
        if (match !== undefined) found.push(ruleCandidate(anchor.rule, match, text))
      }
      for (const rule of trigger.near) scanNear(rule, text, end, found)
      if (trigger.assignment && mayEndName(text, end)) {
        current ??= new AssignmentReader(text)
        this.#readAssignment(current, end, found)
      }
    }
    return current
  }

  #readAssignment(reader: AssignmentReader, at: number, found: Candidate[]): void {
    const assignment = reader.read(at)
    if (assignment === undefined) return
    const { text } = reader
    const credential = credentialIn(text, assignment)
    const { start, end } = credential ?? assignment
    if (end - start > MAX_VALUE) return
    this.#matchWhole(text, start, end, assignment.name, found)
    if (credential === undefined) return
    reader.takenTo = end
    const encodings: readonly Encoding[] = credential.escaped ? ['json'] : []
    found.push({
      ...candidate(BUILT_IN.namedField, 'medium', start, end, credential.secret, encodings),
      loose: credential.loose,
    })
  }

  #scanField(text: string, key: string, found: Candidate[]): void {
    const named = fieldClass(key)
    const span = named === undefined ? undefined : credentialSpan(named, text, 'field')
    const { start, end } = span ?? { start: 0, end: text.length }
    this.#matchWhole(text, start, end, key, found)
    if (span !== undefined) found.push(candidate(BUILT_IN.namedField, 'medium', start, end, text.slice(start, end), []))
  }

  #matchWhole(text: string, start: number, end: number, name: string, found: Candidate[]): void {
    for (const rule of this.#rulesForKey(name)) {
      const match = rule.matchAt(text, start)
      if (match !== undefined && match.end === end) found.push(ruleCandidate(rule, match, text))
    }
  }

  #rulesForKey(name: string): readonly CompiledRule[] {
    if (this.#keyRules.length === 0 || name.length > 128) return NO_RULES
    const cached = this.#rulesByKey.get(name)
    if (cached !== undefined) return cached
    const normalized = normalizeName(name)
    const rules = this.#keyRules.filter((rule) => rule.matchesKey(normalized))
    if (this.#rulesByKey.size >= 4096) this.#rulesByKey.clear()
    this.#rulesByKey.set(name, rules)
    return rules
  }
}

function buildTriggers(rules: readonly CompiledRule[]): Map<string, Trigger> {
  const triggers = new Map<string, Trigger>()
  const at = (literal: string): Trigger => {
    const folded = literal.toLowerCase()
    const trigger = triggers.get(folded) ?? { anchors: [], near: [], assignment: false }
    triggers.set(folded, trigger)
    return trigger
  }
  for (const literal of ASSIGNMENT_ANCHORS) at(literal).assignment = true
  for (const rule of rules) {
    const exact = rule.rule.definition.caseInsensitive !== true
    for (const text of rule.anchors) at(text).anchors.push({ rule, text, exact })
    if (rule.anchors.length > 0) continue
    for (const word of rule.near) at(word).near.push(rule)
    for (const word of rule.rule.context?.keys ?? []) at(word).assignment = true
  }
  return triggers
}

function scanNear(rule: CompiledRule, text: string, from: number, found: Candidate[]): void {
  const to = Math.min(text.length, from + rule.window + MIN_NEAR_RUN)
  forEachRun(text, from, to, BASE64, MIN_NEAR_RUN, (start) => {
    const match = rule.matchAt(text, start)
    if (match !== undefined) found.push(ruleCandidate(rule, match, text))
  })
}

function addDecoded(text: string, decoded: Decoded, inner: Candidate[], found: Candidate[]): void {
  const { encoding } = decoded
  const map = decoded.locate?.()
  if (map === undefined) {
    const best = pickBest(inner)
    found.push({ ...best, start: decoded.start, end: decoded.end, encodings: [encoding, ...best.encodings] })
    return
  }
  for (const hit of inner) {
    // What touches a cut edge may be the rest of something longer; the text around it has been read as it stands.
    if (
      (hit.start === 0 && decoded.start > 0 && encoding === 'json') ||
      (hit.end === decoded.text.length && decoded.end < text.length && encoding === 'json')
    )
      continue
    const start = map.start(hit.start)
    const end = map.end(hit.end)
    const literal = text.slice(start, end) === decoded.text.slice(hit.start, hit.end)
    found.push({ ...hit, start, end, encodings: literal ? hit.encodings : [encoding, ...hit.encodings] })
  }
}

const ruleCandidate = (rule: CompiledRule, match: RuleMatch, text: string): Candidate => ({
  ...candidate(rule.rule, match.confidence, match.start, match.end, text.slice(match.start, match.end), []),
  specific: rule.rule.provider !== 'generic',
})

function candidate(
  rule: Candidate['rule'],
  confidence: Confidence,
  start: number,
  end: number,
  secret: string,
  encodings: readonly Encoding[],
): Candidate {
  const { id, kind, severity, action } = rule
  return {
    rule: { id, kind, severity, action },
    confidence,
    start,
    end,
    encodings,
    secret,
    specific: false,
    loose: false,
  }
}
