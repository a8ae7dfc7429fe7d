import { BASE64, has } from '../chars.js'

/** How long lines are in MIME (76), PEM and OpenSSL (64), OpenSSH (70), Ruby (60), and in between. */
const WIDTHS: ReadonlySet<number> = new Set([60, 64, 70, 72, 76])
const MAX_WIDTH = 76
/** As it stands, and in JSON, in which it may be escaped up to three times; then what a list or YAML indents by. */
const LINE_END = /(?:\r?\n|(?:\\{1,7}r)?\\{1,7}n)[ \t]{0,16}/y
const LINE_START = /(?:\n|\\n)[ \t]{0,16}$/
const MAX_LINE_END = 36
const LETTER_N = 110

/** Base64 that was broken into lines. */
export interface Wrapped {
  /** Without the breaks. */
  readonly body: string
  readonly start: number
  readonly end: number
}

/**
 * The lines of which the run between `start` and `end` is the first; undefined when it is none. Lines behind the first
 * never begin one, so that a text is read once.
 */
export function wrappedAt(text: string, start: number, end: number): Wrapped | undefined {
  // In JSON the `n` of the line break ahead belongs to the run.
  const from = text.charCodeAt(start) === LETTER_N && text[start - 1] === '\\' ? start + 1 : start
  const width = end - from
  if (!WIDTHS.has(width) || isContinued(text, from, width)) return undefined
  const lines = [text.slice(from, end)]
  let to = end
  let isLast = false
  while (!isLast) {
    const next = lineBehind(text, to)
    if (next < 0) break
    const stop = runEnd(text, next)
    isLast = stop - next < width
    if (stop - next > width || (isLast && !endsBlock(text, next, stop, lines.length * width))) return undefined
    lines.push(text.slice(next, stop))
    to = stop
  }
  // Lines of one length alone are a list of values, each of them its own.
  if (!isLast) return undefined
  while (text[to] === '=') to++
  return { body: lines.join(''), start: from, end: to }
}

function lineBehind(text: string, end: number): number {
  LINE_END.lastIndex = end
  return LINE_END.test(text) && has(text, LINE_END.lastIndex, BASE64) ? LINE_END.lastIndex : -1
}

function runEnd(text: string, start: number): number {
  let end = start
  while (end <= start + MAX_WIDTH && has(text, end, BASE64)) end++
  return end
}

/** A short line is the last one of a block only if it fills up its groups of four, and nothing else stands on it. */
function endsBlock(text: string, start: number, end: number, before: number): boolean {
  let stop = end
  while (stop < end + 2 && text[stop] === '=') stop++
  return stop > start && (before + stop - start) % 4 === 0 && !/[ \t\w.,]/.test(text[stop] ?? '')
}

function isContinued(text: string, from: number, width: number): boolean {
  const ahead = LINE_START.exec(text.slice(Math.max(0, from - MAX_LINE_END), from))
  if (ahead === null) return false
  let end = from - ahead[0].length
  while (end > 0 && (text[end - 1] === '\\' || text[end - 1] === '\r')) end--
  if (text[end - 1] === 'r' && text[end - 2] === '\\') for (end--; text[end - 1] === '\\'; ) end--
  let start = end
  while (start >= end - width && has(text, start - 1, BASE64)) start--
  return end - start >= width
}
