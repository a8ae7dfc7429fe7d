import { ALPHANUMERIC, CHARS, HEX, URL_CHAR } from '../chars.js'
import { MappedText, type OffsetMap } from '../offset-map.js'
import type { Decoded } from './decoded.js'
import { characterBytes, utf8Text } from './printable.js'

/** How far around an escape a secret may reach that the escape alters. */
const AHEAD = 1024
const BEHIND = 4096
/** Of an escape. */
const LONGEST = 6
/** What stands before a word that holds an escape: the name to which it belongs. */
const NAME_AHEAD = 96
const BACKSLASH = 92
const PERCENT = 37
const LINE_FEED = 10
const SPACE = 32
const QUOTE = 34
const SIMPLE = new Map(['n\n', 't\t', 'r\r', 'b\b', 'f\f'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]))

/**
 * Visits each word of a text that an escape alters within (`\u002b`, `\/`, a line that a backslash joins to the next),
 * unescaped once. What only ends a word (`\n`, `\"`) is left to those who read words: JSON in JSON is full of it.
 */
export function forEachEscapedWord(text: string, visit: (decoded: Decoded) => void): void {
  let floor = 0
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at)) {
    let last = at
    while (text.charCodeAt(last + 1) === BACKSLASH) last++
    if (!joins(text, last) && !isJoinedLine(text, at, last)) {
      at = last + 2
      continue
    }
    const start = Math.max(floor, wordStart(text, at, floor) - NAME_AHEAD)
    const end = wordEnd(text, at)
    visitUnescaped(text, start, end, visit)
    floor = end
    at = end
  }
}

/** Visits a part of a text, unescaped once. */
function visitUnescaped(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  const locate = () => unescapeJson(text, start, end, true).map(end)
  visit({ text: unescapeJson(text, start, end, false).text(), encoding: 'json', start, end, locate })
}

/** A part of a text, unescaped once. Where each unit of it stands is told only when something was found: mostly nothing is. */
export class UnescapedPart {
  readonly decoded: Decoded
  #map: OffsetMap | undefined

  constructor(
    readonly text: string,
    readonly start: number,
    readonly end: number,
  ) {
    const locate = () => this.#locate()
    this.decoded = { text: unescapeJson(text, start, end, false).text(), encoding: 'json', start, end, locate }
  }

  /** Offset of the unit that stands at, or around, a stored offset. */
  unitAt(stored: number): number {
    const isEscaped = this.text.slice(Math.max(0, stored - LONGEST), stored).includes('\\')
    return isEscaped ? this.#locate().unitAt(stored) : unescapeJson(this.text, this.start, stored, false).length
  }

  #locate(): OffsetMap {
    this.#map ??= unescapeJson(this.text, this.start, this.end, true).map(this.end)
    return this.#map
  }
}

/** True when the escape at `at` stands for a visible character, or joins two lines. */
function joins(text: string, at: number): boolean {
  const unit = text.charCodeAt(at + 1)
  if (unit === 117 || unit === 120) {
    const code = hexNumber(text, at + 2, unit === 117 ? 4 : 2, text.length)
    return code > SPACE && code < 127
  }
  if (unit === LINE_FEED) return true
  return unit > SPACE && unit < 127 && unit !== QUOTE && unit !== 39 && (CHARS[unit]! & ALPHANUMERIC) === 0
}

/** A backslash at the end of a line, as JSON writes it (three backslashes and an `n`), and JSON in JSON (six). */
const isJoinedLine = (text: string, first: number, last: number): boolean =>
  (last - first === 2 || last - first === 5) && text.charCodeAt(last + 1) === 110

function wordStart(text: string, from: number, floor: number): number {
  let at = from
  for (const least = Math.max(floor, from - AHEAD); at > least; at--) {
    const unit = text.charCodeAt(at - 1)
    if (unit <= SPACE || unit === QUOTE) break
  }
  return at
}

function wordEnd(text: string, from: number): number {
  let at = from
  for (const most = Math.min(text.length, from + BEHIND); at < most; at++) {
    const unit = text.charCodeAt(at)
    if (unit === BACKSLASH && joins(text, at)) at++
    else if (unit <= SPACE || unit === QUOTE) break
  }
  // With the character that ends it, so that a match in it is known to end there.
  return Math.min(at + 1, text.length)
}

function unescapeJson(text: string, start: number, end: number, located: boolean): MappedText {
  const out = new MappedText(end - start, located)
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at)
    if (unit !== BACKSLASH || at + 1 === end) {
      out.push(unit, at++)
      continue
    }
    const next = text.charCodeAt(at + 1)
    const digits = next === 117 ? 4 : next === 120 ? 2 : 0
    const code = digits === 0 ? -1 : hexNumber(text, at + 2, digits, end)
    // A backslash before a line end joins two lines of a shell command.
    if (code >= 0) out.push(code, at)
    else if (next !== LINE_FEED) out.push(SIMPLE.get(next) ?? next, at)
    at += code >= 0 ? 2 + digits : 2
  }
  return out
}

/** A JSON string's content, or any text with backslash escapes, unescaped once. */
export const unescapedJson = (text: string): string => unescapeJson(text, 0, text.length, false).text()

/** Value of `count` hexadecimal digits, or -1. */
function hexNumber(text: string, at: number, count: number, end: number): number {
  if (at + count > end) return -1
  let value = 0
  for (let i = at; i < at + count; i++) {
    const unit = text.charCodeAt(i)
    if ((CHARS[unit]! & HEX) === 0) return -1
    value = (value << 4) | (unit <= 57 ? unit - 48 : (unit | 32) - 87)
  }
  return value
}

/** Visits each run of URL characters that holds a `%hh`, decoded once. */
export function forEachPercentRun(text: string, visit: (decoded: Decoded) => void): void {
  let floor = 0
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', Math.max(at + 1, floor))) {
    while (text.charCodeAt(at + 1) === PERCENT) at++
    if (hexNumber(text, at + 1, 2, text.length) < 0) continue
    let start = at
    while (start > floor && (CHARS[text.charCodeAt(start - 1)]! & URL_CHAR) !== 0) start--
    let end = at
    while (end < text.length && (CHARS[text.charCodeAt(end)]! & URL_CHAR) !== 0) end++
    const [from, to] = [start, end]
    const locate = () => unescapePercent(text, from, to, true).map(to)
    visit({ text: unescapePercent(text, start, end, false).text(), encoding: 'percent', start, end, locate })
    floor = end
  }
}

function unescapePercent(text: string, start: number, end: number, located: boolean): MappedText {
  const out = new MappedText(end - start, located)
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at)
    const byte = unit === PERCENT ? hexNumber(text, at + 1, 2, end) : -1
    if (byte < 0x80) {
      out.push(byte < 0 ? unit : byte, at)
      at += byte < 0 ? 1 : 3
      continue
    }
    const bytes = [byte]
    const wanted = characterBytes(byte)
    for (let next = at + 3; bytes.length < wanted && text.charCodeAt(next) === PERCENT; next += 3) {
      const following = hexNumber(text, next + 1, 2, end)
      if (following < 0) break
      bytes.push(following)
    }
    const character = utf8Text(Uint8Array.from(bytes))
    for (let i = 0; i < character.length; i++) out.push(character.charCodeAt(i), at)
    at += 3 * bytes.length
  }
  return out
}

export const unescapedPercent = (text: string): string => unescapePercent(text, 0, text.length, false).text()
