import type { Limits } from '../../access/limits.js'
import type { AccessRecord } from '../access-record.js'
import type { ClaimId } from '../claim-store.js'
import type { NamingKeys } from '../naming-keys.js'
import { makeRecord, type ReadRecord } from '../records.js'

/** Who handed something on. */
export interface Grantor {
  readonly sub: string
  readonly act?: string
}

/** What a principal was given of a claim, by whom, and how much of it is used. */
export interface Grant {
  readonly id: string
  readonly tenant: string
  readonly threadId: string
  readonly claimId: ClaimId
  /** Ids of the grants that it was narrowed from, the first one first. */
  readonly path: readonly string[]
  readonly by: Grantor
  readonly limits: Limits
  /** Claims so far, by it and by all that was narrowed from it. */
  readonly used: number
  readonly isRevoked: boolean
  readonly createdAt: number
}

/** A grant as it stands in the store, for compare and swap. */
export interface StoredGrant extends Grant {
  readonly record: AccessRecord
}

export function recordOfGrant(naming: NamingKeys, grant: Grant): AccessRecord {
  const { id, tenant, threadId, claimId, ...body } = grant
  return makeRecord(naming, {
    tenant,
    kind: 'grant',
    id,
    threadId,
    claimId,
    holder: naming.holder(tenant, grant.limits.audience[0]!),
    body,
    expiresAt: grant.limits.expiresAt,
  })
}

/** Undefined for a record that was edited by hand: it gives nothing to anybody. */
export function grantOf({ record, body }: ReadRecord): StoredGrant | undefined {
  if (body === undefined || record.claimId === null) return undefined
  const { id, tenant, threadId, claimId } = record
  return { ...(body as unknown as Grant), id, tenant, threadId, claimId, record }
}

/** The same grant with something changed, for a commit. */
export function changeOfGrant(
  naming: NamingKeys,
  { record, ...grant }: StoredGrant,
  change: Partial<Pick<Grant, 'used' | 'isRevoked'>>,
) {
  return { record: recordOfGrant(naming, { ...grant, ...change }), expectedMac: record.mac }
}
