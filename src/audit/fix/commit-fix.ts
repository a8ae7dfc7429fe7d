import type { Principal } from '../../access/principal.js'
import type { ClaimId } from '../../vault/claim-store.js'
import { setLifetime } from '../../vault/set-lifetime.js'
import { holdThread } from '../../vault/touch.js'
import { subjectOf, type VaultContext } from '../../vault/vault-context.js'
import type { Journal } from './journal.js'
import type { FixStore } from './store.js'

const BATCH = 500

export interface CommitOptions {
  readonly store: FixStore
  readonly vault: VaultContext
  readonly tenant: string
  readonly principal: Principal
  readonly journal: Journal
  /** As the saver's; null to live as long as the thread. */
  readonly ttlMs: number | null
  readonly boundByCredential: boolean
}

/**
 * Gives the claims of a fix the lifetime that the saver would have given them, from now on. A thread in which an interrupt is
 * pending is held, as the saver holds it. Calling it again does what is left.
 * @returns how many claims were changed.
 */
export async function commitFix(options: CommitOptions): Promise<number> {
  let changed = 0
  let threadId: string | undefined
  let ids = new Set<ClaimId>()
  const flush = async () => {
    if (threadId !== undefined) changed += await settle(options, threadId, [...ids])
    ids = new Set()
  }
  for (const { key, undo } of options.journal.cells()) {
    if (String(key[0]) !== threadId || ids.size >= BATCH) await flush()
    threadId = String(key[0])
    for (const id of undo.flatMap(({ claims }) => claims)) ids.add(id)
  }
  await flush()
  return changed
}

async function settle(
  { store, vault, tenant, principal, ttlMs, boundByCredential }: CommitOptions,
  threadId: string,
  ids: readonly ClaimId[],
): Promise<number> {
  const subject = subjectOf(principal, undefined)
  const lifetime = { ttlMs, boundByCredential, reason: 'fix committed' }
  if (ttlMs !== null && (await store.isInterrupted(threadId))) await holdThread(vault, { tenant, threadId }, true)
  return setLifetime(vault, { tenant, threadId, ids, subject, ...lifetime })
}
