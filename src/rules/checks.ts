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

export const hasDigit = (secret: string): boolean => /\d/.test(secret)
