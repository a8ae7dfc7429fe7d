import type { RunnableConfig } from '@langchain/core/runnables'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { withoutIdentity } from '../access/identity/carrier.js'
import { type Principal, runAs } from '../access/principal.js'
import { InputError } from '../errors.js'
import { missingPeer } from '../load-optional.js'
import { isSecretSafeSaver, type SecretSafeSaver } from '../saver/secret-safe-saver.js'
import type { UseSecretContext } from '../saver/use-secret.js'

export interface UseSecretOptions extends Pick<UseSecretContext, 'onUnresolved'> {
  /** The run's, as a node gets it; that of the async context unless told. */
  readonly config?: RunnableConfig
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
  /** As whom, such as a sub-agent of its own; as the saver's reads are done unless told. */
  readonly principal?: Principal
}

/** LangGraph hands a graph's checkpointer to its nodes under this key, so that subgraphs have one. */
const CHECKPOINTER = '__pregel_checkpointer'

/**
 * Gives a secret to `use` for as long as it runs, in a node or a tool of a graph whose checkpointer is a `SecretSafeSaver`:
 * `await useSecret(url, (token) => fetch(api, { headers: { authorization: `Bearer ${token}` } }))`.
 * It is an explicit claim: counted, recorded, decided by policy. What `use` answers or throws does not carry the value on.
 * Where others have to agree first, the graph is interrupted with a request, and goes on once that is decided in the vault.
 * @throws InputError outside a graph, ClaimUrlError, UnresolvedClaimError with the reason, VaultUnavailableError (retryable).
 */
export async function useSecret<Value = string, Result = unknown>(
  url: string,
  use: (value: Value) => Result | Promise<Result>,
  options: UseSecretOptions = {},
): Promise<Result> {
  const config =
    options.config ?? (AsyncLocalStorageProviderSingleton.getRunnableConfig() as RunnableConfig | undefined)
  const saver = options.saver ?? saverOf(config)
  if (config === undefined || saver === undefined) {
    throw new InputError(
      'useSecret is called in a node of a graph whose checkpointer is a SecretSafeSaver. Elsewhere give it { saver, config }, or call vault.claim.',
    )
  }
  const { onUnresolved, principal } = options
  const context = {
    ...(onUnresolved === undefined ? {} : { onUnresolved }),
    ...(isRunning(config) ? { interrupt: await loadInterrupt() } : {}),
  }
  if (principal === undefined) return saver.useSecret(url, use, config, context)
  // The run's token would go before it.
  return runAs(principal, () => saver.useSecret(url, use, withoutIdentity(config), context))
}

function saverOf(config: RunnableConfig | undefined): SecretSafeSaver | undefined {
  const checkpointer: unknown = config?.configurable?.[CHECKPOINTER]
  return isSecretSafeSaver(checkpointer) ? checkpointer : undefined
}

/** Only a task of a graph can be interrupted. */
const isRunning = ({ configurable }: RunnableConfig): boolean => configurable?.__pregel_scratchpad !== undefined

async function loadInterrupt(): Promise<NonNullable<UseSecretContext['interrupt']>> {
  const { interrupt } = await import('@langchain/langgraph').catch(
    missingPeer('Interrupting a graph needs the package @langchain/langgraph', 'npm install @langchain/langgraph'),
  )
  return interrupt
}
