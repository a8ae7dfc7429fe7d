import { ConfigError, VaultReadOnlyError } from '../../errors.js'
import type { ClaimStore } from '../claim-store.js'

const NOTE = 'key-store'
const OWN = 'own'

/**
 * Remembers that a vault keeps its keys in a store of their own. A process that is not told would find claims without
 * keys, and put new keys beside the claims: into their backups, which is what the other store is there to prevent.
 * @throws ConfigError when this process is not told where the keys are.
 */
export async function checkKeyStore(store: ClaimStore, hasOwnStore: boolean): Promise<void> {
  const noted = (await store.readNote(NOTE)) === OWN
  if (noted && !hasOwnStore) {
    throw new ConfigError(
      'This vault keeps its keys in a store of their own. Name it: keyStore, SECRET_SAFE_KEY_STORE, or vault.keyStore in the configuration.',
    )
  }
  if (noted || !hasOwnStore) return
  try {
    await store.writeNote(NOTE, OWN)
  } catch (error) {
    if (!(error instanceof VaultReadOnlyError)) throw error
  }
}
