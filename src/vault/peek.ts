import type { Principal } from '../access/principal.js'
import { ClaimDeniedError, EnvelopeError } from '../errors.js'
import { accessTags } from './access-tags.js'
import { endOf, openRow, type ThreadUse, trustedUse, whyEnded } from './claim-row.js'
import type { ClaimId, ClaimMode, ClaimRow, ClaimSnapshot } from './claim-store.js'
import type { Scope } from './naming-keys.js'
import { permit } from './permit.js'
import { commit, load, subjectOf, type VaultContext } from './vault-context.js'

/** What is known of a claim. Never its value. */
export interface ClaimInfo {
  readonly url: string
  readonly threadId: string
  readonly mode: ClaimMode
  /** `live`, or why it gives nothing out. Kept after the end. */
  readonly state: 'live' | 'expired' | 'spent' | 'ended' | 'revoked' | 'suspended'
  readonly ruleId: string
  /** Ms since the epoch, by the store's clock, here and below. */
  readonly createdAt: number
  /** Null for a claim that ends with its thread. */
  readonly expiresAt: number | null
  /** Null for `resume`, which is not counted. */
  readonly claimsLeft: number | null
  readonly credentialExpiresAt: number | null
  /** 1, and one more each time that it was minted again or replaced. */
  readonly generation: number
  /** When its thread was last read or written through the vault; null when it never was. */
  readonly lastUsedAt: number | null
  /** What `create` was given; null without it, and once the claim was cleared. */
  readonly metadata: Readonly<Record<string, unknown>> | null
}

export interface PeekRequest extends Scope {
  readonly id: ClaimId
  readonly principal: Principal
  readonly runId: string | undefined
  readonly task?: string | undefined
  readonly capability?: string | undefined
}

/** @throws ClaimDeniedError for an unknown, damaged or forbidden claim alike. */
export async function peekClaim(vault: VaultContext, request: PeekRequest): Promise<ClaimInfo> {
  const { tenant, threadId, id, principal, runId } = request
  const tags = accessTags(vault.naming, request, principal)
  const suspension = vault.naming.suspension(tenant)
  const snapshot = await load(vault, {
    tenant,
    threadId,
    ids: [id],
    places: [],
    revocations: [...tags.all, suspension],
  })
  const row = snapshot.claims[0]
  const use = trustedUse(vault.naming, snapshot.thread)
  const revoked = tags.subjects.some((tag) => snapshot.revocations.includes(tag))
  const reason =
    row === undefined || row.tenant !== tenant || row.threadId !== threadId
      ? 'unknown'
      : whyEnded(vault.naming, row, use, snapshot.now) === 'damaged'
        ? 'damaged'
        : revoked
          ? 'revoked'
          : await whyNotPermitted(vault, request, row, snapshot.now)
  const outcome = reason === null ? { outcome: 'ok' as const } : { outcome: 'denied' as const, reason }
  const subject = subjectOf(principal, runId)
  await commit(vault, { events: [{ operation: 'peek', ...outcome, tenant, threadId, ...subject, claims: [id] }] })
  if (reason !== null || row === undefined) throw new ClaimDeniedError()
  return infoOf(vault, row, use, snapshot)
}

async function whyNotPermitted(vault: VaultContext, request: PeekRequest, row: ClaimRow, now: number) {
  const permission = await permit(vault, { ...request, verb: 'peek' }, row, now)
  return permission.allowed ? null : permission.reason
}

/** @param row one whose MAC was found right. */
export async function infoOf(
  vault: VaultContext,
  row: ClaimRow,
  use: ThreadUse | undefined,
  { now, revocations }: Pick<ClaimSnapshot, 'now' | 'revocations'>,
): Promise<ClaimInfo> {
  const { naming } = vault
  const isStanding = (tag: string) => revocations.includes(tag)
  const ended = whyEnded(naming, row, use, now) as Exclude<ClaimInfo['state'], 'live'> | null
  const revoked = isStanding(naming.threadRevocation(row)) || isStanding(naming.tenantRevocation(row.tenant))
  const suspended = row.mode !== 'resume' && isStanding(naming.suspension(row.tenant))
  return {
    url: naming.url(row, row.id),
    threadId: row.threadId,
    mode: row.mode,
    state: ended ?? (revoked ? 'revoked' : suspended ? 'suspended' : 'live'),
    ruleId: row.ruleId,
    createdAt: row.createdAt,
    expiresAt: endOf(row, use),
    claimsLeft: row.maxClaims === null ? null : Math.max(0, row.maxClaims - row.claimed),
    credentialExpiresAt: row.credentialExpiresAt,
    generation: row.generation,
    lastUsedAt: use?.usedAt ?? null,
    metadata: await metadataOf(vault, row),
  }
}

async function metadataOf(vault: VaultContext, row: ClaimRow): Promise<ClaimInfo['metadata']> {
  if (row.sealedMetadata === null) return null
  const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
  if (key === undefined) return null
  try {
    const bytes = openRow(vault.naming, key, row, row.sealedMetadata, 'metadata')
    return JSON.parse(new TextDecoder().decode(bytes)) as ClaimInfo['metadata']
  } catch (error) {
    if (error instanceof EnvelopeError) return null
    throw error
  }
}
