import { openCapability } from '../../access/capability.js'
import type { Principal } from '../../access/principal.js'
import { ClaimDeniedError, VaultUnavailableError } from '../../errors.js'
import type { ClaimRow } from '../claim-store.js'
import { isPermitted } from '../decide.js'
import { makeRecord, readRecords } from '../records.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from '../vault-context.js'
import { endedUseId, useRecord } from './capability-chain.js'
import { changeOfGrant, type Grantor, grantOf, type StoredGrant } from './grant.js'

/**
 * Ends a grant and all that was narrowed from it, for good. By whoever handed it on, or what it was narrowed from, and by
 * who may `revoke` the claim.
 * @returns 1, or 0 when it has ended already. @throws ClaimDeniedError
 */
export async function endGrant(vault: VaultContext, tenant: string, id: string, by: Principal): Promise<number> {
  if ((by.tenant ?? tenant) !== tenant) throw new ClaimDeniedError()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { now, records } = await readRecords(vault, { tenant, kind: 'grant', ids: [id] })
    const grant = records.map(grantOf).find((each) => each !== undefined)
    if (grant === undefined) throw new ClaimDeniedError()
    const path = await readRecords(vault, { tenant, kind: 'grant', ids: grant.path })
    const grantors = [grant, ...path.records.map(grantOf)].map((each) => each?.by)
    const isGrantor = grantors.some((grantor) => isSame(grantor, by))
    if (!isGrantor && !(await mayRevoke(vault, grant, by, now))) throw new ClaimDeniedError()
    if (grant.isRevoked) return 0
    const change = changeOfGrant(vault.naming, grant, { isRevoked: true })
    if (await commit(vault, { records: [change], events: [revokeEvent(grant, by, `grant ${id}`)] })) return 1
    // A store refuses a change of what belongs to a claim that is gone, and so does whoever asks for it.
    if (!(await exists(vault, grant))) return 0
  }
  throw new VaultUnavailableError('The grant kept changing while it was revoked. Retry.')
}

/**
 * Ends a capability and all that was narrowed from it. @returns 1, or 0 when it has ended already.
 * @throws ClaimDeniedError also for a capability that is not this vault's.
 */
export async function endCapability(
  vault: VaultContext,
  tenant: string,
  capability: string,
  by: Principal,
): Promise<number> {
  const { naming } = vault
  const opened = openCapability(capability, (bytes) => naming.capabilityMac(bytes))
  const isOurs = opened?.root.tenant === tenant && opened.root.vaultId === naming.vaultId
  if (!isOurs || (by.tenant ?? tenant) !== tenant) throw new ClaimDeniedError()
  const { root, steps } = opened
  const { claims, now } = await load(vault, {
    tenant,
    threadId: '',
    ids: [root.claimId as ClaimRow['id']],
    places: [],
    revocations: [],
  })
  const row = claims[0]
  if (row === undefined || row.tenant !== tenant || row.threadId !== root.threadId) throw new ClaimDeniedError()
  if (!isSame(root.by, by) && !(await isPermitted(vault, by, 'revoke', row, now))) throw new ClaimDeniedError()
  const record = makeRecord(naming, { ...useRecord(row, endedUseId(root.jti), steps[0]!.limits.expiresAt), body: {} })
  const events = [revokeEvent({ tenant, threadId: row.threadId, claimId: row.id }, by, `capability ${root.jti}`)]
  return (await commit(vault, { records: [{ record, expectedMac: null }], events })) ? 1 : 0
}

async function exists(vault: VaultContext, { tenant, claimId }: StoredGrant): Promise<boolean> {
  const { claims } = await load(vault, { tenant, threadId: '', ids: [claimId], places: [], revocations: [] })
  return claims.length > 0
}

async function mayRevoke(
  vault: VaultContext,
  { tenant, claimId }: StoredGrant,
  by: Principal,
  now: number,
): Promise<boolean> {
  const { claims } = await load(vault, { tenant, threadId: '', ids: [claimId], places: [], revocations: [] })
  const row = claims[0]
  return row !== undefined && row.tenant === tenant && isPermitted(vault, by, 'revoke', row, now)
}

const isSame = (grantor: Grantor | undefined, { sub, act }: Principal): boolean =>
  grantor !== undefined && grantor.sub === sub && grantor.act === act

function revokeEvent(
  { tenant, threadId, claimId }: Pick<StoredGrant, 'tenant' | 'threadId' | 'claimId'>,
  by: Principal,
  reason: string,
) {
  return {
    operation: 'revoke',
    outcome: 'ok',
    reason,
    tenant,
    threadId,
    ...subjectOf(by, undefined),
    claims: [claimId],
  } as const
}
