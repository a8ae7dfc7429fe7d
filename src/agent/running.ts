import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnableConfig } from '@langchain/core/runnables'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { InputError } from '../errors.js'
import { missingPeer } from '../load-optional.js'
import { isSecretSafeSaver, type SecretSafeSaver } from '../saver/secret-safe-saver.js'
import type { ThreadSecrets } from '../saver/thread-secrets.js'
import type { UseSecretContext } from '../saver/use-secret.js'

/** Where a run is found, for what is called without being told. */
export interface RunOptions {
  /** The run's, as a node gets it; that of the async context unless told. */
  readonly config?: RunnableConfig
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
}

/** A run, and the saver of its thread. */
export interface Run {
  readonly config: RunnableConfig
  readonly saver: SecretSafeSaver
}

/** LangGraph hands a graph's checkpointer to its nodes under this key, so that subgraphs have one. */
const CHECKPOINTER = '__pregel_checkpointer'

/** @throws InputError outside a graph whose checkpointer is a `SecretSafeSaver`, saying what `caller` needs. */
export function runOf(caller: string, options: RunOptions = {}): Run {
  const config = options.config ?? currentConfig()
  const saver = options.saver ?? saverOf(config)
  if (config === undefined || saver === undefined) {
    throw new InputError(
      `${caller} is called in a node of a graph whose checkpointer is a SecretSafeSaver. Elsewhere give it { saver, config }, or call vault.claim.`,
    )
  }
  return { config, saver }
}

/**
 * The secrets of the thread in which something is called with `config`, which may lack what only the run's own has.
 * @throws InputError where neither tells thread and saver: nothing is given to a model then.
 */
export function secretsOf(
  caller: string,
  saver: SecretSafeSaver | undefined,
  config?: RunnableConfig,
): Promise<ThreadSecrets> {
  const own = config?.configurable?.thread_id === undefined ? {} : { config }
  const run = runOf(caller, { ...own, ...(saver === undefined ? {} : { saver }) })
  return run.saver.secretsOf(run.config)
}

const kept = new AsyncLocalStorage<RunnableConfig | undefined>()

/** Keeps the run for what `fn` calls with a configuration of its own: LangChain forgets the run's then. */
export const keepRun = <T>(fn: () => T): T => kept.run(currentConfig(), fn)

function currentConfig(): RunnableConfig | undefined {
  const config = AsyncLocalStorageProviderSingleton.getRunnableConfig() as RunnableConfig | undefined
  return config?.configurable?.thread_id === undefined ? (kept.getStore() ?? config) : config
}

/** Only a task of a graph can be interrupted. */
export const isRunning = ({ configurable }: RunnableConfig): boolean => configurable?.__pregel_scratchpad !== undefined

export async function loadInterrupt(): Promise<NonNullable<UseSecretContext['interrupt']>> {
  const { interrupt } = await import('@langchain/langgraph').catch(
    missingPeer('Interrupting a graph needs the package @langchain/langgraph', 'npm install @langchain/langgraph'),
  )
  return interrupt
}

function saverOf(config: RunnableConfig | undefined): SecretSafeSaver | undefined {
  const checkpointer: unknown = config?.configurable?.[CHECKPOINTER]
  return isSecretSafeSaver(checkpointer) ? checkpointer : undefined
}
