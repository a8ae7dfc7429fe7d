import { Automaton } from './automaton.js'
import { BASE64, CHARS, HEX, has } from './chars.js'
import { encodeBase64 } from './decode/base64.js'
import { isPlaceholder, looksLikeProse } from './placeholder.js'
import type { Encoding } from './types.js'

export interface KnownValuesOptions {
  /** How many values are kept; 256 unless told. */
  readonly maxCount?: number
  /** How many UTF-16 units all values may have together; 256 Ki unless told. */
  readonly maxTotalLength?: number
  /** Told of each value that is added. */
  readonly onAdd?: (secret: string) => void
}

export interface KnownRun {
  readonly start: number
  readonly end: number
  readonly encodings: readonly Encoding[]
  readonly secret: string
}

interface Form {
  readonly text: string
  readonly encodings: readonly Encoding[]
  readonly secret: string
  /** Class of the characters over which a run extends; 0 for a form that stands for itself. */
  readonly extend: number
}

export const MIN_KNOWN_LENGTH = 8
const MAX_KNOWN_LENGTH = 8192
/** The automaton holds this much of each form; the rest is compared at the hit. */
const ANCHOR_LENGTH = 8
const COMMON = new Set(
  (
    'password1 password12 password123 passw0rd1 12345678 123456789 1234567890 qwerty123 qwertyuiop letmein1 iloveyou ' +
    'welcome1 welcome123 admin123 admin1234 abcd1234 abc12345 11111111 00000000 administrator localhost postgres ' +
    'username anonymous root1234 test1234 testtest changeit trustno1 football baseball sunshine superman'
  ).split(' '),
)
/** Spaces, and scripts that are written without any. */
const HAS_SPACE = /[\s\u0e00-\uffff]/
const NONE: readonly KnownRun[] = Object.freeze([])
const utf8 = new TextEncoder()

/** Secrets that this process has seen in a thread, to be found again in later text in any usual encoding. */
export class KnownValues {
  readonly #values = new Set<string>()
  readonly #maxCount: number
  readonly #maxTotalLength: number
  readonly #onAdd: KnownValuesOptions['onAdd']
  #totalLength = 0
  #casual = 0
  #index: ReturnType<typeof buildIndex> | undefined
  /** Grows with each value added; what was found clean under an older version must be scanned again. */
  version = 0

  constructor(options: KnownValuesOptions = {}) {
    this.#maxCount = options.maxCount ?? 256
    this.#maxTotalLength = options.maxTotalLength ?? 262_144
    this.#onAdd = options.onAdd
  }

  get size(): number {
    return this.#values.size
  }

