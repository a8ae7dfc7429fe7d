import type { AllowFilter } from './allow-filter.js'
import { Anchors, standsAt } from './anchors.js'
import { type Assignment, type AssignmentReader, credentialIn } from './assignments.js'
import { Automaton } from './automaton.js'
import { BUILT_IN } from './built-in.js'
import { addDecoded, candidate, matchWhole, partsOf, ruleCandidate } from './candidates.js'
import { ALPHANUMERIC, BASE64, CHARS, ESCAPE_SIGN, forEachRun, has, SEPARATOR, SPACE, TOKEN } from './chars.js'
import { CompiledRule, type RuleMatch } from './compiled-rule.js'
import { credentialSpan, MAX_VALUE } from './credential.js'
import {
  type Decoded,
  forEachByteList,
  forEachEscapedWord,
  forEachPercentRun,
  forEachTextRun,
  MIN_BASE64,
} from './decode/index.js'
import { COUNT, Kernel, SIGN, SITE, SITE_SIZE } from './kernel/kernel.js'
import type { KnownValues } from './known-values.js'
import { createSourceMatcher, type MatcherFactory } from './matcher.js'
import { behindEscape, isQuote, nameBeside, nameEndBefore, nameOfType, nameStartBefore } from './name-span.js'
import { NameStems } from './name-stems.js'
import { NameIndex, type NameVerdict } from './names.js'
import { NearWords } from './near-words.js'
import { Pass } from './pass.js'
import { type Candidate, resolveOverlaps } from './resolve.js'
import type { Hit, Rule, ScanContext } from './types.js'

const MIN_TEXT = 4
/** A value without a format of its own is at least as long. */
const MIN_RUN = 16
const MAX_DEPTH = 2
/** Shorter texts are labels and ids for the most part. */
const MAX_LABEL = 16
/** A longer run of nothing but base64 is data: what looks like a token inside it is chance. */
const MAX_TOKEN_RUN = 512
const COLON = 58
const COMMA = 44
const EQUALS = 61
const HYPHEN = 45
const BACKSLASH = 92
const SPACE_UNIT = 32
/** Signs of what has to be decoded. */
const ENCODED = SIGN.percent | SIGN.escape | SIGN.numbers
const NONE: readonly Hit[] = Object.freeze([])
const NO_RULES: readonly CompiledRule[] = []

/**
 * Finds secrets in one string: the kernel says where to look (without it, the loops of `#scanEverywhere` do), and rules and
 * names are tried only there. Linear in the text.
 */
export class Scanner {
  readonly #anchors: Anchors
  #automaton: Automaton | undefined
  readonly #names: NameIndex
  readonly #near: NearWords
  #kernel: Kernel | undefined
  /** Of the kernel, while there is none yet. */
  #create: (() => Kernel | undefined) | undefined
  /** Characters that may be scanned until then. */
  #left: number

  /**
   * @param kernelAfter how many characters are scanned before the kernel is made, which costs as much as some 30,000
   * without it; Infinity for never.
   * @throws ConfigError if a rule is malformed or could not be matched in linear time.
   */
  constructor(
    rules: readonly Rule[],
    matcherOf: MatcherFactory = createSourceMatcher,
    readonly allow?: AllowFilter | undefined,
    kernelAfter = 0,
  ) {
    const compiled = rules
      .filter((rule) => rule.action !== 'ignore' && rule.deprecated === undefined)
      .map((rule) => new CompiledRule(rule, matcherOf(rule)))
    this.#anchors = new Anchors(compiled)
    this.#names = new NameIndex(compiled)
    this.#near = new NearWords(compiled.filter((rule) => rule.anchors.length === 0))
    this.#left = kernelAfter
    this.#create = () => {
      const names = new NameStems([...new Set(compiled.flatMap(({ keys }) => keys))])
      return Kernel.create({ anchors: this.#anchors, names, near: this.#near })
    }
    if (kernelAfter === 0) this.prepare()
  }

  /** Makes the kernel now, rather than in the midst of a scan. */
  prepare(): void {
    this.#kernel ??= this.#create?.()
    this.#create = undefined
  }

  /** Only where there is no kernel, or a text is too much for it. */
  get #search(): Automaton {
    this.#automaton ??= new Automaton(this.#anchors.literals, true)
    return this.#automaton
  }

