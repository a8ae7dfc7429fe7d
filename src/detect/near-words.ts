import type { CompiledRule } from './compiled-rule.js'
import { WordFinder } from './word-finder.js'

const STEMS = ['key', 'token', 'api', 'secret', 'pat', 'auth', 'password']

/** Finds the rules that rest on a word in prose ahead of a value. */
export class NearWords {
  readonly words: readonly string[]
  /** Of which one stands wherever one of the words does: few, and shorter. */
  readonly stems: ReadonlySet<string>
  /** How far ahead of a value a word may begin. */
  readonly reach: number
  readonly #finder: WordFinder
  readonly #rulesOf: readonly (readonly CompiledRule[])[]

  /** @param rules those without an anchor of their own. */
  constructor(rules: readonly CompiledRule[]) {
    const byWord = new Map<string, CompiledRule[]>()
    for (const rule of rules) {
      for (const word of rule.near) {
        const others = byWord.get(word)
        if (others === undefined) byWord.set(word, [rule])
        else others.push(rule)
      }
    }
    this.words = [...byWord.keys()]
    this.stems = new Set(this.words.map((word) => STEMS.find((stem) => word.includes(stem)) ?? word))
    this.reach =
      Math.max(0, ...rules.map((rule) => rule.window)) + Math.max(0, ...this.words.map(({ length }) => length))
    this.#finder = new WordFinder(this.words)
    this.#rulesOf = [...byWord.values()]
  }

  /** Rules of which a word ends in `text` at most their window ahead of `at`; undefined for none. */
  ahead(text: string, at: number): Set<CompiledRule> | undefined {
    const words = this.#finder.find(text, Math.max(0, at - this.reach), at)
    if (words === undefined) return undefined
    const found = new Set<CompiledRule>()
    for (const { index, end } of words) {
      for (const rule of this.#rulesOf[index]!) if (at - end < rule.window) found.add(rule)
    }
    return found
  }
}
