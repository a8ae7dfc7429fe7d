import type { FieldClass } from './fields.js'
import { isPlaceholder, looksLikeProse, looksOpaque } from './placeholder.js'

const MIN_PASSWORD = 4
const MIN_SECRET = 8
/** Longer values under a credential's name are documents, not credentials; what they hold is found by other means. */
export const MAX_VALUE = 16_384
const SCHEME =
  /^(?:bearer|basic|token|apikey|api-key|bot|negotiate|jwt|oauth|geniekey|ssws|key|splunk|dpop|klaviyo-api-key)[ \t]{1,4}/i
const CODE =
  /^(?:await |new |self\.|this\.|process\.|os\.|config\.|env\.|args\.|options\.|opts\.|settings\.|req\.|request\.|response\.|res\.|data\.|state\.|ctx\.|context\.|params\.|props\.|user\.|credentials\.|auth\.)/
const CALL = /[\w$]\(|\)\s*$|=>|\?\.|\[['"\w]/
/** `call_credentials_1.CallCredentials.create`; the parts of a token are longer. */
const MEMBER = /^[A-Za-z_$][\w$]{0,23}(?:\.[A-Za-z_$][\w$]{0,23}){1,6}$/
/** A constant's name where its value would stand. */
const CONSTANT_NAME = /^[A-Z]{2,24}(?:_[A-Z]{1,24}){1,8}$/
const PUBLIC_KEY = /^(?:ssh-(?:rsa|ed25519|dss) |ecdsa-sha2|-----BEGIN (?:PUBLIC KEY|CERTIFICATE|RSA PUBLIC KEY))/
const PLAIN_URL = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s@]{0,2000}$/i

/** How a value stood in the text: its quotes say where it ends, without them it must look the part. */
export type ValueForm = 'field' | 'quoted' | 'line' | 'bare'

/** The credential's part of a value, as offsets into it, or undefined when it holds none. */
export function credentialSpan(
  fieldClass: FieldClass,
  value: string,
  form: ValueForm,
): { readonly start: number; readonly end: number } | undefined {
  if (value.length > MAX_VALUE) return undefined
  let start = 0
  let end = value.length
  while (start < end && value.charCodeAt(start) <= 32) start++
  while (end > start && value.charCodeAt(end - 1) <= 32) end--
  const scheme = fieldClass === 'cookie' ? null : SCHEME.exec(value.slice(start, start + 32))
  if (scheme !== null) start += scheme[0].length
  while (start < end && value.charCodeAt(start) <= 32) start++
  const credential = value.slice(start, end)
  return isCredential(fieldClass, credential, form, scheme !== null) ? { start, end } : undefined
}

function isCredential(fieldClass: FieldClass, value: string, form: ValueForm, scheme: boolean): boolean {
  const least = fieldClass === 'password' ? MIN_PASSWORD : MIN_SECRET
  if (value.length < least) return false
  const strict = fieldClass === 'token' || scheme || (form === 'bare' && fieldClass !== 'cookie')
  if (strict && !looksOpaque(value)) return false
  if (isPlaceholder(value) || looksLikeProse(value) || PUBLIC_KEY.test(value.slice(0, 40))) return false
  if (fieldClass === 'cookie') return value.includes('=') || looksOpaque(value)
  if (fieldClass !== 'password' && !isAsciiSecret(value)) return false
  if (form === 'field') return true
  if (form === 'quoted') return !CODE.test(value)
  return !isCode(value) && (form === 'bare' || !/\s/.test(value))
}

/** Keys and tokens are written in ASCII; a sentence in another script is a label. */
const isAsciiSecret = (value: string): boolean =>
  /^[\x20-\x7e\s]+$/.test(value) && !PLAIN_URL.test(value) && !CONSTANT_NAME.test(value) && !value.startsWith('/^')

const isCode = (value: string): boolean =>
  value.length < 256 &&
  (MEMBER.test(value) || CODE.test(value) || (CALL.test(value) && !/[^\w$.()[\]'"?=> ,{}:]/.test(value)))
