import type { Principal } from '../access/principal.js'
import { VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { equalBytes } from '../seal/bytes.js'
import { changeRow } from './claim-row.js'
import type { ClaimFilter, ClaimId, ClaimRow, ClaimState, RevocationRow } from './claim-store.js'
import { permitted } from './decide.js'
import type { Scope } from './naming-keys.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultChange, type VaultContext } from './vault-context.js'

export const PAGE = 500

/** What a revocation was asked by; `grant` ends one claim alone, `item` what stands in an item of a store no more. */
export type RevokedBy = 'claim' | 'grant' | 'item' | 'value' | 'thread' | 'run' | 'subject' | 'tenant'

export async function eachPage(
  vault: VaultContext,
  filter: ClaimFilter,
  work: (rows: readonly ClaimRow[]) => Promise<number>,
): Promise<number> {
  let count = 0
  for (let after: ClaimId | undefined; ; ) {
    const rows = await vault.store.find({ ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) })
    count += await work(rows)
    if (rows.length < PAGE) return count
    after = rows.at(-1)!.id
  }
}

/** The claims of a secret in all threads of the tenant, by page. */
export async function eachPageOfValue(
  vault: VaultContext,
  tenant: string,
  secret: string,
  work: (rows: readonly ClaimRow[]) => Promise<number>,
): Promise<number> {
  let count = 0
  for (let after: string | undefined; ; ) {
    const threads = await vault.store.listThreads(tenant, after, PAGE)
    const fingerprints = threads.map((threadId) => vault.naming.fingerprint(secret, { tenant, threadId }))
    if (threads.length > 0) count += await eachPage(vault, { tenant, fingerprints }, work)
    if (threads.length < PAGE) return count
    after = threads.at(-1)
  }
}

export function endClaims(
  vault: VaultContext,
  rows: readonly ClaimRow[],
  state: ClaimState,
  principal: Principal,
  reason: RevokedBy,
  runId?: string,
): Promise<number> {
  return changeState(vault, rows, state, principal, 'revoke', reason, runId)
}

/**
 * Whether a claim may get another state; asked again of the rows as they are when they are written. A row that was edited
 * by hand keeps its own: a new state would come with a new MAC, which would make the edit good.
 */
function mayChange({ naming }: VaultContext, row: ClaimRow, to: ClaimState, reason: RevokedBy | undefined): boolean {
  if (!equalBytes(row.mac, naming.claimMac(row))) return false
  if (to === 'live') return row.state === 'revoked'
  // `ended` may be minted again, `revoked` may not: the stronger end replaces the weaker one. A thread's revocation,
  // which can be lifted, stands beside its claims and needs no stronger end. A handoff's own end is for good: as
  // revoked it could be reinstated.
  return to === 'revoked' && reason !== 'thread' && row.mode === 'resume'
    ? row.state !== 'revoked'
    : row.state === 'live'
}

/** @returns how many claims changed: those that may, and for which the principal has the right. */
export async function changeState(
  vault: VaultContext,
  rows: readonly ClaimRow[],
  state: ClaimState,
  principal: Principal,
  operation: 'revoke' | 'reinstate',
  reason: RevokedBy | undefined,
  runId?: string,
): Promise<number> {
  const changes = (row: ClaimRow) => mayChange(vault, row, state, reason)
  const changing = rows.filter(changes)
  if (changing.length === 0) return 0
  const { now } = await load(vault, { ...scopeOf(changing[0]!), ids: [], places: [], revocations: [] })
  let pending = await permitted(vault, principal, operation, changing, now)
  const wanted = new Set(pending.map(({ id }) => id))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (pending.length === 0) return 0
    const scope = scopeOf(pending[0]!)
    const fresh = await load(vault, { ...scope, ids: [...wanted], places: [], revocations: [] })
    pending = fresh.claims.filter(changes)
    if (pending.length === 0) return 0
    const event: LedgerEvent = {
      operation,
      outcome: 'ok',
      ...(reason === undefined ? {} : { reason }),
      tenant: scope.tenant,
      ...(pending.every(({ threadId }) => threadId === scope.threadId) ? { threadId: scope.threadId } : {}),
      ...subjectOf(principal, runId),
      claims: pending.map(({ id }) => id),
    }
    const update = pending.map((row) => ({
      row: changeRow(vault.naming, row, { state }, fresh.now),
      expectedMac: row.mac,
    }))
    if (await commit(vault, { update, events: [event] })) return pending.length
  }
  throw new VaultUnavailableError('The claims kept changing while they were revoked. Retry.')
}

const scopeOf = ({ tenant, threadId }: Scope): Scope => ({ tenant, threadId })

/** A standing revocation is recorded by itself: it ends claims that are not stored yet. */
export async function addRevocations(
  vault: VaultContext,
  rows: readonly RevocationRow[],
  by: Principal,
): Promise<void> {
  if (rows.length === 0) return
  const events = rows.map(({ tenant, threadId }) => standingEvent('revoke', tenant, threadId, by))
  await commitOrThrow(vault, { addRevocations: rows, events })
}

export async function removeRevocations(
  vault: VaultContext,
  tenant: string,
  threadId: string | null,
  tags: readonly string[],
  by: Principal,
): Promise<void> {
  const events = [standingEvent('reinstate', tenant, threadId, by)]
  await commitOrThrow(vault, { removeRevocations: tags.map((tag) => ({ tenant, tag })), events })
}

function standingEvent(
  operation: 'revoke' | 'reinstate',
  tenant: string,
  threadId: string | null,
  by: Principal,
): LedgerEvent {
  const thread = threadId === null ? {} : { threadId }
  return { operation, outcome: 'ok', reason: 'standing', tenant, ...thread, ...subjectOf(by, undefined), claims: [] }
}

export async function commitOrThrow(vault: VaultContext, change: VaultChange): Promise<void> {
  if (!(await commit(vault, change))) throw new VaultUnavailableError('The claim store refused a revocation. Retry.')
}
