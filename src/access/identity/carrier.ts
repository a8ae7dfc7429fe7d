import type { Principal } from '../principal.js'
import { type IdentityScope, TOKEN_KEY } from './token-verifier.js'

/** As much of LangChain's `RunnableConfig` as matters here. */
export interface ConfigLike {
  readonly configurable?: Readonly<Record<PropertyKey, unknown>> | undefined
}

/**
 * How a read was made, so that those which follow from it are made as the same, and as nobody else: a token, which is
 * verified again at each use, or whom another source named; null for nobody.
 */
export type CarriedIdentity = { readonly scope: IdentityScope } & (
  | { readonly token: unknown }
  | { readonly principal: Principal | null }
)

/**
 * A key that no text can spell and no other module can have: neither JSON nor a list of string keys shows it, and copies that
 * are made by spreading keep it.
 */
const CARRIER = Symbol('langgraph-secret-safe.identity')

/** Long enough for what LangGraph reads right after a tuple; without a bound, a kept configuration would be a credential. */
const CARRIED_MS = 5 * 60_000

interface Entry {
  readonly identity: CarriedIdentity
  readonly endsAt: number
}

/** The value under the key is an empty object that only this map knows. */
const entries = new WeakMap<object, Entry>()

/** A copy of a configuration that carries who asked, inside this process and for five minutes. */
export function carry<Config extends ConfigLike>(config: Config, identity: CarriedIdentity): Config {
  const handle = Object.freeze(Object.create(null) as object)
  entries.set(handle, { identity, endsAt: Date.now() + CARRIED_MS })
  return { ...config, configurable: { ...config.configurable, [CARRIER]: handle } }
}

/** What a configuration carries: undefined for nothing, null for what has ended or was made up. */
export function carried({ configurable }: ConfigLike): CarriedIdentity | null | undefined {
  const handle = configurable?.[CARRIER]
  if (handle === undefined) return undefined
  const entry = typeof handle === 'object' && handle !== null ? entries.get(handle) : undefined
  return entry === undefined || entry.endsAt <= Date.now() ? null : entry.identity
}

/** A copy without token and carrier: the same object when it held neither. */
export function withoutIdentity<Config extends ConfigLike>(config: Config): Config {
  const { configurable } = config
  if (configurable === undefined || !(TOKEN_KEY in configurable || CARRIER in configurable)) return config
  const { [TOKEN_KEY]: _token, [CARRIER]: _carrier, ...rest } = configurable
  return { ...config, configurable: rest }
}
