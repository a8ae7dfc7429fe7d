import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { KeyInvalidError, KeyProviderError } from '../../errors.js'
import { concat, hmacSha256, utf8 } from '../bytes.js'
import type { KeyProvider, WrappedKey } from '../key-provider.js'
import { readKeyFile } from './key-file.js'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HOW_TO_GET = 'Run "npx secret-safe keys init", or set SECRET_SAFE_KEY to 32 random bytes in base64.'

/**
 * Key-encryption keys held by this process: a current one that wraps, and old ones that still unwrap.
 * For one machine or a small deployment; a KMS keeps the key out of the process.
 */
export class KeyRing implements KeyProvider {
  readonly #keys: ReadonlyMap<string, Uint8Array>
  readonly #currentId: string

  /**
   * @param current 32 bytes, or their base64.
   * @param old keys that this ring still unwraps.
   * @throws KeyInvalidError for a key of another length, or one whose bytes are all alike.
   */
  constructor(current: string | Uint8Array, old: readonly (string | Uint8Array)[] = []) {
    const keys = [current, ...old].map((key) => parseKey(key))
    this.#keys = new Map(keys.map((key) => [keyId(key), key]))
    this.#currentId = keyId(keys[0]!)
  }

  /**
   * Reads `SECRET_SAFE_KEY` (32 bytes, base64) or the file that `SECRET_SAFE_KEY_FILE` names, and
   * `SECRET_SAFE_KEYS_OLD` (comma-separated).
   * @throws KeyInvalidError if the key is missing, blank or malformed, if its file is readable by others, or if both
   * variables are set: there is no plaintext fallback.
   */
  static fromEnv(env: Readonly<Record<string, string | undefined>> = process.env): KeyRing {
    const inline = env.SECRET_SAFE_KEY?.trim()
    const file = env.SECRET_SAFE_KEY_FILE?.trim()
    if (inline && file) throw new KeyInvalidError('SECRET_SAFE_KEY and SECRET_SAFE_KEY_FILE are both set; set one.')
    const current = file ? readKeyFile(file) : inline
    if (!current) throw new KeyInvalidError(`SECRET_SAFE_KEY is not set. ${HOW_TO_GET}`)
    const old = (env.SECRET_SAFE_KEYS_OLD ?? '')
      .split(',')
      .map((key) => key.trim())
      .filter((key) => key !== '')
    return new KeyRing(current, old)
  }

  /** A new random key, base64. */
  static generate(): string {
    return randomBytes(KEY_BYTES).toString('base64')
  }

  async currentId(): Promise<string> {
    return this.#currentId
  }

  async wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey> {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#keys.get(this.#currentId)!, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(context)
    const bytes = concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
    return { keyId: this.#currentId, bytes }
  }

  async unwrap({ keyId, bytes }: WrappedKey, context: Uint8Array): Promise<Uint8Array | null> {
    const kek = this.#keys.get(keyId)
    if (kek === undefined) return null
    const broken = new KeyProviderError(
      `A data key wrapped by ${keyId} is damaged or was moved from another record.`,
      false,
    )
    if (bytes.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) throw broken
    const decipher = createDecipheriv('aes-256-gcm', kek, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(context)
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    try {
      return concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    } catch {
      throw broken
    }
  }

  toJSON(): string {
    return `[KeyRing ${this.#currentId}]`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }
}

function parseKey(key: string | Uint8Array): Uint8Array {
  const bytes = typeof key === 'string' ? Buffer.from(key.trim(), 'base64') : key
  if (bytes.length !== KEY_BYTES) {
    throw new KeyInvalidError(
      `A key must be ${KEY_BYTES} bytes (base64), but this one has ${bytes.length}. ${HOW_TO_GET}`,
    )
  }
  if (bytes.every((byte) => byte === bytes[0]))
    throw new KeyInvalidError(`A key of equal bytes is no key. ${HOW_TO_GET}`)
  return Uint8Array.from(bytes)
}

/** 16 hex characters of a keyed digest: tells keys apart and says nothing about them. */
function keyId(key: Uint8Array): string {
  return Buffer.from(hmacSha256(key, utf8('secret-safe kek id v1')))
    .toString('hex')
    .slice(0, 16)
}
