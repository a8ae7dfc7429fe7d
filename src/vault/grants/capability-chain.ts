import { openCapability } from '../../access/capability.js'
import type { RecordChange } from '../access-record.js'
import type { ClaimRow } from '../claim-store.js'
import { makeRecord, readRecords } from '../records.js'
import type { VaultContext } from '../vault-context.js'
import type { Chain, Link } from './chain.js'

/** Under this name a capability is ended, with all that was narrowed from it. */
export const endedUseId = (jti: string): string => `${jti}.ended`

/** The chain that a capability stands for, with its uses so far; null unless this vault made it for this claim. */
export async function chainOfCapability(vault: VaultContext, row: ClaimRow, capability: string): Promise<Chain | null> {
  const { naming } = vault
  const opened = openCapability(capability, (bytes) => naming.capabilityMac(bytes))
  if (opened === null) return null
  const { root, steps } = opened
  const { tenant, threadId, id } = row
  const isOurs = root.vaultId === naming.vaultId && root.tenant === tenant
  if (!isOurs || root.threadId !== threadId || root.claimId !== id) return null
  const ids = [endedUseId(root.jti), ...steps.map(({ useId }) => useId)]
  const { records } = await readRecords(vault, { tenant, kind: 'use', ids })
  const byId = new Map(records.map((read) => [read.record.id, read]))
  const isRevoked = byId.has(endedUseId(root.jti))
  const links = steps.map(({ limits, useId }): Link => {
    const stored = byId.get(useId)
    // A count that was edited by hand is used up.
    const used = stored === undefined ? 0 : ((stored.body?.used as number | undefined) ?? Number.POSITIVE_INFINITY)
    const spend = (): RecordChange => ({
      record: makeRecord(naming, { ...useRecord(row, useId, limits.expiresAt), body: { used: used + 1 } }),
      expectedMac: stored?.record.mac ?? null,
    })
    return { by: root.by, limits, used, isRevoked, spend }
  })
  return { name: `capability ${root.jti}`, links }
}

/** Kept for as long as the capability could be presented. */
export function useRecord(
  { tenant, threadId, id }: Pick<ClaimRow, 'tenant' | 'threadId' | 'id'>,
  useId: string,
  expiresAt: number,
) {
  return { tenant, kind: 'use', id: useId, threadId, claimId: id, holder: null, expiresAt } as const
}
