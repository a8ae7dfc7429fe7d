import { ConfigError } from '../../errors.js'
import type { ClaimStore } from '../claim-store.js'

const NOTE = 'key-store'
const OWN = 'own'

/**
 * A vault remembers that it keeps keys in a store of their own. A process that is not told would find claims without
 * keys, and put new keys beside the claims: into their backups, which is what the other store is there to prevent.
 * @throws ConfigError when this process is not told where the keys are.
 */
export async function checkKeyStore(store: ClaimStore, hasOwnStore: boolean): Promise<void> {
  if (hasOwnStore || (await store.readNote(NOTE)) !== OWN) return
  throw new ConfigError(
    'This vault keeps its keys in a store of their own. Name it: keyStore, SECRET_SAFE_KEY_STORE, or vault.keyStore in the configuration.',
  )
}

/** Before the first key lies there; a command that only looks, at an address with a slip in it, notes nothing. */
export async function noteKeyStore(store: ClaimStore): Promise<void> {
  if ((await store.readNote(NOTE)) !== OWN) await store.writeNote(NOTE, OWN)
}
