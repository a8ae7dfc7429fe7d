import type { Principal } from '../access/principal.js'
import { EnvelopeError, VaultReadOnlyError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
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
import { commit, type EventSubject, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

export interface RestoreRequest extends Scope {
  /** Claim URLs of this vault and thread, with where each stands. */
  readonly refs: readonly { readonly id: ClaimId; readonly place: PlaceTag; readonly channel: string }[]
  /** Null restores nothing. */
  readonly principal: Principal | null
  readonly runId: string | undefined
}

/** `confirmMs`: how long the next write of the same state may rely on the claim without asking again. */
export type Restored = { readonly payload: Payload; readonly confirmMs: number } | { readonly reason: UnresolvedReason }

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
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const results = await restoreOnce(vault, request, principal)
    if (results !== null) return results
  }
  throw new VaultUnavailableError('The claims kept changing while they were restored. Retry.')
}

/** Null when a claim was erased between the load and the ledger's commit: then no event is stored, so nothing is given out. */
async function restoreOnce(
  vault: VaultContext,
  request: RestoreRequest,
  principal: Principal,
): Promise<Map<string, Restored> | null> {
  const snapshot = await load(vault, {
    tenant: request.tenant,
    threadId: request.threadId,
    ids: [...new Set(request.refs.map(({ id }) => id))],
    places: [...new Set(request.refs.map(({ place }) => place))],
    revocations: [vault.naming.threadRevocation(request)],
  })
  const use = trustedUse(vault.naming, snapshot.thread)
  const rows = new Map(snapshot.claims.map((row) => [row.id, row]))
  const places = new Set(snapshot.places.map(([id, place]) => placeKey(id, place)))
  const opened = await openAll(vault, request, principal, rows, use, snapshot)
  // Often enough that no claim of this read ends while its thread is in use.
  const touchAfterMs = Math.min(CONFIRM_MS, ...snapshot.claims.map(({ ttlMs }) => (ttlMs ?? CONFIRM_MS * 8) / 8))
  const results = new Map<string, Restored>()
  for (const { id, place } of request.refs) {
    const key = placeKey(id, place)
    const result = opened.get(id) ?? { reason: 'unknown' as const }
    results.set(key, 'payload' in result && !places.has(key) ? { reason: 'misplaced' } : result)
  }
  try {
    return (await record(vault, request, results, snapshot, use, touchAfterMs)) ? results : null
  } catch (error) {
    if (!(error instanceof VaultReadOnlyError)) throw error
    for (const key of results.keys()) results.set(key, { reason: 'read-only' })
    return results
  }
}

async function openAll(
  vault: VaultContext,
  request: RestoreRequest,
  principal: Principal,
  rows: ReadonlyMap<ClaimId, ClaimRow>,
  use: ThreadUse | undefined,
  { now, revocations }: ClaimSnapshot,
): Promise<ReadonlyMap<ClaimId, Restored>> {
  const results = new Map<ClaimId, Restored>()
  const permitted: ClaimRow[] = []
  for (const row of rows.values()) {
    const reason =
      row.tenant !== request.tenant || row.threadId !== request.threadId
        ? 'unknown'
        : (whyEnded(vault.naming, row, use, now) ??
          (revocations.length > 0 ? 'revoked' : null) ??
          (row.mode === 'resume' ? null : 'handoff') ??
          (decide(vault.authorizer, principal, 'restore', row) ? null : 'denied'))
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
    return { payload, confirmMs: confirmWindowMs(row, now) }
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
  { now }: ClaimSnapshot,
  use: ThreadUse | undefined,
  touchAfterMs: number,
): Promise<boolean> {
  const byReason = new Map<UnresolvedReason | 'ok', Set<RestoreRequest['refs'][number]>>()
  for (const ref of request.refs) {
    const result = results.get(placeKey(ref.id, ref.place))!
    const reason = 'payload' in result ? 'ok' : result.reason
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(ref))
  }
  const subject = subjectOf(request.principal, request.runId)
  const events = [...byReason].map(([reason, refs]) => restoreEvent(request, subject, reason, [...refs]))
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
): LedgerEvent {
  return {
    operation: 'restore',
    ...(reason === 'ok' ? { outcome: 'ok' } : { outcome: 'denied', reason }),
    tenant,
    threadId,
    ...subject,
    claims: [...new Set(refs.map(({ id }) => id))],
    channels: [...new Set(refs.map(({ channel }) => channel))],
  }
}
