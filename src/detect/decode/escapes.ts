import { CHARS, HEX, URL_CHAR } from '../chars.js'
import { MappedText } from '../offset-map.js'
import type { Decoded } from './decoded.js'
import { characterBytes, utf8Text } from './printable.js'

/** How far around an escape a secret may reach that the escape alters: the longest name, the longest line of a key. */
const AHEAD = 1024
const BEHIND = 4096
const BACKSLASH = 92
const PERCENT = 37
const LINE_FEED = 10
const SIMPLE = new Map(['n\n', 't\t', 'r\r', 'b\b', 'f\f'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]))

/** Visits each part of a text that holds backslash escapes (JSON in JSON, source code, a shell command), unescaped once. */
export function forEachEscapedRegion(text: string, visit: (decoded: Decoded) => void): void {
  let at = text.indexOf('\\')
  let floor = 0
  while (at >= 0) {
    const start = Math.max(floor, at - AHEAD)
    let end = Math.min(text.length, at + BEHIND)
    for (let next = at; next < end; next++) {
      if (text.charCodeAt(next) !== BACKSLASH) continue
      end = Math.min(text.length, next + BEHIND)
      next++
    }
    const stop = end
    const locate = () => unescapeJson(text, start, stop, true).map(stop)
    visit({ text: unescapeJson(text, start, end, false).text(), encoding: 'json', start, end, locate })
    floor = end
    at = text.indexOf('\\', end)
  }
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
