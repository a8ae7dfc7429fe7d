import { LimitError } from '../errors.js'
import type { Scope } from './naming-keys.js'
import { commit, type EventSubject, type VaultContext } from './vault-context.js'

/**
 * Takes room for new claims under the quotas. A refusal is one event however often it repeats: it names no claims.
 * @returns a function that says, once, whether they were stored.
 * @throws LimitError
 */
export async function reserve(
  vault: VaultContext,
  { tenant, threadId }: Scope,
  claims: number,
  subject: EventSubject,
): Promise<(stored: boolean) => void> {
  try {
    return await vault.quotas.reserve({ tenant, threadId }, claims)
  } catch (error) {
    if (error instanceof LimitError) {
      const denied = { operation: 'mint', outcome: 'denied', reason: 'quota', claims: [] } as const
      await commit(vault, { events: [{ ...denied, tenant, threadId, ...subject }] })
    }
    throw error
  }
}
