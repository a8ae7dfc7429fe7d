import type { Principal } from './principal.js'

/**
 * `restore`: read transparently. `claim`: take a handoff or lease, or use a secret in a node. `peek`: see what is known of a
 * claim, never its value. `grant`: hand a secret to others. `revoke`, `reinstate`: end, and lift. `replace`: put another
 * value behind a claim. `copy`: copy a thread with its claims.
 */
export const VERBS = ['restore', 'claim', 'peek', 'grant', 'revoke', 'reinstate', 'replace', 'copy'] as const
export type Verb = (typeof VERBS)[number]

/** What a decision may rest on. Holds no value. */
export interface AccessRequest {
  readonly principal: Principal
  readonly verb: Verb
  readonly claim: {
    /** `*` when a whole thread is meant, or with an empty `threadId` the tenant. */
    readonly id: string
    readonly tenant: string
    readonly threadId: string
    readonly mode: 'resume' | 'handoff' | 'lease'
    /** `*` when a whole thread is meant. */
    readonly ruleId: string
    readonly allow: readonly string[] | null
  }
  /** Where and when; what is not known is absent. */
  readonly at: {
    /** Ms since the epoch, by the store's clock. */
    readonly now: number
    readonly runId?: string
    readonly node?: string
    /** Of the state that is read; absent for an explicit call. */
    readonly channel?: string
  }
}

/** Who has to agree before a claim is given out. */
export interface ApprovalRequirement {
  /** Subjects (`sub` or `act`) that may approve; `*` is any run of characters. */
  readonly approvers: readonly string[]
  /** How many different people; 1 unless told. */
  readonly needed?: number
  /** How long the request stays open, in ms; a day unless told. */
  readonly requestTtlMs?: number
  /** How long an approval lasts, in ms; an hour unless told. */
  readonly validMs?: number
}

export interface Decision {
  readonly allowed: boolean
  readonly reason: string
  /** Which rule of a policy decided. */
  readonly rule?: string
  /** True when a rule forbids it: no grant lifts that. */
  readonly forbidden?: boolean
  /** Allowed only once these have agreed; then `allowed` is true. */
  readonly approval?: ApprovalRequirement
}

/** Decides at every restore and claim. An authorizer that throws, rejects or does not answer in time denies. */
export interface Authorizer {
  decide(request: AccessRequest): Decision | Promise<Decision>
}

/** An allow list says who may have a claim, not who may end it: or nobody could revoke what was handed to somebody else. */
const FOR_CONSUMERS: ReadonlySet<Verb> = new Set<Verb>(['restore', 'claim', 'peek', 'replace', 'copy'])

/** A principal of the claim's tenant, and to have it one of its allow list where it has one (`sub` or `act`). */
export const sameTenantAuthorizer = {
  decide({ principal, claim, verb }: AccessRequest): Decision {
    if (principal.tenant !== undefined && principal.tenant !== claim.tenant)
      return { allowed: false, reason: 'tenant', forbidden: true }
    const { allow } = claim
    if (
      allow !== null &&
      FOR_CONSUMERS.has(verb) &&
      !allow.includes(principal.sub) &&
      !(principal.act !== undefined && allow.includes(principal.act))
    ) {
      return { allowed: false, reason: 'not on the allow list' }
    }
    return { allowed: true, reason: 'same tenant' }
  },
} satisfies Authorizer
