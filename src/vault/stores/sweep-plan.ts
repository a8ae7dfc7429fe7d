import type { LedgerEvent } from '../../ledger/event.js'
import type { ClaimId, ClaimMode, ClaimState, SweepOptions, SweepResult } from '../claim-store.js'

/** What the sweeper needs of a row whose `sweepAt` has come. */
export interface SweepCandidate {
  readonly id: ClaimId
  readonly tenant: string
  readonly state: ClaimState
  readonly mode: ClaimMode
  readonly claimed: number
  readonly ttlMs: number | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly capAt: number | null
  /** True once ciphertext is gone. */
  readonly emptied: boolean
  /** Its thread's last use. */
  readonly usedAt: number | null
  /** True while an interrupt is pending in its thread. */
  readonly held: boolean
}

export interface SweepPlan {
  /** Not over yet: look again then; null for never. */
  readonly postpone: readonly { readonly id: ClaimId; readonly sweepAt: number | null }[]
  /** Clear ciphertext and fingerprint, drop places, and look again then. */
  readonly clear: readonly { readonly id: ClaimId; readonly sweepAt: number | null }[]
  readonly remove: readonly ClaimId[]
  /** For each tenant: what was cleared, and which handoffs and leases ended unused. */
  readonly events: readonly LedgerEvent[]
  readonly more: boolean
}

/**
 * Decides what to do with the rows whose `sweepAt` has come, alike for every store.
 *
 * - A live claim ends at the earliest of its cap, its fixed expiry, and (if it slides, and no interrupt is pending in its
 *   thread) `ttlMs` after its thread's last use. `sweepAt` is only a hint, so a claim that has slid on since is postponed to its end plus `graceMs`.
 * - A spent, ended or revoked claim is cleared as soon as its `sweepAt` has come.
 * - What is cleared stays as a row without ciphertext, its state untouched because the MAC covers it. `tombstoneMs` later
 *   it is removed, unless it is revoked: a revocation lasts until it is reinstated.
 * - A claim without any end (it lives as long as its thread) is never swept.
 */
export function planSweep(due: readonly SweepCandidate[], now: number, options: SweepOptions): SweepPlan {
  const rows = due.slice(0, options.limit)
  const postpone: { id: ClaimId; sweepAt: number | null }[] = []
  const clear: { id: ClaimId; sweepAt: number | null }[] = []
  const remove: ClaimId[] = []
  const cleared = new Map<string, ClaimId[]>()
  const unused = new Map<string, ClaimId[]>()
  for (const row of rows) {
    if (row.emptied) {
      if (row.state === 'revoked') postpone.push({ id: row.id, sweepAt: null })
      else remove.push(row.id)
      continue
    }
    const end = row.state === 'live' ? endOf(row) : null
    if (row.state === 'live' && (end === null || end + options.graceMs > now)) {
      postpone.push({ id: row.id, sweepAt: end === null ? null : end + options.graceMs })
      continue
    }
    clear.push({ id: row.id, sweepAt: row.state === 'revoked' ? null : now + options.tombstoneMs })
    addTo(cleared, row)
    if (row.state === 'live' && row.mode !== 'resume' && row.claimed === 0) addTo(unused, row)
  }
  const removableNow = options.tombstoneMs <= 0 && clear.some((row) => row.sweepAt !== null)
  return {
    postpone,
    clear,
    remove,
    events: [
      ...[...unused].map(([tenant, claims]) => sweepEvent('expire', tenant, claims)),
      ...[...cleared].map(([tenant, claims]) => sweepEvent('sweep', tenant, claims)),
    ],
    more: due.length > rows.length || removableNow,
  }
}

/** How many access records may go in the same call. @param due claims that were found, at most one more than the limit. */
export const roomForRecords = (due: number, { limit }: SweepOptions): number => Math.max(limit - due, 0)

/** @param records how many went as well, and whether more are due. */
export function sweepResult(
  claims: SweepResult,
  records: { readonly removed: number; readonly more: boolean },
): SweepResult {
  return {
    cleared: claims.cleared,
    removed: claims.removed + records.removed,
    more: claims.more || records.more,
  }
}

/** What was done about claims, once `plan` has been followed. */
export function claimsSwept(plan: SweepPlan): SweepResult {
  return { cleared: plan.clear.length, removed: plan.remove.length, more: plan.more }
}

function addTo(byTenant: Map<string, ClaimId[]>, { tenant, id }: SweepCandidate): void {
  const ids = byTenant.get(tenant)
  if (ids === undefined) byTenant.set(tenant, [id])
  else ids.push(id)
}

function sweepEvent(operation: 'expire' | 'sweep', tenant: string, claims: readonly ClaimId[]): LedgerEvent {
  const reason = operation === 'expire' ? { reason: 'unused' } : {}
  return { operation, outcome: 'ok', ...reason, tenant, sub: 'system:sweeper', claims }
}

function endOf(row: SweepCandidate): number | null {
  const slides =
    row.mode !== 'resume' || row.ttlMs === null || row.held
      ? null
      : Math.max(row.createdAt, row.usedAt ?? row.createdAt) + row.ttlMs
  const ends = [row.capAt, row.expiresAt, slides].filter((end) => end !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

/** Of `claims c LEFT JOIN threads t`, for {@link sweepCandidate}. */
export const SWEEP_COLUMNS =
  'c.id, c.tenant, c.mode, c.state, c.claimed, c.ttl_ms, c.created_at, c.expires_at, c.cap_at, c.sealed IS NULL AS emptied, t.used_at, t.held'

export function sweepCandidate(row: Readonly<Record<string, unknown>>): SweepCandidate {
  const ms = (cell: unknown): number | null => (cell === null ? null : Number(cell))
  return {
    id: row.id as ClaimId,
    tenant: row.tenant as string,
    mode: row.mode as ClaimMode,
    state: row.state as ClaimState,
    claimed: Number(row.claimed),
    ttlMs: ms(row.ttl_ms),
    createdAt: Number(row.created_at),
    expiresAt: ms(row.expires_at),
    capAt: ms(row.cap_at),
    emptied: Boolean(row.emptied),
    usedAt: ms(row.used_at),
    held: Number(row.held ?? 0) === 1,
  }
}