  /** @returns hits in order, without overlaps; a shared empty array when there are none. */
  scan(text: string, context?: ScanContext, known?: KnownValues): readonly Hit[] {
    if (text.length < MIN_TEXT) return NONE
    const verdict = context?.key === undefined ? undefined : this.#names.of(context.key)
    const answer = this.#look(text)
    const isKnowing = known !== undefined && known.size > 0
    if (answer === 0 && !isKnowing && (verdict === undefined || saysNothing(verdict))) return NONE
    const allowed = this.allow?.forScan(context?.path)
    const pass = new Pass(text, 0, verdict?.rules ?? NO_RULES, isKnowing ? known : undefined, allowed)
    this.#scanLevel(pass, answer)
    if (verdict !== undefined) this.#scanField(text, verdict, context?.parent, pass.found)
    const kept = allowed === undefined ? pass.found : allowed.end(pass.found)
    return kept.length === 0 ? NONE : resolveOverlaps(kept)
  }

  /** True when the name of a string's field, or what stands beside it, can change what `scan` finds in it. */
  isContextual(key: string): boolean {
    return !saysNothing(this.#names.of(key))
  }

  /** @returns what the kernel answers, or -1 for "look everywhere". */
  #look(text: string): number {
    if (this.#create !== undefined) {
      this.#left -= text.length
      if (this.#left < 0) this.prepare()
    }
    if (this.#kernel !== undefined) return this.#kernel.find(text)
    return text.length < MAX_LABEL && this.#isPlain(text) ? 0 : -1
  }

  /** True for a short text without an anchor, a separator, or a sign of something encoded: most labels and ids. */
  #isPlain(text: string): boolean {
    const { next, classOf, shift, firstOutput } = this.#search
    let state = 0
    let flags = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      flags |= CHARS[unit]!
      state = next[(state << shift) | classOf[unit]!]!
      if (state >= firstOutput) return false
    }
    return (flags & (SEPARATOR | ESCAPE_SIGN)) === 0 && !((flags & SPACE) !== 0 && text.includes('--'))
  }

