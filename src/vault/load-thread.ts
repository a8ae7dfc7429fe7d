import { trustedUse } from './claim-row.js'
import type { Scope } from './naming-keys.js'
import { load, type VaultContext } from './vault-context.js'

/** What decides about every claim of a thread: its last use, and what stands against the thread, its tenant or handoffs. */
export async function loadThread(vault: VaultContext, scope: Scope) {
  const { naming } = vault
  const revocations = [
    naming.threadRevocation(scope),
    naming.tenantRevocation(scope.tenant),
    naming.suspension(scope.tenant),
  ]
  const snapshot = await load(vault, { ...scope, ids: [], places: [], revocations })
  return { snapshot, use: trustedUse(naming, snapshot.thread) }
}
