import type { RunnableConfig } from '@langchain/core/runnables'
import { Annotation, DeltaChannel, interrupt, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import {
  ClaimVault,
  type IdentityError,
  type IdentityUnavailableError,
  jwtVerifier,
  KeyRing,
  MemoryClaimStore,
  platformAuth,
  SecretSafeSaver,
  type SecretSafeSaverOptions,
  TOKEN_KEY,
} from '../../../src/index.js'
import { createCanary } from '../../../src/testing/leak/canary.js'
import { AUDIENCE, type Issuer } from './issuer.js'

/** Keeps every configuration that it is called with. */
export class WatchingSaver extends MemorySaver {
  readonly configs: RunnableConfig[] = []

  override put(...args: Parameters<MemorySaver['put']>) {
    this.configs.push(args[0])
    return super.put(...args)
  }

  override putWrites(...args: Parameters<MemorySaver['putWrites']>) {
    this.configs.push(args[0])
    return super.putWrites(...args)
  }

  override getTuple(config: RunnableConfig) {
    this.configs.push(config)
    return super.getTuple(config)
  }

  override list(...args: Parameters<MemorySaver['list']>) {
    this.configs.push(args[0])
    return super.list(...args)
  }

  override getDeltaChannelHistory(options: { config: RunnableConfig; channels: string[] }) {
    this.configs.push(options.config)
    return super.getDeltaChannelHistory(options)
  }
}

export const platform = platformAuth({ map: ({ identity }) => ({ sub: identity, tenant: 'default' }) })

/**
 * A graph whose secrets stand in a plain channel, in a delta channel, and in both kinds again in a subgraph that waits at an
 * interrupt. Only Alice may have them back.
 */
export async function openGraph(issuer: Issuer, options: Partial<SecretSafeSaverOptions> = {}) {
  const secrets = { plain: createCanary('token'), delta: createCanary('token'), child: createCanary('token') }
  const asked: string[] = []
  const refused: (IdentityError | IdentityUnavailableError)[] = []
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    sweep: 'manual',
    authorizer: {
      decide: ({ principal }) => {
        asked.push(principal.sub)
        return { allowed: principal.sub === 'alice', reason: 'Alice only' }
      },
    },
  })
  const inner = new WatchingSaver()
  const saver = new SecretSafeSaver(inner, {
    vault,
    principal: { sub: 'constructor' },
    identity: jwtVerifier({
      issuer: issuer.url,
      audience: AUDIENCE,
      keys: { keys: issuer.keys.map(({ jwk }) => ({ ...jwk, kty: jwk.kty! })) },
    }),
    platform,
    onIdentityError: (error) => refused.push(error),
    ...options,
  })
  const append = (all: string[], writes: readonly string[][]) => [...all, ...writes.flat()]
  const delta = () => new DeltaChannel<string[]>(append as never, { snapshotFrequency: 1_000 })
  const Child = Annotation.Root({ own: Annotation<string>(), log: delta })
  const child = new StateGraph(Child)
    .addNode('write', () => ({ own: secrets.child, log: [`child ${secrets.delta}`] as never }))
    .addNode('wait', () => ({ own: `${secrets.child} ${interrupt('go on?')}` }))
    .addEdge(START, 'write')
    .addEdge('write', 'wait')
  const State = Annotation.Root({ plain: Annotation<string>(), turns: Annotation<number>(), notes: delta })
  const graph = new StateGraph(State)
    .addNode('write', () => ({ plain: secrets.plain, notes: [`note ${secrets.delta}`] as never }))
    .addNode('child', child.compile())
    .addEdge(START, 'write')
    .addEdge('write', 'child')
    .compile({ checkpointer: saver })
  return { secrets, asked, refused, vault, inner, saver, graph }
}

export type ProtectedGraph = Awaited<ReturnType<typeof openGraph>>

/** The configuration of a run with a token, or without one. */
export const withToken = (threadId: string, token?: unknown, more: Record<string, unknown> = {}) => ({
  configurable: { thread_id: threadId, ...(token === undefined ? {} : { [TOKEN_KEY]: token }), ...more },
})

export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of all) items.push(item)
  return items
}
