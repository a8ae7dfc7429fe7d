import { HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { Annotation, END, InMemoryStore, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { InMemoryCache } from '@langchain/langgraph-checkpoint'
import { createAgent } from 'langchain'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type Covered, protectAgent, SecretSafeCache, SecretSafeStore, secretsMiddleware } from '../../src/agent.js'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'
import { createCanary } from '../../src/testing/leak/index.js'
import {
  CONFIG,
  releaseScript,
  releaseTools,
  sightings,
  type TestAgent,
  WatchedModel,
  WORKER,
} from '../support/agents.js'

const openVault = () =>
  ClaimVault.open({ store: new MemoryClaimStore(), keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })

describe('protectAgent', () => {
  it('protects what createAgent makes, in one call', async () => {
    const token = createCanary('token')
    const received: string[] = []
    const model = new WatchedModel(releaseScript)
    const covered: Covered[] = []
    const vault = await openVault()
    const agent = createAgent(
      protectAgent(
        {
          name: 'release-agent',
          model,
          tools: releaseTools({ token, received }),
          checkpointer: new MemorySaver(),
          store: new InMemoryStore(),
        },
        {
          vault,
          principal: WORKER,
          tools: { deploy: { allow: 'github-*' } },
          onCoverage: (rows) => covered.push(...rows),
        },
      ),
    ) as unknown as TestAgent
    const out = await agent.invoke({ messages: [new HumanMessage('Release it.')] }, CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, model.seen, out)).toEqual([])
    expect((await vault.ledger({ operation: 'claim' }))[0]).toMatchObject({ act: 'release-agent', nodes: ['deploy'] })
    const of = (part: string) => covered.find((row) => row.part.startsWith(part))
    expect(of('checkpoints')?.covered).toBe(true)
    expect(of('store')?.covered).toBe(true)
    expect(of('cache')).toBeUndefined()
    expect(of('tools that are given')).toMatchObject({ covered: true, how: 'deploy' })
    expect(of('traces')?.covered).toBe(false)
  })

  it('wraps what a compiled graph keeps, on one vault, and says that its models are its own affair', async () => {
    const vault = await openVault()
    const token = createCanary('token')
    const [store, cache] = [new InMemoryStore(), new InMemoryCache()]
    const covered: Covered[] = []
    const parts = protectAgent(
      { checkpointer: new MemorySaver(), store, cache },
      { vault, principal: WORKER, onCoverage: (rows) => covered.push(...rows) },
    )
    expect(parts.checkpointer).toBeInstanceOf(SecretSafeSaver)
    expect(parts.store).toBeInstanceOf(SecretSafeStore)
    expect(parts.cache).toBeInstanceOf(SecretSafeCache)
    const graph = new StateGraph(Annotation.Root({ note: Annotation<string>() }))
      .addNode('keep', async ({ note }, config) => {
        await config.store!.put(['notes'], 'one', { note })
        return { note: `kept ${note}` }
      })
      .addEdge(START, 'keep')
      .addEdge('keep', END)
      .compile(parts)
    await graph.invoke({ note: token }, CONFIG)
    const kept = await store.get(['notes'], 'one')
    expect(kept?.value.note).toMatch(/^claim:\/\//)
    expect(sightings(token, kept)).toEqual([])
    expect(covered.filter((row) => !row.covered).map(({ part }) => part)).toContain('what a model reads')
  })

  it('keeps a saver, a store and middleware that are protected or set already', () => {
    const saver = new SecretSafeSaver(new MemorySaver(), { vault: openVault, principal: null })
    const store = new SecretSafeStore(new InMemoryStore(), { vault: openVault, principal: null })
    const first = { name: 'First' } as never
    const covered: Covered[] = []
    const parts = protectAgent(
      { model: 'x', checkpointer: saver, store, middleware: [first] },
      { onCoverage: (rows) => covered.push(...rows) },
    )
    expect(parts.checkpointer).toBe(saver)
    expect(parts.store).toBe(store)
    const middleware: readonly { readonly name: string }[] = parts.middleware
    expect(middleware.map(({ name }) => name)).toEqual(['First', 'SecretsMiddleware'])
    const own = secretsMiddleware({ agent: 'mine' })
    const set = protectAgent(
      { model: 'x', checkpointer: saver, middleware: [own, first] },
      { onCoverage: () => undefined },
    )
    expect(set.middleware).toEqual([own, first])
    const texts = covered.filter((row) => !row.covered).map(({ part, how }) => `${part}: ${how}`)
    expect(texts).toContain("streams and results of resumed runs: channels: { messages: 'handles' }")
    expect(texts).toContain('models that other middleware calls by itself: guardModel(model), for First')
    expect(texts).toContain('tools that are given secrets: none: list them in tools')
  })

  it('prints what is covered once, on standard error', async () => {
    const vault = await openVault()
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      const odd = tool(() => 'x', { name: 'odd_one', description: 'x', schema: z.object({}) })
      for (let i = 0; i < 3; i++)
        protectAgent(
          { model: 'x', tools: [odd], checkpointer: new MemorySaver() },
          { vault, tools: { 'odd*': { allow: '*' } } },
        )
      expect(write).toHaveBeenCalledTimes(1)
      expect(write.mock.calls[0]![0]).toMatch(/^secret-safe: this agent is protected as follows\.\n {2}covered/)
      expect(write.mock.calls[0]![0]).toContain('tools that are given secrets: odd_one')
    } finally {
      write.mockRestore()
    }
  })

  it('refuses to protect what keeps no threads', () => {
    expect(() => protectAgent({ model: 'x' } as never)).toThrow(/needs a checkpointer/)
  })
})
