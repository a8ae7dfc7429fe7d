import { createHash, createPublicKey, sign, verify } from 'node:crypto'
import { encodeParts, equalBytes } from '../seal/bytes.js'
import type { SealingKey } from './ledger-keys.js'
import type { LedgerRootRow } from './ledger-store.js'
import type { LinkRange } from './link-ranges.js'

/** The `previous` of the first root. */
export const NO_ROOT: Uint8Array = new Uint8Array(32)

/** Signs roots: an Ed25519 key, or for lack of one an HMAC by a key of the vault's, which every process holds. */
export interface RootSigner {
  readonly keyId: string
  /** What others check its signatures with; undefined for an HMAC. */
  readonly publicKey?: SealingKey
  sign(bytes: Uint8Array): Uint8Array
}

export type RootMac = (bytes: Uint8Array) => Uint8Array

export function ed25519Signer({ id, key }: SealingKey): RootSigner {
  return { keyId: id, publicKey: { id, key: createPublicKey(key) }, sign: (bytes) => sign(null, bytes, key) }
}

export function hmacSigner(namingKeyId: string, mac: RootMac): RootSigner {
  return { keyId: `hmac:${namingKeyId}`, sign: mac }
}

/** Canonical bytes of what is signed. */
export function encodeRoot(vaultId: string, row: Omit<LedgerRootRow, 'signature'>): Uint8Array {
  return encodeParts([
    'secret-safe ledger root v1',
    vaultId,
    row.number,
    row.fromSeq,
    row.toSeq,
    row.count,
    row.at,
    row.root,
    row.previous,
    row.writers,
    row.keyId,
  ])
}

/** What the next root and an anchor hold of this one. */
export function rootDigest(vaultId: string, row: LedgerRootRow): Uint8Array {
  return createHash('sha256')
    .update(encodeParts([encodeRoot(vaultId, row), row.signature]))
    .digest()
}

export type SignatureCheck = 'valid' | 'invalid' | 'no-key'

/** @param mac undefined without the vault's keys. */
export function checkSignature(
  vaultId: string,
  row: LedgerRootRow,
  signers: readonly SealingKey[],
  mac: RootMac | undefined,
): SignatureCheck {
  const bytes = encodeRoot(vaultId, row)
  if (row.keyId.startsWith('hmac:')) {
    if (mac === undefined) return 'no-key'
    return equalBytes(mac(bytes), row.signature) ? 'valid' : 'invalid'
  }
  const signer = signers.find(({ id }) => id === row.keyId)
  if (signer === undefined) return 'no-key'
  return verify(null, bytes, signer.key, row.signature) ? 'valid' : 'invalid'
}

/** Which links of which writers an interval holds, in order of writer. */
export function encodeWriters(writers: ReadonlyMap<string, readonly LinkRange[]>): string {
  return JSON.stringify([...writers].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @returns an empty map for what is not of this form: the root's signature does not hold then either. */
export function parseWriters(json: string): ReadonlyMap<string, readonly LinkRange[]> {
  try {
    return new Map(JSON.parse(json) as [string, LinkRange[]][])
  } catch {
    return new Map()
  }
}
