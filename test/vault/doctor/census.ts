import { Annotation, StateGraph } from '@langchain/langgraph'
import { type BaseCheckpointSaver, InMemoryCache, InMemoryStore } from '@langchain/langgraph-checkpoint'
import { expect, it } from 'vitest'
import { SecretSafeCache, SecretSafeStore } from '../../../src/agent.js'
import { KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../../src/index.js'
import type { CheckpointSource } from '../../../src/vault/doctor/checkpoints/source.js'
import { anthropicKey } from '../../support/secrets.js'
import { contextOf, diagnose } from './doctor-harness.js'

const HOUR_MS = 60 * 60_000
const State = Annotation.Root({ token: Annotation<string>, text: Annotation<string> })

export interface CensusTarget {
  readonly inner: BaseCheckpointSaver
  /** Reads what `inner` has stored, as the command does. */
  open(): Promise<CheckpointSource>
  close(): Promise<void>
}

/** What the doctor finds when it compares a saver's tables with a vault; the same for every kind of table. */
export function censusTests(make: () => Promise<CensusTarget>): void {
  async function setUp() {
    const target = await make()
    let now = Date.now() - 2 * HOUR_MS
    const store = new MemoryClaimStore({ now: () => now })
    const context = await contextOf(store, new KeyRing(KeyRing.generate()))
    const vault = context.vault!
    const saver = new SecretSafeSaver(target.inner, { vault, principal: { sub: 'alice' } })
    const write = async (
      threadId: string,
      values: { token?: string; text?: string },
      checkpointer = saver as BaseCheckpointSaver,
    ) => {
      const graph = new StateGraph(State).addNode('only', () => values).addEdge('__start__', 'only')
      await graph.compile({ checkpointer }).invoke({}, { configurable: { thread_id: threadId } })
    }
    await write('a', { token: anthropicKey() })
    await write('b', { text: 'nothing secret' })
    now = Date.now()
    const look = async () => {
      const checkpoints = await target.open()
      const found = await diagnose({ ...context, checkpoints })
      await checkpoints.close()
      return found
    }
    return { target, store, context, vault, saver, write, look }
  }

  it('finds every claim of every checkpoint', async () => {
    const { look, target } = await setUp()
    const { checkpoints } = await look()
    expect(checkpoints).toEqual({
      id: 'checkpoints',
      level: 'ok',
      message: '1 claim URL in 2 threads all have their claims.',
    })
    await target.close()
  })

  it('suspends handoffs when checkpoints name claims that the vault never heard of: it is the older one', async () => {
    const { look, target, store } = await setUp()
    const { load, readEvents } = store
    store.load = async (query) => ({ ...(await load.call(store, query)), claims: [] })
    store.readEvents = async (query) => (query.claim === undefined ? readEvents.call(store, query) : [])
    const { checkpoints, handoffs } = await look()
    expect(checkpoints).toMatchObject({
      level: 'fail',
      message: expect.stringMatching(/never heard of.*\(threads a\)/),
    })
    expect(handoffs?.level).toBe('fail')
    await target.close()
  })

  it('warns of URLs whose claims are gone as the ledger says, and suspends nothing', async () => {
    const { look, target, vault } = await setUp()
    const { store, ledger } = vault.context()
    const event = { operation: 'delete-thread', outcome: 'ok', tenant: 'default', threadId: 'a', claims: [] } as const
    await ledger.record((link) => store.deleteThread('default', 'a', event, link))
    const { checkpoints, handoffs } = await look()
    expect(checkpoints).toMatchObject({ level: 'warn', message: expect.stringMatching(/have ended and are gone/) })
    expect(handoffs?.level).toBe('ok')
    await target.close()
  })

  it('warns of threads that were deleted past the saver: their claims would live on', async () => {
    const { look, target } = await setUp()
    await target.inner.deleteThread('a')
    const { checkpoints } = await look()
    expect(checkpoints).toMatchObject({ level: 'warn', message: expect.stringContaining('1 thread of the vault') })
    await target.close()
  })

  it('looks for no checkpoint of what a store or a cache of a graph holds', async () => {
    const { look, target, vault, store } = await setUp()
    const options = { vault, principal: { sub: 'alice' } }
    const items = new SecretSafeStore(new InMemoryStore(), options)
    await items.put(['notes'], 'k', { token: anthropicKey() })
    const entries = new SecretSafeCache(new InMemoryCache(), options)
    await entries.set([{ key: [['node'], 'k'], value: { token: anthropicKey() } }])
    expect(await store.listThreads('default')).toHaveLength(3)
    expect((await look()).checkpoints?.level).toBe('ok')
    await target.close()
  })

  it('warns of a thread that was copied without its claims, and takes an escaped URL for the text that it is', async () => {
    const { look, target, vault, store, write } = await setUp()
    const [row] = await store.find({ tenant: 'default', threadId: 'a' })
    const url = vault.context().naming.url({ tenant: 'default', threadId: 'a' }, row!.id)
    await write('quoted', { text: `see ${url.replace('claim:', 'claim-text:')}` }, target.inner)
    expect((await look()).checkpoints?.level).toBe('ok')
    await write('copy', { token: url }, target.inner)
    const { checkpoints } = await look()
    expect(checkpoints).toMatchObject({ level: 'warn', message: expect.stringContaining('threads copy:') })
    await target.close()
  })
}
