import { VaultUnavailableError } from '../errors.js'
import { changeRow } from './claim-row.js'
import type { ClaimId } from './claim-store.js'
import type { Scope } from './naming-keys.js'
import { commit, load, MAX_ROUNDS, type VaultContext } from './vault-context.js'

/** Looks only once the claims are stored: a revocation that comes later finds them. */
export async function endIfRevoked(
  vault: VaultContext,
  { tenant, threadId }: Scope,
  ids: readonly ClaimId[],
  revocations: readonly string[],
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const after = await load(vault, { tenant, threadId, ids, places: [], revocations })
    const live = after.claims.filter(({ state }) => state === 'live')
    if (after.revocations.length === 0 || live.length === 0) return
    const update = live.map((row) => ({
      row: changeRow(vault.naming, row, { state: 'revoked' }, after.now),
      expectedMac: row.mac,
    }))
    if (await commit(vault, { update })) return
  }
  throw new VaultUnavailableError('The claim kept changing while a revocation was looked for. Retry.')
}
