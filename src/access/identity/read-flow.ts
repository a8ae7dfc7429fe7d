import { AsyncLocalStorage } from 'node:async_hooks'
import type { CarriedIdentity, ConfigLike } from './carrier.js'

/** One call of a graph that reads several checkpoints, of which only the first comes with the caller's configuration. */
interface ReadFlow {
  readonly identity: CarriedIdentity
  /** The saver that was asked first, which LangGraph lends to subgraphs. */
  readonly saver: object
  readonly threadId: string | undefined
  readonly namespace: string
  /** True for the first read of a run, of which no caller has the configuration: it holds what nodes are given to write by. */
  readonly isRun: boolean
}

const flows = new AsyncLocalStorage<ReadFlow | undefined>()
const NONE: ReadFlow = Object.freeze({
  identity: { principal: null, scope: {} },
  saver: {},
  threadId: '',
  namespace: '',
  isRun: false,
})

/**
 * To be called long before the first read. Up to Node 22 an async context is followed from its first use on, so that a flow
 * that were the first use of all would reach whatever runs beside it.
 */
export function followFlows(): void {
  flows.run(NONE, () => undefined)
}

/**
 * What follows from this read in the same async flow may be made as the same. To be called in the synchronous part of
 * `getTuple`: LangGraph asks after an await of its own, so that this reaches the rest of `getState` or `updateState` and
 * nothing beside it. Code that calls `getTuple` itself keeps it to the end of its own flow, where `flowing` finds no use for it.
 */
export function beginFlow(config: ConfigLike, identity: CarriedIdentity, saver: object): void {
  const namespace = config.configurable?.checkpoint_ns
  const { threadId } = identity.scope
  const isRun = typeof (config as { readonly writer?: unknown }).writer === 'function'
  flows.enterWith({ identity, saver, threadId, namespace: typeof namespace === 'string' ? namespace : '', isRun })
}

/** A read that is somebody else's ends it. */
export function endFlow(): void {
  if (flows.getStore() !== undefined) flows.enterWith(undefined)
}

/** As whom the run that goes on in this async flow has read its checkpoint; undefined where no token or platform says so. */
export function runIdentity(): CarriedIdentity | undefined {
  const flow = flows.getStore()
  return flow?.isRun ? flow.identity : undefined
}

/** The flow that a read of this thread belongs to; undefined outside. */
export function flowOf(threadId: string | undefined): ReadFlow | undefined {
  const flow = flows.getStore()
  return flow !== undefined && flow.threadId === threadId ? flow : undefined
}

/** In this order: a configuration that a caller sends, and LangGraph lends the saver to, has the saver last. */
const LENT_KEYS = ['__pregel_checkpointer', 'thread_id', 'checkpoint_ns']

/**
 * True for the configuration that `getState({ subgraphs: true })` builds for a subgraph of what the flow has read: the saver
 * itself, the thread, and a namespace below. Nobody outside this process can send the saver.
 */
export function isLent(config: ConfigLike, saver: object, flow: ReadFlow): boolean {
  const { namespace: parent } = flow
  const { configurable = {} } = config
  const { __pregel_checkpointer: lent, checkpoint_ns: namespace } = configurable
  const keys = Reflect.ownKeys(configurable)
  return (
    lent === saver &&
    saver === flow.saver &&
    keys.length === LENT_KEYS.length &&
    keys.every((key, i) => key === LENT_KEYS[i]) &&
    Reflect.ownKeys(config).length === 1 &&
    typeof namespace === 'string' &&
    (parent === '' ? namespace !== '' : namespace.startsWith(`${parent}|`))
  )
}
