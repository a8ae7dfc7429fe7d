import { Annotation, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { describe, expect, it, vi } from 'vitest'
import { runAs, SecretSafeSaver, TOKEN_KEY, VaultUnavailableError } from '../../../src/index.js'
import { anthropicKey } from '../../support/secrets.js'
import { cacheHarness } from '../../support/store-harness.js'

const State = Annotation.Root({ user: Annotation<string>(), token: Annotation<string>() })

/** A node whose answer is cached by its input. */
async function open() {
  const harness = await cacheHarness(
    { principal: null },
    {
      authorizer: { decide: ({ principal }) => ({ allowed: principal.sub !== 'mallory', reason: 'test' }) },
    },
  )
  const made: string[] = []
  const fetchToken = async ({ user }: { user: string }) => {
    made.push(`${user} ${anthropicKey()}`)
    return { token: made.at(-1)! }
  }
  const graph = new StateGraph(State)
    .addNode('fetch', fetchToken, { cachePolicy: { ttl: 60, keyFunc: (input: unknown) => JSON.stringify(input) } })
    .addEdge(START, 'fetch')
    .compile({ cache: harness.cache })
  const run = (sub: string, user = 'ada') => runAs({ sub }, () => graph.invoke({ user }))
  return { ...harness, graph, made, run }
}

describe('a graph with a wrapped cache', () => {
  it('takes a node’s answer from it for another user whom policy permits, and stores no secret', async () => {
    const { run, made, stored } = await open()
    const first = await run('alice')
    expect(await run('bob')).toEqual(first)
    expect(made).toHaveLength(1)
    expect(stored()).not.toContain(made[0]!.split(' ')[1])
    expect(stored()).toMatch(/claim:\/\//)
  })

  it('runs the node again for whom it gives nothing: no answer of somebody else, and no URL in its place', async () => {
    const { run, made } = await open()
    const first = await run('alice')
    const other = await run('mallory')
    expect(made).toHaveLength(2)
    expect(other.token).toBe(made[1])
    expect(other).not.toEqual(first)
  })

  it('runs on while the vault is down, without a cache and without a rejection that nobody awaits', async () => {
    const { h, run, made, cache } = await open()
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    for (const method of ['load', 'commit']) h.failures.set(method, new VaultUnavailableError('down'))
    await run('alice')
    await run('alice')
    expect(made).toHaveLength(2)
    expect(cache.counters.skipped).toBe(2)
    h.failures.clear()
    await run('alice')
    await run('alice')
    expect(made).toHaveLength(3)
    warn.mockRestore()
  })

  it('asks as the run’s token says, where the checkpointer is wrapped, too', async () => {
    const { h, elsewhere } = await open()
    const identity = { verify: async (sub: string) => ({ sub }) }
    const checkpointer = new SecretSafeSaver(new MemorySaver(), { vault: h.vault, principal: null, identity })
    let times = 0
    const graph = new StateGraph(State)
      .addNode('fetch', () => ({ token: `${times++} ${anthropicKey()}` }), { cachePolicy: { keyFunc: () => 'one' } })
      .addEdge(START, 'fetch')
      .compile({ checkpointer, cache: elsewhere({ identity }) })
    const run = (token: string) =>
      graph.invoke({ user: 'ada' }, { configurable: { thread_id: crypto.randomUUID(), [TOKEN_KEY]: token } })
    const { token } = await run('alice')
    expect((await run('bob')).token).toBe(token)
    expect((await run('mallory')).token).not.toBe(token)
    expect(times).toBe(2)
  })

  it('forgets all of it by clearCache', async () => {
    const { h, graph, run, made, stored } = await open()
    await run('alice')
    await graph.clearCache()
    expect(stored()).toBe('')
    expect(await h.store.listThreads('default')).toEqual([])
    await run('alice')
    expect(made).toHaveLength(2)
  })
})
