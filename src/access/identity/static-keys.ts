import { KeyObject } from 'node:crypto'
import { ConfigError } from '../../errors.js'
import { isPublicJwk, type KeySet, type KeySource, keySetFrom } from './key-set.js'

/** The public members of a JSON Web Key, and its `kid`, `alg` and `use` where it has them. */
export interface PublicJwk {
  readonly kty: string
  readonly [member: string]: unknown
}

/** A key set, one public key, or for tokens with an HMAC a shared secret of at least 32 bytes. */
export type StaticKeys = { readonly keys: readonly PublicJwk[] } | PublicJwk | KeyObject | Uint8Array

/** RFC 7518 §3.2: a key at least as long as the hash's output. */
const MIN_SECRET_BYTES = 32
const NEEDS =
  'keys is a JSON Web Key Set or a key of it with public keys only, a public KeyObject, or a secret of at least 32 bytes.'

/** Keys that come with the configuration. @throws ConfigError for a private key, a short secret, or no key at all. */
export class FixedKeys implements KeySource {
  /** A shared secret and public keys never serve one verifier: a public key must not be taken for a secret. */
  readonly isSecret: boolean
  readonly #load: () => Promise<KeySet>
  #set: Promise<KeySet> | undefined

  constructor(keys: StaticKeys) {
    this.isSecret = keys instanceof Uint8Array
    this.#load = keys instanceof Uint8Array ? fromSecret(keys) : fromPublic(keys)
  }

  current(): Promise<KeySet> {
    this.#set ??= this.#load().catch((error: unknown) => {
      this.#set = undefined
      throw error
    })
    return this.#set
  }

  renewed(): Promise<KeySet> {
    return this.current()
  }
}

function fromSecret(given: Uint8Array): () => Promise<KeySet> {
  if (given.byteLength < MIN_SECRET_BYTES) throw new ConfigError(NEEDS)
  const secret = new Uint8Array(given)
  const id = 'secret'
  return async () => ({ keys: [{ id, select: async () => secret }], ids: new Set([id]) })
}

function fromPublic(given: Exclude<StaticKeys, Uint8Array>): () => Promise<KeySet> {
  const members: readonly unknown[] = Array.isArray((given as { readonly keys?: unknown }).keys)
    ? (given as { readonly keys: readonly unknown[] }).keys
    : [given instanceof KeyObject && given.type === 'public' ? given.export({ format: 'jwk' }) : given]
  if (members.length === 0 || !members.every(isPublicJwk)) throw new ConfigError(NEEDS)
  // A copy: what the caller changes later adds no key.
  const copy: unknown = structuredClone({ keys: members })
  return async () => {
    const set = await keySetFrom(copy, true)
    if (set === null || set.keys.length !== members.length) throw new ConfigError(NEEDS)
    return set
  }
}
