import type { AccessRequest, Authorizer, Decision, Verb } from '../access/authorizer.js'
import type { Principal } from '../access/principal.js'
import { ClaimDeniedError } from '../errors.js'
import type { Scope } from './naming-keys.js'
import { load, type VaultContext } from './vault-context.js'

/** How long an authorizer that asks somebody else may take. */
const TIMEOUT_MS = 10_000

const NO_ANSWER: Decision = { allowed: false, reason: 'no decision', forbidden: true }

/** An authorizer that throws, rejects, answers something else or does not answer in time denies. */
export function decide(
  { authorizer }: { readonly authorizer: Authorizer },
  principal: Principal,
  verb: Verb,
  { id, tenant, threadId, mode, ruleId, allow }: AccessRequest['claim'],
  at: AccessRequest['at'],
): Decision | Promise<Decision> {
  try {
    const answer = authorizer.decide({ principal, verb, claim: { id, tenant, threadId, mode, ruleId, allow }, at })
    return isPromise(answer) ? inTime(answer) : sound(answer)
  } catch {
    return NO_ANSWER
  }
}

/** True where nobody has to agree first. What can be approved goes through `permit`. */
export async function isPermitted(
  vault: VaultContext,
  principal: Principal,
  verb: Verb,
  claim: AccessRequest['claim'],
  now: number,
): Promise<boolean> {
  const { allowed, approval } = await decide(vault, principal, verb, claim, { now })
  return allowed && approval === undefined
}

/** Those of `claims` for which `isPermitted`. */
export async function permitted<Claim extends AccessRequest['claim']>(
  vault: VaultContext,
  principal: Principal,
  verb: Verb,
  claims: readonly Claim[],
  now: number,
): Promise<readonly Claim[]> {
  const answers = await Promise.all(claims.map((claim) => isPermitted(vault, principal, verb, claim, now)))
  return claims.filter((_, i) => answers[i])
}

/**
 * For what is not about one claim: a thread (or, with an empty thread id, a tenant) and whatever is stored in it later.
 * @throws ClaimDeniedError
 */
export async function requireRight(
  vault: VaultContext,
  principal: Principal,
  verb: Verb,
  { tenant, threadId }: Scope,
): Promise<void> {
  const anyClaim = { tenant, threadId, id: '*', mode: 'resume', ruleId: '*', allow: null } as const
  const { now } = await load(vault, { tenant, threadId, ids: [], places: [], revocations: [] })
  if (!(await isPermitted(vault, principal, verb, anyClaim, now))) throw new ClaimDeniedError()
}

function sound(answer: Decision): Decision {
  if (typeof answer !== 'object' || answer === null) return NO_ANSWER
  return answer.allowed === true || answer.allowed === false ? answer : NO_ANSWER
}

function isPromise(answer: Decision | Promise<Decision>): answer is Promise<Decision> {
  return typeof (answer as { then?: unknown } | null)?.then === 'function'
}

async function inTime(answer: Promise<Decision>): Promise<Decision> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<Decision>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, NO_ANSWER)
  })
  try {
    return sound(await Promise.race([answer, timeUp]))
  } catch {
    return NO_ANSWER
  } finally {
    clearTimeout(timer)
  }
}
