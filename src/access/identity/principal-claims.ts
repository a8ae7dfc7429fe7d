import { IdentityError } from '../../errors.js'
import { checkPrincipal, type Principal } from '../principal.js'

/** Which claim of a token says what about the principal. */
export interface ClaimNames {
  /** `sub` unless told. */
  readonly sub?: string
  /** `act` unless told, whose `sub` is the acting agent (RFC 8693). Any other claim holds the agent's name as text. */
  readonly act?: string
  /** A token without it is refused. */
  readonly tenant?: string
  /** The run that the token was issued for. A token without it is refused. */
  readonly runId?: string
}

const MAX_NAME_LENGTH = 1_024
/** Agents that handed a user's rights on, one after the other. */
const MAX_ACTORS = 8

/**
 * The principal that a verified token speaks of, frozen.
 * @param tenant of every token of the issuer, where no claim says it.
 * @param expose names of claims that policies may see.
 * @throws IdentityError `claims`
 */
export function principalFrom(
  claims: Readonly<Record<string, unknown>>,
  names: ClaimNames,
  tenant: string,
  expose: readonly string[],
): Principal {
  const act = actorOf(claims, names.act ?? 'act')
  const exposed = expose.filter((name) => Object.hasOwn(claims, name)).map((name) => [name, claims[name]])
  const principal: Principal = {
    sub: nameOf(claims, names.sub ?? 'sub'),
    ...(act === undefined ? {} : { act }),
    tenant: names.tenant === undefined ? tenant : nameOf(claims, names.tenant),
    ...(names.runId === undefined ? {} : { runId: nameOf(claims, names.runId) }),
    claims: deepFreeze(structuredClone(Object.fromEntries(exposed))),
    via: 'token',
  }
  try {
    return Object.freeze(checkPrincipal(principal))
  } catch {
    throw new IdentityError('claims')
  }
}

function nameOf(claims: Readonly<Record<string, unknown>>, claim: string): string {
  const name = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) throw new IdentityError('claims')
  return name
}

/** The outermost actor is the present one; those inside it acted before (RFC 8693 §4.1). */
function actorOf(claims: Readonly<Record<string, unknown>>, claim: string): string | undefined {
  if (!Object.hasOwn(claims, claim)) return undefined
  if (claim !== 'act') return nameOf(claims, claim)
  const chain: string[] = []
  const seen = new Set<string>()
  for (let actor = claims.act; actor !== undefined; actor = (actor as { readonly act?: unknown }).act) {
    if (typeof actor !== 'object' || actor === null || Array.isArray(actor) || chain.length === MAX_ACTORS) {
      throw new IdentityError('claims')
    }
    const { iss } = actor as { readonly iss?: unknown }
    const sub = nameOf(actor as Readonly<Record<string, unknown>>, 'sub')
    const identity = JSON.stringify([iss ?? claims.iss, sub])
    // Rights that come back to who had them before have been widened on the way, or the token is made up.
    if (seen.has(identity)) throw new IdentityError('claims')
    seen.add(identity)
    chain.push(sub)
  }
  return chain[0]
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}
