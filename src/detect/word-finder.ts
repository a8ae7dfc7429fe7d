const HASH_BITS = 16

/** A word that stands in a text. */
export interface FoundWord {
  readonly index: number
  readonly start: number
  readonly end: number
}

/**
 * Finds any of thousands of words in a short text, in any ASCII case. Made at once and small, where an automaton of all of
 * them would take megabytes and be read from memory at each step.
 */
export class WordFinder {
  readonly #words: readonly string[]
  /** How many characters of a word are looked at first. */
  readonly #size: number
  /** A bit for each way in which a word begins. */
  readonly #heads = new Uint8Array(1 << (HASH_BITS - 3))
  readonly #byHead = new Map<number, number[]>()

  /** @param words in lower case, of at least three characters. */
  constructor(words: readonly string[]) {
    this.#words = words
    this.#size = words.every(({ length }) => length > 3) ? 4 : 3
    for (const [index, word] of words.entries()) {
      const head = this.#headOf(word)
      this.#heads[hash(head) >> 3]! |= 1 << (hash(head) & 7)
      const others = this.#byHead.get(head)
      if (others === undefined) this.#byHead.set(head, [index])
      else others.push(index)
    }
  }

  /** How many characters ahead of `to` a word begins that `find` does not look at, as its beginning is not all there. */
  get head(): number {
    return this.#size
  }

  /**
   * @param to is also where a word must end, unless `most` is behind it.
   * @returns what lies between two offsets, by where it ends; undefined for nothing.
   */
  find(text: string, from: number, to: number, most = to): FoundWord[] | undefined {
    const heads = this.#heads
    const mask = this.#size === 4 ? -1 : 0xffffff
    let found: FoundWord[] | undefined
    let head = 0
    for (let at = from; at < to; at++) {
      head = ((head << 8) | ((text.charCodeAt(at) | 32) & 255)) & mask
      const bit = hash(head)
      if ((heads[bit >> 3]! & (1 << (bit & 7))) !== 0)
        found = this.#at(head, text, at + 1 - this.#size, from, most, found)
    }
    return found?.sort((a, b) => a.end - b.end)
  }

  #at(head: number, text: string, start: number, from: number, most: number, others: FoundWord[] | undefined) {
    const indices = this.#byHead.get(head)
    if (indices === undefined || start < from) return others
    let found = others
    for (const index of indices) {
      const end = start + this.#words[index]!.length
      if (end > most || !standsAt(this.#words[index]!, text, start)) continue
      found ??= []
      found.push({ index, start, end })
    }
    return found
  }

  #headOf(word: string): number {
    let head = 0
    for (let i = 0; i < this.#size; i++) head = (head << 8) | ((word.charCodeAt(i) | 32) & 255)
    return head
  }
}

const hash = (head: number): number => Math.imul(head, 0x9e3779b1) >>> (32 - HASH_BITS)

const folded = (unit: number): number => (unit >= 65 && unit <= 90 ? unit | 32 : unit)

function standsAt(word: string, text: string, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (folded(text.charCodeAt(at + i)) !== word.charCodeAt(i)) return false
  return true
}
