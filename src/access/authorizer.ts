import type { Principal } from './principal.js'

/**
 * `restore`: read transparently. `claim`: take a handoff or lease. `peek`: see what is known of a claim, never its value.
 * `grant`: hand a secret to others. `revoke`, `reinstate`: end, and lift. `replace`: put another value behind a claim.
 * `copy`: copy a thread with its claims.
 */
export type Verb = 'restore' | 'claim' | 'peek' | 'grant' | 'revoke' | 'reinstate' | 'replace' | 'copy'

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
    readonly ruleId: string
    readonly allow: readonly string[] | null
  }
}

export interface Decision {
  readonly allowed: boolean
  readonly reason: string
}

/** Decides at every restore and claim. An authorizer that throws denies. */
export interface Authorizer {
  decide(request: AccessRequest): Decision
}

/** An allow list says who may have a claim, not who may end it: or nobody could revoke what was handed to somebody else. */
const FOR_CONSUMERS: ReadonlySet<Verb> = new Set<Verb>(['restore', 'claim', 'peek', 'replace', 'copy'])

/** A principal of the claim's tenant, and to have it one of its allow list where it has one (`sub` or `act`). */
export const sameTenantAuthorizer: Authorizer = {
  decide({ principal, claim, verb }) {
    if (principal.tenant !== undefined && principal.tenant !== claim.tenant) return { allowed: false, reason: 'tenant' }
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
}
