import { EnvelopeError, VaultUnavailableError } from '../errors.js'
import { openRow, sealRow, trustedUse, whyEnded, windowOf } from './claim-row.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import type { Scope } from './naming-keys.js'
import { commit, type EventSubject, load, MAX_ROUNDS, type VaultContext } from './vault-context.js'

export interface LifetimeRequest extends Scope {
  readonly ids: readonly ClaimId[]
  /** Sliding lifetime in ms from now; null to live as long as the thread. */
  readonly ttlMs: number | null
  /** Claims end with their credential, where it says when. */
  readonly boundByCredential: boolean
  readonly subject: EventSubject
  /** For the ledger. */
  readonly reason: string
}

/**
 * Gives live `resume` claims another lifetime. Their cap is bound to the ciphertext, so that they are sealed again, under
 * the same URL. Claims that have ended, or that have the lifetime already, stay as they are.
 * @returns how many claims were changed. @throws VaultUnavailableError (retryable)
 */
export async function setLifetime(vault: VaultContext, request: LifetimeRequest): Promise<number> {
  const { tenant, threadId, ids, ttlMs, subject, reason } = request
  if (ids.length === 0) return 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { now, claims, thread } = await load(vault, { tenant, threadId, ids, places: [], revocations: [] })
    const use = trustedUse(vault.naming, thread)
    const due = claims.filter(
      (row) =>
        row.tenant === tenant &&
        row.threadId === threadId &&
        row.mode === 'resume' &&
        row.ttlMs !== ttlMs &&
        whyEnded(vault.naming, row, use, now) === null,
    )
    const update = (await Promise.all(due.map((row) => resealed(vault, row, request, now)))).filter(
      (next) => next !== null,
    )
    if (update.length === 0) return 0
    const event = {
      operation: 'mint' as const,
      outcome: 'ok' as const,
      reason,
      tenant,
      threadId,
      ...subject,
      claims: update.map(({ row }) => row.id),
      rules: [...new Set(update.map(({ row }) => row.ruleId))],
    }
    if (await commit(vault, { update, events: [event] })) return update.length
  }
  throw new VaultUnavailableError('The claims kept changing while their lifetime was set. Retry.')
}

/** Null for a claim that is damaged: it stays as it is. */
async function resealed(
  vault: VaultContext,
  row: ClaimRow,
  { ttlMs, boundByCredential }: LifetimeRequest,
  now: number,
): Promise<{ readonly row: ClaimRow; readonly expectedMac: Uint8Array } | null> {
  const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
  if (key === undefined || row.sealed === null) return null
  const { mac: expectedMac, sealed, sealedMetadata: _, sweepAt: __, ...fields } = row
  const capAt = ttlMs === null ? null : now + vault.limits.maxTtlMs
  try {
    const value = openRow(vault.naming, key, row, sealed)
    const branchKey = await vault.branchKeys.forWindow(row.tenant, windowOf(capAt))
    const next = {
      ...fields,
      generation: row.generation + 1,
      branchKeyId: branchKey.id,
      ttlMs,
      createdAt: now,
      expiresAt: boundByCredential ? row.credentialExpiresAt : null,
      capAt,
    }
    return { row: sealRow(vault.naming, branchKey.key, next, value, null), expectedMac }
  } catch (error) {
    if (error instanceof EnvelopeError) return null
    throw error
  }
}
