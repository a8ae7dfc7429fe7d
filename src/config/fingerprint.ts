import type { Fingerprint } from '../detect-entry.js'
import { ConfigError, KeyInvalidError } from '../errors.js'
import { hmacSha256, toBase64Url, utf8 } from '../seal/bytes.js'

export const FINGERPRINT_KEY = 'SECRET_SAFE_FINGERPRINT_KEY'
const KEY_BYTES = 32
const LABEL = utf8('secret-safe allow fingerprint v1\0')
const ID_LABEL = utf8('secret-safe fingerprint key id v1')
const HOW_TO_GET = `Set ${FINGERPRINT_KEY} to 32 random bytes in base64, such as "openssl rand -base64 32" prints, and to the same ones wherever this configuration is read.`

type Env = Readonly<Record<string, string | undefined>>

/**
 * Fingerprints decoded secrets for allow lists: `fp1:<key id>:<HMAC-SHA-256>`. Keyed, since whoever reads an unkeyed
 * hash of a weak secret can guess it. Not by the vault's key: that one rotates, and `check` has no business with it.
 * @throws KeyInvalidError if the key is missing or malformed.
 */
export function fingerprintFromEnv(env: Env = process.env): Fingerprint {
  const key = readKey(env)
  const prefix = `fp1:${keyIdOf(key)}:`
  return (secret) => prefix + toBase64Url(hmacSha256(key, LABEL, utf8(secret)))
}

/**
 * The function that a list of fingerprints needs.
 * @throws KeyInvalidError, ConfigError if one of them was made with another key.
 */
export function fingerprintFor(given: readonly string[], env: Env = process.env): Fingerprint | undefined {
  if (given.length === 0) return undefined
  const fingerprint = fingerprintFromEnv(env)
  const current = keyOf(fingerprint(''))
  const other = given.map(keyOf).find((id) => id !== current)
  if (other !== undefined) {
    throw new ConfigError(
      `The allow list holds a fingerprint made with key ${other}, but ${FINGERPRINT_KEY} is key ${current}. Set it to that key, or print the fingerprints again.`,
    )
  }
  return fingerprint
}

export const isFingerprint = (text: string): boolean => /^fp1:[0-9a-f]{8}:[A-Za-z0-9_-]{43}$/.test(text)

const keyOf = (fingerprint: string): string => fingerprint.split(':')[1]!

function readKey(env: Env): Uint8Array {
  const text = env[FINGERPRINT_KEY]?.trim()
  if (!text) throw new KeyInvalidError(`${FINGERPRINT_KEY} is not set. ${HOW_TO_GET}`)
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES || key.every((byte) => byte === key[0])) {
    throw new KeyInvalidError(`${FINGERPRINT_KEY} is not a key of ${KEY_BYTES} random bytes. ${HOW_TO_GET}`)
  }
  return key
}

/** 8 hex characters of a keyed digest: tells keys apart and says nothing about them. */
function keyIdOf(key: Uint8Array): string {
  return Buffer.from(hmacSha256(key, ID_LABEL)).toString('hex').slice(0, 8)
}
