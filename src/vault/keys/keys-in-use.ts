import type { VaultContext } from '../vault-context.js'
import { storedKeys } from './stored-keys.js'

/** A key-encryption key, and what it still wraps. It may be retired once that is nothing. */
export interface KeyInUse {
  readonly kekId: string
  /** True for the key that wraps what is new. */
  readonly current: boolean
  /** 1 for the key that wraps the vault's naming keys. */
  readonly namingKeys: 0 | 1
  readonly branchKeys: number
  /** How many of these lie beside the claims, and so in their backups. */
  readonly besideClaims: number
  /** Ledger chains that can be verified only with this key; a rotation leaves them as they are. */
  readonly ledgerChains: number
}

/** The current key first, then every other that still wraps something. */
export async function keysInUse({ store, branchKeys }: VaultContext): Promise<readonly KeyInUse[]> {
  const current = await branchKeys.keys.currentId()
  const uses = new Map<string, { -readonly [Name in keyof KeyInUse]: KeyInUse[Name] }>()
  const useOf = (kekId: string) => {
    const use = uses.get(kekId) ?? {
      kekId,
      current: kekId === current,
      namingKeys: 0,
      branchKeys: 0,
      besideClaims: 0,
      ledgerChains: 0,
    }
    uses.set(kekId, use)
    return use
  }
  useOf(current)
  const vault = await store.readVault()
  if (vault !== undefined) useOf(vault.kekId).namingKeys = 1
  for await (const page of storedKeys(branchKeys.stores)) {
    for (const { row, store: at } of page) {
      const use = useOf(row.kekId)
      use.branchKeys += 1
      if (at === store) use.besideClaims += 1
    }
  }
  for (let after = ''; ; ) {
    const writers = await store.listWriters(after)
    for (const { keyId, sealedTo } of writers) if (sealedTo === 'kek') useOf(keyId).ledgerChains += 1
    if (writers.length === 0) break
    after = writers.at(-1)!.writer
  }
  return [...uses.values()]
}
