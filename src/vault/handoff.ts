import type { Principal } from '../access/principal.js'
import { ApprovalRequiredError, ClaimDeniedError, VaultUnavailableError } from '../errors.js'
import type { LedgerEvent } from '../ledger/event.js'
import { accessTags } from './access-tags.js'
import { type Approval, stateOf } from './approvals/approval.js'
import { requestApproval } from './approvals/request-approval.js'
import { changeRow, openRow, type ThreadUse, trustedUse, type UnresolvedReason, whyEnded } from './claim-row.js'
import type { ClaimId, ClaimRow } from './claim-store.js'
import type { Scope } from './naming-keys.js'
import { decodePayload, type Payload } from './payload.js'
import { permit } from './permit.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from './vault-context.js'

export interface ClaimRequest extends Scope {
  readonly id: ClaimId
  readonly principal: Principal
  readonly runId: string | undefined
  /** What it is for, such as a node's name; grants may be for one task alone. */
  readonly task?: string | undefined
  /** The graph's node, for policies and the ledger. */
  readonly node?: string | undefined
  /** Decides instead of the principal's own right and grants. */
  readonly capability?: string | undefined
  /** The caller's own restriction, asked before policy is. */
  readonly mayHave?: ((claim: Pick<ClaimRow, 'ruleId' | 'mode'>) => boolean) | undefined
}

export interface Refused {
  readonly reason: UnresolvedReason
  /** There for a claim of this thread, whatever became of it. */
  readonly row?: ClaimRow
  /** The open request that others have to agree to. */
  readonly approval?: Approval
}

export type Taken = { readonly payload: Payload; readonly row: ClaimRow } | Refused

/**
 * As `takeClaim`, for who may know why it was refused.
 * @throws EnvelopeError, VaultUnavailableError.
 */
export async function tryClaim(vault: VaultContext, request: ClaimRequest): Promise<Taken> {
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
    const ended = whyNot(vault, request, row, use, snapshot.now, standing, holder)
    if (ended !== null || row === undefined || row.sealed === null)
      return refuse(vault, request, ended ?? 'unknown', ended === 'unknown' ? undefined : row)
    if (request.mayHave?.(row) === false) return refuse(vault, request, 'denied', row)
    const permission = await permit(vault, { ...request, verb: 'claim' }, row, snapshot.now)
    if (!permission.allowed && permission.reason === 'approval') {
      const approval = await requestApproval(vault, row, { ...request, verb: 'claim' }, permission.requirement)
      if (stateOf(approval, snapshot.now) === 'denied') return refuse(vault, request, 'denied', row)
      return { ...(await refuse(vault, request, 'approval', row)), approval }
    }
    if (!permission.allowed) return refuse(vault, request, 'denied', row)
    const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
    if (key === undefined) return refuse(vault, request, 'damaged', row)
    const payload = decodePayload(openRow(naming, key, row, row.sealed))
    const next = counted(naming, row, holder, snapshot.now)
    const won = await commit(vault, {
      update: [{ row: next, expectedMac: row.mac }],
      ...(permission.spend.length === 0 ? {} : { records: permission.spend }),
      events: [claimEvent(request, { outcome: 'ok', ...(permission.by === null ? {} : { reason: permission.by }) })],
      ...(row.expiresAt === null ? {} : { deadline: row.expiresAt }),
    })
    if (won) return { payload, row: next }
  }
  throw new VaultUnavailableError('Too many callers raced for this claim; nothing was consumed. Retry.')
}

/**
 * Takes a claim, counted: of any number of racing callers exactly as many win as it allows. Decrypts first and counts
 * afterwards, so a payload that cannot be opened uses nothing up; what lost the race is decided again.
 * @throws ClaimDeniedError for every refusal alike, ApprovalRequiredError where others have to agree first, EnvelopeError,
 * VaultUnavailableError.
 */
export async function takeClaim(vault: VaultContext, request: ClaimRequest): Promise<Payload> {
  const taken = await tryClaim(vault, request)
  if ('payload' in taken) return taken.payload
  if (taken.approval !== undefined) throw new ApprovalRequiredError(taken.approval.id)
  throw new ClaimDeniedError()
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
  return null
}

function claimEvent(request: ClaimRequest, outcome: Pick<LedgerEvent, 'outcome' | 'reason'>): LedgerEvent {
  const { tenant, threadId, principal, runId, node, id } = request
  return { operation: 'claim', ...outcome, tenant, threadId, ...subjectOf(principal, runId, node), claims: [id] }
}

async function refuse(
  vault: VaultContext,
  request: ClaimRequest,
  reason: UnresolvedReason,
  row: ClaimRow | undefined,
): Promise<Refused> {
  await commit(vault, { events: [claimEvent(request, { outcome: 'denied', reason })] })
  return { reason, ...(row === undefined ? {} : { row }) }
}
