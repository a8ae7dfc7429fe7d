import type { Authorizer, Verb } from '../access/authorizer.js'
import type { Principal } from '../access/principal.js'
import type { ClaimRow } from './claim-store.js'

/** An authorizer that throws denies. */
export function decide(authorizer: Authorizer, principal: Principal, verb: Verb, row: ClaimRow): boolean {
  const { id, tenant, threadId, mode, ruleId, allow } = row
  try {
    return authorizer.decide({ principal, verb, claim: { id, tenant, threadId, mode, ruleId, allow } }).allowed === true
  } catch {
    return false
  }
}
