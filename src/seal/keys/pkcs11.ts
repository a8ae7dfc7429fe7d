import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { ConfigError, KeyProviderError } from '../../errors.js'
import { concat, utf8 } from '../bytes.js'
import type { KeyProvider, WrappedKey } from '../key-provider.js'
import { damagedKey } from './batch.js'
import { type Pkcs11Location, Pkcs11Token } from './pkcs11-token.js'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const PROBE = utf8('secret-safe probe')

export type Pkcs11KeysOptions = Pkcs11Location

/**
 * A key-encryption key in a PKCS#11 token (an HSM, a smart card, softhsm2), through the optional peer `graphene-pk11`.
 * The token encrypts with AES-GCM and the context as associated data, so the key never leaves it. Wrapped keys look as
 * those of a `KeyRing`: nonce (12), ciphertext (32), tag (16).
 */
export class Pkcs11Keys implements KeyProvider {
  readonly #token: Pkcs11Token
  readonly #prefix: string

  /** @throws ConfigError when it names no library, token or key. */
  constructor(options: Pkcs11KeysOptions) {
    const { modulePath, token, object, id, pin } = options
    if (!modulePath || !token || !(object || id)) {
      throw new ConfigError('A PKCS#11 key needs a library (modulePath), a token label, and the key’s label or id.')
    }
    if (id !== undefined && !/^(?:[0-9a-f]{2})+$/i.test(id)) throw new ConfigError('The id of a PKCS#11 key is in hex.')
    if (!pin) throw new ConfigError('A PKCS#11 token needs a PIN: set SECRET_SAFE_PKCS11_PIN, or name a pin-source.')
    this.#token = new Pkcs11Token(options)
    this.#prefix = `pkcs11:${token}/`
  }

  async currentId(): Promise<string> {
    return `${this.#prefix}${await this.#token.keyName()}`
  }

  async wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey> {
    const keyId = await this.currentId()
    const nonce = randomBytes(NONCE_BYTES)
    const sealed = await this.#token.run('encrypt', { nonce, aad: context, data: key })
    if (sealed.length !== key.length + TAG_BYTES) {
      throw new KeyProviderError(
        'The PKCS#11 token answered with an AES-GCM tag of another length than 16 bytes.',
        false,
      )
    }
    return { keyId, bytes: concat([nonce, sealed]) }
  }

  async unwrap({ keyId, bytes }: WrappedKey, context: Uint8Array): Promise<Uint8Array | null> {
    // Without asking the token, which may be away: another provider's key is not waited for.
    if (!keyId.startsWith(this.#prefix) || keyId !== (await this.currentId())) return null
    if (bytes.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) throw damagedKey(keyId)
    const input = { nonce: bytes.subarray(0, NONCE_BYTES), aad: context, data: bytes.subarray(NONCE_BYTES) }
    try {
      return await this.#token.run('decrypt', input)
    } catch (error) {
      if (!(error instanceof KeyProviderError)) throw error
      // Tokens answer a wrong tag with a general error, as they do to anything else: what works with other bytes
      // says that these are at fault.
      await this.#probe()
      throw damagedKey(keyId)
    }
  }

  /** @throws KeyProviderError (retryable) when the token is out of order. */
  async #probe(): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES)
    const sealed = await this.#token.run('encrypt', { nonce, aad: PROBE, data: new Uint8Array(KEY_BYTES) })
    await this.#token.run('decrypt', { nonce, aad: PROBE, data: sealed })
  }

  async close(): Promise<void> {
    await this.#token.close()
  }

  toJSON(): string {
    return `[Pkcs11Keys ${this.#prefix.slice(0, -1)}]`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }
}
