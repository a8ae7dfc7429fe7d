import {
  Annotation,
  getStore,
  type LangGraphRunnableConfig,
  MemorySaver,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import { SecretSafeStore, type SecretSafeStoreOptions, storeOf } from '../../../src/agent.js'
import { runAs, SecretSafeSaver, TOKEN_KEY, type TokenVerifier } from '../../../src/index.js'
import { anthropicKey } from '../../support/secrets.js'
import { storeHarness } from '../../support/store-harness.js'
import { ALICE } from '../../support/vault-harness.js'

const State = Annotation.Root({ key: Annotation<string>(), seen: Annotation<unknown>() })
type Node = (state: typeof State.State, config: LangGraphRunnableConfig) => Promise<Partial<typeof State.State>>

/** Whoever the token names. */
const verifier: TokenVerifier = {
  verify: async (token) => {
    if (token.startsWith('bad')) throw new Error('not good')
    return { sub: token }
  },
}

/** A read and a write by LangGraph's own queue. */
const throughQueue: Node = async ({ key }, { store }) => {
  await store!.put(['notes'], 'written', { key })
  return { seen: (await store!.get(['notes'], key))!.value.token }
}

async function open(options: Partial<SecretSafeStoreOptions> = {}) {
  const { h, inner, store } = await storeHarness(
    { principal: null, ...options },
    {
      authorizer: {
        decide: ({ principal, claim }) => ({ allowed: claim.threadId.endsWith(`/${principal.sub}`), reason: '' }),
      },
    },
  )
  const tokens: Record<string, string> = {}
  for (const key of ['alice', 'bob']) {
    tokens[key] = anthropicKey()
    await store.put(['notes'], key, { token: tokens[key] })
  }
  const saver = () => new SecretSafeSaver(new MemorySaver(), { vault: h.vault, principal: null, identity: verifier })
  return { h, inner, store, saver, tokens }
}

const graphOf = (node: Node, store: SecretSafeStore, checkpointer?: SecretSafeSaver | MemorySaver) =>
  new StateGraph(State)
    .addNode('node', node)
    .addEdge(START, 'node')
    .compile({ store, ...(checkpointer === undefined ? {} : { checkpointer }) })

let threads = 0
const withToken = (token: string) => ({ configurable: { thread_id: `thread-${threads++}`, [TOKEN_KEY]: token } })
const URL = expect.stringMatching(/^claim:\/\//)

describe('a graph with a wrapped store', () => {
  it('reads as whoever began the run with runAs, through LangGraph’s queue, in subgraphs and in many runs at a time', async () => {
    const { store, tokens } = await open()
    const inner = graphOf(throughQueue, store)
    const outer = new StateGraph(State).addNode('inner', inner).addEdge(START, 'inner').compile({ store })
    const runs = Array.from({ length: 30 }, async (_, i) => {
      const sub = i % 2 ? 'alice' : 'bob'
      const { seen } = await runAs({ sub }, () => (i % 3 ? inner : outer).invoke({ key: sub }))
      expect(seen).toBe(tokens[sub])
      const other = await runAs({ sub }, () => inner.invoke({ key: i % 2 ? 'bob' : 'alice' }))
      expect(other.seen).toEqual(URL)
    })
    await Promise.all(runs)
  })

  it('reads as the principal of the constructor where nobody else is named, and as nobody without one', async () => {
    const { store, tokens, h, inner } = await open()
    expect((await graphOf(throughQueue, store).invoke({ key: 'alice' })).seen).toEqual(URL)
    const forAll = new SecretSafeStore(inner, { vault: h.vault, principal: ALICE })
    expect((await graphOf(throughQueue, forAll).invoke({ key: 'alice' })).seen).toBe(tokens.alice)
    expect((await graphOf(throughQueue, store.as(ALICE)).invoke({ key: 'alice' })).seen).toBe(tokens.alice)
  })

  it('reads as the run’s token says, where the checkpointer is wrapped, too: it is asked first, in the run’s own flow', async () => {
    const { store, saver, tokens } = await open({ identity: verifier, principal: ALICE })
    const graph = graphOf(throughQueue, store, saver())
    const runs = Array.from({ length: 20 }, async (_, i) => {
      const sub = i % 2 ? 'alice' : 'bob'
      const { seen } = await graph.invoke({ key: sub }, withToken(sub))
      expect(seen).toBe(tokens[sub])
      expect((await graph.invoke({ key: sub }, withToken('mallory'))).seen).toEqual(URL)
    })
    await Promise.all(runs)
    expect((await graph.invoke({ key: 'alice' }, withToken('bad'))).seen).toEqual(URL)
    expect((await graph.invoke({ key: 'alice' }, { configurable: { thread_id: 'no-token' } })).seen).toEqual(URL)
  })

  it('reads as nobody where the queue brings no token: the constructor’s principal stands in for no request', async () => {
    const { store } = await open({ identity: verifier, principal: ALICE })
    for (const checkpointer of [undefined, new MemorySaver()]) {
      const graph = graphOf(throughQueue, store, checkpointer)
      expect((await graph.invoke({ key: 'alice' }, withToken('alice'))).seen).toEqual(URL)
    }
  })

  it('reads by the token of a configuration that it was bound to, when that is handed to the run', async () => {
    const { store, tokens } = await open({ identity: verifier })
    const graph = graphOf(throughQueue, store)
    const config = withToken('alice')
    const { seen } = await graph.invoke({ key: 'alice' }, { ...config, store: store.forRun(config) })
    expect(seen).toBe(tokens.alice)
  })

  it('denies a token that nobody verifies, whoever else is named', async () => {
    const { store, saver } = await open({ principal: ALICE })
    const graph = graphOf(throughQueue, store, saver())
    expect((await graph.invoke({ key: 'alice' }, withToken('alice'))).seen).toEqual(URL)
    expect((await runAs(ALICE, () => graph.invoke({ key: 'alice' }, withToken('alice')))).seen).toEqual(URL)
  })

  it('leaves a token of one run to no other call of the same flow', async () => {
    const { store, saver } = await open({ identity: verifier })
    const graph = graphOf(throughQueue, store, saver())
    await graph.invoke({ key: 'alice' }, withToken('alice'))
    await graph.getState(withToken('alice'))
    expect((await store.get(['notes'], 'alice'))!.value.token).toEqual(URL)
    expect((await graphOf(throughQueue, store).invoke({ key: 'alice' })).seen).toEqual(URL)
  })

  it('leaves a token to no run that comes after it in the same async flow, also after reads by hand', async () => {
    const { store, saver } = await open({ identity: verifier })
    const graph = graphOf(throughQueue, store)
    for (const bare of [graph, graphOf(throughQueue, store, new MemorySaver())]) {
      const config = { configurable: { thread_id: `thread-${threads++}` } }
      await saver().getTuple(withToken('alice'))
      expect((await bare.invoke({ key: 'alice' }, config)).seen).toEqual(URL)
      await graphOf(throughQueue, store, saver()).invoke({ key: 'alice' }, withToken('alice'))
      expect((await bare.invoke({ key: 'alice' }, config)).seen).toEqual(URL)
    }
  })

  it('stores what nodes write by the queue without their secrets, and restores it in a later run', async () => {
    const { inner, store } = await open()
    const token = anthropicKey()
    const writing: Node = async (_, config) => {
      await config.store!.put(['notes'], 'alice', { token })
      return {}
    }
    await graphOf(writing, store).invoke({ key: '' })
    expect((await inner.get(['notes'], 'alice'))!.value.token).toEqual(URL)
    expect((await runAs(ALICE, () => graphOf(throughQueue, store).invoke({ key: 'alice' }))).seen).toBe(token)
  })
})

describe('storeOf', () => {
  const direct: Node = async ({ key }) => ({ seen: (await storeOf().get(['notes'], key))!.value.token })

  it('asks as the node does: by its run’s token, without a wrapped checkpointer', async () => {
    const { store, tokens } = await open({ identity: verifier })
    expect((await graphOf(direct, store).invoke({ key: 'bob' }, withToken('bob'))).seen).toBe(tokens.bob)
    expect((await graphOf(direct, store).invoke({ key: 'bob' }, withToken('alice'))).seen).toEqual(URL)
  })

  it('asks as runAs says inside the node, which the queue never hears of', async () => {
    const { store, tokens } = await open()
    const narrowed: Node = async ({ key }, config) => {
      const read = async (at: typeof config.store) => (await at!.get(['notes'], key))!.value.token
      const seen = await runAs({ sub: 'bob' }, async () => [await read(config.store), await read(storeOf(config))])
      return { seen }
    }
    const { seen } = await runAs(ALICE, () => graphOf(narrowed, store).invoke({ key: 'bob' }))
    expect(seen).toEqual([URL, tokens.bob])
  })

  it('tells the ledger the run and the node', async () => {
    const { h, store } = await open()
    const runId = crypto.randomUUID()
    await runAs(ALICE, () => graphOf(direct, store).invoke({ key: 'alice' }, { metadata: { run_id: runId } }))
    const [event] = await h.store.readEvents({ operation: 'restore' })
    expect(event).toMatchObject({ sub: 'alice', runId, nodes: ['node'], outcome: 'ok' })
  })

  it('finds the store with getStore, config and runtime alike, and throws where there is none', async () => {
    const { store } = await open()
    const found: Node = async (_, config) => ({
      seen: [storeOf(), storeOf(config), storeOf({ store: getStore() })].every((each) => each.inner === store.inner),
    })
    expect((await graphOf(found, store).invoke({ key: '' })).seen).toBe(true)
    expect(() => storeOf()).toThrow(expect.objectContaining({ code: 'ERR_INPUT_INVALID' }))
    expect(storeOf({ store }).inner).toBe(store.inner)
  })
})
