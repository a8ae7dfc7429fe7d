import type { Authorizer } from '../access/authorizer.js'
import type { LedgerEvent } from '../ledger/event.js'
import type { LedgerWriter } from '../ledger/ledger-writer.js'
import type { LedgerTelemetry } from '../ledger/telemetry.js'
import type { ApprovalNotices } from './approvals/approval-notices.js'
import type { BranchKeys } from './branch-keys.js'
import type { ClaimCommit, ClaimLoad, ClaimRow, ClaimSnapshot, ClaimStore } from './claim-store.js'
import type { NamingKeys, Scope } from './naming-keys.js'
import type { Quotas } from './quotas.js'
import type { Refresher } from './refresher.js'
import type { SeenClaims } from './seen-claims.js'

/** What every operation of an opened vault works with. */
export interface VaultContext {
  readonly store: ClaimStore
  readonly naming: NamingKeys
  readonly branchKeys: BranchKeys
  readonly authorizer: Authorizer
  readonly ledger: LedgerWriter
  /** Absent unless asked for. */
  readonly telemetry?: LedgerTelemetry
  readonly limits: { readonly maxTtlMs: number; readonly maxSecretBytes: number }
  readonly quotas: Quotas
  readonly seen: SeenClaims
  readonly approvals: ApprovalNotices
  /** Absent when nothing refreshes credentials. */
  readonly refresher?: Refresher
}

/** A commit whose events are not records yet. */
export type VaultChange = Omit<ClaimCommit, 'events'> & { readonly events?: readonly LedgerEvent[] }

/**
 * Stores a change with its events: the one way by which a vault writes.
 * @returns false when something changed meanwhile; then nothing was stored.
 */
export async function commit({ store, ledger, telemetry, seen }: VaultContext, change: VaultChange): Promise<boolean> {
  const { events: given = [], ...rest } = change
  const { events, giveBack } = ledger.admit(given)
  if (events.length === 0 && Object.keys(rest).length === 0) return true
  const write = () =>
    events.length === 0
      ? store.commit(rest)
      : ledger.record(
          (link) => store.commit({ ...rest, events: link(events) }),
          ({ committed }) => committed,
        )
  try {
    const result = await (telemetry === undefined ? write() : telemetry.around(events, write))
    if (result.committed) {
      ledger.observe(result.now)
      seen.add(change.insert ?? [])
    } else giveBack()
    return result.committed
  } catch (error) {
    giveBack()
    throw error
  }
}

/** How far the store's clock may be from where this process believes it to be. */
const CLOCK_SLACK_MS = 1_000

/**
 * Stores new claims without a look beforehand.
 * @param now what `ledger.now()` gave, by which the claims were made.
 * @param unrevoked tags of what would end them.
 * @returns false when something is not as it was taken for granted, or a quota has to be asked first; then nothing was stored.
 */
export async function commitUnseen(
  vault: VaultContext,
  scope: Scope,
  change: VaultChange & { readonly insert: readonly ClaimRow[] },
  now: number,
  unrevoked: readonly string[],
): Promise<boolean> {
  const settle = vault.quotas.tryReserve(scope, change.insert.length)
  if (settle === null) return false
  const assuming = { tenant: scope.tenant, unrevoked, notBefore: now - CLOCK_SLACK_MS }
  let stored = false
  try {
    stored = await commit(vault, { ...change, assuming, deadline: now + CLOCK_SLACK_MS })
    return stored
  } finally {
    settle(stored)
  }
}

/** Reads rows and the store's clock. */
export async function load({ store, ledger, seen }: VaultContext, query: ClaimLoad): Promise<ClaimSnapshot> {
  const snapshot = await store.load(query)
  ledger.observe(snapshot.now)
  seen.add(snapshot.claims)
  return snapshot
}

/** Optimistic concurrency: how often a read-decide-commit round is tried before the store counts as unavailable. */
export const MAX_ROUNDS = 64

export type EventSubject = Pick<LedgerEvent, 'sub' | 'act' | 'runId' | 'nodes'>

/** @param node the graph's node that writes or reads, where it is known. */
export function subjectOf(
  principal: { sub: string; act?: string } | null,
  runId: string | undefined,
  node?: string,
): EventSubject {
  return {
    ...(principal === null ? {} : { sub: principal.sub }),
    ...(principal?.act === undefined ? {} : { act: principal.act }),
    ...(runId === undefined ? {} : { runId }),
    ...(node === undefined ? {} : { nodes: [node] }),
  }
}
