import type { Principal } from '../../access/principal.js'
import { CONFIRM_MS, WINDOW_MS } from '../claim-row.js'
import type { BranchKeyRow } from '../key-store.js'
import { commit, load, subjectOf, type VaultContext } from '../vault-context.js'
import { storedKeys } from './stored-keys.js'

/** Events in one commit. */
const BATCH = 200

export interface DestroyOptions {
  /** Says what would go, and destroys nothing. */
  readonly dryRun?: boolean
  /** Recorded as who destroyed. */
  readonly principal?: Principal
}

export interface DestroyResult {
  /** What went, or what would go. */
  readonly keys: readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]
  /** End of the last window whose keys go: ms since the epoch. No claim that may live past it is touched. */
  readonly until: number
  /** The store's clock. */
  readonly now: number
  /** False when keys lie beside the claims: then a backup of the claims holds the keys that were destroyed. */
  readonly ownStore: boolean
}

/**
 * Destroys the branch keys of every window of the hard cap that has passed, for all tenants: nothing can open their
 * claims from then on. Within the cache's five minutes for processes that hold a key still; at once in this one.
 *
 * The ledger says so first, once for each tenant and window. A call that is cut off after that destroys nothing more
 * than it said, and the next one says it again.
 */
export async function destroyExpiredKeys(
  vault: VaultContext,
  tenant: string,
  { dryRun = false, principal }: DestroyOptions,
): Promise<DestroyResult> {
  const { now } = await load(vault, { tenant, threadId: '', ids: [], places: [], revocations: [] })
  // A claim's cap lies within its window; whoever has just confirmed it may rely on it a little longer.
  const before = Math.floor((now - CONFIRM_MS) / WINDOW_MS)
  const keys: DestroyResult['keys'][number][] = []
  for await (const page of storedKeys(vault.branchKeys.stores)) {
    for (const { row } of page) {
      if (row.window >= 0 && row.window < before) keys.push({ id: row.id, tenant: row.tenant, window: row.window })
    }
  }
  const ownStore = vault.branchKeys.stores[0] !== vault.store
  if (!dryRun && keys.length > 0) {
    for (let at = 0; at < keys.length; at += BATCH) {
      await commit(vault, { events: keys.slice(at, at + BATCH).map((key) => eventOf(key, principal)) })
    }
    for (const store of vault.branchKeys.stores) await store.destroyBranchKeys(before)
    vault.branchKeys.clear()
  }
  return { keys, until: before * WINDOW_MS, now, ownStore }
}

function eventOf({ tenant, window }: DestroyResult['keys'][number], principal: Principal | undefined) {
  const days = [window, window + 1].map((number) => new Date(number * WINDOW_MS).toISOString().slice(0, 10))
  return {
    operation: 'destroy-keys',
    outcome: 'ok',
    reason: `caps from ${days[0]} to ${days[1]}`,
    tenant,
    claims: [],
    ...subjectOf(principal ?? null, undefined),
  } as const
}
