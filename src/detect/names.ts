import type { CompiledRule } from './compiled-rule.js'
import { type FieldClass, fieldClass, normalizeName } from './fields.js'
import { WordFinder } from './word-finder.js'

/** What a name says about the value under it. */
export interface NameVerdict {
  readonly fieldClass: FieldClass | undefined
  /** Rules that are tried on the whole value. */
  readonly rules: readonly CompiledRule[]
  /** True for `value`, `key`, `token`: such a name leaves it to its neighbours to say what the value is. */
  readonly isVague: boolean
  /** True for `string`, `str`: ahead of `=` it is the type of what is named before it. */
  readonly isType: boolean
}

export const MAX_NAME = 128
const NO_RULES: readonly CompiledRule[] = []
const PLAIN: NameVerdict = { fieldClass: undefined, rules: NO_RULES, isVague: false, isType: false }
export const VAGUE: ReadonlySet<string> = new Set(
  'value val key apikey api_key token secret credential credentials password default data'.split(' '),
)
export const TYPES: ReadonlySet<string> = new Set('str string secretstr bytes undefined null none optional'.split(' '))
/** `access_key_id` names the key, and does not hold it. */
const NAMES_ID = /(?:[a-z\d]I|[_.-]I|[_.-]i|^i)[dD]s?$/
const SLOTS = 4096
const MAX_CACHED = 4096

interface Slot {
  readonly name: string
  readonly verdict: NameVerdict
}

/** Judges the names of fields and assignments; names repeat, so that nearly all answers come from a cache. */
export class NameIndex {
  readonly #finder: WordFinder
  readonly #rulesOf: readonly (readonly CompiledRule[])[]
  readonly #slots: (Slot | undefined)[] = new Array(SLOTS).fill(undefined)
  readonly #byName = new Map<string, NameVerdict>()

  constructor(rules: readonly CompiledRule[]) {
    const byKey = new Map<string, CompiledRule[]>()
    for (const rule of rules) {
      for (const key of rule.keys) byKey.set(key, [...(byKey.get(key) ?? []), rule])
    }
    this.#finder = new WordFinder([...byKey.keys()])
    this.#rulesOf = [...byKey.values()]
  }

  of(name: string): NameVerdict {
    if (name.length > MAX_NAME) return PLAIN
    const cached = this.#byName.get(name)
    if (cached !== undefined) return cached
    const verdict = this.#judge(name)
    if (this.#byName.size >= MAX_CACHED) this.#byName.clear()
    this.#byName.set(name, verdict)
    return verdict
  }

  /** As `of`, for a name that stands in a text, without a copy of it. */
  at(text: string, start: number, end: number): NameVerdict {
    if (end - start > MAX_NAME) return PLAIN
    let hash = end - start
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
    const index = (hash ^ (hash >>> 12)) & (SLOTS - 1)
    const slot = this.#slots[index]
    if (slot !== undefined && slot.name.length === end - start && text.startsWith(slot.name, start)) return slot.verdict
    const name = text.slice(start, end)
    const verdict = this.#judge(name)
    this.#slots[index] = { name, verdict }
    return verdict
  }

  #judge(name: string): NameVerdict {
    const named = fieldClass(name)
    const rules = this.#rulesFor(name)
    const isVague = VAGUE.has(name.toLowerCase())
    const isType = TYPES.has(name.toLowerCase())
    if (named === undefined && rules.length === 0 && !isVague && !isType) return PLAIN
    return { fieldClass: named, rules, isVague, isType }
  }

  /** A rule's key is looked for anywhere in the name, without regard to case and separators. */
  #rulesFor(name: string): readonly CompiledRule[] {
    const letters = normalizeName(name)
    const words = this.#finder.find(letters, 0, letters.length)
    if (words === undefined) return NO_RULES
    const isId = NAMES_ID.test(name)
    const found = new Set<CompiledRule>()
    for (const { index, end } of words) {
      if (!isId || end === letters.length) for (const rule of this.#rulesOf[index]!) found.add(rule)
    }
    return [...found]
  }
}
