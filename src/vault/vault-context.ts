import type { Authorizer } from '../access/authorizer.js'
import type { LedgerEvent } from '../ledger/event.js'
import type { LedgerWriter } from '../ledger/ledger-writer.js'
import type { BranchKeys } from './branch-keys.js'
import type { ClaimCommit, ClaimStore } from './claim-store.js'
import type { NamingKeys } from './naming-keys.js'

/** What every operation of an opened vault works with. */
export interface VaultContext {
  readonly store: ClaimStore
  readonly naming: NamingKeys
  readonly branchKeys: BranchKeys
  readonly authorizer: Authorizer
  readonly ledger: LedgerWriter
}

/**
 * Stores a change with its events: the one way by which a vault writes.
 * @returns false when something changed meanwhile; then nothing was stored.
 */
export async function commit({ store, ledger }: VaultContext, change: ClaimCommit): Promise<boolean> {
  const events = ledger.prepare(change.events ?? [])
  const { events: _given, ...rest } = change
  if (events.length === 0 && Object.keys(rest).length === 0) return true
  return (await store.commit({ ...rest, events }, ledger.id)).committed
}

/** Optimistic concurrency: how often a read-decide-commit round is tried before the store counts as unavailable. */
export const MAX_ROUNDS = 64

export type EventSubject = Pick<LedgerEvent, 'sub' | 'act' | 'runId'>

export function subjectOf(principal: { sub: string; act?: string } | null, runId: string | undefined): EventSubject {
  return {
    ...(principal === null ? {} : { sub: principal.sub }),
    ...(principal?.act === undefined ? {} : { act: principal.act }),
    ...(runId === undefined ? {} : { runId }),
  }
}
