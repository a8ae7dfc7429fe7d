import type { Principal } from '../../access/principal.js'
import { ClaimDeniedError, InputError, VaultUnavailableError } from '../../errors.js'
import { accessTags } from '../access-tags.js'
import { readRecords } from '../records.js'
import { commit, load, MAX_ROUNDS, subjectOf, type VaultContext } from '../vault-context.js'
import {
  type Approval,
  approvalOf,
  mayVote,
  recordOfApproval,
  type StoredApproval,
  stateOf,
  type Vote,
} from './approval.js'

/**
 * Records what an approver decided; one denial decides, else as many different people as are needed.
 * @throws ClaimDeniedError for an unknown request, and for who may not decide it, alike; InputError for one that is decided
 * or has ended.
 */
export async function vote(
  vault: VaultContext,
  tenant: string,
  id: string,
  decision: Vote['decision'],
  voter: Principal,
): Promise<{ readonly approval: Approval; readonly now: number }> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { now, records } = await readRecords(vault, { tenant, kind: 'approval', ids: [id] })
    const stored = records[0] === undefined ? undefined : approvalOf(records[0])
    if (stored === undefined || !(await mayDecide(vault, stored, voter)))
      throw await refuse(vault, tenant, stored, voter)
    const state = stateOf(stored, now)
    if (state !== 'pending') throw new InputError(`This request is ${state} already.`)
    const next = withVote(stored, { ...subjectFields(voter), decision, at: now }, now)
    const change = { record: recordOfApproval(vault.naming, next), expectedMac: stored.record.mac }
    const event = eventOf(stored, voter, decision === 'approve' ? 'approve' : 'reject', {
      outcome: 'ok',
      reason: `approval ${id}`,
    })
    if (await commit(vault, { records: [change], events: [event] })) return { approval: next, now }
  }
  throw new VaultUnavailableError('The request kept changing while it was decided. Retry.')
}

/** The subjects of whoever votes must not be revoked, and it must be of the request's tenant. */
async function mayDecide(vault: VaultContext, approval: Approval, voter: Principal): Promise<boolean> {
  const { tenant, threadId } = approval
  if ((voter.tenant ?? tenant) !== tenant || !mayVote(approval, voter)) return false
  const { all } = accessTags(vault.naming, approval, voter)
  const { revocations } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: all })
  return revocations.length === 0
}

function withVote({ record: _, ...approval }: StoredApproval, own: Vote, now: number): Approval {
  const votes = [...approval.votes.filter(({ sub }) => sub !== own.sub), own]
  const isDecided = own.decision === 'deny' || votes.length >= approval.needed
  const validUntil = isDecided && own.decision === 'approve' ? now + approval.validMs : null
  return { ...approval, votes, decidedAt: isDecided ? now : null, validUntil }
}

const subjectFields = ({ sub, act }: Principal) => ({ sub, ...(act === undefined ? {} : { act }) })

async function refuse(
  vault: VaultContext,
  tenant: string,
  approval: Approval | undefined,
  voter: Principal,
): Promise<ClaimDeniedError> {
  const denied = { outcome: 'denied', reason: approval === undefined ? 'unknown' : 'denied' } as const
  const about = approval ?? { tenant, threadId: undefined, claimId: undefined }
  await commit(vault, { events: [eventOf(about, voter, 'approve', denied)] })
  return new ClaimDeniedError('The request does not exist, or is not for this principal to decide.')
}

function eventOf(
  {
    tenant,
    threadId,
    claimId,
  }: { readonly tenant: string; readonly threadId: string | undefined; readonly claimId: string | undefined },
  voter: Principal,
  operation: 'approve' | 'reject',
  outcome: { readonly outcome: 'ok' | 'denied'; readonly reason: string },
) {
  const thread = threadId === undefined ? {} : { threadId }
  const claims = claimId === undefined ? [] : [claimId]
  return { operation, ...outcome, tenant, ...thread, ...subjectOf(voter, undefined), claims } as const
}
