import type { ApprovalRequirement } from '../../access/authorizer.js'
import type { GrantableVerb } from '../../access/limits.js'
import { namePatterns } from '../../access/policy/name-patterns.js'
import type { Principal } from '../../access/principal.js'
import type { AccessRecord } from '../access-record.js'
import { DAY_MS, MINUTE_MS } from '../claim-row.js'
import type { ClaimId, ClaimRow } from '../claim-store.js'
import type { NamingKeys } from '../naming-keys.js'
import { makeRecord, type ReadRecord } from '../records.js'

const DEFAULT_REQUEST_TTL_MS = DAY_MS
const DEFAULT_VALID_MS = 60 * MINUTE_MS

/** A person, and the agent that acts for it. */
export interface Subject {
  readonly sub: string
  readonly act?: string
}

export interface Vote extends Subject {
  readonly decision: 'approve' | 'deny'
  /** Ms since the epoch, by the store's clock. */
  readonly at: number
}

/** A request that others agree to one use of a claim: by this principal, for this verb, in this run. */
export interface Approval {
  readonly id: string
  readonly tenant: string
  readonly threadId: string
  readonly claimId: ClaimId
  /** Of the claim when it was asked for: another value behind it needs another approval. */
  readonly generation: number
  readonly ruleId: string
  readonly verb: GrantableVerb
  readonly requester: Subject
  readonly runId: string | null
  readonly approvers: readonly string[]
  readonly needed: number
  readonly validMs: number
  readonly requestedAt: number
  /** When the request ends unless it is decided before. */
  readonly requestEndsAt: number
  readonly votes: readonly Vote[]
  /** When it was decided, and until when an approval lasts; null while it is open. */
  readonly decidedAt: number | null
  readonly validUntil: number | null
}

export interface StoredApproval extends Approval {
  readonly record: AccessRecord
}

export type ApprovalState = 'pending' | 'approved' | 'denied' | 'expired'

/** Who asks for what. */
export interface ApprovalAsk {
  readonly verb: GrantableVerb
  readonly principal: Principal
  readonly runId: string | undefined
}

/** The same for the same request, so that repeating it asks nobody twice. */
export function approvalIdOf(naming: NamingKeys, row: ClaimRow, { verb, principal, runId }: ApprovalAsk): string {
  return naming.approvalId(row, [row.id, row.generation, verb, principal.sub, principal.act ?? null, runId ?? null])
}

export function openApproval(
  naming: NamingKeys,
  row: ClaimRow,
  ask: ApprovalAsk,
  requirement: ApprovalRequirement,
  now: number,
): Approval {
  const { approvers, needed = 1, requestTtlMs = DEFAULT_REQUEST_TTL_MS, validMs = DEFAULT_VALID_MS } = requirement
  const { sub, act } = ask.principal
  return {
    id: approvalIdOf(naming, row, ask),
    tenant: row.tenant,
    threadId: row.threadId,
    claimId: row.id,
    generation: row.generation,
    ruleId: row.ruleId,
    verb: ask.verb,
    requester: { sub, ...(act === undefined ? {} : { act }) },
    runId: ask.runId ?? null,
    approvers,
    needed,
    validMs,
    requestedAt: now,
    requestEndsAt: now + requestTtlMs,
    votes: [],
    decidedAt: null,
    validUntil: null,
  }
}

export function recordOfApproval(naming: NamingKeys, approval: Approval): AccessRecord {
  const { id, tenant, threadId, claimId, ...body } = approval
  const expiresAt = Math.max(approval.requestEndsAt, approval.validUntil ?? 0)
  return makeRecord(naming, { tenant, kind: 'approval', id, threadId, claimId, holder: null, body, expiresAt })
}

/** Undefined for a record that was edited by hand: nobody has agreed to anything. */
export function approvalOf({ record, body }: ReadRecord): StoredApproval | undefined {
  if (body === undefined || record.claimId === null) return undefined
  const { id, tenant, threadId, claimId } = record
  return { ...(body as unknown as Approval), id, tenant, threadId, claimId, record }
}

export function stateOf(approval: Approval, now: number): ApprovalState {
  const { votes, decidedAt, validUntil, requestEndsAt } = approval
  if (decidedAt === null) return now < requestEndsAt ? 'pending' : 'expired'
  if (votes.some(({ decision }) => decision === 'deny')) return 'denied'
  return validUntil !== null && now < validUntil ? 'approved' : 'expired'
}

/** Four eyes: nobody who asked, neither the user nor the agent, in whatever role, agrees to it. */
export function mayVote({ requester, approvers }: Pick<Approval, 'requester' | 'approvers'>, voter: Subject): boolean {
  const asked = [requester.sub, requester.act]
  const voting = [voter.sub, voter.act].filter((subject) => subject !== undefined)
  if (voting.some((subject) => asked.includes(subject))) return false
  return voting.some((subject) => namePatterns(approvers).matches(subject))
}

/** Whether it holds now by what is asked for now: a policy may have become stricter since. */
export function satisfies(approval: Approval, { approvers, needed = 1 }: ApprovalRequirement, now: number): boolean {
  if (stateOf(approval, now) !== 'approved') return false
  const { requester, votes } = approval
  const counting = votes.filter((vote) => mayVote({ requester, approvers }, vote)).map(({ sub }) => sub)
  return new Set(counting).size >= needed
}
