import { Command } from '@langchain/langgraph'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runAs } from '../../../src/index.js'
import { Issuer } from './issuer.js'
import { collect, openGraph, type ProtectedGraph, withToken } from './protected-graph.js'

const THREAD = 'thread-1'

let issuer: Issuer
let world: ProtectedGraph
let alice: string
let bob: string
beforeAll(async () => {
  issuer = await Issuer.open()
})
afterAll(() => issuer.close())
beforeEach(async () => {
  world = await openGraph(issuer)
  alice = await issuer.sign()
  bob = await issuer.sign({ claims: { sub: 'bob' } })
  await world.graph.invoke({ turns: 1 }, withToken(THREAD, alice))
  world.asked.length = 0
  return () => world.vault.close()
})

const text = (value: unknown) => JSON.stringify(value)
/** Which of the secrets stand in what was read. */
const seen = (value: unknown) => {
  const { plain, delta, child } = world.secrets
  const all = text(value)
  return { plain: all.includes(plain), delta: all.includes(delta), child: all.includes(child) }
}
const ALL = { plain: true, delta: true, child: true }
const NONE = { plain: false, delta: false, child: false }
const askedOnly = (...subs: string[]) => expect(new Set(world.asked)).toEqual(new Set(subs))

/** Each way to read state; `child` where a subgraph's state is part of it. */
const reads: readonly [
  string,
  boolean,
  (world: ProtectedGraph, config: ReturnType<typeof withToken>) => Promise<unknown>,
][] = [
  ['getState', false, ({ graph }, config) => graph.getState(config)],
  ['getState with subgraphs', true, ({ graph }, config) => graph.getState(config, { subgraphs: true })],
  ['getStateHistory', false, ({ graph }, config) => collect(graph.getStateHistory(config))],
  ['list', false, ({ saver }, config) => collect(saver.list(config))],
  ['a resumed run', false, ({ graph }, config) => graph.invoke(new Command({ resume: 'yes' }), config)],
]

describe.each(reads)('%s', (name, hasChild, read) => {
  const wanted = { plain: true, delta: true, child: hasChild }

  it('restores for the principal of the token, delta channels and subgraphs included, and for it alone', async () => {
    expect(seen(await read(world, withToken(THREAD, alice)))).toMatchObject(name === 'list' ? { plain: true } : wanted)
    askedOnly('alice')
  })

  it('leaves URLs for another one, who is the only one asked about', async () => {
    expect(seen(await read(world, withToken(THREAD, bob)))).toEqual(NONE)
    askedOnly('bob')
  })

  it("leaves URLs without a token: the constructor's principal is for nobody then", async () => {
    expect(seen(await read(world, withToken(THREAD)))).toEqual(NONE)
    askedOnly()
  })

  it('leaves URLs under a bad token, though an async context would do', async () => {
    const bad = `${alice.slice(0, -8)}AAAAAAAA`
    expect(seen(await runAs({ sub: 'alice' }, () => read(world, withToken(THREAD, bad))))).toEqual(NONE)
    askedOnly()
    expect(world.refused.every((error) => 'reason' in error && error.reason === 'signature')).toBe(true)
    expect(world.refused.length).toBeGreaterThan(0)
  })

  it('restores for a user of the platform, and for an async context', async () => {
    const user = withToken(THREAD, undefined, { langgraph_auth_user: { identity: 'alice' } })
    expect(seen(await read(world, user)).plain).toBe(true)
    if (hasChild) expect(seen(await read(world, user))).toEqual(ALL)
    const inContext = await runAs({ sub: 'alice' }, () => read(world, withToken(THREAD)))
    expect(seen(inContext)).toMatchObject(name === 'a resumed run' ? {} : { plain: true })
    askedOnly('alice')
  })
})

describe('updateState', () => {
  it('reads for the principal of the token, over several steps, and writes nothing in plaintext', async () => {
    const config = withToken(THREAD, alice)
    const step = (turns: number) => ({ updates: [{ values: { turns, notes: ['more'] as never }, asNode: 'write' }] })
    await world.graph.bulkUpdateState(config, [step(2), step(3)])
    askedOnly('alice')
    expect(seen(await world.graph.getState(config))).toMatchObject({ plain: true, delta: true })
    expect(world.refused).toEqual([])
  })

  it('answers with a configuration that is no credential', async () => {
    const next = await world.graph.updateState(withToken(THREAD, alice), { turns: 2 }, 'write')
    world.asked.length = 0
    expect(seen(await world.graph.getState(next))).toEqual(NONE)
    askedOnly()
  })
})

