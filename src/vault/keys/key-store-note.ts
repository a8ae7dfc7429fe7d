import { ConfigError } from '../../errors.js'
import type { ClaimStore } from '../claim-store.js'
import type { KeyStore } from '../key-store.js'

/** In the claim store: its keys lie elsewhere. */
const APART_NOTE = 'key-store'
const APART = 'own'
/** In the key store: whose keys lie there. */
const VAULT_NOTE = 'keys-of-vault'

/**
 * A vault remembers that it keeps keys in a store of their own, and that store remembers the vault. A process that is not
 * told, or told of another place (a disk that is not mounted), would find claims without keys and seal under new ones.
 * @throws ConfigError when this process is not told where the keys are, or told wrongly.
 */
export async function checkKeyStore(store: ClaimStore, keyStore: KeyStore, vaultId: string): Promise<void> {
  const isApart = (await store.readNote(APART_NOTE)) === APART
  if (keyStore === store) {
    if (!isApart) return
    throw new ConfigError(
      'This vault keeps its keys in a store of their own. Name it: keyStore, SECRET_SAFE_KEY_STORE, or vault.keyStore in the configuration.',
    )
  }
  const keysOf = await keyStore.readNote(VAULT_NOTE)
  if (keysOf === undefined && isApart) {
    throw new ConfigError('The key store holds none of this vault, which has keys in another one. Name that one.')
  }
  if (keysOf !== undefined && keysOf !== vaultId) {
    throw new ConfigError(`The key store holds the keys of vault ${keysOf}, and this is vault ${vaultId}.`)
  }
}

/** Before the first key lies there; a command that only looks, at an address with a slip in it, notes nothing. */
export async function noteKeyStore(store: ClaimStore, keyStore: KeyStore, vaultId: string): Promise<void> {
  if ((await keyStore.readNote(VAULT_NOTE)) !== vaultId) await keyStore.writeNote(VAULT_NOTE, vaultId)
  if ((await store.readNote(APART_NOTE)) !== APART) await store.writeNote(APART_NOTE, APART)
}
