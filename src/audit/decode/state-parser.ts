import { CleanRuns, type Run } from './clean-runs.js'
import { type ParsedJson, parseJson } from './parse-json.js'

/** A serialized object of LangChain's, such as a message, as it stands in a list: it begins so, and a comma follows. */
const MARK = '{"lc":1,'
const COMMA = 44
/** Of messages that were read and hold nothing. */
const MAX_CLEAN_CHARS = 8 << 20
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A serialized object that was parsed by itself. In the value around it a reference stands in its place. */
export interface Part {
  readonly text: string
  readonly value: unknown
}

export interface ParsedState extends ParsedJson {
  /** Undefined where all of the value stands in it. */
  readonly parts?: Parts | undefined
}

/** Parts by their references. The name of a reference is random, so that no stored value is taken for one. */
export class Parts {
  readonly #name: string
  readonly #parts: Part[] = []

  constructor(name: string) {
    this.#name = name
  }

  add(part: Part): string {
    return `{"${this.#name}":${this.#parts.push(part) - 1}}`
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
  readonly #clean = new Set<string>()
  readonly #runs = new CleanRuns()
  readonly #name: string
  #chars = 0
  #pending: { readonly key: string; readonly run: Run } | undefined

  /** @param name a random word. */
  constructor(name: string) {
    this.#name = name
  }

  /** @param key whose list it is; its next one is compared with it. @throws TypeError for bytes that are not UTF-8. */
  parse(bytes: Buffer, key: string): ParsedState | undefined {
    this.#pending = undefined
    const first = bytes.indexOf(MARK)
    if (first < 0) return parseJson(utf8.decode(bytes))
    const last = bytes.lastIndexOf(MARK)
    const common = this.#runs.common(key, bytes.subarray(first, last))
    const parts = new Parts(this.#name)
    const rest = this.#shorten(utf8.decode(bytes.subarray(first + common.bytes)), parts)
    const parsed = parseJson(utf8.decode(bytes.subarray(0, first)) + 'null,'.repeat(common.count) + rest.text)
    // What looked like a list of messages was none.
    if (parsed === undefined) return parseJson(utf8.decode(bytes))
    if (rest.isList && last > first) {
      this.#pending = { key, run: this.#runOf(bytes.subarray(first, last), key, common, rest.lengths) }
    }
    return { value: parsed.value, isWhole: parsed.isWhole && rest.isWhole, parts }
  }

  /** Called for a part in which nothing was found. */
  addClean({ text }: Part): void {
    if (this.#chars + text.length > MAX_CLEAN_CHARS) {
      this.#clean.clear()
      this.#chars = 0
    }
    // A slice would keep all of the text alive that it was cut from.
    this.#clean.add(` ${text}`.slice(1))
    this.#chars += text.length
  }

  /** Called when nothing was found in all of what was parsed last. */
  confirm(): void {
    if (this.#pending !== undefined) this.#runs.set(this.#pending.key, this.#pending.run)
    this.#pending = undefined
  }

  /** @param text begins with a mark. @returns it with references, and null where there is nothing to find. */
  #shorten(text: string, parts: Parts): Shortened {
    const out = { shorter: [] as string[], isWhole: true }
    const lengths: number[] = []
    let isList = true
    let at = 0
    for (let next = text.indexOf(MARK, 1); next >= 0; at = next, next = text.indexOf(MARK, at + 1)) {
      const run = text.slice(at, next)
      lengths.push(Buffer.byteLength(run))
      const isObject = run.charCodeAt(run.length - 1) === COMMA && this.#take(run.slice(0, -1), parts, out)
      if (isObject) out.shorter.push(',')
      else out.shorter.push(run)
      isList &&= isObject
    }
    // Of the last one nothing says where it ends.
    const end = endOfObject(text, at)
    if (end === undefined || !this.#take(text.slice(at, end), parts, out)) out.shorter.push(text.slice(at))
    else out.shorter.push(text.slice(end))
    return { text: out.shorter.join(''), isWhole: out.isWhole, isList, lengths }
  }

  /** @returns false when it is not one object, and nothing was done. */
  #take(text: string, parts: Parts, out: { readonly shorter: string[]; isWhole: boolean }): boolean {
    if (this.#clean.has(text)) {
      out.shorter.push('null')
      return true
    }
    const parsed = parseJson(text)
    if (parsed === undefined) return false
    out.isWhole &&= parsed.isWhole
    out.shorter.push(parts.add({ text, value: parsed.value }))
    return true
  }

  #runOf(
    bytes: Uint8Array,
    key: string,
    common: { readonly bytes: number; readonly count: number },
    lengths: readonly number[],
  ): Run {
    const starts = [...this.#runs.startsOf(key, common.count)]
    let at = common.bytes
    for (const length of lengths) {
      starts.push(at)
      at += length
    }
    return { bytes, starts }
  }
}

interface Shortened {
  readonly text: string
  readonly isWhole: boolean
  /** True when everything up to the last mark is one whole object behind the other. */
  readonly isList: boolean
  /** Of each of these, in bytes. */
  readonly lengths: readonly number[]
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
