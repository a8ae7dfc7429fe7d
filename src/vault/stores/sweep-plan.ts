import type { LedgerEvent } from '../../ledger/event.js'
import type { ClaimId, ClaimState, SweepOptions } from '../claim-store.js'

/** What the sweeper needs of a row whose `sweepAt` has come. */
export interface SweepCandidate {
  readonly id: ClaimId
  readonly tenant: string
  readonly state: ClaimState
  readonly ttlMs: number | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly capAt: number | null
  /** True once ciphertext is gone. */
  readonly emptied: boolean
  /** Its thread's last use. */
  readonly usedAt: number | null
}

export interface SweepPlan {
  /** Not over yet: look again then; null for never. */
  readonly postpone: readonly { readonly id: ClaimId; readonly sweepAt: number | null }[]
  /** Clear ciphertext and fingerprint, drop places, and look again then. */
  readonly clear: readonly { readonly id: ClaimId; readonly sweepAt: number | null }[]
  readonly remove: readonly ClaimId[]
  /** One for each tenant of which something was cleared. */
  readonly events: readonly LedgerEvent[]
  readonly more: boolean
}

/**
 * Decides what to do with the rows whose `sweepAt` has come, alike for every store.
 *
 * - A live claim ends at the earliest of its cap, its fixed expiry, and (if it slides) `ttlMs` after its thread's last
 *   use. `sweepAt` is only a hint, so a claim that has slid on since is postponed to its end plus `graceMs`.
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
    const ids = cleared.get(row.tenant)
    if (ids === undefined) cleared.set(row.tenant, [row.id])
    else ids.push(row.id)
  }
  const removableNow = options.tombstoneMs <= 0 && clear.some((row) => row.sweepAt !== null)
  return {
    postpone,
    clear,
    remove,
    events: [...cleared].map(([tenant, claims]) => ({ ...options.event, tenant, claims })),
    more: due.length > rows.length || removableNow,
  }
}

function endOf(row: SweepCandidate): number | null {
  const slides = row.ttlMs === null ? null : Math.max(row.createdAt, row.usedAt ?? row.createdAt) + row.ttlMs
  const ends = [row.capAt, row.expiresAt, slides].filter((end) => end !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

/** Of `claims c LEFT JOIN threads t`, for {@link sweepCandidate}. */
export const SWEEP_COLUMNS =
  'c.id, c.tenant, c.state, c.ttl_ms, c.created_at, c.expires_at, c.cap_at, c.sealed IS NULL AS emptied, t.used_at'

export function sweepCandidate(row: Readonly<Record<string, unknown>>): SweepCandidate {
  const ms = (cell: unknown): number | null => (cell === null ? null : Number(cell))
  return {
    id: row.id as ClaimId,
    tenant: row.tenant as string,
    state: row.state as ClaimState,
    ttlMs: ms(row.ttl_ms),
    createdAt: Number(row.created_at),
    expiresAt: ms(row.expires_at),
    capAt: ms(row.cap_at),
    emptied: Boolean(row.emptied),
    usedAt: ms(row.used_at),
  }
}
