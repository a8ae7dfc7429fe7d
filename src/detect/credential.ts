import { cookieSpan } from './cookie.js'
import { unescapedPercent } from './decode/escapes.js'
import type { FieldClass } from './fields.js'
import { isPlaceholder, looksLikeProse, looksOpaque, looksRandom } from './placeholder.js'
import { isEmail, isNumber, isPlainData } from './plain-data.js'

const MIN_PASSWORD = 4
const MIN_SECRET = 8
/** A bare `token` is also a piece of text, `pass` a verdict. */
const MIN_TOKEN = 8
const MIN_RANDOM = 16
/** Shorter numbers under a key's name are counts and times. */
const MIN_DIGITS = 16
/** Longer values under a credential's name are documents, not credentials; what they hold is found by other means. */
export const MAX_VALUE = 16_384
const SCHEME =
  /^(?:bearer|basic|token|apikey|api-key|bot|negotiate|jwt|oauth|geniekey|ssws|key|splunk|dpop|klaviyo-api-key)[ \t]{1,4}/i
/** Any word may be a scheme: `Zoho-oauthtoken`, `AccessKey`, `sso-key`. Those that sign a request carry no credential. */
const HEADER_SCHEME = /^[A-Za-z][\w-]{1,30}[ \t]{1,4}(?=[^\s=,]{8,8192}={0,2}$)/
const CODE =
  /^(?:await |new |typeof |self\.|this\.|process\.|os\.|config\.|env\.|args\.|options\.|opts\.|settings\.|req\.|request\.|response\.|res\.|data\.|state\.|ctx\.|context\.|params\.|props\.|user\.|credentials\.|auth\.|\$this->|\$_(?:GET|POST|ENV|SERVER)\[)/
const CALL = /[\w$]\(|\)\s*$|=>|\?\.|\[['"\w:]/
/** `call_credentials_1.CallCredentials.create`; the parts of a token are longer. */
const MEMBER = /^[A-Za-z_$][\w$]{0,23}(?:\.[A-Za-z_$][\w$]{0,23}){1,6}$/
/** A variable that is named for what it holds, a negation, a qualified name. */
const IDENTIFIER = /^(?:!?[A-Za-z_$][\w$]*(?:Password|Secret|Token|Key|Credentials?)|![A-Za-z_$][\w$]*|\w+(?:::\w+)+)$/
const LETTERS = /^[A-Za-z]+$/
/** A constant's name where its value would stand. */
const CONSTANT_NAME = /^_{0,2}[A-Z]{2,24}\d?(?:_[A-Z]{1,24}\d?){1,8}$/
const PUBLIC_KEY =
  /^(?:(?:sk-)?ssh-(?:rsa|ed25519|dss)[ @]|ecdsa-sha2|-----BEGIN (?:PUBLIC KEY|CERTIFICATE|RSA PUBLIC KEY|PGP PUBLIC)|age1[a-z0-9]{58}$|LS0tLS1CRUdJTi(?:BDRVJU|BQVUJMSU))/
/** The password in a URL's user part has a rule of its own, which knows where it ends. */
const URL = /^(?:[a-z][a-z0-9+.-]{1,20}:)?[a-z][a-z0-9+.-]{1,20}:\/\/\S{0,4000}$/i
/** A name, a label or a state: letters alone, in words. */
const WORDS = /^[A-Za-z]+(?:[-_. :/,]+[A-Za-z]+)*[.!?:]?$/
/** A word that says what should stand here: `db_password`, `my-secret`, `passwordInput`. */
const NAMES_ITSELF =
  /^(?:[A-Za-z]+[-_ .]?)?(?:pass(?:word|wd|phrase|code)|secret|token|api[-_ ]?key|credentials?)s?(?:[-_ .]?(?:input|field|box|value|name|hash|reset|confirm|confirmation|again|here|goes|string|text|key|required|missing|ptr|len|length|buf|buffer|arg|param|bytes|callback|func|hint|prompt|label|policy|manager|file|path))?$/i
/** A class's name: `_EllipticCurvePrivateKey`. */
const TYPE_NAME = /^_{0,2}[A-Z][A-Za-z]+(?:Key|Token|Secret|Password|Credentials?|Provider|Type)s?$/
/** What follows a closing quote that was read as an opening one. */
const BEHIND_STRING = /^\s{0,8}[)\],;+:]\s{0,8}(?:[;,)(.+\]}]|\s|$)/
/** Letters of another script, or accented ones, without a digit or a sign: a label of a form. */
const LABEL = /^[\p{L}\p{M} :：*()（）?？!！.。、-]+$/u
const NON_ASCII = /[^\x00-\x7f]/

