import type { ApprovalRequirement } from '../../access/authorizer.js'
import { LimitError } from '../../errors.js'
import type { ClaimRow } from '../claim-store.js'
import { readRecords } from '../records.js'
import { commit, subjectOf, type VaultContext } from '../vault-context.js'
import {
  type Approval,
  type ApprovalAsk,
  approvalIdOf,
  approvalOf,
  openApproval,
  recordOfApproval,
  stateOf,
} from './approval.js'

/** By naming ever new runs, one principal could ask without end. */
const MAX_REQUESTS = 100

/**
 * Asks for approval of a use of a claim, once: while the same request is open, or was decided a moment ago, it stands.
 * @returns the request that stands now. @throws LimitError where too many are kept for the claim.
 */
export async function requestApproval(
  vault: VaultContext,
  row: ClaimRow,
  ask: ApprovalAsk,
  requirement: ApprovalRequirement,
): Promise<Approval> {
  const { naming } = vault
  const { tenant, threadId } = row
  const id = approvalIdOf(naming, row, ask)
  for (;;) {
    const { now, records } = await readRecords(vault, { tenant, kind: 'approval', ids: [id] })
    const stored = records[0]
    const standing = stored === undefined ? undefined : approvalOf(stored)
    if (standing !== undefined && stands(standing, requirement, now)) return standing
    if (stored === undefined) await requireRoom(vault, row)
    const approval = openApproval(naming, row, ask, requirement, now)
    const change = { record: recordOfApproval(naming, approval), expectedMac: stored?.record.mac ?? null }
    const subject = subjectOf(ask.principal, ask.runId)
    const event = {
      operation: 'request-approval',
      outcome: 'ok',
      reason: `approval ${id}`,
      tenant,
      threadId,
      ...subject,
      claims: [row.id],
      rules: [row.ruleId],
    } as const
    if (await commit(vault, { records: [change], events: [event] })) {
      vault.approvals.notify(approval)
      return approval
    }
    // Somebody else was first, or the claim has gone; then the next read of it says so.
    const { claims } = await vault.store.load({ tenant, threadId, ids: [row.id], places: [], revocations: [] })
    if (claims.length === 0) return approval
  }
}

async function requireRoom(vault: VaultContext, { tenant, threadId, id }: ClaimRow): Promise<void> {
  const kept = await readRecords(vault, { tenant, kind: 'approval', threadId, claimIds: [id], limit: MAX_REQUESTS })
  if (kept.records.length >= MAX_REQUESTS)
    throw new LimitError(
      `A claim has ${MAX_REQUESTS} requests for approval at most; decided ones are kept for a while.`,
    )
}

/** A denial stands for as long as its request would have: asking again at once would wear people down. */
function stands(approval: Approval, { approvers, needed = 1 }: ApprovalRequirement, now: number): boolean {
  const state = stateOf(approval, now)
  if (state === 'denied') return now < approval.requestEndsAt
  if (state !== 'pending') return false
  return approval.needed === needed && approval.approvers.join('\n') === approvers.join('\n')
}
