import { looksRandom } from '../detect/placeholder.js'
import type { Confidence } from '../detect/types.js'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM_LENGTH = 6

/** CRC-32 (IEEE 802.3) of ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** A number in base 62, six digits, as GitHub and npm end their tokens. */
export function base62(value: number): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = BASE62[rest % 62]! + text
  return text.padStart(CHECKSUM_LENGTH, '0')
}

/**
 * The last six characters are the CRC-32 of those behind the prefix. Documentation samples and test tokens fail it, so
 * it proves a token and never refutes one.
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function hasCrc32(secret: string, prefixLength: number): true | Confidence {
  const body = secret.slice(prefixLength, -CHECKSUM_LENGTH)
  return base62(crc32(body)) === secret.slice(-CHECKSUM_LENGTH) ? 'certain' : true
}

/** `glsa_` and 32 characters, then their CRC-32 in hex, lowest byte first. */
export function hasLittleEndianCrc32(secret: string): true | Confidence {
  return littleEndianHex(crc32(secret.slice(0, -9))) === secret.slice(-8) ? 'certain' : true
}

export const littleEndianHex = (value: number): string =>
  [0, 8, 16, 24].map((shift) => ((value >>> shift) & 255).toString(16).padStart(2, '0')).join('')

/** Upper case, lower case and digits: a hash or a name in words has not all three. */
export const isMixed = (secret: string): boolean => /[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d/.test(secret)

/** Of drawn letters one changes case before every second other one; of words in camel case, before every fifth. */
const changesCase = (secret: string): boolean =>
  secret.length >= 20 && (secret.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0) * 5 >= secret.length * 2

/** A digit, as names hardly have one; of random keys with 24 letters and digits one in sixty has none, either. */
export const hasDigit = (secret: string): boolean => /\d/.test(secret) || changesCase(secret)

/**
 * The last eight characters are a CRC-32 in hex, as in Cloudflare's tokens. The page states a checksum and not which
 * bytes it covers, so both readings prove a token: with its prefix and without.
 * @see https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
 */
export function hasHexCrc32(secret: string): true | Confidence {
  const sum = secret.slice(-8).toLowerCase()
  const covered = [secret.slice(0, -8), secret.slice(secret.indexOf('_') + 1, -8)]
  return covered.some((text) => hex32(crc32(text)) === sum || littleEndianHex(crc32(text)) === sum) ? 'certain' : true
}

export const hex32 = (value: number): string => value.toString(16).padStart(8, '0')

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A CRC-32 in base64, lowest byte first, without the padding: six characters. */
export function base64Crc32(text: string): string {
  const sum = BigInt(Number.parseInt(littleEndianHex(crc32(text)), 16)) << 4n
  return [30n, 24n, 18n, 12n, 6n, 0n].map((shift) => BASE64[Number((sum >> shift) & 63n)]).join('')
}

/**
 * `cflt`, 54 characters, then their CRC-32 in base64.
 * @see https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html
 */
export const hasConfluentCrc32 = (secret: string): true | Confidence =>
  base64Crc32(secret.slice(4, -6)) === secret.slice(-6) ? 'certain' : true

const ACCOUNT_IDS = 1e12

/** AWS writes it into each key of its documentation. */
export const isAwsExample = (secret: string): boolean => secret.includes('EXAMPLE')

/**
 * Access key ids since 2019 hold the account id: base 32 behind the prefix, one set bit, then 40 bits of account. Older
 * ones begin with `I` or `J` and hold none; what is neither is hardly a key.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
export function holdsAwsAccount(accessKeyId: string): Confidence | false {
  if (isAwsExample(accessKeyId)) return false
  const head = [...accessKeyId.slice(4, 13)].map((unit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(unit))
  if (head[0]! < 16) return head[0] === 8 || head[0] === 9 ? 'high' : 'medium'
  const bits = head.reduce((sum, five) => sum * 32 + five, 0)
  return Math.floor(bits / 16) % 2 ** 40 < ACCOUNT_IDS ? 'certain' : 'medium'
}

/** Atlassian: the last eight characters are the CRC-32 of all before them, `=` included, in upper-case hex. */
export const hasUpperCrc32 = (secret: string): true | Confidence =>
  hex32(crc32(secret.slice(0, -8))).toUpperCase() === secret.slice(-8) ? 'certain' : true

/** As `hasHexCrc32`, behind a separator that the sum does not cover. */
export function hasSeparateHexCrc32(secret: string): true | Confidence {
  const sum = secret.slice(-8)
  const covered = [secret.slice(0, -9), secret.slice(secret.indexOf('_') + 1, -9)]
  return covered.some((text) => hex32(crc32(text)) === sum || littleEndianHex(crc32(text)) === sum) ? 'certain' : true
}

/** Mixed, and drawn rather than composed: `test_` and `access_` also begin names in camel case. */
export const isScattered = (secret: string): boolean => isMixed(secret) && looksRandom(secret)

/** As `isScattered`, but without a digit too: of random keys with 22 letters and digits one in fifty holds none. */
export const isDrawn = (secret: string): boolean => /[a-z]/.test(secret) && /[A-Z]/.test(secret) && looksRandom(secret)
