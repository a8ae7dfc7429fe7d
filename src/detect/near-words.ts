import type { CompiledRule } from './compiled-rule.js'
import { WordFinder } from './word-finder.js'

const STEMS = ['key', 'token', 'api', 'secret', 'pat', 'auth', 'password']

/** Finds the rules that rest on a word in prose ahead of a value. */
export class NearWords {
  /** Of which one stands wherever one of the words does: few, and shorter. */
  readonly stems: ReadonlySet<string>
  /** How far ahead of a value a stem may end. */
  readonly reach: number
  /** How far ahead of a value a word may begin. */
  readonly #window: number
  readonly #finder: WordFinder
  readonly #rulesOf: readonly (readonly CompiledRule[])[]

  /** @param rules those without an anchor of their own. */
  constructor(rules: readonly CompiledRule[]) {
    const byWord = new Map<string, CompiledRule[]>()
    for (const rule of rules) {
      for (const word of rule.near) byWord.set(word, [...(byWord.get(word) ?? []), rule])
    }
    const words = [...byWord.keys()]
    const stems = words.map(stemOf)
    const window = Math.max(0, ...rules.map((rule) => rule.window))
    this.stems = new Set(stems)
    this.reach = window + Math.max(0, ...stems.map((stem, i) => tailBehind(stem, words[i]!)))
    this.#window = window + Math.max(0, ...words.map((word) => word.length))
    this.#finder = new WordFinder(words)
    this.#rulesOf = [...byWord.values()]
  }

  /** Rules of which a word ends in `text` at most their window ahead of `at`; undefined for none. */
  ahead(text: string, at: number): Set<CompiledRule> | undefined {
    const words = this.#finder.find(text, Math.max(0, at - this.#window), at)
    if (words === undefined) return undefined
    const found = new Set<CompiledRule>()
    for (const { index, end } of words) {
      for (const rule of this.#rulesOf[index]!) if (at - end < rule.window) found.add(rule)
    }
    return found
  }
}

/** How much of a word stands behind its stem. */
const tailBehind = (stem: string, word: string): number => word.length - word.lastIndexOf(stem) - stem.length

/** Of the stems in a word the last; the word itself when it holds none. */
function stemOf(word: string): string {
  const inWord = STEMS.filter((stem) => word.includes(stem)).sort((a, b) => tailBehind(a, word) - tailBehind(b, word))
  return inWord[0] ?? word
}
