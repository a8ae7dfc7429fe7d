import { LimitError } from '../../errors.js'
import type { JsonMember, JsonNode, JsonNumbers, JsonText } from './node.js'

/** As deep as `rewrite` walks a live value. */
const MAX_DEPTH = 4_000
const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const COLON = 58
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125] as const

/** windows-1252: one character for each byte, so that offsets in the text are offsets in the bytes. */
const narrow = new TextDecoder('latin1')
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERALS = ['true', 'false', 'null'] as const

class NotJson extends Error {}

/**
 * What `JSON.parse` accepts, as nodes that know where in the bytes they stand: a string can then be replaced with every
 * other byte left as it is, and numbers are never read. Nothing is revived.
 * @returns undefined for what is not JSON. @throws LimitError when nested too deep.
 */
export function parseJson(bytes: Uint8Array): JsonNode | undefined {
  try {
    return new Parser(bytes).document()
  } catch (error) {
    if (error instanceof NotJson) return undefined
    if (error instanceof RangeError) throw tooDeep()
    throw error
  }
}

function tooDeep(): LimitError {
  return new LimitError('A stored value is nested too deep.')
}

class Parser {
  readonly #bytes: Uint8Array
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#text = narrow.decode(bytes)
    // A decoder drops a byte order mark at the beginning; those who read the store do so, too.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3
  }

  document(): JsonNode {
    this.#space()
    const node = this.#value()
    this.#space()
    if (this.#at !== this.#text.length) throw new NotJson()
    return node
  }

  #value(): JsonNode {
    const unit = this.#text.charCodeAt(this.#at)
    if (unit === QUOTE) return this.#string()
    if (unit === OPEN_OBJECT) return this.#object()
    if (unit === OPEN_LIST) return this.#list()
    return this.#atom()
  }

  #object(): JsonNode {
    const start = this.#enter()
    const members: JsonMember[] = []
    if (!this.#closes(CLOSE_OBJECT)) {
      do {
        this.#space()
        const key = this.#string()
        this.#space()
        this.#expect(COLON)
        this.#space()
        members.push({ key, value: this.#value() })
      } while (this.#goesOn(CLOSE_OBJECT))
    }
    this.#depth--
    return { kind: 'object', start, end: this.#at, members }
  }

  #list(): JsonNode {
    const numbers = this.#numbers()
    if (numbers !== undefined) return numbers
    const start = this.#enter()
    const items: JsonNode[] = []
    if (!this.#closes(CLOSE_LIST)) {
      do {
        this.#space()
        items.push(this.#value())
      } while (this.#goesOn(CLOSE_LIST))
    }
    this.#depth--
    return { kind: 'list', start, end: this.#at, items }
  }

  /** Undefined, and nothing read, unless the list holds numbers alone. */
  #numbers(): JsonNumbers | undefined {
    const start = this.#at++
    do {
      this.#space()
      if (this.#match(NUMBER) === undefined) {
        this.#at = start
        return undefined
      }
      this.#space()
    } while (this.#text.charCodeAt(this.#at++) === COMMA)
    if (this.#text.charCodeAt(this.#at - 1) === CLOSE_LIST) {
      return { kind: 'numbers', start, end: this.#at, raw: this.#text.slice(start, this.#at) }
    }
    this.#at = start
    return undefined
  }

  #string(): JsonText {
    const text = this.#text
    const start = this.#at
    this.#expect(QUOTE)
    let plain = true
    let ascii = true
    let at = start + 1
    for (let unit = text.charCodeAt(at); unit !== QUOTE; unit = text.charCodeAt(++at)) {
      // Also at the end of the text, which is not a number.
      if (!(unit >= 32)) throw new NotJson()
      if (unit === BACKSLASH) {
        plain = false
        at++
      } else if (unit > 127) ascii = false
    }
    this.#at = at + 1
    const body = ascii ? text.slice(start + 1, at) : utf8.decode(this.#bytes.subarray(start + 1, at))
    return { kind: 'text', start, end: at + 1, value: plain ? body : unescaped(body) }
  }

  #atom(): JsonNode {
    const start = this.#at
    const raw = this.#match(NUMBER) ?? LITERALS.find((literal) => this.#text.startsWith(literal, start))
    if (raw === undefined) throw new NotJson()
    this.#at = start + raw.length
    return { kind: 'atom', start, end: this.#at, raw }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #enter(): number {
    if (++this.#depth > MAX_DEPTH) throw tooDeep()
    return this.#at++
  }

  #closes(close: number): boolean {
    this.#space()
    if (this.#text.charCodeAt(this.#at) !== close) return false
    this.#at++
    return true
  }

  /** False, and past it, at the closing bracket. */
  #goesOn(close: number): boolean {
    if (this.#closes(close)) return false
    this.#expect(COMMA)
    return true
  }

  #expect(unit: number): void {
    if (this.#text.charCodeAt(this.#at) !== unit) throw new NotJson()
    this.#at++
  }

  #space(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at)
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return
      this.#at++
    }
  }
}

function unescaped(body: string): string {
  try {
    return JSON.parse(`"${body}"`) as string
  } catch {
    throw new NotJson()
  }
}
