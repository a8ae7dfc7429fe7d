import { InputError } from '../../errors.js'
import type { AccessRequest, Authorizer, Decision } from '../authorizer.js'
import { mergeApprovals } from './approval.js'
import { UNAVAILABLE } from './unavailable.js'

/**
 * Several authorizers of which all must allow. Forbidden is what one of them forbids; approval has to fulfil every
 * requirement. Answers at once when all of them do.
 * @throws InputError without any.
 */
export function combineAuthorizers(...authorizers: readonly Authorizer[]): Authorizer {
  if (authorizers.length === 0) throw new InputError('combineAuthorizers needs at least one authorizer.')
  return {
    decide(request) {
      const answers = authorizers.map((authorizer) => ask(authorizer, request))
      return answers.some((answer) => answer instanceof Promise)
        ? Promise.all(answers).then(merge)
        : merge(answers as readonly Decision[])
    },
  }
}

function ask(authorizer: Authorizer, request: AccessRequest): Decision | Promise<Decision> {
  try {
    const answer = authorizer.decide(request)
    return 'then' in answer ? Promise.resolve(answer).catch(() => UNAVAILABLE) : answer
  } catch {
    return UNAVAILABLE
  }
}

function merge(decisions: readonly Decision[]): Decision {
  const denied =
    decisions.find(({ allowed, forbidden }) => allowed !== true && forbidden === true) ??
    decisions.find(({ allowed }) => allowed !== true)
  const asked = decisions.filter(({ approval }) => approval !== undefined)
  // A grant may lift a plain denial; it does not stand in for the approval that another one asks for.
  if (denied !== undefined) return asked.length === 0 ? denied : { ...denied, allowed: false, forbidden: true }
  if (asked.length === 0) return decisions[0]!
  if (asked.length === 1) return asked[0]!
  const rule = [...new Set(asked.flatMap((decision) => decision.rule ?? []))].join(' + ')
  const merged = mergeApprovals(asked.map(({ approval }) => approval!))
  return merged === null
    ? { allowed: false, reason: 'no one may approve for all that ask for it', rule, forbidden: true }
    : { allowed: true, reason: 'needs approval', rule, approval: merged }
}
