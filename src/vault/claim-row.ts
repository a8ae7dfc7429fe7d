import { encodeParts, equalBytes } from '../seal/bytes.js'
import { openEnvelope, sealEnvelope } from '../seal/envelope.js'
import type { ClaimRow, ThreadRow } from './claim-store.js'
import type { NamingKeys } from './naming-keys.js'

export const MINUTE_MS = 60_000
export const DAY_MS = 24 * 60 * MINUTE_MS
/** A branch key covers one window of the hard cap. */
export const WINDOW_MS = 30 * DAY_MS
/** The window of claims that end with their thread. */
export const THREAD_WINDOW = -1
/** The longest that a writer may skip the vault for a claim that it confirmed; the shortest that ciphertext outlives its claim. */
export const CONFIRM_MS = MINUTE_MS

export type UnsealedRow = Omit<ClaimRow, 'mac' | 'sealed' | 'sealedMetadata' | 'sweepAt'>

export function windowOf(capAt: number | null): number {
  return capAt === null ? THREAD_WINDOW : Math.floor(capAt / WINDOW_MS)
}

/**
 * Binds a ciphertext to its claim. Not to a checkpoint, namespace or channel: values outlive their checkpoint.
 * @see docs/envelope-format.md
 */
export function encodeAad(vaultId: string, row: UnsealedRow, part: 'value' | 'metadata'): Uint8Array {
  const { tenant, threadId, id, generation, mode, maxClaims, capAt, branchKeyId, allow } = row
  const allowList = allow === null ? null : encodeParts(allow)
  return encodeParts([
    'secret-safe aad v1',
    part,
    vaultId,
    tenant,
    threadId,
    id,
    generation,
    mode,
    maxClaims,
    capAt,
    branchKeyId,
    allowList,
  ])
}

/** A new row: sealed, with its MAC and the time at which the sweeper should look at it. */
export function sealRow(
  naming: NamingKeys,
  branchKey: Uint8Array,
  row: UnsealedRow,
  value: Uint8Array,
  metadata: Uint8Array | null,
): ClaimRow {
  const seal = (bytes: Uint8Array, part: 'value' | 'metadata') =>
    sealEnvelope(branchKey, bytes, encodeAad(naming.vaultId, row, part))
  return {
    ...withMac(naming, row),
    sealed: seal(value, 'value'),
    sealedMetadata: metadata === null ? null : seal(metadata, 'metadata'),
    sweepAt: endOf(row, undefined),
  }
}

/** @throws EnvelopeError */
export function openRow(
  naming: NamingKeys,
  branchKey: Uint8Array,
  row: ClaimRow,
  sealed: Uint8Array,
  part: 'value' | 'metadata' = 'value',
): Uint8Array {
  return openEnvelope(branchKey, sealed, encodeAad(naming.vaultId, row, part))
}

export function withMac<T extends Omit<UnsealedRow, 'fingerprint'>>(
  naming: NamingKeys,
  row: T,
): T & { mac: Uint8Array } {
  return { ...row, mac: naming.claimMac(row) }
}

/** The row in another state, with its new MAC; the sweeper looks at it at once when it has ended. */
export function changeRow(
  naming: NamingKeys,
  row: ClaimRow,
  change: Partial<Pick<ClaimRow, 'state' | 'claimed' | 'expiresAt' | 'leaseHolder'>>,
  now: number,
): ClaimRow {
  const next = { ...row, ...change }
  const sweepAt = next.expiresAt === row.expiresAt ? row.sweepAt : endOf(next, undefined)
  return { ...next, mac: naming.claimMac(next), sweepAt: next.state === 'live' ? sweepAt : now }
}

/** A thread's last use, and whether an interrupt is pending in it. */
export type ThreadUse = Pick<ThreadRow, 'usedAt' | 'held'>

/** When a claim ends by time: ms by the store's clock, null for "with its thread". Only `resume` slides. */
export function endOf(
  row: Pick<ClaimRow, 'mode' | 'ttlMs' | 'createdAt' | 'expiresAt' | 'capAt'>,
  use: ThreadUse | undefined,
): number | null {
  const slides = row.mode === 'resume' && row.ttlMs !== null && use?.held !== true
  const sliding = slides ? Math.max(row.createdAt, use?.usedAt ?? 0) + row.ttlMs! : null
  const ends = [row.expiresAt, row.capAt, sliding].filter((end) => end !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

/** How long a writer may rely on a claim that it has just seen live: its expiry slides with its thread, other ends do not. */
export function confirmWindowMs(
  { ttlMs, capAt, expiresAt }: Pick<ClaimRow, 'ttlMs' | 'capAt' | 'expiresAt'>,
  now: number,
): number {
  const left = [capAt, expiresAt].filter((end) => end !== null).map((end) => end - now)
  return Math.min(CONFIRM_MS, ttlMs === null ? CONFIRM_MS : ttlMs / 4, ...left)
}

export function makeThread(naming: NamingKeys, thread: Omit<ThreadRow, 'mac'>): ThreadRow {
  return { ...thread, mac: naming.threadMac(thread) }
}

/** The thread's last use, or undefined when the row is missing or was written by someone without the naming keys. */
export function trustedUse(naming: NamingKeys, thread: ThreadRow | undefined): ThreadUse | undefined {
  if (thread === undefined || !equalBytes(thread.mac, naming.threadMac(thread))) return undefined
  return { usedAt: thread.usedAt, held: thread.held }
}

/** Why a claim gives nothing out. `approval`: somebody has to agree first. `damaged`: its row, key or ciphertext does not verify. `suspended`: see `suspendHandoffs`. */
export type UnresolvedReason =
  | 'no-principal'
  | 'denied'
  | 'approval'
  | 'unknown'
  | 'misplaced'
  | 'handoff'
  | 'expired'
  | 'ended'
  | 'spent'
  | 'revoked'
  | 'suspended'
  | 'damaged'
  | 'read-only'

/** Null when the claim is live. */
export function whyEnded(
  naming: NamingKeys,
  row: ClaimRow,
  use: ThreadUse | undefined,
  now: number,
): UnresolvedReason | null {
  if (!equalBytes(row.mac, naming.claimMac(row))) return 'damaged'
  if (row.state !== 'live') return row.state
  // Whatever brought it back to life: what is used up stays so. A lease is open to its holder.
  if (row.mode === 'handoff' && row.maxClaims !== null && row.claimed >= row.maxClaims) return 'spent'
  const end = endOf(row, use)
  if ((end === null || end > now) && row.sealed !== null) return null
  // An opened lease has been used, whoever asks after its window.
  return row.mode === 'lease' && row.leaseHolder !== null ? 'spent' : 'expired'
}
