import { HEX, has, URL_CHAR } from '../chars.js'
import { OffsetMap } from '../offset-map.js'
import type { Decoded } from './decoded.js'
import { utf8Text } from './printable.js'
import { characterBytes, decodeHex } from './runs.js'

/** How far around an escape a secret may reach that the escape alters: the longest line of a key, the longest name. */
const AHEAD = 1024
const BEHIND = 4096
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' }

/** Visits each part of a text that holds backslash escapes (JSON in JSON, source code, a shell command), unescaped once. */
export function forEachEscapedRegion(text: string, visit: (decoded: Decoded) => void): void {
  let at = text.indexOf('\\')
  let floor = 0
  while (at >= 0) {
    const start = Math.max(floor, at - AHEAD)
    let last = at
    for (let next = at; next >= 0 && next - last <= BEHIND; next = text.indexOf('\\', last + 2)) last = next
    const end = Math.min(text.length, last + BEHIND)
    visit(unescapeJson(text, start, end))
    floor = end
    at = text.indexOf('\\', end)
  }
}

export function unescapeJson(text: string, start: number, end: number): Decoded {
  const map = new OffsetMap(start)
  let out = ''
  let copied = start
  for (let at = text.indexOf('\\', start); at >= 0 && at < end - 1; at = text.indexOf('\\', copied)) {
    const { character, length } = readEscape(text, at, end)
    out += text.slice(copied, at)
    map.add(out.length, out.length + character.length, at, at + length)
    out += character
    copied = at + length
  }
  return { text: out + text.slice(copied, end), encoding: 'json', start, end, map }
}

function readEscape(text: string, at: number, end: number): { character: string; length: number } {
  const unit = text[at + 1]!
  const digits = unit === 'u' ? 4 : unit === 'x' ? 2 : 0
  if (digits > 0 && at + 2 + digits <= end && hexDigits(text, at + 2, digits)) {
    return {
      character: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 2 + digits), 16)),
      length: 2 + digits,
    }
  }
  return { character: SIMPLE[unit] ?? unit, length: 2 }
}

const hexDigits = (text: string, at: number, count: number): boolean => {
  for (let i = at; i < at + count; i++) if (!has(text, i, HEX)) return false
  return true
}

/** Visits each run of URL characters that holds a `%hh`, decoded once. */
export function forEachPercentRun(text: string, visit: (decoded: Decoded) => void): void {
  let floor = 0
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', Math.max(at + 1, floor))) {
    if (!hexDigits(text, at + 1, 2)) continue
    let start = at
    while (start > floor && has(text, start - 1, URL_CHAR)) start--
    let end = at
    while (has(text, end, URL_CHAR)) end++
    visit(unescapePercent(text, start, end))
    floor = end
  }
}

export function unescapePercent(text: string, start: number, end: number): Decoded {
  const map = new OffsetMap(start)
  let out = ''
  let copied = start
  for (let at = text.indexOf('%', start); at >= 0 && at < end; at = text.indexOf('%', Math.max(at + 1, copied))) {
    if (at + 3 > end || !hexDigits(text, at + 1, 2)) continue
    const length = percentCharacter(text, at, end)
    const bytes = decodeHex(text.slice(at, at + length).replaceAll('%', ''), 0, (length / 3) * 2)
    const character = utf8Text(bytes)
    out += text.slice(copied, at)
    map.add(out.length, out.length + character.length, at, at + length)
    out += character
    copied = at + length
  }
  return { text: out + text.slice(copied, end), encoding: 'percent', start, end, map }
}

/** Stored length of the UTF-8 character that begins at `at`: 3 for each byte. */
function percentCharacter(text: string, at: number, end: number): number {
  const wanted = characterBytes(Number.parseInt(text.slice(at + 1, at + 3), 16))
  let bytes = 1
  while (
    bytes < wanted &&
    at + 3 * bytes + 3 <= end &&
    text[at + 3 * bytes] === '%' &&
    hexDigits(text, at + 3 * bytes + 1, 2)
  ) {
    bytes++
  }
  return 3 * bytes
}
