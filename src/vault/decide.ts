import type { AccessRequest, Authorizer, Verb } from '../access/authorizer.js'
import type { Principal } from '../access/principal.js'
import { ClaimDeniedError } from '../errors.js'

/** An authorizer that throws denies. */
export function decide(
  authorizer: Authorizer,
  principal: Principal,
  verb: Verb,
  { id, tenant, threadId, mode, ruleId, allow }: AccessRequest['claim'],
): boolean {
  try {
    return authorizer.decide({ principal, verb, claim: { id, tenant, threadId, mode, ruleId, allow } }).allowed === true
  } catch {
    return false
  }
}

/**
 * For what is not about one claim: a thread (or, with an empty thread id, a tenant) and whatever is stored in it later.
 * @throws ClaimDeniedError
 */
export function requireRight(
  authorizer: Authorizer,
  principal: Principal,
  verb: Verb,
  scope: { readonly tenant: string; readonly threadId: string },
): void {
  const anyClaim = { ...scope, id: '*', mode: 'resume', ruleId: '*', allow: null } as const
  if (!decide(authorizer, principal, verb, anyClaim)) throw new ClaimDeniedError()
}
