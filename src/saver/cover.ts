import { KnownValues } from '../detect/known-values.js'
import { DESCEND, rewrite } from '../detect/rewrite.js'
import { isSecret } from './secret.js'
import { mapThrown } from './thrown.js'
import { KEEP_VISITOR, REWRITE_OPTIONS } from './walk.js'

/** Messages stay what they are to whoever holds them. */
const LIVE_OPTIONS = { ...REWRITE_OPTIONS, keepsMessages: true }

/** LangGraph's `Command` and `Send`. */
const isControl = (value: object): boolean => typeof (value as { lg_name?: unknown }).lg_name === 'string'

/** Puts a claim's URL in the place of its value wherever a copy of it stands, in any usual encoding. */
export class Cover {
  readonly #known = new KnownValues()
  /** Too short or too common to be looked for inside words. */
  readonly #words = new Set<string>()
  #covered = 0

  constructor(
    value: unknown,
    readonly url: string,
  ) {
    const add = (text: string) => {
      if (text !== '' && !this.#known.add(text)) this.#words.add(text)
      return text
    }
    if (value instanceof Uint8Array) add(new TextDecoder().decode(value))
    else rewrite(value, { ...KEEP_VISITOR, text: add }, REWRITE_OPTIONS)
  }

  /** The value itself where it is clean, whatever it is made of. */
  in(value: unknown): unknown {
    const before = this.#covered
    const text = (each: string) => this.#text(each)
    const whole = (content: Uint8Array | string, _at: unknown, kept: object) => {
      const read = typeof content === 'string' ? content : Buffer.from(content).toString('latin1')
      return this.#text(read) === read ? kept : this.url
    }
    const enterForeign = (item: object) => (isControl(item) ? this.#control(item) : isSecret(item) ? item : DESCEND)
    const copy = rewrite(value, { ...KEEP_VISITOR, text, key: text, whole, enterForeign }, LIVE_OPTIONS)
    return this.#covered === before ? value : copy
  }

  /** The error itself where it is clean: a graph's own control flow is thrown, too. */
  inError(error: unknown): unknown {
    return mapThrown(error, (value) => this.in(value))
  }

  /** A command keeps its class, which its JSON has not. */
  #control(command: object): object {
    const fields = { ...command }
    const covered = this.in(fields) as object
    return covered === fields
      ? command
      : (Object.assign(Object.create(Object.getPrototypeOf(command)) as object, covered) as object)
  }

  #text(text: string): string {
    let out = ''
    let done = 0
    for (const { start, end } of this.#known.find(text)) {
      if (start < done) continue
      out += text.slice(done, start) + this.url
      done = end
    }
    let covered = done === 0 ? text : out + text.slice(done)
    for (const word of this.#words) covered = coverWord(covered, word, this.url)
    if (covered !== text) this.#covered++
    return covered
  }
}

/** A PIN of four digits is not every number that holds them. */
function coverWord(text: string, word: string, url: string): string {
  let out = ''
  let done = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at < done || isWordAt(text, at - 1) || isWordAt(text, at + word.length)) continue
    out += text.slice(done, at) + url
    done = at + word.length
  }
  return done === 0 ? text : out + text.slice(done)
}

const isWordAt = (text: string, at: number): boolean => /\w/.test(text.charAt(at))
