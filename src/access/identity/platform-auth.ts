import { ConfigError, IdentityError } from '../../errors.js'
import { checkPrincipal, type Principal } from '../principal.js'

/** Whom a platform has authenticated, as LangGraph's `authenticate` handlers describe it. */
export interface PlatformUser {
  readonly identity: string
  readonly is_authenticated?: boolean
  readonly permissions?: readonly string[]
  readonly [field: string]: unknown
}

export interface PlatformAuthOptions {
  /** Key of `configurable` that the platform overwrites at each request; `langgraph_auth_user` unless told. */
  readonly field?: string
  /** The principal of a user; undefined refuses. Name a tenant here, unless the vault's own is meant. */
  readonly map: (user: PlatformUser) => Omit<Principal, 'via'> | undefined
}

/** Trust in what a platform puts into `configurable`; made by `platformAuth`. */
export interface PlatformAuth {
  readonly field: string
  /** @throws IdentityError `source` for what no platform has put there. */
  principalOf(user: unknown): Principal
}

const DEFAULT_FIELD = 'langgraph_auth_user'

/**
 * Trusts the user that a platform has put into `configurable`. Only where that platform authenticates every request: without
 * an `authenticate` handler, LangGraph's server hands on whatever a client has put there itself.
 */
export function platformAuth({ field = DEFAULT_FIELD, map }: PlatformAuthOptions): PlatformAuth {
  if (typeof map !== 'function' || typeof field !== 'string' || field === '') {
    throw new ConfigError('platformAuth needs { map }, which says who a user of the platform is.')
  }
  return Object.freeze({
    field,
    principalOf(user: unknown): Principal {
      if (!isPlatformUser(user) || user.is_authenticated === false) throw new IdentityError('source')
      try {
        const { claims, ...principal } = checkPrincipal(map(user) as Principal)
        // The user is the platform's object: it is not frozen, only what was made of it.
        const exposed = claims === undefined ? {} : { claims: Object.freeze({ ...claims }) }
        return Object.freeze({ ...principal, ...exposed, via: 'platform' as const })
      } catch {
        // A foreign error may quote the user.
        throw new IdentityError('source')
      }
    },
  })
}

function isPlatformUser(user: unknown): user is PlatformUser {
  return (
    typeof user === 'object' &&
    user !== null &&
    'identity' in user &&
    typeof user.identity === 'string' &&
    user.identity !== ''
  )
}
