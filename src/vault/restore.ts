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
import { decide } from './decide.js'
import { placeKey } from './mint.js'
import type { Scope } from './naming-keys.js'
import { decodePayload, type Payload } from './payload.js'
import type { RefreshOutcome } from './refresher.js'
import { commit, type EventSubject, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

export interface RestoreRequest extends Scope {
  /** Claim URLs of this vault and thread, with where each stands. */
  readonly refs: readonly { readonly id: ClaimId; readonly place: PlaceTag; readonly channel: string }[]
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
  const reasons = new Map(
    snapshot.claims.map((row) => [row.id, whyNot(vault, request, principal, row, use, snapshot)] as const),
  )
  const isPlaced = (id: ClaimId) => request.refs.some((ref) => ref.id === id && places.has(placeKey(id, ref.place)))
  const due = dueRows(vault, snapshot, reasons).filter(({ id }) => !refreshed.has(id) && isPlaced(id))
  if (due.length > 0) {
    await refreshAll(vault, request, principal, due, snapshot.now, refreshed)
    return null
  }
  const opened = await openAll(vault, rows, reasons, snapshot.now, refreshed)
  // Often enough that no claim of this read ends while its thread is in use.
  const touchAfterMs = Math.min(CONFIRM_MS, ...snapshot.claims.map(({ ttlMs }) => (ttlMs ?? CONFIRM_MS * 8) / 8))
  const results = new Map<string, Restored>()
  for (const { id, place } of request.refs) {
    const key = placeKey(id, place)
    const result = opened.get(id) ?? { reason: 'unknown' as const }
    results.set(key, 'payload' in result && !places.has(key) ? { reason: 'misplaced' } : result)
  }
  try {
    return (await record(vault, request, results, rows, snapshot.now, use, touchAfterMs)) ? results : null
  } catch (error) {
    if (!(error instanceof VaultReadOnlyError)) throw error
    for (const key of results.keys()) results.set(key, { reason: 'read-only' })
    return results
  }
}

function whyNot(
  vault: VaultContext,
  request: RestoreRequest,
  principal: Principal,
  row: ClaimRow,
  use: ThreadUse | undefined,
  { now, revocations }: ClaimSnapshot,
): UnresolvedReason | null {
  if (row.tenant !== request.tenant || row.threadId !== request.threadId) return 'unknown'
  const ended = whyEnded(vault.naming, row, use, now)
  if (ended !== null && ended !== 'expired') return ended
  if (revocations.length > 0) return 'revoked'
  if (row.mode !== 'resume') return ended ?? 'handoff'
  return ended ?? (decide(vault.authorizer, principal, 'restore', row) ? null : 'denied')
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
      if (!decide(vault.authorizer, principal, 'restore', row)) return 'declined'
      const isUsable = row.credentialExpiresAt !== null && row.credentialExpiresAt > now
      return vault.refresher!.refresh(vault, row, principal, runId, isUsable)
    }),
  )
  for (const [i, row] of due.entries()) refreshed.set(row.id, outcomes[i]!)
}

async function openAll(
  vault: VaultContext,
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  reasons: ReadonlyMap<ClaimId, UnresolvedReason | null>,
  now: number,
  refreshed: ReadonlyMap<ClaimId, RefreshOutcome>,
): Promise<ReadonlyMap<ClaimId, Restored>> {
  const results = new Map<ClaimId, Restored>()
  const permitted: ClaimRow[] = []
  for (const row of rows.values()) {
    const outcome = refreshed.get(row.id)
    const isStale = row.credentialExpiresAt !== null && row.credentialExpiresAt <= now
    const reason =
      reasons.get(row.id) ?? (isStale && (outcome === 'failed' || outcome === 'pending') ? 'expired' : null)
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
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  now: number,
  use: ThreadUse | undefined,
  touchAfterMs: number,
): Promise<boolean> {
  const byReason = new Map<UnresolvedReason | 'ok', Set<RestoreRequest['refs'][number]>>()
  for (const ref of request.refs) {
    const result = results.get(placeKey(ref.id, ref.place))!
    const reason = 'payload' in result ? 'ok' : result.reason
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(ref))
  }
  const subject = subjectOf(request.principal, request.runId, request.node)
  const events = [...byReason].map(([reason, refs]) => restoreEvent(request, subject, reason, [...refs], rows))
  const touch = byReason.has('ok') && (use === undefined || now - use.usedAt > touchAfterMs)
  const { tenant, threadId, runId } = request
  const used = [...(byReason.get('ok') ?? [])]
  const runs = runId === undefined || used.length === 0 ? {} : { runs: used.map(({ id }) => [id, runId] as const) }
  const thread = touch
    ? { thread: makeThread(vault.naming, { tenant, threadId, usedAt: now, held: use?.held ?? false }) }
    : {}
  return commit(vault, { events, ...runs, ...thread })
}

function restoreEvent(
  { tenant, threadId }: Scope,
  subject: EventSubject,
  reason: UnresolvedReason | 'ok',
  refs: readonly RestoreRequest['refs'][number][],
  rows: ReadonlyMap<ClaimId, ClaimRow>,
): LedgerEvent {
  // Of a row that was not found right, no field is told.
  const rules = reason === 'ok' ? { rules: [...new Set(refs.map(({ id }) => rows.get(id)!.ruleId))] } : {}
  return {
    operation: 'restore',
    ...(reason === 'ok' ? { outcome: 'ok' } : { outcome: 'denied', reason }),
    tenant,
    threadId,
    ...subject,
    claims: [...new Set(refs.map(({ id }) => id))],
    ...rules,
    channels: [...new Set(refs.map(({ channel }) => channel))],
  }
}
