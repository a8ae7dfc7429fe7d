import type { Principal } from '../../access/principal.js'
import { KeyMismatchError, KeyProviderError, VaultUnavailableError } from '../../errors.js'
import { rewrapAll } from '../../seal/keys/batch.js'
import { boundBranchKey } from '../branch-keys.js'
import { boundNamingRoot } from '../open-naming-keys.js'
import { commit, MAX_ROUNDS, subjectOf, type VaultContext } from '../vault-context.js'
import { type StoredKey, storedKeys } from './stored-keys.js'

export interface RotationProgress {
  /** Keys that were rewrapped so far. */
  readonly done: number
  readonly total: number
}

export interface RotateOptions {
  readonly onProgress?: (progress: RotationProgress) => void
  /** Recorded as who rotated. */
  readonly principal?: Principal
}

/** A branch key that stays as it is: wrapped by a key that is not at hand, or damaged. */
export interface KeyLeft {
  readonly id: string
  readonly tenant: string
  readonly window: number
  readonly kekId: string
  readonly reason: 'key-missing' | 'damaged'
}

export interface RotationResult {
  /** The key that wraps the vault's keys now. */
  readonly kekId: string
  /** How many keys were wrapped anew by this call. */
  readonly rewrapped: number
  readonly left: readonly KeyLeft[]
}

/**
 * Wraps the naming keys and every branch key of all tenants under the provider's current key. Claims are not touched.
 * A key that is current already is passed by, so a rotation that was cut off goes on where it was, and several at once
 * do no harm: each key is swapped only for the wrapping that was read.
 */
export async function rotateKeys(
  vault: VaultContext,
  tenant: string,
  { onProgress, principal }: RotateOptions,
): Promise<RotationResult> {
  const { branchKeys } = vault
  const kekId = await branchKeys.keys.currentId()
  const isDue = ({ row }: StoredKey): boolean => row.kekId !== kekId
  let total = (await vault.store.readVault())?.kekId === kekId ? 0 : 1
  for await (const page of storedKeys(branchKeys.stores)) total += page.filter(isDue).length
  if (total === 0) return { kekId, rewrapped: 0, left: [] }

  await record(vault, tenant, kekId, principal)
  let rewrapped = await rotateNamingKeys(vault, kekId)
  const left: KeyLeft[] = []
  onProgress?.({ done: rewrapped, total })
  for await (const page of storedKeys(branchKeys.stores)) {
    const due = page.filter(isDue)
    if (due.length === 0) continue
    const answers = await rewrapAll(
      branchKeys.keys,
      due.map(({ row }) => boundBranchKey(vault.naming.vaultId, row)),
    )
    for (const [i, { row, store }] of due.entries()) {
      const answer = answers[i]!
      if (answer === null || answer instanceof KeyProviderError) {
        const { id, tenant: owner, window, kekId: wrappedBy } = row
        const reason = answer === null ? 'key-missing' : 'damaged'
        left.push({ id, tenant: owner, window, kekId: wrappedBy, reason })
      } else if (await store.rewrapBranchKey({ ...row, kekId: answer.keyId, wrapped: answer.bytes }, row.wrapped)) {
        rewrapped += 1
      }
      // Otherwise another rotation was here first, or the key's window has been destroyed.
      onProgress?.({ done: Math.min(rewrapped, total), total })
    }
  }
  return { kekId, rewrapped, left }
}

/** @returns how many keys were rewrapped: 0 when they are current. */
async function rotateNamingKeys({ store, branchKeys }: VaultContext, kekId: string): Promise<0 | 1> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const row = await store.readVault()
    if (row === undefined || row.kekId === kekId) return 0
    const [answer] = await rewrapAll(branchKeys.keys, [boundNamingRoot(row)])
    if (answer instanceof KeyProviderError) throw answer
    if (answer === null || answer === undefined) throw new KeyMismatchError(row.kekId, kekId)
    const next = { ...row, kekId: answer.keyId, wrappedNamingKeys: answer.bytes }
    if (await store.rewrapVault(next, row.wrappedNamingKeys)) return 1
  }
  throw new VaultUnavailableError('The naming keys kept changing while they were rotated. Retry.')
}

/** Before the first key changes; under the tenant of the vault that was opened, though keys of all tenants rotate. */
async function record(
  vault: VaultContext,
  tenant: string,
  kekId: string,
  principal: Principal | undefined,
): Promise<void> {
  const event = { operation: 'rotate-keys', outcome: 'ok', reason: `to ${kekId}`, tenant, claims: [] } as const
  await commit(vault, { events: [{ ...event, ...subjectOf(principal ?? null, undefined) }] })
}
