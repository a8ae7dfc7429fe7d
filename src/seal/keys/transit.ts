import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { ConfigError, KeyProviderError } from '../../errors.js'
import { concat, equalBytes } from '../bytes.js'
import type { BoundKey, KeyProvider, PlainKey, UnwrapResult, WrappedKey } from '../key-provider.js'
import { damagedKey } from './batch.js'
import { TransitClient, type TransitConnection } from './transit-client.js'

const KEY_BYTES = 32
const DIGEST_BYTES = 32
/** Servers refuse bodies of more than 32 MiB; this is far below. */
const BATCH = 500
const NAME = /^[\w.-]+$/
const CIPHERTEXT = /^vault:v([1-9]\d{0,8}):([A-Za-z0-9+/]+={0,2})$/

export interface TransitKeysOptions extends TransitConnection {
  /** Name of the key in the engine, of type `aes256-gcm96` or `chacha20-poly1305`. */
  readonly key: string
  /** Path of the engine; `transit` unless told. */
  readonly mount?: string
}

/**
 * Key-encryption keys in the transit engine of OpenBao or HashiCorp Vault, over `fetch`. Needs `update` on
 * `<mount>/encrypt/<key>` and `<mount>/decrypt/<key>`, and for rotation on `<mount>/rewrap/<key>`.
 *
 * The context is bound twice: as associated data, and as a digest beside the key, since engines before Vault 1.13
 * ignore associated data without a word.
 */
export class TransitKeys implements KeyProvider {
  readonly #client: TransitClient
  readonly #key: string
  /** Ids are this and a version. */
  readonly #prefix: string

  /** @throws ConfigError for an address or a name that is not usable. */
  constructor({ key, mount = 'transit', ...connection }: TransitKeysOptions) {
    const path = mount.replace(/^\/+|\/+$/g, '')
    if (!NAME.test(key) || !path.split('/').every((part) => NAME.test(part) && !/^\.+$/.test(part))) {
      throw new ConfigError(
        'A transit key is named by the path of its engine and its own name, such as transit/secret-safe.',
      )
    }
    checkAddress(connection.address)
    if (!connection.token)
      throw new ConfigError('A transit key needs a token: set VAULT_TOKEN or BAO_TOKEN, or pass one.')
    this.#client = new TransitClient(connection, path)
    this.#key = key
    this.#prefix = `transit:${connection.namespace === undefined ? '' : `${connection.namespace}/`}${path}/${key}:v`
  }

  /** Asks the engine for its current version, by a wrapping that is thrown away: reading a key takes more rights. */
  async currentId(): Promise<string> {
    return (await this.wrap(new Uint8Array(KEY_BYTES), new Uint8Array())).keyId
  }

  async wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey> {
    const [wrapped] = await this.wrapMany([{ key, context }])
    return wrapped!
  }

  async unwrap(wrapped: WrappedKey, context: Uint8Array): Promise<Uint8Array | null> {
    const [result] = await this.unwrapMany([{ wrapped, context }])
    if (result instanceof KeyProviderError) throw result
    return result ?? null
  }

  async wrapMany(keys: readonly PlainKey[]): Promise<readonly WrappedKey[]> {
    const items = keys.map(({ key, context }) => ({
      plaintext: base64(concat([key, digest(context)])),
      associated_data: base64(context),
    }))
    const answers = await this.#batch('encrypt', items)
    return answers.map((answer) => {
      const wrapped = this.#wrappedFrom(answer?.ciphertext)
      if (wrapped === null) {
        throw new KeyProviderError(
          `The transit engine did not encrypt under ${this.#key}: the key is missing, or not of a type with associated data.`,
          true,
        )
      }
      return wrapped
    })
  }

  async unwrapMany(keys: readonly BoundKey[]): Promise<readonly UnwrapResult[]> {
    const results: UnwrapResult[] = keys.map(() => null)
    const mine = keys.flatMap((item, index) => {
      const ciphertext = this.#ciphertextOf(item.wrapped)
      return ciphertext === null ? [] : [{ ...item, index, ciphertext }]
    })
    const answers = await this.#batch('decrypt', mine.map(requestFor))
    for (const [i, { wrapped, context, index }] of mine.entries()) {
      results[index] = openPlaintext(answers[i]?.plaintext, context) ?? damagedKey(wrapped.keyId)
    }
    return results
  }

  /** Known engines refuse to rewrap what has associated data; one that has learned it answers, others are passed by. */
  async rewrapMany(keys: readonly BoundKey[]): Promise<readonly (WrappedKey | null)[]> {
    const results: (WrappedKey | null)[] = keys.map(() => null)
    const mine = keys.flatMap((item, index) => {
      const ciphertext = this.#ciphertextOf(item.wrapped)
      return ciphertext === null ? [] : [{ ...item, index, ciphertext }]
    })
    const answers = await this.#batch('rewrap', mine.map(requestFor)).catch((error: unknown) => {
      // The right to rewrap is not needed for anything else, and may be missing.
      if (error instanceof KeyProviderError) return mine.map(() => null)
      throw error
    })
    for (const [i, { index }] of mine.entries()) results[index] = this.#wrappedFrom(answers[i]?.ciphertext)
    return results
  }

  toJSON(): string {
    return `[TransitKeys ${this.#prefix.replace(/:v$/, '')}]`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }

  async #batch(operation: 'encrypt' | 'decrypt' | 'rewrap', items: readonly object[]) {
    const answers: (Readonly<Record<string, unknown>> | null)[] = []
    for (let at = 0; at < items.length; at += BATCH) {
      answers.push(...(await this.#client.batch(operation, this.#key, items.slice(at, at + BATCH))))
    }
    return answers
  }

  /** Stored as bytes: base64 has spare bits, and a change in them would go unnoticed. */
  #wrappedFrom(ciphertext: unknown): WrappedKey | null {
    const match = typeof ciphertext === 'string' ? CIPHERTEXT.exec(ciphertext) : null
    return match && { keyId: `${this.#prefix}${match[1]}`, bytes: new Uint8Array(Buffer.from(match[2]!, 'base64')) }
  }

  /** Null when the key is another one's. */
  #ciphertextOf({ keyId, bytes }: WrappedKey): string | null {
    const version = keyId.startsWith(this.#prefix) ? keyId.slice(this.#prefix.length) : ''
    return /^[1-9]\d{0,8}$/.test(version) ? `vault:v${version}:${base64(bytes)}` : null
  }
}

const requestFor = ({ ciphertext, context }: { readonly ciphertext: string; readonly context: Uint8Array }) => ({
  ciphertext,
  associated_data: base64(context),
})

function openPlaintext(plaintext: unknown, context: Uint8Array): Uint8Array | null {
  if (typeof plaintext !== 'string') return null
  const bytes = new Uint8Array(Buffer.from(plaintext, 'base64'))
  if (bytes.length !== KEY_BYTES + DIGEST_BYTES) return null
  return equalBytes(bytes.subarray(KEY_BYTES), digest(context)) ? bytes.slice(0, KEY_BYTES) : null
}

function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const loopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ConfigError('The address of a transit engine is https://host:port, without user, query or fragment.')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new ConfigError('A transit engine is reached by https: data keys would cross the network in the clear.')
  }
}

function digest(context: Uint8Array): Uint8Array {
  return createHash('sha256').update(context).digest()
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}
