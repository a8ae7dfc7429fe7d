/** Together, of what is kept. */
const MAX_CHARS = 2 << 20
/** Of a text that was cut from a longer one: how many times as long that may be before it is copied. */
const MAX_PARENT = 3
/** How many characters at the end are looked at, and how many further ones: ids mostly stand at the end of a message. */
const TAIL = 128
const TAIL_STEP = 4
const SPREAD = 24

/**
 * Texts in which nothing was found. They are told by a few of their characters and then compared as a whole, which costs
 * less than a hash over all of them. Of texts that agree in these few the last one is kept.
 */
export class CleanTexts {
  readonly #texts = new Map<number, string>()
  #chars = 0

  has(text: string): boolean {
    return this.#texts.get(sampleOf(text)) === text
  }

  /** @param within as long as the text that this one was cut from, which stays alive with it. */
  add(text: string, within: number): void {
    if (this.#chars + text.length > MAX_CHARS) {
      this.#texts.clear()
      this.#chars = 0
    }
    const own = within > MAX_PARENT * text.length ? ` ${text}`.slice(1) : text
    this.#texts.set(sampleOf(own), own)
    this.#chars += text.length
  }
}

function sampleOf(text: string): number {
  const { length } = text
  let sample = length
  const tail = Math.max(0, length - TAIL)
  for (let i = tail; i < length; i += TAIL_STEP) sample = Math.imul(sample ^ text.charCodeAt(i), 0x9e3779b1)
  const step = Math.max(1, Math.floor(tail / SPREAD))
  for (let i = 0; i < tail; i += step) sample = Math.imul(sample ^ text.charCodeAt(i), 0x85ebca6b)
  // Small integers need no object as a key.
  return (sample ^ (sample >>> 15)) & 0x3fffffff
}