describe('what a read answers with', () => {
  it('shows neither token nor carrier in its keys, JSON or metadata', async () => {
    const snapshot = await world.graph.getState(withToken(THREAD, alice), { subgraphs: true })
    const configs = [snapshot.config, snapshot.parentConfig, ...snapshot.tasks.map(({ state }) => state)]
    expect(text(configs)).not.toContain(alice.split('.')[1])
    expect(Object.keys(snapshot.config.configurable!).sort()).toEqual(['checkpoint_id', 'checkpoint_ns', 'thread_id'])
    expect(text(snapshot.metadata)).not.toContain('secret_safe')
    expect(text(structuredClone(snapshot.config))).toBe(text(snapshot.config))
  })

  it('is no credential: read again without a token it leaves URLs', async () => {
    const { config } = await world.graph.getState(withToken(THREAD, alice))
    expect(seen(await world.graph.getState(config))).toEqual(NONE)
    expect(seen(await world.graph.getState(config, { subgraphs: true }))).toEqual(NONE)
    expect(seen(await collect(world.graph.getStateHistory(config)))).toEqual(NONE)
    expect(seen(await world.graph.invoke(null, config))).toEqual(NONE)
  })

  it('is worth nothing to a delta channel five minutes later, under a token that has ended, or on another thread', async () => {
    const soon = Math.floor(Date.now() / 1_000) + 60
    const brief = await world.graph.getState(withToken(THREAD, await issuer.sign({ claims: { exp: soon } })))
    const { config } = await world.graph.getState(withToken(THREAD, alice))
    const history = (given: typeof config) => world.saver.getDeltaChannelHistory({ config: given, channels: ['notes'] })
    expect(seen(await history(config)).delta).toBe(true)
    const moved = { ...config, configurable: { ...config.configurable, thread_id: 'thread-2' } }
    await history(moved)
    expect(world.refused.map((error) => 'reason' in error && error.reason)).toEqual(['expired'])
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      vi.setSystemTime(Date.now() + 70_000)
      expect(seen(await history(brief.config))).toEqual(NONE)
      expect(seen(await history(config)).delta).toBe(true)
      vi.setSystemTime(Date.now() + 4 * 60_000)
      expect(seen(await history(config))).toEqual(NONE)
    } finally {
      vi.useRealTimers()
    }
  })

  it('cannot be made up: a symbol of the same name, and what another configuration holds under another key', async () => {
    const { config } = await world.graph.getState(withToken(THREAD, alice))
    const [carrier] = Object.getOwnPropertySymbols(config.configurable)
    const { configurable } = config as { configurable: Record<PropertyKey, unknown> }
    const plain = { thread_id: THREAD, checkpoint_ns: '', checkpoint_id: configurable.checkpoint_id }
    const forgeries = [
      { ...plain, [Symbol(carrier!.description)]: configurable[carrier!] },
      { ...plain, [Symbol.for(carrier!.description!)]: configurable[carrier!] },
      { ...plain, [carrier!]: {} },
      { ...plain, [carrier!]: Object.create(configurable[carrier!] as object) },
      { ...plain, [carrier!]: 'alice' },
    ]
    for (const forged of forgeries) {
      const history = await world.saver.getDeltaChannelHistory({
        config: { configurable: forged },
        channels: ['notes'],
      })
      expect(seen(history)).toEqual(NONE)
    }
  })
})

describe('who reads a subgraph', () => {
  const namespaceOf = async () => {
    const { tasks } = await world.graph.getState(withToken(THREAD))
    return (tasks[0]!.state as { configurable: { checkpoint_ns: string } }).configurable.checkpoint_ns
  }

  it('has to bring a token when it is asked for by itself', async () => {
    const checkpoint_ns = await namespaceOf()
    expect(seen(await world.graph.getState(withToken(THREAD, alice, { checkpoint_ns }))).child).toBe(true)
    expect(seen(await world.graph.getState(withToken(THREAD, undefined, { checkpoint_ns })))).toEqual(NONE)
  })

  it('gets nothing from a read of somebody else beside it, nor from one just before in the same code', async () => {
    const checkpoint_ns = await namespaceOf()
    const bare = () => world.graph.getState({ configurable: { thread_id: THREAD, checkpoint_ns } })
    const [mine, , , theirs] = await Promise.all([
      world.graph.getState(withToken(THREAD, alice), { subgraphs: true }),
      world.saver.getTuple(withToken(THREAD, alice)),
      world.graph.invoke(new Command({ resume: 'yes' }), withToken(THREAD, alice)),
      bare(),
    ])
    expect(seen(mine)).toEqual(ALL)
    expect(seen(theirs)).toEqual(NONE)
    await world.saver.getTuple(withToken(THREAD, alice))
    expect(seen(await bare())).toEqual(NONE)
    const lentByHand = { configurable: { thread_id: THREAD, checkpoint_ns, __pregel_checkpointer: world.saver } }
    expect(seen(await world.saver.getTuple(lentByHand))).toEqual(NONE)
  })
})

describe('in the async context of somebody else', () => {
  it('a delta channel still belongs to whoever read its tuple', async () => {
    const history = world.graph.getStateHistory(withToken(THREAD, alice))
    const snapshots = await runAs({ sub: 'bob' }, () => collect(history))
    expect(seen(snapshots)).toMatchObject({ plain: true, delta: true })
    askedOnly('alice')
  })
})
