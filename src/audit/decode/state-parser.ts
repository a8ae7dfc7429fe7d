import { CleanRuns, type Further } from './clean-runs.js'
import { CleanTexts } from './clean-texts.js'
import { type ParsedJson, parseJson } from './parse-json.js'

/** A serialized object of LangChain's, such as a message, begins so. */
const MARK = '{"lc":1,'
const COMMA = 44
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A serialized object that was parsed by itself. In the value around it a reference stands in its place. */
export interface Part {
  readonly text: string
  readonly value: unknown
  /** How long the text is that it was cut from. */
  readonly within: number
}

export interface ParsedState extends ParsedJson {
  /** Undefined where all of the value stands in it. */
  readonly parts?: Parts | undefined
}

/** Parts by their references. The name of a reference is random, so that no stored value is taken for one. */
export class Parts {
  readonly #name: string
  readonly #within: number
  readonly #parts: Part[] = []

  /** @param within how long the text is that they are cut from. */
  constructor(name: string, within: number) {
    this.#name = name
    this.#within = within
  }

  /** @returns the reference that stands in its place. */
  add(text: string, value: unknown): string {
    return `{"${this.#name}":${this.#parts.push({ text, value, within: this.#within }) - 1}}`
  }

  at(value: Readonly<Record<string, unknown>>): Part | undefined {
    const index = value[this.#name]
    return typeof index === 'number' ? this.#parts[index] : undefined
  }
}

/**
 * Parses state in which most of a chat stands again and again: with each checkpoint a whole list of messages is stored, and
 * all of it but the end was read before. Messages in which nothing was found are passed over: those at the beginning of the
 * list by comparing bytes, others by their text.
 */
export class StateParser {
  readonly #clean = new CleanTexts()
  readonly #runs = new CleanRuns()
  readonly #name: string
  #pending: { readonly key: string; readonly list: Uint8Array; readonly further: Further } | undefined

  /** @param name a random word. */
  constructor(name: string) {
    this.#name = name
  }

  /** @param key whose list it is; its next one is compared with it. @throws TypeError for bytes that are not UTF-8. */
  parse(bytes: Buffer, key: string): ParsedState | undefined {
    this.#pending = undefined
    const first = bytes.indexOf(MARK)
    if (first < 0) return parseJson(utf8.decode(bytes))
    const list = bytes.subarray(first)
    const common = this.#runs.common(key, list, () => list.lastIndexOf(MARK))
    const tail = list.subarray(common.bytes)
    const text = utf8.decode(tail)
    const parts = new Parts(this.#name, text.length)
    const rest = this.#shorten(text, common.count > 0, parts)
    const same = common.count === 0 ? '' : `${'null,'.repeat(common.count - 1)}null`
    const parsed = parseJson(utf8.decode(bytes.subarray(0, first)) + same + rest.text)
    // What looked like a list of messages was none.
    if (parsed === undefined) return parseJson(utf8.decode(bytes))
    if (rest.starts.length > 0) {
      const offsets = [...rest.starts, rest.end]
      const starts = tail.length === text.length ? offsets : inBytes(text, offsets)
      const end = starts.pop()!
      const further = { common, starts: starts.map((start) => common.bytes + start), end: common.bytes + end }
      this.#pending = { key, list, further }
    }
    return { value: parsed.value, isWhole: parsed.isWhole && rest.isWhole, parts }
  }

  /** Called for a part in which nothing was found. */
  addClean({ text, within }: Part): void {
    this.#clean.add(text, within)
  }

  /** Called when nothing was found in all of what was parsed last. */
  confirm(): void {
    if (this.#pending === undefined) return
    const { key, list, further } = this.#pending
    this.#runs.add(key, list, further)
    this.#pending = undefined
  }

  /**
   * @param follows whether objects go before it.
   * @returns it with references, and null where there is nothing to find.
   */
  #shorten(text: string, follows: boolean, parts: Parts): Shortened {
    const starts: number[] = []
    let shorter = ''
    let isWhole = true
    /** Up to where `shorter` has it, and up to where one object stands behind the other. */
    let [taken, end] = [0, 0]
    let isList = true
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, Math.max(taken, at + 1))) {
      const object = this.#objectAt(text, at, parts)
      const goesOn = follows || starts.length > 0 ? at === end + 1 && text.charCodeAt(end) === COMMA : at === 0
      isList &&= goesOn && object !== undefined
      if (object === undefined) continue
      shorter += text.slice(taken, at) + object.reference
      isWhole &&= object.isWhole
      taken = object.end
      if (!isList) continue
      starts.push(at)
      end = taken
    }
    return { text: shorter + text.slice(taken), isWhole, starts, end }
  }

  /** @returns undefined where no object begins, or it does not end. */
  #objectAt(text: string, at: number, parts: Parts): ObjectAt | undefined {
    const next = text.indexOf(MARK, at + 1)
    // Mostly it ends ahead of the next one; where another one is in it, or it is the last one, its end is looked for.
    if (next > 0 && text.charCodeAt(next - 1) === COMMA) {
      const object = this.#take(text, at, next - 1, parts)
      if (object !== undefined) return object
    }
    const end = endOfObject(text, at)
    return end === undefined ? undefined : this.#take(text, at, end, parts)
  }

  #take(whole: string, at: number, end: number, parts: Parts): ObjectAt | undefined {
    const text = whole.slice(at, end)
    if (this.#clean.has(text)) return { reference: 'null', end, isWhole: true }
    const parsed = parseJson(text)
    if (parsed === undefined) return undefined
    return { reference: parts.add(text, parsed.value), end, isWhole: parsed.isWhole }
  }
}

interface ObjectAt {
  /** What stands in its place. */
  readonly reference: string
  readonly end: number
  readonly isWhole: boolean
}

interface Shortened {
  readonly text: string
  readonly isWhole: boolean
  /** Where objects begin that stand one behind the other, and behind what goes before the text; and where the last of them ends. */
  readonly starts: readonly number[]
  readonly end: number
}

/** @param offsets ascending. */
function inBytes(text: string, offsets: readonly number[]): number[] {
  let [bytes, at] = [0, 0]
  return offsets.map((offset) => {
    bytes += Buffer.byteLength(text.slice(at, offset))
    at = offset
    return bytes
  })
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [34, 92, 123, 125]

/** Behind the object that begins at `at`; undefined where it does not end. */
function endOfObject(text: string, at: number): number | undefined {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) {
      i = endOfString(text, i)
      if (i < 0) return undefined
    } else if (unit === OPEN) depth++
    else if (unit === CLOSE && --depth === 0) return i + 1
  }
  return undefined
}

/** Of the quote that closes the string; negative without one. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return at
  }
  return -1
}
