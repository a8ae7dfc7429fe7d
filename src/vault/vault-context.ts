import type { Authorizer } from '../access/authorizer.js'
import type { LedgerEvent } from '../ledger/event.js'
import type { EventThrottle } from '../ledger/event-throttle.js'
import type { BranchKeys } from './branch-keys.js'
import type { ClaimStore } from './claim-store.js'
import type { NamingKeys } from './naming-keys.js'

/** What every operation of an opened vault works with. */
export interface VaultContext {
  readonly store: ClaimStore
  readonly naming: NamingKeys
  readonly branchKeys: BranchKeys
  readonly authorizer: Authorizer
  readonly throttle: EventThrottle
  /** Id of this opened vault in the ledger. */
  readonly writer: string
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
