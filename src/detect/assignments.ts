import { credentialSpan, MAX_VALUE, type ValueForm } from './credential.js'
import { unescapedJson } from './decode/escapes.js'
import type { FieldClass } from './fields.js'
import { isAtLineStart } from './line-start.js'
import { isQuote } from './name-span.js'
import { isPlaceholder, looksRandom } from './placeholder.js'
import type { Encoding } from './types.js'

const MAX_SPACES = 64
/** Backslashes before a quote that is escaped three times, as in JSON in JSON in JSON. */
const MAX_LEVEL = 7
const LONG_VALUE = 256
const MAX_VAIN = 16
const MAX_WORD = 64
const SPACE_UNIT = 32
const QUOTE = 34
const APOSTROPHE = 39
const ASTERISK = 42
const COMMA = 44
const HYPHEN = 45
const COLON = 58
const EQUALS = 61
const GREATER = 62
const BACKSLASH = 92
const BACKTICK = 96

/** Nothing else stands on the line, save a comment: what follows a value in code is more code. */
const LINE_END = /^[ \t]{0,8}(?:$|[\r\n]|\\{1,3}[nr]|\\{0,7}["'`](?:$|[\s,\]})\\;:])|(?<=[ \t])#)/
/** The mark of a value in YAML that begins on the next line. */
const BLOCK = /^[|>][-+]?[ \t]{0,8}(?:\r?\n|\\{1,3}n)[ \t]{1,32}/
const LEAST_CUT = 24
const CUT_OFF = /^(?:\.{3}|…)/
const INNER_QUOTES = /^\\{1,7}["']/
const STRING_PREFIX = /^(?:@|[rbuL]|[rb]{2}|\$@?|@\$|f)(?=\\{0,7}["'`])/i
/** A `name: value` in text. Offsets of the value, without its quotes. */
export interface Assignment {
  readonly nameStart: number
  readonly nameEnd: number
  readonly start: number
  readonly end: number
  readonly form: ValueForm
  /** How often the value has to be unescaped, at most: once more than its quotes are escaped. */
  readonly escapes: number
}

/** Reads assignments' values; remembers ends, so that a text full of names without values is still read once. */
export class AssignmentReader {
  #bareFrom = -1
  #bareEnd = -1
  #bareForm: BareForm = 'bare'
  /** For each kind of quote: where the last reading began, and where it closed. */
  readonly #quotes = new Map<number, { from: number; end: number; isClosed: boolean }>()
  #vainEnd = -1
  #vainCount = 0
  #lineFrom = -1
  #lineTo = -1
  /** Where a value ends that was taken as a credential: names inside it are part of it. */
  takenTo = 0

  constructor(readonly text: string) {}

  /** @param at the separator behind a name that is worth a look. */
  read(nameStart: number, nameEnd: number, at: number): Assignment | undefined {
    const { text } = this
    let start = nameStart
    while (text.charCodeAt(start) === HYPHEN && start < nameEnd) start++
    const separator = text.charCodeAt(at)
    if (separator === COMMA) return this.#argument(nameStart, nameEnd, at)
    if (separator === GREATER) return text[nameStart - 1] === '<' ? this.#element(start, nameEnd, at + 1) : undefined
    // The user part of a URL; a rule of its own knows where the password ends.
    if (separator === COLON && text[start - 1] === '/' && at === nameEnd) return undefined
    // A part of an ARN or a URN, or the last word of a quoted text.
    if (separator === COLON && (text[start - 1] === ':' || (at === nameEnd && isQuotedWith(text, start, at))))
      return undefined
    let value = at + 1
    while (value < at + 3 && text.charCodeAt(value) === ASTERISK) value++
    while (text.charCodeAt(value) === EQUALS || text.charCodeAt(value) === GREATER) value++
    return this.#value(start, nameEnd, this.#pastSpaces(value))
  }

  /** `set("x-api-key", "…")` and `["--token", "…"]`: a quoted name, and behind a comma a quoted value that is no key. */
  #argument(nameStart: number, nameEnd: number, at: number): Assignment | undefined {
    const { text } = this
    let quoteAt = nameStart - 1
    while (text.charCodeAt(quoteAt) === HYPHEN) quoteAt--
    if (!isQuote(text.charCodeAt(quoteAt)) || !isQuote(text.charCodeAt(at - 1))) return undefined
    const before = text.slice(Math.max(0, quoteAt - 8), quoteAt)
    if (/[:=]\s*\\*$/.test(before)) return undefined
    const value = this.#value(nameStart, nameEnd, this.#pastSpaces(at + 1))
    const isKey = /^\\*["'`]?\s{0,8}:/.test(text.slice(value.end, value.end + 16))
    // A list of words, one of which is a name.
    const inner = text.slice(value.start, Math.min(value.end, value.start + MAX_WORD))
    const isWord = /^[A-Za-z_-]*$/.test(inner) && !looksRandom(inner)
    return value.form === 'quoted' && !isKey && !isWord ? value : undefined
  }

  /** The content of a markup element, if its end follows. */
  #element(nameStart: number, nameEnd: number, at: number): Assignment | undefined {
    let end = this.#bareValueEnd(at, 'line')
    for (const most = end + 8; end < most && isTrailing(this.text.charCodeAt(end)); ) end++
    if (!this.text.startsWith('</', end)) return undefined
    return { nameStart, nameEnd, start: at, end, form: 'bare', escapes: 0 }
  }

  /** @param nameEnd of a command's option, such as `--token`, whose value follows behind a space. */
  readOption(nameStart: number, nameEnd: number): Assignment {
    return this.#value(nameStart, nameEnd, this.#pastSpaces(nameEnd))
  }

  /**
   * False for a long value that was read in vain from many names inside of it: `token=token=…` would be read again from
   * each of them.
   */
  isWorthReading({ start, end }: Assignment): boolean {
    if (end - start < LONG_VALUE) return true
    if (end !== this.#vainEnd) {
      this.#vainEnd = end
      this.#vainCount = 0
    }
    return this.#vainCount++ < MAX_VAIN
  }

  #pastSpaces(from: number): number {
    let at = from
    for (const most = at + MAX_SPACES; at < most; at++) {
      const unit = this.text.charCodeAt(at)
      if (unit !== SPACE_UNIT && unit !== 9) break
    }
    return at
  }

  #value(nameStart: number, nameEnd: number, valueAt: number): Assignment {
    const { text } = this
    const block = BLOCK.exec(text.slice(valueAt, valueAt + 80))
    const at = valueAt + (block?.[0].length ?? 0)
    let quoteAt = at + stringPrefix(text, at)
    const level = quoteAt
    while (quoteAt < level + MAX_LEVEL && text.charCodeAt(quoteAt) === BACKSLASH) quoteAt++
    const unit = text.charCodeAt(quoteAt)
    if (unit === QUOTE || unit === APOSTROPHE || unit === BACKTICK) {
      return this.#quoted(nameStart, nameEnd, quoteAt, quoteAt - level)
    }
    if (text.charCodeAt(nameEnd) === COLON && isHeaderName(text, nameStart, nameEnd)) {
      return { nameStart, nameEnd, start: at, end: this.#lineEnd(at), form: 'bare', escapes: 0 }
    }
    if (isAtLineStart(text, nameStart)) {
      const end = this.#bareValueEnd(at, 'line')
      const full = this.#withSigns(end)
      if (LINE_END.test(text.slice(full, full + 16))) {
        return { nameStart, nameEnd, start: at, end: full, form: 'line', escapes: 0 }
      }
    }
    const isQuery = isInQuery(text, nameStart)
    const end = this.#bareValueEnd(at, isQuery ? 'bare' : 'loose')
    const isTight = text.charCodeAt(nameEnd) === EQUALS && at === nameEnd + 1 && !isQuery
    const full = this.#withSigns(end)
    const isEnd = !isQuery && text.startsWith('!', end) && LINE_END.test(text.slice(full, full + 16))
    return { nameStart, nameEnd, start: at, end: isTight || isEnd ? full : end, form: 'bare', escapes: 0 }
  }

  /** What a person ends a password with, and seldom an assignment. */
  #withSigns(end: number): number {
    let to = end
    while (to < end + 8 && '!?'.includes(this.text[to] ?? '-')) to++
    return to
  }

  #quoted(nameStart: number, nameEnd: number, quoteAt: number, level: number): Assignment {
    const { text } = this
    let start = quoteAt + 1
    const { end, isClosed } = this.#closingQuote(start, text.charCodeAt(quoteAt), level)
    // A tool's output is often cut off inside a value.
    let to = isClosed ? end : this.#bareValueEnd(start, 'bare')
    // Quotes of their own, as Gradle writes a string into code: `"\"…\""`.
    const inner = INNER_QUOTES.exec(text.slice(start, start + 16))?.[0] ?? ''
    if (inner !== '' && to - start > 2 * inner.length && text.startsWith(inner, to - inner.length)) {
      start += inner.length
      to -= inner.length
    }
    const isEscaped = to - start <= MAX_VALUE && text.slice(start, to).includes('\\')
    const escapes = isEscaped ? Math.round(Math.log2(level + 1)) + 1 : 0
    return { nameStart, nameEnd, start, end: to, form: 'quoted', escapes }
  }

  /**
   * The quote that closes the one before `from`; its offset is that of the first backslash ahead of it.
   * @param level how many backslashes stand before the opening quote: 0, 1, 3 or 7, as JSON is nested.
   */
  #closingQuote(from: number, quote: number, level: number): { readonly end: number; readonly isClosed: boolean } {
    const { text } = this
    const key = quote | (level << 8)
    const last = this.#quotes.get(key)
    if (last !== undefined && from >= last.from && from <= last.end) return last
    let at = from
    let isClosed = false
    while (at < text.length) {
      const unit = text.charCodeAt(at)
      let run = 0
      if (unit === BACKSLASH) {
        while (text.charCodeAt(at + run) === BACKSLASH) run++
        if (text.charCodeAt(at + run) !== quote) {
          at += run
          continue
        }
      } else if (unit !== quote) {
        at++
        continue
      }
      // Fewer backslashes than the opening quote had: the text around the value ends here.
      const inner = run - level
      if (inner <= 0 || inner % (2 * (level + 1)) === 0) {
        isClosed = inner >= 0
        at += Math.max(0, inner)
        break
      }
      at += run + 1
    }
    const found = { from, end: at, isClosed }
    this.#quotes.set(key, found)
    return found
  }

  #bareValueEnd(from: number, form: BareForm): number {
    if (form !== this.#bareForm || from < this.#bareFrom || from > this.#bareEnd) {
      let end = from
      while (end < this.text.length && !isBareStop(this.text.charCodeAt(end), form)) end++
      this.#bareForm = form
      this.#bareFrom = from
      this.#bareEnd = end
    }
    let end = this.#bareEnd
    for (const floor = Math.max(from, end - 8); end > floor && isTrailing(this.text.charCodeAt(end - 1)); ) end--
    return end
  }

  /** A header's value: to the end of the line, or to the quote around the whole header. */
  #lineEnd(from: number): number {
    if (from < this.#lineFrom || from > this.#lineTo) {
      let end = from
      while (end < this.text.length && !isLineStop(this.text.charCodeAt(end))) end++
      this.#lineFrom = from
      this.#lineTo = end
    }
    return this.#lineTo
  }
}

