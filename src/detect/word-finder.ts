const HEAD = 3
const BITS = 0xffff

/** A word that stands in a text. */
export interface FoundWord {
  readonly index: number
  readonly end: number
}

/**
 * Finds any of thousands of words in a short text, in any ASCII case. Made at once and small, where an automaton of all of
 * them would take megabytes and be read from memory at each step.
 */
export class WordFinder {
  readonly #words: readonly string[]
  /** A bit for each way in which a word begins. */
  readonly #heads = new Uint8Array((BITS + 1) >> 3)
  readonly #byHead = new Map<number, number[]>()

  /** @param words in lower case, of at least three characters. */
  constructor(words: readonly string[]) {
    this.#words = words
    for (const [index, word] of words.entries()) {
      const head = headAt(word, 0)
      this.#heads[head >> 3]! |= 1 << (head & 7)
      const others = this.#byHead.get(head)
      if (others === undefined) this.#byHead.set(head, [index])
      else others.push(index)
    }
  }

  /** @returns what lies between two offsets as a whole, by where it ends, longer words first; undefined for nothing. */
  find(text: string, from: number, to: number): FoundWord[] | undefined {
    let found: FoundWord[] | undefined
    for (let at = from; at <= to - HEAD; at++) {
      const head = headAt(text, at)
      if ((this.#heads[head >> 3]! & (1 << (head & 7))) === 0) continue
      for (const index of this.#byHead.get(head) ?? []) {
        const end = at + this.#words[index]!.length
        if (end > to || !standsAt(this.#words[index]!, text, at)) continue
        found ??= []
        found.push({ index, end })
      }
    }
    return found?.sort((a, b) => a.end - b.end)
  }
}

const folded = (unit: number): number => (unit >= 65 && unit <= 90 ? unit | 32 : unit)

function headAt(text: string, at: number): number {
  const first = text.charCodeAt(at) | 32
  const second = text.charCodeAt(at + 1) | 32
  const third = text.charCodeAt(at + 2) | 32
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & BITS
}

function standsAt(word: string, text: string, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (folded(text.charCodeAt(at + i)) !== word.charCodeAt(i)) return false
  return true
}