/** Where a store keeps it: `prod/db-password`. */
const STORE_PATH = /^[a-z][a-z0-9-]{1,24}\/[a-z]/
const MAX_STORE_PATH = 48

/** How a value stood in the text: its quotes say where it ends, without them it must look the part. */
export type ValueForm = 'field' | 'quoted' | 'line' | 'bare'

export interface Span {
  readonly start: number
  readonly end: number
}

/** The credential's part of a value, as offsets into it, or undefined when it holds none. */
export function credentialSpan(fieldClass: FieldClass, value: string, form: ValueForm): Span | undefined {
  if (value.length > MAX_VALUE) return undefined
  let start = 0
  let end = value.length
  while (start < end && value.charCodeAt(start) <= 32) start++
  while (end > start && value.charCodeAt(end - 1) <= 32) end--
  if (fieldClass === 'cookie') return cookieSpan(value, start, end)
  if (fieldClass === 'basic') return basicSpan(value, start, end)
  if (form === 'bare' || form === 'line') {
    while (end - start > 4 && value.startsWith('**', start) && value.endsWith('**', end)) {
      start += 2
      end -= 2
    }
  }
  const scheme = schemeLength(fieldClass, value, start, end)
  start += scheme
  while (start < end && value.charCodeAt(start) <= 32) start++
  // What a quote opens on one line and closes on another stands between two strings.
  if (form === 'quoted' && fieldClass === 'password' && value.lastIndexOf('\n', start) >= 0 && start > 0)
    return undefined
  const credential = value.slice(start, end)
  return isCredential(fieldClass, credential, form, scheme > 0) ? { start, end } : undefined
}

function schemeLength(fieldClass: FieldClass, value: string, start: number, end: number): number {
  const known = SCHEME.exec(value.slice(start, start + 32))
  if (known !== null) return known[0].length
  if (fieldClass !== 'header') return 0
  return HEADER_SCHEME.exec(value.slice(start, end))?.[0].length ?? 0
}

function isCredential(fieldClass: FieldClass, value: string, form: ValueForm, scheme: boolean): boolean {
  if (fieldClass === 'phrase') {
    return isSeedPhrase(value) || (form !== 'bare' && looksRandom(value, MIN_RANDOM) && !isPlaceholder(value))
  }
  if (value.length < (fieldClass === 'password' ? MIN_PASSWORD : MIN_SECRET)) return false
  if (isStrict(fieldClass, form, scheme) && !looksOpaque(value)) return false
  if (!mayBeCredential(value) || (value.includes('%') && !mayBeCredential(unescapedPercent(value)))) return false
  if (PUBLIC_KEY.test(value.slice(0, 100)) || URL.test(value) || CONSTANT_NAME.test(value)) return false
  if (TYPE_NAME.test(value) || (form === 'quoted' && BEHIND_STRING.test(value))) return false
  if (!(fieldClass === 'password' ? isPassword(value) : isKey(fieldClass, value))) return false
  if (form === 'field') return true
  if (form === 'quoted') return !CODE.test(value)
  return !isCode(value) && (form === 'bare' || !/\s/.test(value))
}

const mayBeCredential = (value: string): boolean =>
  !isPlaceholder(value) && !looksLikeProse(value) && !isPlainData(value)