/** True for `"Password:"`, where the separator stands inside of the quotes. */
function isQuotedWith(text: string, start: number, at: number): boolean {
  const quote = text.charCodeAt(start - 1)
  if (quote !== QUOTE && quote !== APOSTROPHE) return false
  let next = at + 1
  while (next < at + 4 && text.charCodeAt(next) === BACKSLASH) next++
  return text.charCodeAt(next) === quote
}

const isHeaderName = (text: string, start: number, end: number): boolean =>
  end - start <= 20 && /^(?:proxy-)?authorization$|cookie$/i.test(text.slice(start, end))

const isTrailing = (unit: number): boolean => '.,;:!?)'.includes(String.fromCharCode(unit))
const isLineStop = (unit: number): boolean =>
  unit === 10 || unit === 13 || unit === 34 || unit === 39 || unit === 96 || unit === 92 || unit === 60
/** Where a value without quotes stands: in a line of its own, among others, or in a URL, where a fragment may follow. */
type BareForm = 'line' | 'loose' | 'bare'
const STOPS: Readonly<Record<BareForm, number>> = { bare: 1, line: 2, loose: 4 }
const BARE_STOPS = new Uint8Array(128)
for (let unit = 0; unit <= 32; unit++) BARE_STOPS[unit] = 7
for (const unit of '"\'`\\<>') BARE_STOPS[unit.charCodeAt(0)] = 7
for (const unit of '&({,;)]}') BARE_STOPS[unit.charCodeAt(0)] = 5
BARE_STOPS['#'.charCodeAt(0)] = 1

