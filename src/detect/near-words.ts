import { Automaton } from './automaton.js'
import type { CompiledRule } from './compiled-rule.js'

const STEMS = ['key', 'token', 'api', 'secret', 'pat', 'auth', 'password']

/** Finds the rules that rest on a word in prose ahead of a value. */
export class NearWords {
  /** Of which one stands wherever one of the words does: few, and shorter. */
  readonly stems: ReadonlySet<string>
  readonly #automaton: Automaton
  readonly #rulesOf: readonly (readonly CompiledRule[])[]
  readonly #window: number

  /** @param rules those without an anchor of their own. */
  constructor(rules: readonly CompiledRule[]) {
    const byWord = new Map<string, CompiledRule[]>()
    for (const rule of rules) {
      for (const word of rule.near) byWord.set(word, [...(byWord.get(word) ?? []), rule])
    }
    this.#automaton = new Automaton([...byWord.keys()], true)
    this.#rulesOf = [...byWord.values()]
    const longest = Math.max(0, ...[...byWord.keys()].map((word) => word.length))
    this.stems = new Set([...byWord.keys()].map((word) => STEMS.find((stem) => word.includes(stem)) ?? word))
    this.#window = Math.max(0, ...rules.map((rule) => rule.window)) + longest
  }

  /** How far ahead of a value a word may begin. */
  get reach(): number {
    return this.#window
  }

  /** Rules of which a word ends in `text` at most their window ahead of `at`; undefined for none. */
  ahead(text: string, at: number): Set<CompiledRule> | undefined {
    const { next, classOf, shift, firstOutput, outputs } = this.#automaton
    let found: Set<CompiledRule> | undefined
    let state = 0
    for (let i = Math.max(0, at - this.#window); i < at; i++) {
      state = next[(state << shift) | classOf[text.charCodeAt(i)]!]!
      if (state < firstOutput) continue
      for (const word of outputs[state - firstOutput]!) {
        for (const rule of this.#rulesOf[word]!) {
          if (at - i > rule.window) continue
          found ??= new Set()
          found.add(rule)
        }
      }
    }
    return found
  }
}
