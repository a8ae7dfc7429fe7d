import type { CompiledRule } from './compiled-rule.js'
import { type FoundWord, WordFinder } from './word-finder.js'

const STEMS = ['key', 'token', 'api', 'secret', 'pat', 'auth', 'password']

/** Finds the rules that rest on a word in prose ahead of a value. */
export class NearWords {
  readonly words: readonly string[]
  /** Of which one stands wherever one of the words does: few, and shorter. */
  readonly stems: ReadonlySet<string>
  /** How far into a word its stem begins, at most. */
  readonly stemAt: number
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
    const stemOf = (word: string) => STEMS.find((stem) => word.includes(stem)) ?? word
    this.stems = new Set(this.words.map(stemOf))
    this.stemAt = Math.max(0, ...this.words.map((word) => word.indexOf(stemOf(word))))
    this.reach =
      Math.max(0, ...rules.map((rule) => rule.window)) + Math.max(0, ...this.words.map(({ length }) => length))
    this.#finder = new WordFinder(this.words)
    this.#rulesOf = [...byWord.values()]
  }

  /** @param text whose values are asked for in their order. */
  reader(text: string): NearReader {
    return new NearReader(text, this.#finder, this.#rulesOf, this.reach)
  }
}

/** Reads a text once, however many values stand in it. */
export class NearReader {
  #words: FoundWord[] = []
  /** All words that begin ahead of it are known. */
  #reached = 0

  constructor(
    readonly text: string,
    readonly finder: WordFinder,
    readonly rulesOf: readonly (readonly CompiledRule[])[],
    readonly reach: number,
  ) {}

  /** Rules of which a word ends at most their window ahead of `at`; undefined for none. */
  ahead(at: number): Set<CompiledRule> | undefined {
    const words = this.#wordsBetween(Math.max(0, at - this.reach), at)
    if (words.length === 0) return undefined
    const found = new Set<CompiledRule>()
    for (const { index, end } of words) {
      for (const rule of this.rulesOf[index]!) if (at - end < rule.window) found.add(rule)
    }
    return found
  }

  #wordsBetween(from: number, to: number): readonly FoundWord[] {
    const known = this.#words.filter(({ start }) => start >= from)
    const next = this.finder.find(this.text, Math.max(from, this.#reached), to, this.text.length)
    this.#words = next === undefined ? known : known.concat(next)
    this.#reached = Math.max(this.#reached, to - this.finder.head + 1)
    return this.#words.filter(({ end }) => end <= to).sort((a, b) => a.end - b.end || a.start - b.start)
  }
}
