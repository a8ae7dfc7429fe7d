import type { RunnableConfig } from '@langchain/core/runnables'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import type { CarriedIdentity } from '../../access/identity/carrier.js'
import type { CallIdentity, Identities } from '../../access/identity/identities.js'
import type { Principal } from '../../access/principal.js'
import { nodeOf, runIdOf } from '../../saver/run-info.js'

/** What a call is made with that its arguments do not say. */
export interface Asking {
  /** Of `as`. */
  readonly as?: Principal
  /** Of `forRun`; else that of the node around the call, where there is one. */
  readonly config?: RunnableConfig
  /** True for a call out of a run's queue. */
  readonly isQueued?: boolean
  /** How that run was made, where a token or a platform says so. */
  readonly run?: CarriedIdentity | undefined
}

/** Who makes a call, and in which run. */
export interface Asker {
  readonly identity: CallIdentity
  /** Of `as`; the vault's where it says nothing. */
  readonly tenant: string | undefined
  readonly runId: string | undefined
  readonly node: string | undefined
}

export function askerOf(
  identities: Identities,
  { as, config: given, isQueued, run }: Asking,
  self: object,
  vaultTenant: string | undefined,
): Asker {
  const ambient = AsyncLocalStorageProviderSingleton.getRunnableConfig() as RunnableConfig | undefined
  const config = given ?? (run === undefined ? ambient : undefined) ?? {}
  const threadId: unknown = config.configurable?.thread_id
  const runId = runIdOf(config) ?? run?.scope.runId
  const tenant = as?.tenant ?? vaultTenant
  const scope = {
    ...(typeof threadId === 'string' ? { threadId } : {}),
    ...(runId === undefined ? {} : { runId }),
    ...(tenant === undefined ? {} : { tenant }),
  }
  const call = { config, as, saver: self, scope }
  const isOfRun = isQueued === true && run !== undefined && given === undefined
  return {
    identity: isOfRun ? identities.ofQueue(call, run) : identities.of(call),
    tenant: as?.tenant,
    runId,
    node: nodeOf(config),
  }
}
