import { Automaton } from './automaton.js'
import { CHARS, RUN, TOKEN } from './chars.js'
import type { CompiledRule } from './compiled-rule.js'

/** The shortest run of characters in which the scan looks for a rule's anchors. */
export const MIN_RUN = 16
const ASCII = 128
const utf8 = new TextEncoder()

export interface Anchor {
  readonly rule: CompiledRule
  readonly text: string
  readonly isExact: boolean
}

/**
 * Where in a text each rule has to be looked for. Nearly all secrets stand in a run of 16 and more characters of tokens
 * and URLs, of which prose has none, so most rules are tried at the beginnings of tokens in such runs alone.
 */
export class RuleIndex {
  /** Anchors with which a match begins, by their first three characters. */
  readonly #heads: (readonly Anchor[])[] = [[]]
  readonly headSlots = new Uint16Array(1 << 18)
  /** Anchors inside of a run, behind other characters of the match, by the first of their signs. */
  readonly #inner: (readonly InnerAnchor[] | undefined)[] = new Array(ASCII).fill(undefined)
  /** Anchors inside of a run that hold no sign. */
  readonly plainInner: AnchorSearch | undefined
  /** Anchors that may stand anywhere. */
  readonly loose: AnchorSearch | undefined
  /** The same, for a search through UTF-8. */
  readonly looseBytes: AnchorSearch | undefined

  constructor(rules: readonly CompiledRule[]) {
    const heads = new Map<number, Anchor[]>()
    const inner = new Map<number, InnerAnchor[]>()
    const plainInner: Anchor[] = []
    const loose: Anchor[] = []
    for (const rule of rules) {
      for (const text of rule.anchors) {
        const anchor = { rule, text, isExact: rule.rule.definition.caseInsensitive !== true }
        if (isInRun(rule, text)) {
          if (rule.before === 0 && rule.left === TOKEN && startsToken(text)) push(heads, headKey(text, 0), anchor)
          else {
            const offset = text.search(/[^A-Za-z0-9]/)
            if (offset < 0) plainInner.push(anchor)
            else push(inner, text.charCodeAt(offset), { ...anchor, offset })
          }
        } else loose.push(anchor, ...escapedForms(anchor))
      }
    }
    for (const [key, anchors] of heads) this.headSlots[key] = this.#heads.push(anchors) - 1
    for (const [unit, anchors] of inner) this.#inner[unit] = anchors
    this.plainInner = plainInner.length === 0 ? undefined : new AnchorSearch(plainInner)
    this.loose = loose.length === 0 ? undefined : new AnchorSearch(loose)
    this.looseBytes = loose.length === 0 ? undefined : new AnchorSearch(loose, utf8Text)
  }

  /** Every key of `headsAt` for which there are anchors. */
  headKeys(): number[] {
    const keys: number[] = []
    for (const [key, slot] of this.headSlots.entries()) if (slot !== 0) keys.push(key)
    return keys
  }

  /** Every pair of a sign and the folded character behind it that stands in an anchor. */
  innerPairs(): number[] {
    return this.#inner.flatMap((anchors, sign) =>
      (anchors ?? []).flatMap(({ text, offset }) => {
        if (offset + 1 < text.length) return [(sign << 6) | foldedBits(text.charCodeAt(offset + 1))]
        return Array.from({ length: 64 }, (_, next) => (sign << 6) | next)
      }),
    )
  }

  /** Anchors that a sign of a run may be a part of. */
  innerAt(unit: number): readonly InnerAnchor[] | undefined {
    return this.#inner[unit]
  }

  /** Anchors that may begin at `at`. */
  headsAt(slot: number): readonly Anchor[] {
    return this.#heads[slot]!
  }
}

/** An anchor that is found by one of its characters. */
export interface InnerAnchor extends Anchor {
  /** Where in the anchor that character stands. */
  readonly offset: number
}

/** Several anchors looked for in one pass. */
export class AnchorSearch {
  readonly automaton: Automaton
  readonly anchors: readonly (readonly Anchor[])[]
  readonly lengths: readonly number[]
  /** True when an anchor is written in nothing but hexadecimal digits and hyphens. */
  readonly hasHexish: boolean

  readonly #encoded: readonly string[]

  /** @param encode how an anchor is written in what is searched. */
  constructor(anchors: readonly Anchor[], encode: (text: string) => string = (text) => text) {
    const byText = new Map<string, Anchor[]>()
    for (const anchor of anchors) push(byText, anchor.text.toLowerCase(), anchor)
    this.#encoded = [...byText.keys()].map(encode)
    this.automaton = new Automaton(this.#encoded, true)
    this.anchors = [...byText.values()]
    this.lengths = [...byText.keys()].map((text) => text.length)
    this.hasHexish = anchors.some(({ text }) => /^[0-9a-f-]*$/i.test(text))
  }

  get longest(): number {
    return Math.max(...this.#encoded.map((text) => text.length))
  }

  /** For each output state the length of its anchor where no token may end before that, else 0. */
  boundedLengths(): Uint8Array {
    return Uint8Array.from(this.automaton.outputs, (indices) => {
      const [index] = indices
      if (index === undefined || indices.length > 1) return 0
      const isBounded = this.anchors[index]!.every(({ rule }) => rule.before === 0 && rule.left === TOKEN)
      return isBounded ? Math.min(this.#encoded[index]!.length, 255) : 0
    })
  }
}

/** One character for each byte. */
const utf8Text = (text: string): string => String.fromCharCode(...utf8.encode(text))

/** Six bits a character, in which upper and lower case are one. */
const foldedBits = (unit: number): number => (unit & 0x1f) | ((unit & 0x40) >> 1)

export const headKey = (text: string, at: number): number =>
  (foldedBits(text.charCodeAt(at)) << 12) |
  (foldedBits(text.charCodeAt(at + 1)) << 6) |
  foldedBits(text.charCodeAt(at + 2))

/** True when the anchor of every match stands inside of one run that is long enough. */
function isInRun(rule: CompiledRule, anchor: string): boolean {
  return rule.leadingRun >= Math.max(MIN_RUN, rule.before + anchor.length)
}

/** An anchor with quotes in it, as it stands in JSON and in JSON in JSON. Only unescaped does its rule match there. */
function escapedForms(anchor: Anchor): Anchor[] {
  if (anchor.text.lastIndexOf('"') <= 0) return []
  const [first, rest] = [anchor.text[0]!, anchor.text.slice(1)]
  return ['\\"', '\\\\\\"'].map((quote) => ({ ...anchor, text: first + rest.replaceAll('"', quote) }))
}

const startsToken = (anchor: string): boolean => (CHARS[anchor.charCodeAt(0)]! & (TOKEN | RUN)) === (TOKEN | RUN)

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, anchor: Item): void {
  const others = map.get(key)
  if (others === undefined) map.set(key, [anchor])
  else others.push(anchor)
}

export function standsAt({ text: anchor, isExact }: Anchor, text: string, at: number): boolean {
  if (isExact) return text.startsWith(anchor, at)
  return text.slice(at, at + anchor.length).toLowerCase() === anchor.toLowerCase()
}
