import { randomBytes } from 'node:crypto'
import { KeyMismatchError } from '../errors.js'
import { encodeParts } from '../seal/bytes.js'
import type { BoundKey, KeyProvider } from '../seal/key-provider.js'
import type { ClaimStore, VaultRow } from './claim-store.js'
import { NamingKeys } from './naming-keys.js'

const ROOT_BYTES = 32

/**
 * Loads the vault's naming keys; a new vault gets them now, and of several processes the first one's stay.
 * @throws KeyMismatchError when the key provider does not hold the key that this vault was made with.
 */
export async function openNamingKeys(store: ClaimStore, keys: KeyProvider): Promise<NamingKeys> {
  const row = (await store.readVault()) ?? (await store.initVault(await newVaultRow(keys)))
  const { wrapped, context } = boundNamingRoot(row)
  const root = await keys.unwrap(wrapped, context)
  if (root === null) throw new KeyMismatchError(row.kekId, await keys.currentId())
  return new NamingKeys(row.vaultId, row.namingKeyId, root)
}

/** The stored naming root, and what its wrapping is bound to. */
export function boundNamingRoot(row: VaultRow): BoundKey {
  return { wrapped: { keyId: row.kekId, bytes: row.wrappedNamingKeys }, context: namingContext(row) }
}

async function newVaultRow(keys: KeyProvider): Promise<VaultRow> {
  const names = { vaultId: NamingKeys.random(8), namingKeyId: NamingKeys.random(4) }
  const wrapped = await keys.wrap(randomBytes(ROOT_BYTES), namingContext(names))
  return { ...names, kekId: wrapped.keyId, wrappedNamingKeys: wrapped.bytes }
}

function namingContext({ vaultId, namingKeyId }: Pick<VaultRow, 'vaultId' | 'namingKeyId'>): Uint8Array {
  return encodeParts(['secret-safe naming keys v1', vaultId, namingKeyId])
}
