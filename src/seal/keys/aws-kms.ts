import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { ConfigError, KeyProviderError } from '../../errors.js'
import { missingPeer } from '../../load-optional.js'
import type { KeyProvider, WrappedKey } from '../key-provider.js'
import { damagedKey } from './batch.js'

type Sdk = typeof import('@aws-sdk/client-kms')
type Client = InstanceType<Sdk['KMSClient']>

const KEY_ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/
const KEY_BYTES = 32
const TIMEOUT_MS = 10_000
/** What KMS answers for changed bytes, another context, or another key. Whatever else it says, the key may be sound. */
const DAMAGED = new Set(['InvalidCiphertextException', 'IncorrectKeyException'])

export interface AwsKmsKeysOptions {
  /** ARN of a symmetric key. Not an alias: whoever may point it elsewhere would choose the vault's key. */
  readonly keyArn: string
  /** ARNs of keys that still unwrap. */
  readonly old?: readonly string[]
  /** For one call to KMS; 10,000 unless told. */
  readonly timeoutMs?: number
  /** Options of the SDK's `KMSClient`, such as `credentials` or `endpoint`. The region is the ARN's. */
  readonly client?: Readonly<Record<string, unknown>>
}

/**
 * Key-encryption keys in AWS KMS, through the optional peer `@aws-sdk/client-kms`. Needs `kms:Encrypt` and
 * `kms:Decrypt`. The encryption context is a digest: CloudTrail logs it, and the context itself names a tenant. A key's
 * yearly rotation inside KMS keeps its ARN and needs no `keys rotate`.
 */
export class AwsKmsKeys implements KeyProvider {
  readonly #current: string
  /** Only these are ever asked: the database must not choose under whose key a claim is opened. */
  readonly #arns: ReadonlySet<string>
  readonly #timeoutMs: number
  readonly #config: Readonly<Record<string, unknown>>
  readonly #clients = new Map<string, Promise<{ readonly sdk: Sdk; readonly client: Client }>>()

  /** @throws ConfigError for anything but a key's ARN. */
  constructor({ keyArn, old = [], timeoutMs = TIMEOUT_MS, client = {} }: AwsKmsKeysOptions) {
    for (const arn of [keyArn, ...old]) {
      if (!KEY_ARN.test(arn)) {
        throw new ConfigError(
          'An AWS KMS key is named by its ARN, arn:aws:kms:<region>:<account>:key/<id>; not by an alias.',
        )
      }
    }
    this.#current = keyArn
    this.#arns = new Set([keyArn, ...old])
    this.#timeoutMs = timeoutMs
    this.#config = client
  }

  async currentId(): Promise<string> {
    return this.#current
  }

  async wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey> {
    const answer = await this.#call(this.#current, ({ sdk, client }, abortSignal) =>
      client.send(
        new sdk.EncryptCommand({ KeyId: this.#current, Plaintext: key, EncryptionContext: encryptionContext(context) }),
        { abortSignal },
      ),
    )
    if (answer.KeyId !== this.#current || answer.CiphertextBlob === undefined) {
      throw new KeyProviderError('AWS KMS answered for another key than the one that was named.', false)
    }
    return { keyId: this.#current, bytes: Uint8Array.from(answer.CiphertextBlob) }
  }

  async unwrap({ keyId, bytes }: WrappedKey, context: Uint8Array): Promise<Uint8Array | null> {
    if (!this.#arns.has(keyId)) return null
    if (bytes.length === 0) throw damagedKey(keyId)
    const answer = await this.#call(keyId, ({ sdk, client }, abortSignal) =>
      client.send(
        new sdk.DecryptCommand({ KeyId: keyId, CiphertextBlob: bytes, EncryptionContext: encryptionContext(context) }),
        { abortSignal },
      ),
    )
    if (answer.KeyId !== keyId || answer.Plaintext?.length !== KEY_BYTES) throw damagedKey(keyId)
    return Uint8Array.from(answer.Plaintext)
  }

  async close(): Promise<void> {
    const clients = [...this.#clients.values()]
    this.#clients.clear()
    for (const opened of clients) (await opened.catch(() => undefined))?.client.destroy()
  }

  toJSON(): string {
    return `[AwsKmsKeys ${this.#current}]`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }

  async #call<Answer>(
    arn: string,
    send: (opened: { readonly sdk: Sdk; readonly client: Client }, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const opened = await this.#open(KEY_ARN.exec(arn)![1]!)
    try {
      return await send(opened, AbortSignal.timeout(this.#timeoutMs))
    } catch (error) {
      // The message may quote the request; the name is a fixed word of KMS's or of Node's.
      const name = error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : 'Error'
      if (DAMAGED.has(name)) throw damagedKey(arn)
      throw new KeyProviderError(`AWS KMS did not serve the key ${arn} (${name}). Retry.`, true, {
        cause: { code: name },
      })
    }
  }

  #open(region: string): Promise<{ readonly sdk: Sdk; readonly client: Client }> {
    const known = this.#clients.get(region)
    if (known !== undefined) return known
    const opening = import('@aws-sdk/client-kms')
      .catch(missingPeer('Keys in AWS KMS need the package @aws-sdk/client-kms', 'npm install @aws-sdk/client-kms'))
      .then((sdk) => ({ sdk, client: new sdk.KMSClient({ ...this.#config, region }) }))
    this.#clients.set(region, opening)
    opening.catch(() => this.#clients.delete(region))
    return opening
  }
}

function encryptionContext(context: Uint8Array): Record<string, string> {
  return { 'secret-safe': createHash('sha256').update(context).digest('base64') }
}
