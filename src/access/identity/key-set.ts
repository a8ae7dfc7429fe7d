import type { CryptoKey } from 'jose'
import { missingPeer } from '../../load-optional.js'

export type Jose = typeof import('jose')

/** JOSE header of a token that nothing has vouched for yet. */
export interface TokenHeader {
  readonly alg: string
  readonly kid?: string
}

/** One public key (or shared secret) that may verify tokens. */
export interface VerificationKey {
  /** RFC 7638 thumbprint: the same key under another `kid` is the same key. */
  readonly id: string
  /** Null when it does not fit the header: another `kid`, type of key, curve, use or algorithm. */
  select(header: TokenHeader): Promise<CryptoKey | Uint8Array | null>
}

export interface KeySet {
  readonly keys: readonly VerificationKey[]
  readonly ids: ReadonlySet<string>
}

/** Where keys come from. */
export interface KeySource {
  /** @throws IdentityUnavailableError */
  current(): Promise<KeySet>
  /** For a token whose key is not among the current ones. @throws IdentityUnavailableError */
  renewed(): Promise<KeySet>
}

/** Beyond this a set is not a provider's but somebody's attempt to have each token tried against many keys. */
const MAX_KEYS = 100

let jose: Promise<Jose> | undefined

/** Loaded on use. @throws DependencyError */
export function loadJose(): Promise<Jose> {
  jose ??= import('jose').catch((error: unknown) => {
    jose = undefined
    return missingPeer('Verifying tokens needs the package jose', 'npm install jose')(error)
  })
  return jose
}

/**
 * What is usable of a JSON Web Key Set; a member that is not public, or of an unknown kind, is left out.
 * @param isConfigured true for keys that were configured by hand: one without a `kid` is meant for every token.
 * @returns null when the document is no key set, or holds more than 100 keys.
 */
export async function keySetFrom(document: unknown, isConfigured = false): Promise<KeySet | null> {
  const members = (document as { readonly keys?: unknown } | null)?.keys
  if (!Array.isArray(members) || members.length > MAX_KEYS) return null
  const found = await Promise.all(members.map((member: unknown) => keyFrom(member, isConfigured)))
  const keys = found.filter((key) => key !== null)
  return { keys, ids: new Set(keys.map(({ id }) => id)) }
}

async function keyFrom(jwk: unknown, isConfigured: boolean): Promise<VerificationKey | null> {
  if (!isPublicJwk(jwk)) return null
  const isForAll = isConfigured && !('kid' in jwk)
  const { calculateJwkThumbprint, createLocalJWKSet } = await loadJose()
  try {
    const select = createLocalJWKSet({ keys: [jwk] })
    return {
      id: await calculateJwkThumbprint(jwk),
      select: ({ alg, kid }) => select({ alg, ...(kid === undefined || isForAll ? {} : { kid }) }).catch(() => null),
    }
  } catch {
    return null
  }
}

/** Key type of a shared secret, and the members of a private key. */
export function isPublicJwk(jwk: unknown): jwk is { readonly kty: string } {
  return (
    typeof jwk === 'object' &&
    jwk !== null &&
    'kty' in jwk &&
    typeof jwk.kty === 'string' &&
    jwk.kty !== 'oct' &&
    !('k' in jwk) &&
    !('d' in jwk)
  )
}
