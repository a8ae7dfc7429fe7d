import type { ChatGenerationChunk } from '@langchain/core/outputs'
import type { Hit } from '../../detect/types.js'
import { joinTexts, textsOf } from './chunk-texts.js'

/** As much text is kept back as may stand between a secret and the word that says what it is. */
const HOLD_CHARS = 64
const BLOCK_BEGIN = '-----BEGIN '
const BLOCK_END = '-----END '

/** The secrets of a text, and where one that is known has begun at its end. */
export interface SecretFinder {
  hits(text: string): readonly Hit[]
  begunAt(text: string): number
}

interface Held {
  readonly chunk: ChatGenerationChunk
  /** Of each text, how much there was once this chunk had come. */
  readonly ends: ReadonlyMap<HeldText, number>
}

/**
 * Holds a model's stream back for as long as its end may be the beginning of a secret: a token that comes in pieces is found
 * once it is whole. Reasoning and answer are texts of their own. Parts of tool calls wait for the end of the message.
 */
export class HeldChunks {
  readonly #finder: SecretFinder
  readonly #texts = new Map<string, HeldText>()
  #held: Held[] = []
  #waits = false

  constructor(finder: SecretFinder) {
    this.#finder = finder
  }

  /** What may go now: as it came, or as one chunk where only the whole of it shows a secret. */
  push(chunk: ChatGenerationChunk): readonly ChatGenerationChunk[] {
    const parts = textsOf(chunk.message)
    this.#waits ||= parts === undefined
    for (const [name, part] of parts ?? []) this.#add(name, part)
    const ends = new Map([...this.#texts.values()].map((text) => [text, text.value.length]))
    this.#held.push({ chunk, ends })
    if (this.#waits || !this.#mayCut()) return []
    for (const text of this.#texts.values()) text.look(this.#finder)
    const count = this.#held.findLastIndex(({ ends }) => every(ends, (text, at) => text.canCut(at))) + 1
    if (count > 0) return this.#release(count)
    for (const text of this.#texts.values()) text.rest()
    return []
  }

  end(): readonly ChatGenerationChunk[] {
    if (this.#held.length === 0) return []
    for (const text of this.#texts.values()) text.look(this.#finder)
    return this.#release(this.#held.length)
  }

  /** Most of what comes in ends in the middle of a word: nothing has to be scanned for that. */
  #mayCut(): boolean {
    const texts = [...this.#texts.values()]
    return (
      texts.some((text) => text.hasNews) && this.#held.some(({ ends }) => every(ends, (text, at) => text.mayCut(at)))
    )
  }

  #add(name: string, part: string): void {
    const text = this.#texts.get(name) ?? new HeldText()
    this.#texts.set(name, text)
    for (const other of this.#texts.values()) if (other !== text) other.fallSilent(part.length)
    text.add(part)
  }

  #release(count: number): readonly ChatGenerationChunk[] {
    const { ends } = this.#held[count - 1]!
    const going = this.#held.slice(0, count).map(({ chunk }) => chunk)
    const holdsSecret = this.#waits || !every(ends, (text, at) => text.isClean(at))
    this.#held = this.#held.slice(count).map(({ chunk, ends: later }) => ({
      chunk,
      ends: new Map([...later].map(([text, end]) => [text, end - (ends.get(text) ?? 0)])),
    }))
    for (const [text, at] of ends) text.drop(at)
    return holdsSecret ? [joinTexts(going.reduce((all, chunk) => all.concat(chunk)))] : going
  }
}

/** From here on a text that cannot be cut is looked at less often, so that the time it takes stays in proportion. */
const PATIENT_CHARS = 1024

/** One of the texts of a message, as far as it was not given out. */
class HeldText {
  value = ''
  /** True where there may be a place to cut that was not there at the last look. */
  hasNews = false
  /** How much came elsewhere since the last of it. */
  #silentChars = 0
  /** Where its last word begins. */
  #lastWord = 0
  #nextLook = 0
  #hits: readonly Hit[] = []
  #begun = 0

  add(part: string): void {
    const before = this.value.length
    this.value += part
    this.#silentChars = 0
    for (let i = part.length - 1; i >= 0; i--) {
      if (!IS_BREAK.test(part.charAt(i))) continue
      this.#lastWord = before + i + 1
      this.hasNews = this.value.length >= this.#nextLook
      return
    }
  }

  fallSilent(chars: number): void {
    this.#silentChars += chars
    if (this.#isSilent) this.hasNews = true
  }

  look(finder: SecretFinder): void {
    this.hasNews = false
    this.#hits = this.value === '' ? [] : finder.hits(this.value)
    this.#begun = Math.min(finder.begunAt(this.value), openBlock(this.value))
  }

  /** Nothing could be cut. */
  rest(): void {
    const { length } = this.value
    if (length > PATIENT_CHARS) this.#nextLook = length + length / 8
  }

  /** Before the secrets of the text are known. */
  mayCut(at: number): boolean {
    if (at === 0 || this.#isOver(at)) return true
    // What has not ended may become a secret, by a word ahead of it.
    return at <= Math.min(this.#lastWord, this.value.length - 1) - HOLD_CHARS && isBreak(this.value, at)
  }

  canCut(at: number): boolean {
    if (!this.mayCut(at)) return false
    if (at === 0 || this.#isOver(at)) return true
    // The word that makes a secret of what follows stays with it.
    return at <= this.#begun && this.#hits.every(({ start, end }) => at >= end || at <= start - HOLD_CHARS)
  }

  isClean(at: number): boolean {
    return this.#hits.every(({ start }) => start >= at)
  }

  drop(at: number): void {
    this.value = this.value.slice(at)
    this.#lastWord = Math.max(0, this.#lastWord - at)
    this.#nextLook = 0
    this.#hits = []
  }

  get #isSilent(): boolean {
    return this.#silentChars > HOLD_CHARS
  }

  /** All of a text that another has followed for long. */
  #isOver(at: number): boolean {
    return this.#isSilent && at === this.value.length
  }
}

/** Where a key begins whose end has not come; the text's length without one. */
function openBlock(text: string): number {
  const begin = text.lastIndexOf(BLOCK_BEGIN)
  return begin < 0 || text.indexOf(BLOCK_END, begin) >= 0 ? text.length : begin
}

const every = (ends: Held['ends'], test: (text: HeldText, at: number) => boolean): boolean =>
  [...ends].every(([text, at]) => test(text, at))

/** Between words, or where a script is written without any space: what ends there goes on in no token. */
const isBreak = (text: string, at: number): boolean =>
  IS_BREAK.test(text.charAt(at - 1)) || IS_BREAK.test(text.charAt(at))

const IS_BREAK = /[\s\u0e00-\uffff]/
