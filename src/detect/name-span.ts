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
  /(?:^|[\s"'\\,{<])(?:name|key|field|variable|header)(?:\\{0,3}["'])?[ \t]{0,4}[:=][ \t]{0,4}(?:\\{0,3}["'])?([\w.-]{3,64})/i
/** Where the element of a list begins in which a name and a value stand. */
const ELEMENT = /[{<]|(?:^|[\r\n]|\\n)[ \t]{0,16}- /g
/** The words ahead of a vague name: `the billing api key: …`. */
const WORDS_BEFORE = /(?:[A-Za-z]{2,16} ){1,3}$/
/** `password: string = …`: what stands ahead of a type is the name. */
const TYPED_BEFORE = /([\w-]{2,64})\??[ \t]{0,4}:[ \t]{0,4}[\w<>[\]|., \t]{0,40}$/
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
  const from = Math.max(0, ...Array.from(before.matchAll(ELEMENT), (match) => match.index))
  const named = NAMED_BEFORE.exec(before.slice(from))?.[1]
  if (named !== undefined) return named
  const words = WORDS_BEFORE.exec(before)?.[0]
  return words === undefined ? undefined : words.replaceAll(' ', '_') + text.slice(start, end)
}

/** The name of which the type ahead of `at` is told, or undefined. */
export function nameOfType(text: string, at: number): string | undefined {
  return TYPED_BEFORE.exec(text.slice(Math.max(0, at - NAMED_WINDOW), at))?.[1]
}

export const isQuote = (unit: number): boolean => unit === QUOTE || unit === APOSTROPHE

const isCloser = (unit: number): boolean =>
  unit === QUOTE || unit === APOSTROPHE || unit === 93 || unit === ASTERISK || unit === BACKSLASH || unit === BACKTICK
