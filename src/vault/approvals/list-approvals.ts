import type { Principal } from '../../access/principal.js'
import { InputError } from '../../errors.js'
import { permitted } from '../decide.js'
import type { NamingKeys } from '../naming-keys.js'
import { readRecords } from '../records.js'
import { load, type VaultContext } from '../vault-context.js'
import { type Approval, type ApprovalState, approvalOf, mayVote, type Subject, stateOf, type Vote } from './approval.js'

/** A request for approval as it may be shown. Holds no value. */
export interface ApprovalInfo {
  readonly id: string
  readonly state: ApprovalState
  /** The claim's URL. */
  readonly claim: string
  readonly threadId: string
  readonly runId: string | null
  readonly verb: string
  readonly ruleId: string
  readonly requester: Subject
  readonly approvers: readonly string[]
  readonly needed: number
  readonly votes: readonly Vote[]
  /** Ms since the epoch, by the store's clock, here and below. */
  readonly requestedAt: number
  readonly requestEndsAt: number
  readonly decidedAt: number | null
  readonly validUntil: number | null
}

export interface ApprovalSelection {
  readonly state?: ApprovalState
  readonly threadId?: string
}

const STATES: readonly ApprovalState[] = ['pending', 'approved', 'denied', 'expired']

/** Requests that the principal asked for, may decide, or may peek at the claim of; the oldest first. */
export async function listApprovals(
  vault: VaultContext,
  tenant: string,
  { state, threadId }: ApprovalSelection,
  principal: Principal,
): Promise<readonly ApprovalInfo[]> {
  if (state !== undefined && !STATES.includes(state)) throw new InputError(`state is one of ${STATES.join(', ')}.`)
  if ((principal.tenant ?? tenant) !== tenant) return []
  const thread = threadId === undefined ? {} : { threadId }
  const { now, records } = await readRecords(vault, { tenant, kind: 'approval', ...thread })
  const found = records.map(approvalOf).filter((approval) => approval !== undefined)
  const wanted = found.filter((approval) => state === undefined || stateOf(approval, now) === state)
  const peekable = await peekableClaims(vault, tenant, wanted, principal, now)
  return wanted
    .filter((approval) => isOwn(approval, principal) || mayVote(approval, principal) || peekable.has(approval.claimId))
    .map((approval) => approvalInfo(vault.naming, approval, now))
    .sort((a, b) => a.requestedAt - b.requestedAt)
}

export function approvalInfo(naming: NamingKeys, approval: Approval, now: number): ApprovalInfo {
  const { id, threadId, runId, verb, ruleId, requester, approvers, needed, votes } = approval
  const { requestedAt, requestEndsAt, decidedAt, validUntil } = approval
  const state = stateOf(approval, now)
  const claim = naming.url(approval, approval.claimId)
  const times = { requestedAt, requestEndsAt, decidedAt, validUntil }
  return { id, state, claim, threadId, runId, verb, ruleId, requester, approvers, needed, votes, ...times }
}

const isOwn = ({ requester }: Approval, { sub, act }: Principal): boolean =>
  requester.sub === sub && requester.act === act

async function peekableClaims(
  vault: VaultContext,
  tenant: string,
  approvals: readonly Approval[],
  principal: Principal,
  now: number,
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(approvals.map(({ claimId }) => claimId))]
  if (ids.length === 0) return new Set()
  const { claims } = await load(vault, { tenant, threadId: '', ids, places: [], revocations: [] })
  const own = claims.filter((row) => row.tenant === tenant)
  return new Set((await permitted(vault, principal, 'peek', own, now)).map(({ id }) => id))
}
