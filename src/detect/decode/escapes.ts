import { HEX, has, URL_CHAR } from '../chars.js'
import { OffsetMap } from '../offset-map.js'
import type { Decoded } from './decoded.js'
import { characterBytes, utf8Text } from './printable.js'

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
    while (text.charCodeAt(at + 1) === 37) at++
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
    const { character, length } = readPercent(text, at, end)
    out += text.slice(copied, at)
    map.add(out.length, out.length + character.length, at, at + length)
    out += character
    copied = at + length
  }
  return { text: out + text.slice(copied, end), encoding: 'percent', start, end, map }
}

function readPercent(text: string, at: number, end: number): { character: string; length: number } {
  const lead = percentByte(text, at)
  if (lead < 0x80) return { character: String.fromCharCode(lead), length: 3 }
  const bytes = [lead]
  const wanted = characterBytes(lead)
  for (let next = at + 3; bytes.length < wanted && next + 3 <= end; next += 3) {
    if (text[next] !== '%' || !hexDigits(text, next + 1, 2)) break
    bytes.push(percentByte(text, next))
  }
  return { character: utf8Text(Uint8Array.from(bytes)), length: 3 * bytes.length }
}

const percentByte = (text: string, at: number): number => Number.parseInt(text.slice(at + 1, at + 3), 16)
