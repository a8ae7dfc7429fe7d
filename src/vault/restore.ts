import type { Principal } from '../access/principal.js'
import { EnvelopeError, VaultReadOnlyError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { accessTags } from './access-tags.js'
import {
  CONFIRM_MS,
  confirmWindowMs,
  makeThread,
  openRow,
  type ThreadUse,
  trustedUse,
  type UnresolvedReason,
  whyEnded,
} from './claim-row.js'
import type { ClaimId, ClaimRow, ClaimSnapshot, PlaceTag } from './claim-store.js'
import { placeKey } from './mint.js'
import type { Scope } from './naming-keys.js'
import { decodePayload, type Payload } from './payload.js'
import { type Permit, permitEach } from './permit.js'
import type { RefreshOutcome } from './refresher.js'
import { commit, type EventSubject, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

/** A claim URL, and where it stands. */
export interface RestoreRef {
  readonly id: ClaimId
  readonly place: PlaceTag
  readonly channel: string
}

export interface RestoreRequest extends Scope {
  /** Claim URLs of this vault and thread, with where each stands. */
  readonly refs: readonly RestoreRef[]
  /** Null restores nothing. */
  readonly principal: Principal | null
  readonly runId: string | undefined
  /** The graph's node that reads, where it is known. */
  readonly node?: string | undefined
}

/** `confirmMs`: how long the next write of the same state may rely on the claim without asking again. */
export type Restored =
  | ({ readonly payload: Payload; readonly confirmMs: number } & Pick<ClaimRow, 'ruleId' | 'credentialExpiresAt'>)
  | { readonly reason: UnresolvedReason }

/**
 * Opens `resume` claims for a principal: access, state, expiry, place and associated data are checked for each, and the
 * ledger event is stored before anything is returned. Not counted.
 * @returns by `placeKey`.
 * @throws VaultUnavailableError (retryable). A claim that is not restored has a reason instead.
 */
export async function restore(vault: VaultContext, request: RestoreRequest): Promise<ReadonlyMap<string, Restored>> {
  const { principal } = request
  if (principal === null) {
    return new Map(request.refs.map(({ id, place }) => [placeKey(id, place), { reason: 'no-principal' as const }]))
  }
  const refreshed = new Map<ClaimId, RefreshOutcome>()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const results = await restoreOnce(vault, request, principal, refreshed)
    if (results !== null) return results
  }
  throw new VaultUnavailableError('The claims kept changing while they were restored. Retry.')
}

/**
 * Null to try again: a credential was refreshed, or a claim was erased between the load and the ledger's commit; then no
 * event is stored, so nothing is given out.
 */
async function restoreOnce(
  vault: VaultContext,
  request: RestoreRequest,
  principal: Principal,
  refreshed: Map<ClaimId, RefreshOutcome>,
): Promise<Map<string, Restored> | null> {
  const snapshot = await load(vault, {
    tenant: request.tenant,
    threadId: request.threadId,
    ids: [...new Set(request.refs.map(({ id }) => id))],
    places: [...new Set(request.refs.map(({ place }) => place))],
    revocations: accessTags(vault.naming, request, principal).all,
  })
  const use = trustedUse(vault.naming, snapshot.thread)
  const rows = new Map(snapshot.claims.map((row) => [row.id, row]))
  const places = new Set(snapshot.places.map(([id, place]) => placeKey(id, place)))
  const reasons = new Map(snapshot.claims.map((row) => [row.id, whyNot(vault, request, row, use, snapshot)] as const))
  const permits = await permitRefs(vault, request, principal, rows, reasons, snapshot.now)
  const isPlaced = (id: ClaimId) =>
    request.refs.some(
      (ref) => ref.id === id && places.has(placeKey(id, ref.place)) && permits.get(refKey(ref))?.allowed,
    )
  const due = dueRows(vault, snapshot, reasons).filter(({ id }) => !refreshed.has(id) && isPlaced(id))
  if (due.length > 0) {
    await refreshAll(vault, request, principal, due, snapshot.now, refreshed)
    return null
  }
  const opened = await openAll(vault, request, rows, reasons, permits, snapshot.now, refreshed)
  // Often enough that no claim of this read ends while its thread is in use.
  const touchAfterMs = Math.min(CONFIRM_MS, ...snapshot.claims.map(({ ttlMs }) => (ttlMs ?? CONFIRM_MS * 8) / 8))
  const results = new Map<string, Restored>()
  for (const ref of request.refs) {
    const key = placeKey(ref.id, ref.place)
    const permission = permits.get(refKey(ref))
    const result = opened.get(ref.id) ?? { reason: 'unknown' as const }
    if (!('payload' in result)) results.set(key, result)
    else if (permission?.allowed !== true) results.set(key, { reason: permission?.reason ?? 'denied' })
    else results.set(key, places.has(key) ? result : { reason: 'misplaced' })
  }
  try {
    return (await record(vault, request, results, permits, rows, snapshot.now, use, touchAfterMs)) ? results : null
  } catch (error) {
    if (!(error instanceof VaultReadOnlyError)) throw error
    for (const key of results.keys()) results.set(key, { reason: 'read-only' })
    return results
  }
}

/** By claim and channel: a policy may give a secret out in one channel and not in another. */
async function permitRefs(
  vault: VaultContext,
  request: RestoreRequest,
  principal: Principal,
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  reasons: ReadonlyMap<ClaimId, UnresolvedReason | null>,
  now: number,
): Promise<ReadonlyMap<string, Permit>> {
  const asks = new Map<string, { readonly row: ClaimRow; readonly channel: string }>()
  for (const ref of request.refs) {
    const reason = reasons.get(ref.id)
    if (reason === null || reason === 'expired') asks.set(refKey(ref), { row: rows.get(ref.id)!, channel: ref.channel })
  }
  const { runId, node } = request
  const permits = await permitEach(
    vault,
    { ...request, principal, verb: 'restore', runId, node, task: node },
    [...asks.values()],
    now,
  )
  return new Map([...asks.keys()].map((key, i) => [key, permits[i]!]))
}

const refKey = ({ id, channel }: RestoreRef): string => `${id} ${channel}`

/** Why nobody gets it, whatever their rights. */
function whyNot(
  vault: VaultContext,
  request: RestoreRequest,
  row: ClaimRow,
  use: ThreadUse | undefined,
  { now, revocations }: ClaimSnapshot,
): UnresolvedReason | null {
  if (row.tenant !== request.tenant || row.threadId !== request.threadId) return 'unknown'
  const ended = whyEnded(vault.naming, row, use, now)
  if (ended !== null && ended !== 'expired') return ended
  if (revocations.length > 0) return 'revoked'
  if (row.mode !== 'resume') return ended ?? 'handoff'
  return ended
}

/** What can still be told from a pasted URL: a claim that was cleared has lost its places. */
function dueRows(
  { refresher }: VaultContext,
  { claims, now }: ClaimSnapshot,
  reasons: ReadonlyMap<ClaimId, UnresolvedReason | null>,
): readonly ClaimRow[] {
  if (refresher === undefined) return []
  return claims.filter((row) => {
    const reason = reasons.get(row.id)
    return row.mode === 'resume' && (reason === 'expired' || (reason === null && refresher.isDue(row, now)))
  })
}

async function refreshAll(
  vault: VaultContext,
  { runId }: RestoreRequest,
  principal: Principal,
  due: readonly ClaimRow[],
  now: number,
  refreshed: Map<ClaimId, RefreshOutcome>,
): Promise<void> {
  const outcomes = await Promise.all(
    due.map(async (row) => {
      const isUsable = row.credentialExpiresAt !== null && row.credentialExpiresAt > now
      return vault.refresher!.refresh(vault, row, principal, runId, isUsable)
    }),
  )
  for (const [i, row] of due.entries()) refreshed.set(row.id, outcomes[i]!)
}

/** What may be given out somewhere is opened once. */
async function openAll(
  vault: VaultContext,
  { refs }: RestoreRequest,
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  reasons: ReadonlyMap<ClaimId, UnresolvedReason | null>,
  permits: ReadonlyMap<string, Permit>,
  now: number,
  refreshed: ReadonlyMap<ClaimId, RefreshOutcome>,
): Promise<ReadonlyMap<ClaimId, Restored>> {
  const results = new Map<ClaimId, Restored>()
  const permitted: ClaimRow[] = []
  const refused = new Map<ClaimId, UnresolvedReason>()
  for (const ref of refs) {
    const permission = permits.get(refKey(ref))
    if (permission?.allowed === false) refused.set(ref.id, permission.reason)
  }
  for (const ref of refs) if (permits.get(refKey(ref))?.allowed) refused.delete(ref.id)
  for (const row of rows.values()) {
    const outcome = refreshed.get(row.id)
    const isStale = row.credentialExpiresAt !== null && row.credentialExpiresAt <= now
    const reason =
      reasons.get(row.id) ??
      refused.get(row.id) ??
      (isStale && (outcome === 'failed' || outcome === 'pending') ? 'expired' : null)
    if (reason === null) permitted.push(row)
    else results.set(row.id, { reason })
  }
  const keys = await vault.branchKeys.byIds(permitted.map(({ branchKeyId }) => branchKeyId))
  for (const row of permitted) results.set(row.id, open(vault, row, keys.get(row.branchKeyId), now))
  return results
}

function open(vault: VaultContext, row: ClaimRow, key: Uint8Array | undefined, now: number): Restored {
  if (key === undefined || row.sealed === null) return { reason: 'damaged' }
  try {
    const payload = decodePayload(openRow(vault.naming, key, row, row.sealed))
    const { ruleId, credentialExpiresAt } = row
    return { payload, confirmMs: confirmWindowMs(row, now), ruleId, credentialExpiresAt }
  } catch (error) {
    if (error instanceof EnvelopeError) return { reason: 'damaged' }
    throw error
  }
}

/** One event for what was restored, one for each reason of denial. @returns false if not stored. */
async function record(
  vault: VaultContext,
  request: RestoreRequest,
  results: ReadonlyMap<string, Restored>,
  permits: ReadonlyMap<string, Permit>,
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  now: number,
  use: ThreadUse | undefined,
  touchAfterMs: number,
): Promise<boolean> {
  const byOutcome = new Map<string, { readonly outcome: RestoreOutcome; readonly refs: Set<RestoreRef> }>()
  const used: RestoreRef[] = []
  for (const ref of request.refs) {
    const outcome = outcomeOf(results.get(placeKey(ref.id, ref.place))!, permits.get(refKey(ref)))
    if (outcome.outcome === 'ok') used.push(ref)
    const key = `${outcome.outcome} ${outcome.reason ?? ''}`
    const same = byOutcome.get(key) ?? { outcome, refs: new Set() }
    same.refs.add(ref)
    byOutcome.set(key, same)
  }
  const subject = subjectOf(request.principal, request.runId, request.node)
  const events = [...byOutcome.values()].map(({ outcome, refs }) =>
    restoreEvent(request, subject, outcome, [...refs], rows),
  )
  const touch = used.length > 0 && (use === undefined || now - use.usedAt > touchAfterMs)
  const { tenant, threadId, runId } = request
  const runs = runId === undefined || used.length === 0 ? {} : { runs: used.map(({ id }) => [id, runId] as const) }
  const thread = touch
    ? { thread: makeThread(vault.naming, { tenant, threadId, usedAt: now, held: use?.held ?? false }) }
    : {}
  return commit(vault, { events, ...runs, ...thread })
}

type RestoreOutcome = Pick<LedgerEvent, 'outcome' | 'reason'>

/** What came by a grant or an approval names it. */
function outcomeOf(result: Restored, permission: Permit | undefined): RestoreOutcome {
  if (!('payload' in result)) return { outcome: 'denied', reason: result.reason }
  const by = permission?.allowed === true ? permission.by : null
  return { outcome: 'ok', ...(by === null ? {} : { reason: by }) }
}

function restoreEvent(
  { tenant, threadId }: Scope,
  subject: EventSubject,
  outcome: RestoreOutcome,
  refs: readonly RestoreRef[],
  rows: ReadonlyMap<ClaimId, ClaimRow>,
): LedgerEvent {
  // Of a row that was not found right, no field is told.
  const rules = outcome.outcome === 'ok' ? { rules: [...new Set(refs.map(({ id }) => rows.get(id)!.ruleId))] } : {}
  return {
    operation: 'restore',
    ...outcome,
    tenant,
    threadId,
    ...subject,
    claims: [...new Set(refs.map(({ id }) => id))],
    ...rules,
    channels: [...new Set(refs.map(({ channel }) => channel))],
  }
}
