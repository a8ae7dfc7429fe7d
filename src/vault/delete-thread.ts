import type { Principal } from '../access/principal.js'
import type { Scope } from './naming-keys.js'
import { subjectOf, type VaultContext } from './vault-context.js'

/** Erases everything that the vault holds for a thread. @returns how many claims went. */
export async function deleteThread(
  { store, ledger }: VaultContext,
  { tenant, threadId }: Scope,
  principal: Principal | null,
): Promise<number> {
  const event = { operation: 'delete-thread', outcome: 'ok', tenant, threadId, claims: [] } as const
  const subject = subjectOf(principal, undefined)
  return ledger.record((link) => store.deleteThread(tenant, threadId, { ...event, ...subject }, link))
}