const isStrict = (fieldClass: FieldClass, form: ValueForm, scheme: boolean): boolean =>
  scheme || form === 'bare' || (fieldClass !== 'password' && fieldClass !== 'secret')

const isPassword = (value: string): boolean =>
  !NAMES_ITSELF.test(value) && !(NON_ASCII.test(value) && LABEL.test(value))

/** Keys and tokens are written in ASCII without spaces; a sentence in another script is a label. */
function isKey(fieldClass: FieldClass, value: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(value)) return isWrappedKey(value)
  if (value.startsWith('/^') || isEmail(value) || NAMES_ITSELF.test(value)) return false
  if (isNumber(value) && value.length < MIN_DIGITS) return false
  if (WORDS.test(value) && !looksOpaque(value)) return false
  if (value.length < MAX_STORE_PATH && STORE_PATH.test(value)) return false
  if (fieldClass === 'secret' || fieldClass === 'header') return true
  if (fieldClass === 'key' || fieldClass === 'connection') return looksRandom(value, MIN_RANDOM) && !/[;|&]/.test(value)
  return value.length >= MIN_TOKEN && looksRandom(value, MIN_TOKEN)
}

/** Base64 in lines. */
const isWrappedKey = (value: string): boolean =>
  /^[A-Za-z0-9+/=_-]{32,}(?:\s+[A-Za-z0-9+/=_-]{4,})*$/.test(value) &&
  /\d/.test(value) &&
  looksRandom(value.slice(0, 32))

const isCode = (value: string): boolean =>
  value.length < 256 &&
  (IDENTIFIER.test(value) ||
    (LETTERS.test(value) && looksOpaque(value) && !looksRandom(value, MIN_SECRET)) ||
    MEMBER.test(value) ||
    CODE.test(value) ||
    (CALL.test(value) && !/[^\w$.()[\]'"?=> ,{}:]/.test(value)))

const PHRASE_LENGTHS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24, 25])
/** No list of mnemonic words holds them, and hardly a sentence of twelve words does without. */
const NO_MNEMONIC =
  /\b(?:the|and|for|from|with|are|was|were|been|your|our|their|has|had|its|his|her|not|but|been|please|enter)\b/

/**
 * Twelve to twenty-four words of three to eight letters, as BIP-39 draws them; twenty-five for Monero and Algorand.
 * Which words is not checked: under a name that says so, the list of 2,048 would refute next to nothing.
 */
export function isSeedPhrase(value: string): boolean {
  const words = value.trim().split(/[\s,]+/, 26)
  if (!PHRASE_LENGTHS.has(words.length) || NO_MNEMONIC.test(value)) return false
  return words.every((word) => /^[a-z]{3,12}$/.test(word)) && new Set(words).size * 4 >= words.length * 3
}

/** `user:password`, as a configuration writes it, or in base64, as Docker and npm do. */
function basicSpan(value: string, start: number, end: number): Span | undefined {
  const text = value.slice(start, end)
  if (isPlaceholder(text) || text.length < MIN_SECRET || text.length > 4096) return undefined
  const scheme = /^basic /i.test(text) ? 6 : 0
  const body = text.slice(scheme)
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(body) && isUserAndPassword(body)) return { start: start + scheme, end }
  const plain = /^[\w.@+-]{1,64}:(?!\/)/.exec(text)
  if (plain === null) return undefined
  const from = plain[0].length
  const password = text.slice(from)
  if (!looksOpaque(password) || !isCredential('password', password, 'field', false)) return undefined
  return { start: start + from, end }
}

/** @param base64 of either alphabet, with or without its padding. */
export function isUserAndPassword(base64: string): boolean {
  let decoded: string
  try {
    decoded = atob(base64.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
  } catch {
    return false
  }
  const match = /^([\x20-\x39\x3b-\x7e]{0,200}):([\x20-\x7e\x80-\xff]{3,})$/.exec(decoded)
  return match !== null && !isPlaceholder(match[2]!)
}
