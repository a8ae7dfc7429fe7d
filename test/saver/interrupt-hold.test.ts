import { Annotation, Command, END, interrupt, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, SecretSafeSaver, VaultUnavailableError } from '../../src/index.js'
import { anthropicKey } from '../support/secrets.js'
import { ALICE, DAY_MS, Harness } from '../support/vault-harness.js'

const State = Annotation.Root({
  token: Annotation<string>(),
  answer: Annotation<string>(),
  steps: Annotation<string[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
})

/** A graph over a real MemorySaver that asks a person before it goes on. */
async function open(build: () => unknown = reviewGraph) {
  const h = await Harness.open()
  const inner = new MemorySaver()
  const saver = () => new SecretSafeSaver(inner, { vault: h.vault, principal: ALICE })
  const graph = () => (build() as ReturnType<typeof reviewGraph>).compile({ checkpointer: saver() })
  const config = (durability?: 'exit' | 'sync' | 'async') => ({
    configurable: { thread_id: 'thread-1' },
    ...(durability === undefined ? {} : { durability }),
  })
  const held = async () => {
    const query = { tenant: 'default', threadId: 'thread-1', ids: [], places: [], revocations: [] }
    return (await h.store.load(query)).thread?.held
  }
  return { h, graph, config, held }
}

function reviewGraph() {
  return new StateGraph(State)
    .addNode('ask', () => ({ answer: interrupt('go on?') as string }))
    .addNode('after', () => ({ steps: ['after'] }))
    .addEdge(START, 'ask')
    .addEdge('ask', 'after')
    .addEdge('after', END)
}

describe('a pending interrupt', () => {
  it.each(['async', 'sync', 'exit'] as const)(
    'keeps the claims of its thread past their sliding end (durability %s), and lets go once it is answered',
    async (durability) => {
      const { h, graph, config, held } = await open()
      const token = anthropicKey()
      await graph().invoke({ token }, config(durability))
      expect(await held()).toBe(true)
      h.now += 40 * DAY_MS
      await h.vault.sweep()
      const waiting = await graph().getState(config())
      expect(waiting.values.token).toBe(token)
      expect(await held()).toBe(true)
      const done = await graph().invoke(new Command({ resume: 'yes' }), config(durability))
      expect(done).toMatchObject({ token, answer: 'yes', steps: ['after'] })
      expect(await held()).toBe(false)
      h.now += 40 * DAY_MS
      expect((await graph().getState(config())).values.token).toMatch(/^claim:/)
    },
  )

  it('does not keep them past the hard cap', async () => {
    const { h, graph, config } = await open()
    await graph().invoke({ token: anthropicKey() }, config())
    h.now += 366 * DAY_MS
    expect((await graph().getState(config())).values.token).toMatch(/^claim:/)
  })

  it('is let go by new input in place of an answer', async () => {
    const { graph, config, held } = await open(() =>
      new StateGraph(State)
        .addNode('ask', ({ answer }: { answer?: string }) => (answer === 'known' ? {} : { answer: interrupt('?') }))
        .addEdge(START, 'ask')
        .addEdge('ask', END),
    )
    await graph().invoke({ token: anthropicKey() }, config())
    expect(await held()).toBe(true)
    await graph().invoke({ answer: 'known' }, config())
    expect(await held()).toBe(false)
  })

  it('in one branch stays held while another branch goes on, in a subgraph with steps of its own', async () => {
    const { graph, config, held } = await open(() => {
      const slow = new StateGraph(State)
        .addNode('one', async () => {
          await new Promise((done) => setTimeout(done, 50))
          return { steps: ['one'] }
        })
        .addNode('two', () => ({ steps: ['two'] }))
        .addEdge(START, 'one')
        .addEdge('one', 'two')
        .addEdge('two', END)
        .compile()
      return new StateGraph(State)
        .addNode('ask', () => ({ answer: interrupt('go on?') }))
        .addNode('work', slow)
        .addEdge(START, 'ask')
        .addEdge(START, 'work')
        .addEdge('ask', END)
        .addEdge('work', END)
    })
    await graph().invoke({ token: anthropicKey() }, config())
    expect(await held()).toBe(true)
  })

  it('that cannot be recorded fails its write, since its claims would end while a person thinks', async () => {
    const { h, graph, config } = await open()
    const commit = h.store.commit.bind(h.store)
    h.store.commit = async (change) => {
      if (change.thread?.held === true) throw new VaultUnavailableError('down')
      return commit(change)
    }
    await expect(graph().invoke({ token: anthropicKey() }, config('sync'))).rejects.toMatchObject({ retryable: true })
  })

  it('costs a thread without claims nothing', async () => {
    const { h, graph, config, held } = await open()
    await graph().invoke({ token: 'nothing to see' }, config())
    expect(await held()).toBe(undefined)
    expect(h.calls.commit).toBe(undefined)
  })

  it('is not undone by a use of the thread that was read before it and stored after it', async () => {
    const { h, graph, config, held } = await open()
    await graph().invoke({ token: anthropicKey() }, config())
    const { makeThread } = await import('../../src/vault/claim-row.js')
    const stale = { tenant: 'default', threadId: 'thread-1', usedAt: h.now + 1_000, held: false }
    await h.store.commit({ thread: makeThread(h.vault.context().naming, stale) })
    expect(await held()).toBe(true)
  })
})

describe('a hold', () => {
  it('that somebody without the naming keys writes into the store holds nothing', async () => {
    const h = await Harness.open({}, {})
    const token = anthropicKey()
    await h.put({ token })
    const thread = { tenant: 'default', threadId: 'thread-1', usedAt: h.now + 1, held: true, mac: new Uint8Array(32) }
    await h.store.commit({ thread })
    h.now += 40 * DAY_MS
    const vault = await ClaimVault.open({ store: h.store, keys: new KeyRing(h.key), sweep: 'manual' })
    const read = await h.read(new SecretSafeSaver(h.inner, { vault, principal: ALICE }))
    expect(read.token).toMatch(/^claim:/)
  })
})
