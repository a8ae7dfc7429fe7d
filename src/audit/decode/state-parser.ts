import { CleanObjects } from './clean-objects.js'
import { CleanRuns, type Common, type Further } from './clean-runs.js'
import { ListTail } from './list-tail.js'
import { endOfObject } from './object-end.js'
import { type ParsedJson, parseJson } from './parse-json.js'

/** A serialized object of LangChain's, such as a message, begins so. */
const MARK = '{"lc":1,'
const COMMA = 44
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A serialized object that was parsed by itself. In the value around it a reference stands in its place. */
export interface Part {
  readonly value: unknown
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** False where its bytes may hold more than its value does, so that these are not known by it. */
  readonly isWhole: boolean
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

  /** @returns the reference that stands in its place. */
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
 * all of it but the end was read before. Messages in which nothing was found are passed over by comparing bytes: the list as
 * far as it begins as the last one did, and others one by one.
 */
export class StateParser {
  readonly #clean = new CleanObjects()
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
    const known = this.#knownBehind(list, common)
    const count = common.count + known.starts.length
    const parts = new Parts(this.#name)
    const tail = new ListTail(list.subarray(known.end))
    const rest = this.#shorten(tail, count > 0, parts)
    const same = count === 0 ? '' : `${'null,'.repeat(count - 1)}null`
    const parsed = parseJson(utf8.decode(bytes.subarray(0, first)) + same + rest.text)
    // What looked like a list of messages was none.
    if (parsed === undefined) return parseJson(utf8.decode(bytes))
    const starts = [...known.starts, ...rest.starts.map((start) => known.end + start)]
    // A single message is no list that goes on.
    if (starts.length > 0 && common.count + starts.length > 1)
      this.#pending = { key, list, further: { common, starts, end: known.end + rest.end } }
    return { value: parsed.value, isWhole: parsed.isWhole && rest.isWhole, parts }
  }

  /** Called for a part in which nothing was found. */
  addClean({ bytes, start, end, isWhole }: Part): void {
    if (isWhole) this.#clean.add(bytes, start, end)
  }

  /** Called when nothing was found in all of what was parsed last. */
  confirm(): void {
    if (this.#pending === undefined) return
    const { key, list, further } = this.#pending
    this.#runs.add(key, list, further)
    this.#pending = undefined
  }

  /** What is clean is so of other secrets from here on. */
  clear(): void {
    this.#clean.clear()
    this.#runs.clear()
    this.#pending = undefined
  }

  /** Objects that are known one by one, right behind what is common. */
  #knownBehind(list: Uint8Array, common: Common): { readonly starts: readonly number[]; readonly end: number } {
    const starts: number[] = []
    let end = common.bytes
    for (;;) {
      const follows = end > 0
      if (follows && list[end] !== COMMA) break
      const at = follows ? end + 1 : 0
      const length = this.#clean.lengthAt(list, at)
      if (length === 0) break
      starts.push(at)
      end = at + length
    }
    return { starts, end }
  }

  /**
   * @param follows whether objects go before it.
   * @returns it with references, and null where there is nothing to find.
   */
  #shorten(tail: ListTail, follows: boolean, parts: Parts): Shortened {
    const { text } = tail
    const starts: number[] = []
    let shorter = ''
    let isWhole = true
    let taken = 0
    let isList = true
    /** Up to where one object stands behind the other, and the same in bytes. */
    let [listEnd, end] = [0, 0]
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, Math.max(taken, at + 1))) {
      const object = this.#objectAt(tail, at, parts)
      const isNext = follows || starts.length > 0 ? at === listEnd + 1 && text.charCodeAt(listEnd) === COMMA : at === 0
      isList &&= isNext && object !== undefined
      if (object === undefined) continue
      shorter += text.slice(taken, at) + object.reference
      isWhole &&= object.isWhole
      taken = object.textEnd
      if (!isList) continue
      starts.push(object.start)
      listEnd = taken
      end = object.end
    }
    return { text: shorter + text.slice(taken), isWhole, starts, end }
  }

  /** @returns undefined where no object begins, or it does not end. */
  #objectAt(tail: ListTail, at: number, parts: Parts): ObjectAt | undefined {
    const { text, bytes } = tail
    const start = tail.byteAt(at)
    const known = this.#clean.lengthAt(bytes, start)
    if (known > 0) {
      const end = start + known
      return { reference: 'null', textEnd: at + tail.lengthOf(start, end), start, end, isWhole: true }
    }
    const next = text.indexOf(MARK, at + 1)
    // Mostly it ends ahead of the next one; where another one is in it, or it is the last one, its end is looked for.
    if (next > 0 && text.charCodeAt(next - 1) === COMMA) {
      const object = take(tail, at, next - 1, start, parts)
      if (object !== undefined) return object
    }
    const end = endOfObject(text, at)
    return end === undefined ? undefined : take(tail, at, end, start, parts)
  }
}

function take(tail: ListTail, at: number, textEnd: number, start: number, parts: Parts): ObjectAt | undefined {
  const parsed = parseJson(tail.text.slice(at, textEnd))
  if (parsed === undefined) return undefined
  const end = tail.byteAt(textEnd)
  const { value, isWhole } = parsed
  const reference = parts.add({ value, bytes: tail.bytes, start, end, isWhole })
  return { reference, textEnd, start, end, isWhole }
}

interface ObjectAt {
  /** What stands in its place. */
  readonly reference: string
  readonly textEnd: number
  /** In bytes. */
  readonly start: number
  readonly end: number
  readonly isWhole: boolean
}

interface Shortened {
  readonly text: string
  readonly isWhole: boolean
  /** In bytes: where objects begin that stand one behind the other, and behind what goes before the text; and where the last of them ends. */
  readonly starts: readonly number[]
  readonly end: number
}
