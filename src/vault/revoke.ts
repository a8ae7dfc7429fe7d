import type { Principal } from '../access/principal.js'
import { ClaimDeniedError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { changeRow } from './claim-row.js'
import type { ClaimFilter, ClaimId, ClaimRow, ClaimState, RevocationRow } from './claim-store.js'
import type { ClaimUrlParts } from './claim-url.js'
import { decide, requireRight } from './decide.js'
import type { Scope } from './naming-keys.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultChange, type VaultContext } from './vault-context.js'

const PAGE = 500

/** Ends one claim and every other claim of the same secret in its thread, for good. */
export async function revokeClaim(
  vault: VaultContext,
  tenant: string,
  url: ClaimUrlParts,
  principal: Principal,
): Promise<number> {
  const { claims } = await load(vault, { tenant, threadId: '', ids: [url.id], places: [], revocations: [] })
  const row = claims[0]
  if (row === undefined || row.tenant !== tenant || !vault.naming.owns(row, url)) throw new ClaimDeniedError()
  if (!decide(vault.authorizer, principal, 'revoke', row)) throw new ClaimDeniedError()
  const { threadId, fingerprint } = row
  if (fingerprint === null) return endClaims(vault, [row], 'revoked', principal, 'claim')
  await addRevocations(vault, [{ tenant, tag: vault.naming.groupRevocation(row, fingerprint), threadId }], principal)
  return endFound(vault, { tenant, threadId, fingerprints: [fingerprint] }, 'revoked', principal, 'claim')
}

/**
 * Ends what is live in a thread, and whatever is stored there later, until `deleteThread` or `reinstate`. What has ended
 * already keeps its own end: `reinstate` would bring it back to life.
 */
export async function revokeThread(vault: VaultContext, scope: Scope, principal: Principal): Promise<number> {
  requireRight(vault.authorizer, principal, 'revoke', scope)
  const tag = vault.naming.threadRevocation(scope)
  await addRevocations(vault, [{ tenant: scope.tenant, tag, threadId: scope.threadId }], principal)
  return endFound(vault, scope, 'revoked', principal, 'thread')
}

/**
 * Ends every claim of a secret in all threads of the tenant, and keeps later ones dead. Its claims are marked in their
 * threads too: only the value itself tells its tag, and who reinstates a thread has no values.
 */
export async function revokeValue(
  vault: VaultContext,
  tenant: string,
  secret: string,
  principal: Principal,
): Promise<number> {
  requireRight(vault.authorizer, principal, 'revoke', { tenant, threadId: '' })
  const tag = vault.naming.valueRevocation(tenant, secret)
  await addRevocations(vault, [{ tenant, tag, threadId: null }], principal)
  const endMarked = async (rows: readonly ClaimRow[]) => {
    await addRevocations(vault, groupRevocationsOf(vault, rows), principal)
    return endClaims(vault, rows, 'revoked', principal, 'value')
  }
  let count = 0
  for (let after: string | undefined; ; ) {
    const threads = await vault.store.listThreads(tenant, after, PAGE)
    const fingerprints = threads.map((threadId) => vault.naming.fingerprint(secret, { tenant, threadId }))
    if (threads.length > 0) count += await eachPage(vault, { tenant, fingerprints }, endMarked)
    if (threads.length < PAGE) return count
    after = threads.at(-1)
  }
}

/** Ends a run's handoffs and leases, and those of its `resume` claims that no other run uses; a later run may mint again. */
export async function revokeRun(
  vault: VaultContext,
  tenant: string,
  runId: string,
  principal: Principal,
): Promise<number> {
  let count = 0
  for (let after: ClaimId | undefined; ; ) {
    const rows = await vault.store.find({ tenant, runId, limit: PAGE, ...(after === undefined ? {} : { after }) })
    const resume = rows.filter(({ mode }) => mode === 'resume').map(({ id }) => id)
    const shared = new Set(resume.length === 0 ? [] : await vault.store.usedByOtherRuns(resume, runId))
    const ending = rows.filter(({ id }) => !shared.has(id))
    count += await endClaims(vault, ending, 'ended', principal, 'run', runId)
    if (rows.length < PAGE) return count
    after = rows.at(-1)!.id
  }
}

/** Lifts a thread's standing revocation, and revives the claims that no other revocation covers. */
export async function reinstateThread(vault: VaultContext, scope: Scope, principal: Principal): Promise<number> {
  const { tenant, threadId } = scope
  requireRight(vault.authorizer, principal, 'reinstate', scope)
  const removeRevocations = [{ tenant, tag: vault.naming.threadRevocation(scope) }]
  await commitOrThrow(vault, { removeRevocations, events: [standingEvent('reinstate', tenant, threadId, principal)] })
  return eachPage(vault, { tenant, threadId }, (rows) => revive(vault, rows, principal))
}

async function revive(vault: VaultContext, rows: readonly ClaimRow[], principal: Principal): Promise<number> {
  const covered = await withStandingRevocation(vault, rows)
  const free = rows.filter((row) => !covered.has(row.id))
  const count = await changeState(vault, free, 'live', principal, 'reinstate', undefined)
  // A revocation may have been stored meanwhile: who writes second must look again.
  const late = await withStandingRevocation(vault, free)
  if (late.size === 0) return count
  const ending = free.filter((row) => late.has(row.id))
  return count - (await endClaims(vault, ending, 'revoked', principal, 'claim'))
}

/** Those whose secret is revoked in its thread. */
async function withStandingRevocation(vault: VaultContext, rows: readonly ClaimRow[]): Promise<ReadonlySet<ClaimId>> {
  if (rows.length === 0) return new Set()
  const { tenant, threadId } = rows[0]!
  const tags = new Map(rows.map((row) => [row.id, groupTag(vault, row)]))
  const asked = [...new Set([...tags.values()].filter((tag) => tag !== undefined))]
  const { revocations } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: asked })
  const standing = new Set(revocations)
  return new Set([...tags].filter(([, tag]) => tag !== undefined && standing.has(tag)).map(([id]) => id))
}