  #scanLevel(pass: Pass, answer: number): void {
    const { text, depth, known } = pass
    const count = answer === -1 ? 0 : answer & COUNT
    const sites = count === 0 ? undefined : this.#kernel!.copySites(count, depth)
    if (answer === -1) this.#scanEverywhere(pass)
    else if (sites !== undefined) this.#scanSites(pass, sites, count * SITE_SIZE)
    if ((answer & ENCODED) !== 0 && depth < MAX_DEPTH) {
      const visit = (decoded: Decoded) => this.#scanDecoded(pass, decoded)
      if ((answer & SIGN.percent) !== 0) forEachPercentRun(text, visit)
      if ((answer & SIGN.escape) !== 0) forEachEscapedWord(text, visit)
      if (answer === -1) forEachByteList(text, 0, text.length, visit)
      else if ((answer & SIGN.numbers) !== 0) {
        for (let i = 0; i < count * SITE_SIZE; i += SITE_SIZE) {
          if (sites![i] === SITE.numbers) forEachByteList(text, sites![i + 1]!, sites![i + 2]!, visit)
        }
      }
    }
    if (known === undefined) return
    for (const run of known.find(text)) {
      pass.found.push(candidate(BUILT_IN.knownValue, 'medium', run.start, run.end, run.secret, run.encodings))
    }
  }

  /** Without a kernel. */
  #scanEverywhere(pass: Pass): void {
    forEachRun(pass.text, 0, pass.text.length, BASE64, MIN_RUN, (start, end) => this.#atRun(pass, start, end))
    this.#scanSeparators(pass)
    this.#searchAnchors(pass)
    this.#scanOptions(pass)
  }

  /** In the order of `#scanEverywhere`, so that equal hits are resolved alike. */
  #scanSites(pass: Pass, sites: Int32Array, end: number): void {
    const anchors: number[] = []
    for (let i = 0; i < end; i += SITE_SIZE) {
      const kind = sites[i]!
      if (kind === SITE.near) this.#atNear(pass, sites[i + 1]!)
      else if (kind === SITE.anchor) anchors.push(i)
      else if (kind === SITE.text && pass.depth < MAX_DEPTH) {
        forEachTextRun(pass.text, sites[i + 1]!, sites[i + 2]!, (decoded) => this.#scanDecoded(pass, decoded))
      }
    }
    for (let i = 0; i < end; i += SITE_SIZE) if (sites[i] === SITE.name) this.#atSeparator(pass, sites[i + 1]!)
    if (anchors.length > 1) anchors.sort((a, b) => this.#compareAnchors(sites, a, b))
    for (const i of anchors) this.#atAnchor(pass, sites[i + 2]!, sites[i + 1]!)
    let reached = 0
    for (let i = 0; i < end; i += SITE_SIZE) {
      if (sites[i] === SITE.option && sites[i + 1]! >= reached) reached = this.#atOption(pass, sites[i + 1]!)
    }
  }

  /** By where they end, the longest first, as the automaton finds them. */
  #compareAnchors(sites: Int32Array, a: number, b: number): number {
    const { literals } = this.#anchors
    return sites[a + 1]! - sites[b + 1]! || literals[sites[b + 2]!]!.length - literals[sites[a + 2]!]!.length
  }

  #scanDecoded(pass: Pass, decoded: Decoded): void {
    const { allowed } = pass
    const inner = new Pass(decoded.text, pass.depth + 1, pass.keyRules, pass.known, allowed)
    this.#scanLevel(inner, this.#look(decoded.text))
    // Before one of them stands for the whole run: an allowed value must not hide another beside it.
    const kept = allowed === undefined ? inner.found : allowed.keep(inner.found)
    if (kept.length > 0) addDecoded(pass.text, decoded, kept, pass.found)
  }

  #atRun(pass: Pass, start: number, end: number): void {
    if (pass.depth < MAX_DEPTH && end - start >= MIN_BASE64 && !isUuid(pass.text, start, end)) {
      forEachTextRun(pass.text, start, end, (decoded) => this.#scanDecoded(pass, decoded))
    }
    if (end - start <= MAX_TOKEN_RUN) this.#atNear(pass, start)
  }

  #match(pass: Pass, rule: CompiledRule, at: number): RuleMatch | undefined {
    const match = rule.matchAround(pass.text, at, pass.keyRules.includes(rule))
    if (match !== undefined) pass.found.push(ruleCandidate(rule, match, pass.text))
    return match
  }

  #matchEscaped(pass: Pass, rule: CompiledRule, at: number): void {
    if (!rule.mayMatchEscaped(pass.text, at)) return
    const found = pass.escaped.find(rule, at, pass.keyRules.includes(rule), MAX_DEPTH - pass.depth)
    if (found !== undefined) pass.found.push(found)
  }

  #searchAnchors(pass: Pass): void {
    const { next, classOf, shift, firstOutput, outputs } = this.#search
    const { text } = pass
    let state = 0
    for (let i = 0; i < text.length; i++) {
      state = next[(state << shift) | classOf[text.charCodeAt(i)]!]!
      if (state >= firstOutput) for (const index of outputs[state - firstOutput]!) this.#atAnchor(pass, index, i + 1)
    }
  }

  /** @param end just behind the literal of this number. */
  #atAnchor(pass: Pass, index: number, end: number): void {
    const { text } = pass
    const at = end - this.#anchors.literals[index]!.length
    for (const anchor of this.#anchors.anchors[index]!) {
      const { rule } = anchor
      if (!standsAt(anchor, text, at) || (rule.before === 0 && !rule.mayBegin(text, at))) continue
      const match = this.#match(pass, rule, at)
      if (match === undefined ? rule.spansLines : isCutAt(text, match.end, rule)) this.#matchEscaped(pass, rule, at)
    }
  }

  /** Values without a format of their own, which a word ahead of them tells. */
  #atNear(pass: Pass, start: number): void {
    if (start === 0 || !this.#mayBeNear(pass.text, start)) return
    pass.near ??= this.#near.reader(pass.text)
    const rules = pass.near.ahead(start)
    if (rules === undefined) return
    for (const rule of rules) {
      const match = rule.matchAt(pass.text, start)
      if (match !== undefined) pass.found.push(ruleCandidate(rule, match, pass.text))
    }
  }

  /** False for a value under a name of its own: `"trace_id": "…"` is no key of the provider that is named before it. */
  #mayBeNear(text: string, start: number): boolean {
    let at = start
    for (const floor = Math.max(0, start - 12); at > floor; at--) {
      const unit = text.charCodeAt(at - 1)
      if (unit === COLON || unit === EQUALS) break
      if (unit !== SPACE_UNIT && unit !== 34 && unit !== 39 && unit !== 96 && unit !== BACKSLASH) return true
    }
    const end = nameEndBefore(text, at - 1)
    if (end < 0) return true
    const nameStart = behindEscape(text, nameStartBefore(text, end))
    if (this.#names.at(text, nameStart, end).isVague) return true
    return isInProse(text, nameStart)
  }

  /** Reads the name ahead of each `:`, `=`, `>` and `,`, and the value behind it when the name is worth it. */
  #scanSeparators(pass: Pass): void {
    const { text } = pass
    for (let at = 0; at < text.length; at++) {
      if ((CHARS[text.charCodeAt(at)]! & SEPARATOR) !== 0) this.#atSeparator(pass, at)
    }
  }

  #atSeparator(pass: Pass, at: number): void {
    if (pass.text.charCodeAt(at) === COMMA && !isQuote(pass.text.charCodeAt(at - 1))) return
    const end = nameEndBefore(pass.text, at)
    if (end < 0) return
    const start = nameStartBefore(pass.text, end)
    if (end - start < 2) return
    if (this.#assign(pass, start, end, at)) return
    const escapedStart = behindEscape(pass.text, start)
    if (escapedStart !== start && end - escapedStart >= 2) this.#assign(pass, escapedStart, end, at)
  }

  /** @returns false when the name says nothing. */
  #assign(pass: Pass, start: number, end: number, at: number): boolean {
    let verdict = this.#names.at(pass.text, start, end)
    if (verdict.fieldClass === undefined && verdict.rules.length === 0) {
      if (!verdict.isVague && !verdict.isType) return false
      // A type is told of a name ahead of the value alone.
      if (!verdict.isVague && pass.text.charCodeAt(at) !== EQUALS) return false
      const name = verdict.isVague ? nameBeside(pass.text, start, end) : nameOfType(pass.text, start)
      if (name === undefined) return false
      verdict = this.#names.of(name)
    }
    const { reader } = pass
    if (end <= reader.takenTo) return true
    const assignment = reader.read(start, end, at)
    if (assignment !== undefined) this.#take(pass, reader, verdict, assignment)
    return true
  }

  #take(pass: Pass, reader: AssignmentReader, verdict: NameVerdict, assignment: Assignment): void {
    const { text, found } = pass
    if (!reader.isWorthReading(assignment)) return
    const credential = verdict.fieldClass === undefined ? undefined : credentialIn(text, verdict.fieldClass, assignment)
    const { start, end } = credential ?? assignment
    if (end - start > MAX_VALUE) return
    matchWhole(text, start, end, verdict.rules, found)
    if (credential === undefined) return
    reader.takenTo = end
    const parts = partsOf(verdict.fieldClass!, text, start, end)
    for (const part of parts) {
      const secret = parts.length === 1 ? credential.secret : text.slice(part.start, part.end)
      found.push({
        ...candidate(BUILT_IN.namedField, 'medium', part.start, part.end, secret, credential.encodings),
        loose: credential.isLoose,
      })
    }
  }

  /** `--name value`. */
  #scanOptions(pass: Pass): void {
    const { text } = pass
    for (let at = text.indexOf('--'); at >= 0; at = text.indexOf('--', at)) {
      let end = at + 2
      if (text.charCodeAt(end) === HYPHEN) while (text.charCodeAt(end) === HYPHEN) end++
      else end = this.#atOption(pass, end)
      at = end
    }
  }

  /** @returns where to go on. */
  #atOption(pass: Pass, start: number): number {
    const { text } = pass
    let end = start
    while (has(text, end, TOKEN)) end++
    if (!has(text, end, SPACE) || end - start < 3) return end
    const verdict = this.#names.at(text, start, end)
    if (verdict.fieldClass === undefined && verdict.rules.length === 0) return end
    this.#take(pass, pass.reader, verdict, pass.reader.readOption(start, end))
    return end
  }

  #scanField(
    text: string,
    own: NameVerdict,
    parent: Readonly<Record<string, unknown>> | undefined,
    found: Candidate[],
  ): void {
    const verdict = own.isVague && parent !== undefined ? this.#besideField(own, text, parent) : own
    const { fieldClass: named, rules } = verdict
    if (named === undefined && rules.length === 0) return
    const span = named === undefined ? undefined : credentialSpan(named, text, 'field')
    const { start, end } = span ?? { start: 0, end: text.length }
    matchWhole(text, start, end, rules, found)
    if (span === undefined) return
    for (const part of partsOf(named!, text, start, end)) {
      found.push(candidate(BUILT_IN.namedField, 'medium', part.start, part.end, text.slice(part.start, part.end), []))
    }
  }

  /** `{ name: 'DB_PASSWORD', value }` and `{ provider: 'cohere', key }`: what stands beside a vague name speaks for it. */
  #besideField(own: NameVerdict, text: string, parent: Readonly<Record<string, unknown>>): NameVerdict {
    let { fieldClass: named } = own
    const rules = new Set(own.rules)
    for (const field of Object.keys(parent).slice(0, 16)) {
      const property = Object.getOwnPropertyDescriptor(parent, field)
      const value: unknown = property?.value
      if (typeof value !== 'string' || value === text || value.length > 64 || value.length < 3) continue
      const beside = this.#names.of(value)
      for (const rule of beside.rules) rules.add(rule)
      if (/^(?:name|key|field|variable|header|env)$/i.test(field)) named ??= beside.fieldClass
    }
    return { fieldClass: named, rules: [...rules], isVague: true, isType: false }
  }
}

const saysNothing = ({ fieldClass, rules, isVague }: NameVerdict): boolean =>
  fieldClass === undefined && rules.length === 0 && !isVague

/** What ends at an escape may go on behind it. */
const isCutAt = (text: string, end: number, rule: CompiledRule): boolean =>
  (rule.spansLines || rule.readsEscapes) && text.charCodeAt(end) === BACKSLASH

const isUuid = (text: string, start: number, end: number): boolean =>
  end - start === 36 && [8, 13, 18, 23].every((offset) => text.charCodeAt(start + offset) === HYPHEN)

/** True when a word and a space stand before a name on its line: "the key for it is: …". */
function isInProse(text: string, nameStart: number): boolean {
  let at = nameStart
  while (at > 0 && text.charCodeAt(at - 1) === SPACE_UNIT) at--
  return at < nameStart && has(text, at - 1, ALPHANUMERIC)
}
