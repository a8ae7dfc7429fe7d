import { BACKSLASH_SIGN, CHARS, has, TOKEN } from './chars.js'

const BACKSLASH = 92
const DOT = 46
/** Spaces and what marks a list or a variable, ahead of a name. */
const INDENT = 24
/** Of a path ahead of a name. */
const LONGEST_PATH = 128
const LINE_START = /(?:^|[\n\r"'`]|\\[nr])(?: |\t|\\t){0,12}(?:- |export |set |ENV |\$env:)?$/
/** `spring.datasource.`, of which the name behind it is the last part. */
const PATH = /^(?:(?!this|self)[\w-]{1,40}\.){1,6}$/
/** A line's end, a space, a tab, a colon, a quote. */
const MAY_STAND_BEFORE = '\n \t:"\'`'

/** True for a name with which a line begins, or a text in quotes, as it stands or in JSON. */
export function isAtLineStart(text: string, at: number): boolean {
  if (at === 0) return true
  const before = text.charCodeAt(at - 1)
  // The name was read with the letter of an escape.
  if (before === BACKSLASH && isEscapeLetter(text, at)) return isAtLineStart(text, at + 1)
  if (before === DOT) {
    const start = pathStart(text, at)
    return start < at && PATH.test(text.slice(start, at)) && isAtLineStart(text, start)
  }
  if (!MAY_STAND_BEFORE.includes(text[at - 1]!) && !isEscapeLetter(text, at - 1)) return false
  const from = Math.max(0, at - INDENT)
  const line = text.slice(from, at)
  return LINE_START.test(line) && (from === 0 || /[\n\r\\"'`]/.test(line))
}

/** Where the path begins that ends at `at`; `at` itself for what is none. */
function pathStart(text: string, at: number): number {
  let start = at
  for (const floor = Math.max(0, at - LONGEST_PATH); start > floor; start--) {
    const unit = text.charCodeAt(start - 1)
    if (unit !== DOT && (unit > 127 || (CHARS[unit]! & TOKEN) === 0)) break
  }
  return text.charCodeAt(start) === DOT ? at : start
}

/** True for the `n` of `\n`. */
const isEscapeLetter = (text: string, at: number): boolean =>
  (text.charCodeAt(at) === 110 || text.charCodeAt(at) === 114 || text.charCodeAt(at) === 116) &&
  has(text, at - 1, BACKSLASH_SIGN)
