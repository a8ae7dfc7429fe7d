import { CHARS, TOKEN } from './chars.js'

const MAX_NAME = 64
/** Quotes, brackets, spaces and the backslashes of JSON in JSON. */
const MAX_GAP = 10
const SPACE_UNIT = 32
const QUOTE = 34
const APOSTROPHE = 39
const ASTERISK = 42
const BACKSLASH = 92
const BACKTICK = 96

/** `name: DB_PASSWORD, value: …`: the name that a list of variables gives to the value that follows. */
const NAMED_BEFORE =
  /(?:^|[\s"'\\,{<])(?:name|key|field|variable|header)(?:\\{0,3}["'])?[ \t]{0,4}[:=][ \t]{0,4}(?:\\{0,3}["'])?([\w./-]{3,64})/i
/** Where an element of a list begins, ahead of its hyphen. */
const ITEM = /(?:^|[\r\n]|\\n)[ \t]{0,16}$/
/** The words ahead of a vague name: `the billing api key: …`. */
const WORDS_BEFORE = /(?:[A-Za-z]{2,16} ){1,3}$/
const WORDS_WINDOW = 51
const DOTTED = /[A-Za-z][\w-]{0,30}\.(?:[A-Za-z][\w-]{0,30}\.)?$/
/** `password: string = …`: what stands ahead of a type is the name. */
const TYPED_BEFORE = /([\w-]{2,64})\??[ \t]{0,4}:[ \t]{0,4}[\w<>[\]|.,&' \t]{0,40}$/
const TYPE_WINDOW = 44
const TYPED_WINDOW = 114
const NAMED_WINDOW = 200

/** End of the name that the separator at `at` may belong to; -1 for none. */
export function nameEndBefore(text: string, at: number): number {
  let end = at
  const floor = Math.max(0, at - MAX_GAP)
  while (end > floor && text.charCodeAt(end - 1) === SPACE_UNIT) end--
  while (end > floor && isCloser(text.charCodeAt(end - 1))) end--
  return end > 0 && (CHARS[text.charCodeAt(end - 1)]! & TOKEN) !== 0 ? end : -1
}

export function nameStartBefore(text: string, end: number): number {
  const floor = Math.max(0, end - MAX_NAME)
  let start = end
  while (start > floor && (CHARS[text.charCodeAt(start - 1)]! & TOKEN) !== 0) start--
  return start
}

/** Where a name begins whose first letters may belong to an escape; `start` itself when they do not. */
export function behindEscape(text: string, start: number): number {
  if (start === 0 || text.charCodeAt(start - 1) !== BACKSLASH) return start
  const unit = text.charCodeAt(start)
  return start + (unit === 117 ? 5 : unit === 120 ? 3 : 1)
}

/**
 * What a field called `value` or `key` is the value of: the name beside it in its element, or the words ahead of it;
 * undefined when nothing says so.
 */
export function nameBeside(text: string, start: number, end: number): string | undefined {
  const before = text.slice(Math.max(0, start - NAMED_WINDOW), start)
  const named = NAMED_BEFORE.exec(before.slice(elementStart(before)))?.[1]
  if (named !== undefined) return named
  // `app.api.key=…` in a properties file.
  const path = text[start - 1] === '.' ? DOTTED.exec(before.slice(-WORDS_WINDOW))?.[0] : undefined
  if (path !== undefined) return path.replaceAll('.', '_') + text.slice(start, end)
  const words =
    text.charCodeAt(start - 1) === SPACE_UNIT ? WORDS_BEFORE.exec(before.slice(-WORDS_WINDOW))?.[0] : undefined
  return words === undefined ? undefined : words.replaceAll(' ', '_') + text.slice(start, end)
}

/** Where the element of a list begins in which a name and a value stand. */
function elementStart(before: string): number {
  const bracket = Math.max(0, before.lastIndexOf('{'), before.lastIndexOf('<'))
  for (let at = before.lastIndexOf('- '); at > bracket; at = before.lastIndexOf('- ', at - 1)) {
    const item = ITEM.exec(before.slice(Math.max(0, at - 18), at))
    if (item !== null) return Math.max(bracket, at - item[0].length)
  }
  return bracket
}

/** The name of which the type ahead of `at` is told, or undefined. */
export function nameOfType(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - TYPED_WINDOW), at)
  return before.includes(':', before.length - TYPE_WINDOW - 1) ? TYPED_BEFORE.exec(before)?.[1] : undefined
}

export const isQuote = (unit: number): boolean => unit === QUOTE || unit === APOSTROPHE

const isCloser = (unit: number): boolean =>
  unit === QUOTE || unit === APOSTROPHE || unit === 93 || unit === ASTERISK || unit === BACKSLASH || unit === BACKTICK
