import { has, TOKEN } from './chars.js'
import { credentialSpan, MAX_VALUE, type ValueForm } from './credential.js'
import { unescapedJson } from './decode/escapes.js'
import { fieldClass } from './fields.js'

const MAX_NAME = 64
const MAX_GAP = 4
const SPACE_UNIT = 32
const HYPHEN = 45
/** Where an identifier that names a credential can end or be recognised; what follows is looked at before anything else. */
export const ASSIGNMENT_ANCHORS = [
  ...['passw', 'passphrase', 'passcode', 'pwd', 'secret', 'token', 'apikey', 'authorization', 'bearer', 'cookie'],
  ...['credential', 'connectionstring', 'connection_string', 'connection-string', 'conn_str', 'mnemonic', 'jwt'],
  ...['seed_phrase', 'seedphrase', 'proxy-auth', 'proxy_auth'],
  ...[
    'key"',
    "key'",
    'key=',
    'key:',
    'key =',
    'key :',
    'key>',
    '-key ',
    '_key ',
    'pass"',
    "pass'",
    'pass=',
    'pass:',
    '-pass ',
  ],
]

const LINE_START = /(?:^|\n)[ \t]{0,12}(?:- |export |set |ENV |\$env:)?$/

/** Nothing else stands on the line, save a comment: what follows a value in code is more code. */
const LINE_END = /^[ \t]{0,8}(?:$|[\r\n]|#)/

/** A `name: value` in text. Offsets of the value, without its quotes. */
export interface Assignment {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly form: ValueForm
  readonly escaped: boolean
}

/** False for a word in prose: a space follows that no separator and no value in a command can follow. */
export function mayEndName(text: string, end: number): boolean {
  if (text.charCodeAt(end) !== SPACE_UNIT || !has(text, end - 1, TOKEN)) return true
  const next = text.charCodeAt(end + 1)
  if (next === 61 || next === 58 || next === SPACE_UNIT) return true
  let start = end
  for (const floor = Math.max(0, end - MAX_NAME); start > floor && has(text, start - 1, TOKEN); ) start--
  return text.charCodeAt(start) === HYPHEN
}

/** Reads assignments at anchors; remembers ends, so that a text full of names without values is still read once. */
export class AssignmentReader {
  #nameEnd = -1
  #bareFrom = -1
  #bareEnd = -1
  #bareForm: ValueForm = 'bare'
  /** For each kind of quote: where the last reading began, and where it closed. */
  readonly #quotes = new Map<number, { from: number; end: number }>()
  #lineFrom = -1
  #lineTo = -1
  /** Where a value ends that was taken as a credential: names inside it are part of it. */
  takenTo = 0

  constructor(readonly text: string) {}

  /** @param at just behind the anchor. */
  read(at: number): Assignment | undefined {
    const { text } = this
    let end = at
    while (end > 0 && !has(text, end - 1, TOKEN)) end--
    if (end === at) for (const limit = at + MAX_NAME; end < limit && has(text, end, TOKEN); ) end++
    if (end <= this.#nameEnd || end <= this.takenTo) return undefined
    this.#nameEnd = end
    const valueAt = this.#valueStart(end)
    if (valueAt < 0) return undefined
    let start = this.#nameStart(end)
    while (text.charCodeAt(start) === HYPHEN && start < end) start++
    // The user part of a URL; a rule of its own knows where the password ends.
    if (text[start - 1] === '/' && text[end] === ':') return undefined
    return this.#value(text.slice(start, end), start, end, valueAt)
  }

  #nameStart(end: number): number {
    const floor = Math.max(0, end - MAX_NAME)
    let start = end
    while (start > floor && has(this.text, start - 1, TOKEN)) start--
    return start
  }

  /** Offset of the value, or -1: a separator must follow the name at once, behind a closing quote or bracket, or a space. */
  #valueStart(end: number): number {
    const { text } = this
    let at = end
    const limit = end + MAX_GAP
    while (at < limit && isCloser(text.charCodeAt(at))) at++
    const spaced = at
    while (at < limit && text.charCodeAt(at) === 32) at++
    const unit = text[at]
    if (unit === '=' || unit === ':') {
      at++
      while (text[at] === '=' || text[at] === '>') at++
      for (const most = at + 64; at < most && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9); ) at++
      return at
    }
    if (text[end] === '>' && text[this.#nameStart(end) - 1] === '<') return end + 1
    if (at > spaced && spaced === end && text.startsWith('--', this.#nameStart(end))) return at
    return -1
  }

  #value(name: string, nameStart: number, nameEnd: number, at: number): Assignment | undefined {
    const unit = this.text.charCodeAt(at)
    if (unit === 34 || unit === 39 || unit === 96) {
      const closing = this.#closingQuote(at + 1, unit)
      // A tool's output is often cut off inside a value.
      const end = closing < 0 ? this.#bareValueEnd(at + 1, 'bare') : closing
      const escaped = this.text.slice(at + 1, Math.min(end, at + 1 + MAX_VALUE)).includes('\\')
      return { name, start: at + 1, end, form: 'quoted', escaped }
    }
    const isHeader = this.text.charCodeAt(nameEnd) === 58 && /^(?:proxy-)?authorization$|cookie$/i.test(name)
    if (isHeader) return { name, start: at, end: this.#lineEnd(at), form: 'bare', escaped: false }
    if (this.#atLineStart(nameStart)) {
      const end = this.#bareValueEnd(at, 'line')
      if (LINE_END.test(this.text.slice(end, end + 16))) return { name, start: at, end, form: 'line', escaped: false }
    }
    return { name, start: at, end: this.#bareValueEnd(at, 'bare'), form: 'bare', escaped: false }
  }

  #atLineStart(at: number): boolean {
    const before = this.text.charCodeAt(at - 1)
    if (at > 0 && before !== 10 && before !== 32 && before !== 9 && before !== 58) return false
    const from = Math.max(0, at - 24)
    const line = this.text.slice(from, at)
    return LINE_START.test(line) && (from === 0 || line.includes('\n'))
  }

  /** Ends are remembered, so that values which overlap are not read again and again; -1 when the quote stays open. */
  #closingQuote(from: number, quote: number): number {
    const { text } = this
    const last = this.#quotes.get(quote)
    let end = last !== undefined && from >= last.from && from <= last.end ? last.end : -1
    if (end < 0) {
      end = from
      while (end < text.length && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === 92 ? 2 : 1
      this.#quotes.set(quote, { from, end })
    }
    return end < text.length ? end : -1
  }

  #bareValueEnd(from: number, form: ValueForm): number {
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

const isTrailing = (unit: number): boolean => '.,;:!?)'.includes(String.fromCharCode(unit))
const isLineStop = (unit: number): boolean =>
  unit === 10 || unit === 13 || unit === 34 || unit === 39 || unit === 96 || unit === 92 || unit === 60
const isCloser = (unit: number): boolean => unit === 34 || unit === 39 || unit === 93
const isBareStop = (unit: number, form: ValueForm): boolean =>
  unit <= 32 ||
  unit === 34 ||
  unit === 39 ||
  unit === 96 ||
  unit === 92 ||
  unit === 60 ||
  unit === 62 ||
  (form === 'bare' &&
    (unit === 38 ||
      unit === 40 ||
      unit === 123 ||
      unit === 35 ||
      unit === 44 ||
      unit === 59 ||
      unit === 41 ||
      unit === 93 ||
      unit === 125))

/** A credential in an assignment: where it stands and what it is, or undefined. */
export function credentialIn(text: string, found: Assignment) {
  const named = fieldClass(found.name)
  if (named === undefined) return undefined
  if (found.end - found.start > MAX_VALUE) return undefined
  const stored = text.slice(found.start, found.end)
  const span = credentialSpan(named, stored, found.form)
  if (span === undefined) return undefined
  const start = found.start + span.start
  const end = found.start + span.end
  const secret = found.escaped ? unescapedJson(text.slice(start, end)) : text.slice(start, end)
  return { start, end, secret, escaped: found.escaped && secret.length !== end - start, loose: found.form === 'bare' }
}