function groupTag(vault: VaultContext, row: ClaimRow): string | undefined {
  return row.fingerprint === null ? undefined : vault.naming.groupRevocation(row, row.fingerprint)
}

function groupRevocationsOf(vault: VaultContext, rows: readonly ClaimRow[]): RevocationRow[] {
  const byTag = new Map<string, RevocationRow>()
  for (const row of rows) {
    const tag = groupTag(vault, row)
    if (tag !== undefined) byTag.set(tag, { tenant: row.tenant, tag, threadId: row.threadId })
  }
  return [...byTag.values()]
}

/** A standing revocation is recorded by itself: it ends claims that are not stored yet. */
async function addRevocations(vault: VaultContext, rows: readonly RevocationRow[], by: Principal): Promise<void> {
  if (rows.length === 0) return
  const events = rows.map(({ tenant, threadId }) => standingEvent('revoke', tenant, threadId, by))
  await commitOrThrow(vault, { addRevocations: rows, events })
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

async function commitOrThrow(vault: VaultContext, change: VaultChange): Promise<void> {
  if (!(await commit(vault, change))) throw new VaultUnavailableError('The claim store refused a revocation. Retry.')
}

function endFound(
  vault: VaultContext,
  filter: ClaimFilter,
  state: ClaimState,
  principal: Principal,
  reason: string,
): Promise<number> {
  return eachPage(vault, filter, (rows) => endClaims(vault, rows, state, principal, reason))
}

async function eachPage(
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

function endClaims(
  vault: VaultContext,
  rows: readonly ClaimRow[],
  state: ClaimState,
  principal: Principal,
  reason: string,
  runId?: string,
): Promise<number> {
  return changeState(vault, rows, state, principal, 'revoke', reason, runId)
}

/** Whether a claim in this state may get another one; asked again of the rows as they are when they are written. */
function mayChange(from: ClaimState, to: ClaimState, reason: string | undefined): boolean {
  if (to === 'live') return from === 'revoked'
  // `ended` may be minted again, `revoked` may not: the stronger end replaces the weaker one. A thread's revocation,
  // which can be lifted, stands beside its claims and needs no stronger end.
  return to === 'revoked' && reason !== 'thread' ? from !== 'revoked' : from === 'live'
}

async function changeState(
  vault: VaultContext,
  rows: readonly ClaimRow[],
  state: ClaimState,
  principal: Principal,
  operation: 'revoke' | 'reinstate',
  reason: string | undefined,
  runId?: string,
): Promise<number> {
  const changes = (row: ClaimRow) => mayChange(row.state, state, reason)
  let pending = rows.filter((row) => changes(row) && decide(vault.authorizer, principal, operation, row))
  const wanted = new Set(pending.map(({ id }) => id))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (pending.length === 0) return 0
    const scope = { tenant: pending[0]!.tenant, threadId: pending[0]!.threadId }
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