  /**
   * @param casual found in mere text, which a stranger may have written: such values get half of the room, so that they
   * cannot crowd out what was marked, named or restored.
   * @returns false when the value is already known, too short, too common to be searched for, or over the bounds.
   */
  add(secret: string, casual = false): boolean {
    if (this.#values.has(secret) || !isDistinctive(secret)) return false
    if (casual && this.#casual >= this.#maxCount / 2) return false
    if (this.#values.size >= this.#maxCount || this.#totalLength + secret.length > this.#maxTotalLength) return false
    this.#values.add(secret)
    this.#totalLength += secret.length
    if (casual) this.#casual++
    this.version++
    this.#index = undefined
    this.#onAdd?.(secret)
    return true
  }

  /** Stored runs, sorted by start; they may overlap. */
  find(text: string): readonly KnownRun[] {
    if (this.#values.size === 0 || text.length < MIN_KNOWN_LENGTH) return NONE
    this.#index ??= buildIndex(this.#values)
    const { automaton, forms } = this.#index
    const { next, classOf, shift, firstOutput, outputs } = automaton
    let found: KnownRun[] | undefined
    let state = 0
    let extendedTo = 0
    for (let i = 0; i < text.length; i++) {
      state = next[(state << shift) | classOf[text.charCodeAt(i)]!]!
      if (state < firstOutput) continue
      for (const index of outputs[state - firstOutput]!) {
        const form = forms[index]!
        const start = i + 1 - Math.min(form.text.length, ANCHOR_LENGTH)
        if ((form.extend !== 0 && start < extendedTo) || !text.startsWith(form.text, start)) continue
        const run = form.extend === 0 ? plainRun(form, start) : wholeRun(text, form, start, extendedTo)
        if (form.extend !== 0) extendedTo = run.end
        found = found ?? []
        found.push(run)
      }
    }
    return found === undefined ? NONE : found.sort((a, b) => a.start - b.start)
  }

  /** Where a value of several words has begun that the end of `text` breaks off; the text's length for none. */
  begunAt(text: string): number {
    this.#index ??= buildIndex(this.#values)
    let first = text.length
    for (const form of this.#index.spaced) {
      const head = form.slice(0, MIN_KNOWN_LENGTH)
      let at = text.indexOf(head, Math.max(0, text.length - form.length + 1))
      while (at >= 0 && !form.startsWith(text.slice(at))) at = text.indexOf(head, at + 1)
      if (at >= 0) first = Math.min(first, at)
    }
    return first
  }
}

function isDistinctive(secret: string): boolean {
  if (secret.length < MIN_KNOWN_LENGTH || secret.length > MAX_KNOWN_LENGTH) return false
  if (COMMON.has(secret.toLowerCase()) || isPlaceholder(secret) || new Set(secret.slice(0, 64)).size < 4) return false
  if (/^\d+$/.test(secret)) return secret.length >= 12
  if (/^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(secret)) return secret.length >= 16
  return !looksLikeProse(secret) || secret.length >= 24
}

function buildIndex(values: ReadonlySet<string>) {
  const forms = [...values].flatMap(formsOf)
  return {
    automaton: new Automaton(
      forms.map((form) => form.text.slice(0, ANCHOR_LENGTH)),
      false,
    ),
    forms,
    spaced: forms.map(({ text }) => text).filter((text) => HAS_SPACE.test(text)),
  }
}

function formsOf(secret: string): Form[] {
  const forms: Form[] = []
  const seen = new Set<string>()
  const add = (text: string, encodings: readonly Encoding[], extend = 0) => {
    if (text.length < MIN_KNOWN_LENGTH || seen.has(text)) return
    seen.add(text)
    forms.push({ text, encodings, secret, extend })
  }
  const bytes = utf8.encode(secret)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const percent = percentEncode(secret)
  add(secret, [])
  add(percent, ['percent'])
  add(percent.replaceAll('%20', '+'), ['percent'])
  add(
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ['percent'],
  )
  const json = JSON.stringify(secret).slice(1, -1)
  add(json, ['json'])
  add(json.replaceAll('/', '\\/'), ['json'])
  add(JSON.stringify(json).slice(1, -1), ['json', 'json'])
  add(hex, ['hex'], HEX)
  add(hex.toUpperCase(), ['hex'], HEX)
  for (let shift = 0; shift < 3; shift++) {
    const core = base64Core(bytes, shift)
    add(core, ['base64'], BASE64)
    add(core.replaceAll('+', '-').replaceAll('/', '_'), ['base64url'], BASE64)
  }
  return forms
}

/** `encodeURIComponent` throws on a lone surrogate, and a secret may hold one. */
function percentEncode(secret: string): string {
  try {
    return encodeURIComponent(secret)
  } catch {
    return secret
  }
}

/** The characters that depend on the secret alone when `shift` bytes stand before it. */
function base64Core(bytes: Uint8Array, shift: number): string {
  const padded = new Uint8Array(shift + bytes.length)
  padded.set(bytes, shift)
  const first = Math.ceil((shift * 8) / 6)
  return encodeBase64(padded).slice(first, Math.floor((padded.length * 8) / 6))
}

const plainRun = ({ text, encodings, secret }: Form, start: number): KnownRun => ({
  start,
  end: start + text.length,
  encodings,
  secret,
})

function wholeRun(text: string, form: Form, at: number, floor: number): KnownRun {
  let start = at
  while (start > floor && has(text, start - 1, form.extend)) start--
  let end = at + form.text.length
  while (end < text.length && (CHARS[text.charCodeAt(end)]! & form.extend) !== 0) end++
  if (form.extend === BASE64) for (let pad = 0; pad < 2 && text[end] === '='; pad++) end++
  return { start, end, encodings: form.encodings, secret: form.secret }
}
