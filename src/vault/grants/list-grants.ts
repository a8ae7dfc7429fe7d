import type { GrantableVerb } from '../../access/limits.js'
import { isFor } from '../../access/limits.js'
import type { Principal } from '../../access/principal.js'
import { ClaimDeniedError } from '../../errors.js'
import type { ClaimId } from '../claim-store.js'
import { isPermitted } from '../decide.js'
import type { Scope } from '../naming-keys.js'
import { readRecords } from '../records.js'
import { load, type VaultContext } from '../vault-context.js'
import { type Grant, type Grantor, grantOf } from './grant.js'

/** A grant as it may be shown. Times are ms since the epoch, by the store's clock. */
export interface GrantInfo {
  readonly id: string
  /** The grant that it was narrowed from; null for one that was given in its grantor's own right. */
  readonly from: string | null
  readonly by: Grantor
  readonly to: string
  readonly verbs: readonly GrantableVerb[]
  readonly count: number | null
  /** By it and by all that was narrowed from it. */
  readonly used: number
  readonly runId: string | null
  readonly task: string | null
  readonly createdAt: number
  readonly expiresAt: number
  /** True once it was revoked itself; one narrowed from it gives nothing either, whatever it says. */
  readonly revoked: boolean
}

export function grantInfo({ id, path, by, limits, used, isRevoked, createdAt }: Grant): GrantInfo {
  const { audience, verbs, count, runId, task, expiresAt } = limits
  const to = audience[0]!
  const from = path.at(-1) ?? null
  return { id, from, by, to, verbs, count, used, runId, task, createdAt, expiresAt, revoked: isRevoked }
}

/**
 * Grants of a claim, in order of their making: all of them for who may `grant` it, else those that the principal made or holds.
 * @throws ClaimDeniedError for an unknown claim.
 */
export async function listGrants(
  vault: VaultContext,
  { tenant, threadId, id, principal }: Scope & { readonly id: ClaimId; readonly principal: Principal },
): Promise<readonly GrantInfo[]> {
  const { claims, now } = await load(vault, { tenant, threadId, ids: [id], places: [], revocations: [] })
  const row = claims[0]
  if (row === undefined || row.tenant !== tenant || row.threadId !== threadId) throw new ClaimDeniedError()
  const { records } = await readRecords(vault, { tenant, kind: 'grant', threadId, claimIds: [id] })
  const grants = records.map(grantOf).filter((grant) => grant !== undefined)
  const seesAll = await isPermitted(vault, principal, 'grant', row, now)
  const isParty = ({ by, limits }: Grant) =>
    (by.sub === principal.sub && by.act === principal.act) || isFor(limits, principal)
  return (
    grants
      .filter((grant) => seesAll || isParty(grant))
      // What was narrowed within the same millisecond follows what it was narrowed from.
      .sort((a, b) => a.createdAt - b.createdAt || a.path.length - b.path.length)
      .map(grantInfo)
  )
}
