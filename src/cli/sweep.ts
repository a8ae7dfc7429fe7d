import { KeyRing } from '../seal/keys/key-ring.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { print } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'

/** Clears the ciphertext of claims that have ended. */
export async function sweep(options: GlobalOptions): Promise<void> {
  const target = targetOf(options)
  const keys = KeyRing.fromEnv()
  const store = await openStore(target)
  try {
    const vault = await ClaimVault.open({ store, keys, tenant: target.tenant, sweep: 'manual' })
    const cleared = await vault.sweep()
    print(`${cleared} ${cleared === 1 ? 'claim' : 'claims'} cleared.`)
  } finally {
    await store.close()
  }
}
