import { IdentityError, IdentityUnavailableError } from '../../errors.js'
import { checkPrincipal, type Principal } from '../principal.js'
import type { PlatformAuth } from './platform-auth.js'
import { type IdentityScope, type TokenVerifier, tokenText } from './token-verifier.js'

/** Everything that may say who asks; undefined is absent. */
export interface IdentitySources {
  /** As it stands in `configurable`. */
  readonly token: unknown
  readonly verifier: TokenVerifier | undefined
  /** Of `runAs`. */
  readonly asyncContext: Principal | undefined
  /** Of `saver.as`. */
  readonly as: Principal | undefined
  readonly platform: PlatformAuth | undefined
  /** As it stands in the platform's field of `configurable`. */
  readonly platformUser: unknown
  /** Of the constructor. */
  readonly configured: Principal | (() => Principal | undefined) | null
  readonly scope: IdentityScope
  /** Told why an identity that is present was refused. */
  readonly onRefused: (error: IdentityError | IdentityUnavailableError) => void
}

type Resolved = Principal | null

/**
 * Who asks: the first source that is present decides, in the order of a token, the async context, `as`, the platform's field
 * and the constructor; one that is not good denies and is never passed over. A token without a verifier is not good. The
 * constructor's principal applies only where no source of each request is configured.
 * @returns null for nobody; a promise only for a token.
 */
export function resolvePrincipal(sources: IdentitySources & { readonly token: undefined }): Resolved
export function resolvePrincipal(sources: IdentitySources): Resolved | Promise<Resolved>
export function resolvePrincipal(sources: IdentitySources): Resolved | Promise<Resolved> {
  const { token, verifier, asyncContext, as, platform, platformUser, configured, scope, onRefused } = sources
  if (token !== undefined) return fromToken(token, verifier, scope).catch(refuse)
  try {
    const present = asyncContext ?? as
    if (present !== undefined) return bound(checked(present), scope)
    if (platform !== undefined && platformUser !== undefined) {
      return ofTenant(bound(platform.principalOf(platformUser), scope), scope)
    }
    if (platform !== undefined || verifier !== undefined) return null
    const own = typeof configured === 'function' ? configured() : configured
    return own === undefined || own === null ? null : bound(checked(own), scope)
  } catch (error) {
    return refuse(error)
  }

  function refuse(error: unknown): null {
    // A foreign error may quote what it was given.
    const ours = error instanceof IdentityError || error instanceof IdentityUnavailableError
    try {
      onRefused(ours ? error : new IdentityError('source'))
    } catch {
      // Who listens has no say.
    }
    return null
  }
}

async function fromToken(
  token: unknown,
  verifier: TokenVerifier | undefined,
  scope: IdentityScope,
): Promise<Principal> {
  if (verifier === undefined) throw new IdentityError('source')
  const text = tokenText(token)
  if (text === null) throw new IdentityError('malformed')
  const principal = checked(await verifier.verify(text, scope))
  const isOurs = Object.isFrozen(principal) && principal.via === 'token'
  return ofTenant(bound(isOurs ? principal : Object.freeze({ ...principal, via: 'token' }), scope), scope)
}

function checked(principal: Principal): Principal {
  try {
    return checkPrincipal(principal)
  } catch {
    throw new IdentityError('source')
  }
}

/** What was issued for one run is good for no other, nor where the run is not known. */
function bound(principal: Principal, { runId }: IdentityScope): Principal {
  if (principal.runId !== undefined && principal.runId !== runId) throw new IdentityError('run')
  return principal
}

/** Refused here already: whatever authorizer decides later, another tenant's proof of who asks opens nothing. */
function ofTenant(principal: Principal, { tenant }: IdentityScope): Principal {
  if (tenant !== undefined && principal.tenant !== undefined && principal.tenant !== tenant) {
    throw new IdentityError('tenant')
  }
  return principal
}
