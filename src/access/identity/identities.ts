import { IdentityError, type IdentityUnavailableError } from '../../errors.js'
import { currentPrincipal, type Principal } from '../principal.js'
import { type CarriedIdentity, type ConfigLike, carried, carry } from './carrier.js'
import type { PlatformAuth } from './platform-auth.js'
import { beginFlow, endFlow, flowOf, followFlows, isLent } from './read-flow.js'
import { type IdentitySources, resolvePrincipal } from './sources.js'
import { type IdentityScope, TOKEN_KEY, type TokenVerifier } from './token-verifier.js'

export interface IdentityOptions {
  readonly verifier: TokenVerifier | undefined
  readonly platform: PlatformAuth | undefined
  /** Of the constructor. */
  readonly configured: Principal | (() => Principal | undefined) | null
  readonly onRefused: (error: IdentityError | IdentityUnavailableError) => void
}

/** One call on a saver. */
export interface IdentityCall {
  readonly config: ConfigLike
  readonly as: Principal | undefined
  /** The saver that is called. */
  readonly saver: object
  readonly scope: IdentityScope
}

/** Who makes a call. */
export interface CallIdentity {
  /** Null for nobody; a promise only where a token is to be verified, which is done at each call of this. */
  principal(): Principal | null | Promise<Principal | null>
  /** The configuration that the call answers with, for reads that follow from it. */
  carry<Config extends ConfigLike>(config: Config): Config
}

/** Says for each call on a saver who makes it, also where LangGraph calls without the run's configuration. */
export class Identities {
  readonly #options: IdentityOptions

  constructor(options: IdentityOptions) {
    this.#options = options
    if (this.#isPerRequest) followFlows()
  }

  /** For `put`, `putWrites` and `list`. */
  of(call: IdentityCall): CallIdentity {
    return this.#identify(call, this.#given(call) ?? this.#following(call))
  }

  /** For `getTuple`, in its synchronous part: what LangGraph reads next in the same call is read as the same. */
  ofTuple(call: IdentityCall): CallIdentity {
    const given = this.#given(call)
    const known = given ?? this.#following(call)
    const identity = this.#identify(call, known)
    if (known !== undefined || this.#hasPlatformUser(call)) beginFlow(call.config, identity.carried, call.saver)
    else endFlow()
    return identity
  }

  /** For `getDeltaChannelHistory`: outside a run it comes with the configuration that the tuple was answered with. */
  ofHistory(call: IdentityCall): CallIdentity {
    return this.#identify(call, this.#given(call) ?? (this.#hasPlatformUser(call) ? undefined : this.#carriedBy(call)))
  }

  /**
   * For a call that comes out of a run's queue, without the run's configuration and without the node's async context.
   * @param run how the run itself was made, where a token or a platform says so.
   */
  ofQueue(call: IdentityCall, run: CarriedIdentity | undefined): CallIdentity {
    const known = run === undefined || 'token' in run || this.#options.platform !== undefined ? run : undefined
    return this.#identify(call, known)
  }

  /** For calls that take no configuration. */
  ofNoConfig(as: Principal | undefined): Principal | null {
    return this.#withoutToken({ config: {}, as, saver: this, scope: {} })
  }

  get #isPerRequest(): boolean {
    return this.#options.verifier !== undefined || this.#options.platform !== undefined
  }

  #platformUser({ configurable }: ConfigLike): unknown {
    return this.#options.platform && configurable?.[this.#options.platform.field]
  }

  #hasPlatformUser({ config }: IdentityCall): boolean {
    return this.#platformUser(config) !== undefined
  }

  #given({ config, scope }: IdentityCall): CarriedIdentity | undefined {
    const token = config.configurable?.[TOKEN_KEY]
    return token === undefined ? undefined : { token, scope }
  }

  /** Of the first read of the same call of a graph. What comes with the call itself goes before it. */
  #following(call: IdentityCall): CarriedIdentity | undefined {
    const flow = flowOf(call.scope.threadId)
    if (flow === undefined || this.#hasPlatformUser(call)) return undefined
    return isLent(call.config, call.saver, flow) ? flow.identity : this.#carriedBy(call)
  }

  #carriedBy({ config, scope }: IdentityCall): CarriedIdentity | undefined {
    const identity = carried(config)
    // It has ended, or was moved into another thread's configuration.
    if (identity === null || (identity !== undefined && identity.scope.threadId !== scope.threadId)) {
      this.#options.onRefused(new IdentityError('expired'))
      return { principal: null, scope }
    }
    return identity
  }

  #identify(
    call: IdentityCall,
    known: CarriedIdentity | undefined,
  ): CallIdentity & { readonly carried: CarriedIdentity } {
    const identity = known ?? { principal: this.#withoutToken(call), scope: call.scope }
    return {
      principal: () => ('token' in identity ? this.#fromToken(call, identity) : identity.principal),
      carried: identity,
      // A token that nobody can verify is carried, too: what follows from a read that was denied is denied.
      carry: (config) => (this.#isPerRequest || 'token' in identity ? carry(config, identity) : config),
    }
  }

  #withoutToken(call: IdentityCall): Principal | null {
    return resolvePrincipal({ ...this.#sourcesOf(call), token: undefined })
  }

  /** In the scope of the call that it came with; only the tenant may have become known since. */
  async #fromToken(
    call: IdentityCall,
    { token, scope }: CarriedIdentity & { readonly token: unknown },
  ): Promise<Principal | null> {
    return resolvePrincipal({ ...this.#sourcesOf({ ...call, scope: { ...call.scope, ...scope } }), token })
  }

  #sourcesOf({ config, as, scope }: IdentityCall): Omit<IdentitySources, 'token'> {
    const asyncContext = currentPrincipal()
    return { ...this.#options, asyncContext, as, platformUser: this.#platformUser(config), scope }
  }
}
