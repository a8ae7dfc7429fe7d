import type { RunnableConfig } from '@langchain/core/runnables'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { InputError } from '../../errors.js'
import { isSecretSafeStore, type SecretSafeStore } from './secret-safe-store.js'

/** A node's configuration, or a tool's `runtime`. */
export interface WithStore {
  readonly store?: unknown
}

/**
 * The graph's `SecretSafeStore` in a node or a tool, for whoever asks there: its `runAs` and its run's token count, and the
 * ledger names run and node. LangGraph's own `config.store` is a queue, which only knows who began the run.
 * @param given the node's configuration or the tool's runtime; that of the async context unless told.
 * @throws InputError outside a graph whose store is a `SecretSafeStore`.
 */
export function storeOf(given?: WithStore): SecretSafeStore {
  const ambient = AsyncLocalStorageProviderSingleton.getRunnableConfig() as (RunnableConfig & WithStore) | undefined
  const config = isConfig(given) ? given : ambient
  const queue = (given ?? ambient)?.store as WithStore | undefined
  const store = isSecretSafeStore(queue) ? queue : queue?.store
  if (!isSecretSafeStore(store))
    throw new InputError('storeOf is called in a node or a tool of a graph that is compiled with a SecretSafeStore.')
  return config === undefined ? store : store.forRun(config)
}

const isConfig = (given: WithStore | undefined): given is RunnableConfig & WithStore =>
  given !== undefined && 'configurable' in given
