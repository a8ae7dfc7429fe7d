import type { Principal } from '../access/principal.js'
import { ClaimDeniedError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { accessTags } from './access-tags.js'
import { changeRow, openRow, type ThreadUse, trustedUse, type UnresolvedReason, whyEnded } from './claim-row.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import { decide } from './decide.js'
import type { Scope } from './naming-keys.js'
import { decodePayload, type Payload } from './payload.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

export interface ClaimRequest extends Scope {
  readonly id: ClaimId
  readonly principal: Principal
  readonly runId: string | undefined
}

/**
 * Takes a claim, counted: of any number of racing callers exactly as many win as it allows. Decrypts first and counts
 * afterwards, so a payload that cannot be opened uses nothing up; what lost the race is decided again.
 * @throws ClaimDeniedError for every refusal alike, EnvelopeError, VaultUnavailableError.
 */
export async function takeClaim(vault: VaultContext, request: ClaimRequest): Promise<Payload> {
  const { naming } = vault
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { tenant, threadId } = request
    const suspension = naming.suspension(tenant)
    const revocations = [...accessTags(naming, request, request.principal).all, suspension]
    const snapshot = await load(vault, { tenant, threadId, ids: [request.id], places: [], revocations })
    const standing = snapshot.revocations.some((tag) => tag !== suspension)
      ? 'revoked'
      : snapshot.revocations.length > 0
        ? 'suspended'
        : null
    const row = snapshot.claims[0]
    const use = trustedUse(naming, snapshot.thread)
    const holder = naming.leaseHolder(request.principal.sub, request.principal.act, request.runId)
    const reason = whyNot(vault, request, row, use, snapshot.now, standing, holder)
    if (reason !== null || row === undefined || row.sealed === null) {
      await recordDenial(vault, request, reason ?? 'unknown')
      throw new ClaimDeniedError()
    }
    const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
    if (key === undefined) {
      await recordDenial(vault, request, 'damaged')
      throw new ClaimDeniedError()
    }
    const payload = decodePayload(openRow(naming, key, row, row.sealed))
    const next = counted(naming, row, holder, snapshot.now)
    const won = await commit(vault, {
      update: [{ row: next, expectedMac: row.mac }],
      events: [claimEvent(request, { outcome: 'ok' })],
      ...(row.expiresAt === null ? {} : { deadline: row.expiresAt }),
    })
    if (won) return payload
  }
  throw new VaultUnavailableError('Too many callers raced for this claim; nothing was consumed. Retry.')
}

/** A lease that is open for this holder is not counted again; its first claim sets when its window ends. */
function counted(naming: VaultContext['naming'], row: ClaimRow, holder: string, now: number): ClaimRow {
  if (row.mode === 'lease' && row.leaseHolder === holder) return changeRow(naming, row, {}, now)
  const claimed = row.claimed + 1
  if (row.mode === 'lease') {
    const opened = row.ttlMs === null ? {} : { expiresAt: Math.min(row.expiresAt!, now + row.ttlMs) }
    return changeRow(naming, row, { claimed, leaseHolder: holder, ...opened }, now)
  }
  return changeRow(naming, row, { claimed, state: claimed === row.maxClaims ? 'spent' : 'live' }, now)
}

function whyNot(
  vault: VaultContext,
  request: ClaimRequest,
  row: ClaimRow | undefined,
  use: ThreadUse | undefined,
  now: number,
  standing: 'revoked' | 'suspended' | null,
  holder: string,
): UnresolvedReason | null {
  if (row === undefined || row.tenant !== request.tenant || row.threadId !== request.threadId) return 'unknown'
  const ended = whyEnded(vault.naming, row, use, now)
  if (ended !== null) return ended
  if (standing === 'revoked' || (standing === 'suspended' && row.mode !== 'resume')) return standing
  if (row.mode === 'lease' && row.leaseHolder !== null && row.leaseHolder !== holder) return 'spent'
  return decide(vault.authorizer, request.principal, 'claim', row) ? null : 'denied'
}

function claimEvent(request: ClaimRequest, outcome: Pick<LedgerEvent, 'outcome' | 'reason'>): LedgerEvent {
  const { tenant, threadId, principal, runId, id } = request
  return { operation: 'claim', ...outcome, tenant, threadId, ...subjectOf(principal, runId), claims: [id] }
}

async function recordDenial(vault: VaultContext, request: ClaimRequest, reason: UnresolvedReason): Promise<void> {
  await commit(vault, { events: [claimEvent(request, { outcome: 'denied', reason })] })
}