const isBareStop = (unit: number, form: BareForm): boolean => unit < 128 && (BARE_STOPS[unit]! & STOPS[form]) !== 0

/** True for a parameter of a URL or a form, whose value ends at a fragment. */
const isInQuery = (text: string, nameStart: number): boolean => '?&;'.includes(text[nameStart - 1] ?? '-')

/** Length of what marks a string ahead of its quote: C#'s `@`, Python's and Rust's letters. A hole in it makes it a template. */
const stringPrefix = (text: string, at: number): number => STRING_PREFIX.exec(text.slice(at, at + 12))?.[0].length ?? 0

/** A credential in an assignment: where it stands and what it is, or undefined. */
export function credentialIn(text: string, named: FieldClass, found: Assignment) {
  if (found.end - found.start > MAX_VALUE) return undefined
  if (found.form === 'bare' && '[(^'.includes(text[found.start]!)) return undefined
  const stored = text.slice(found.start, found.end)
  const span = credentialSpan(named, stored, found.form)
  if (span === undefined) return undefined
  const start = found.start + span.start
  const end = found.start + span.end
  // The beginning of one, as it is shown.
  if (end - start < LEAST_CUT && CUT_OFF.test(text.slice(end, end + 3))) return undefined
  const encodings: Encoding[] = []
  let secret = text.slice(start, end)
  for (let left = found.escapes; left > 0 && secret.includes('\\'); left--) {
    const unescaped = unescapedJson(secret)
    if (unescaped === secret) break
    secret = unescaped
    encodings.push('json')
  }
  if (encodings.length > 0 && isPlaceholder(secret.replaceAll(/["']/g, ''))) return undefined
  return { start, end, secret, encodings, isLoose: found.form === 'bare' }
}
