import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AllowEntry, createDetector } from '../../src/detect-entry.js'
import { ClaimVault, KeyRing, SecretSafeSaver, secret } from '../../src/index.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { anthropicKey } from '../support/secrets.js'

const reason = 'a fixture'
const literally = (text: string): string => text.replace(/[^A-Za-z0-9_]/g, '\\$&')

async function saverWith(allow: readonly AllowEntry[], fields: readonly string[] = []) {
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    sweep: 'manual',
  })
  const inner = new MemorySaver()
  const detector = createDetector({ allow })
  const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'test' }, detector, fields })
  const stored = () =>
    [inner.storage, inner.writes].map((kept) => JSON.stringify(kept, (_, value) => textOf(value))).join('\n')
  return { saver, detector, stored }
}

/** What MemorySaver keeps is bytes. */
const textOf = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value)

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  debug: Annotation<unknown>(),
  note: Annotation<unknown>(),
})

/** A graph of one node, which answers with `update`. */
const graphOf = (saver: SecretSafeSaver, update: (state: typeof State.State) => Partial<typeof State.Update>) =>
  new StateGraph(State)
    .addNode('agent', async (state) => update(state))
    .addEdge(START, 'agent')
    .addEdge('agent', END)
    .compile({ checkpointer: saver as never })

const config = { configurable: { thread_id: '1' } }

describe('what an allow list lets stay', () => {
  afterEach(() => vi.useRealTimers())

  it('is stored as it is, read back as it is, counted, and does not make other secrets stay', async () => {
    const [allowed, other] = [anthropicKey(), anthropicKey()]
    const { saver, detector, stored } = await saverWith([{ pattern: literally(allowed), reason }])
    const graph = graphOf(saver, () => ({ messages: [new AIMessage(`try ${allowed}, not ${other}`)] }))
    const result = await graph.invoke({ messages: [new HumanMessage(`I have ${allowed}`)], note: other }, config)
    expect(stored()).toContain(allowed)
    expect(stored()).not.toContain(other)
    expect(stored()).toContain('claim://')
    expect((await graph.getState(config)).values.messages.at(-1).content).toBe(result.messages.at(-1)!.content)
    expect(saver.counters.allowed).toBeGreaterThan(0)
    expect(saver.counters.allowed).toBe(detector.allowedCount)
  })

  it('is not remembered as known: its base64 stays, too', async () => {
    const allowed = anthropicKey()
    const { saver, stored } = await saverWith([{ pattern: literally(allowed), reason }])
    const base64 = Buffer.from(allowed).toString('base64')
    await graphOf(saver, () => ({ note: `also ${base64}` })).invoke({ note: allowed }, config)
    expect(stored()).toContain(base64)
    expect(stored()).not.toContain('claim://')
  })

  it('by a path holds on that path alone, though the same text and the same message were clean there', async () => {
    const token = anthropicKey()
    const text = `plain words around ${token} in a text`
    const message = new AIMessage({ id: 'm1', content: text })
    const first = await saverWith([{ path: 'debug.*', reason }])
    const clean = graphOf(first.saver, () => ({}))
    await clean.invoke({ debug: { text } }, config)
    expect(first.stored()).toContain(token)
    expect(first.stored()).not.toContain('claim://')

    const { saver, stored } = await saverWith([{ path: 'debug.content', reason }])
    const debugOnly = { configurable: { thread_id: '1', checkpoint_ns: '', checkpoint_id: 'c1' } }
    await saver.putWrites(debugOnly, [['debug', message]], 'a')
    expect(stored()).toContain(token)
    await saver.putWrites(
      { configurable: { thread_id: '2', checkpoint_ns: '', checkpoint_id: 'c1' } },
      [['messages', message]],
      'a',
    )
    expect(stored()).toContain('claim://')
    const before = stored().split(token).length
    await saver.putWrites(
      debugOnly,
      [
        ['messages', message],
        ['note', text],
      ],
      'b',
    )
    expect(stored().split(token).length).toBe(before)
  })

  it('is never what was marked: with secret(), by a field path, or a repetition of either', async () => {
    const [marked, field] = [anthropicKey(), anthropicKey()]
    const { saver, stored } = await saverWith(
      [
        { path: 'note', reason },
        { path: 'debug.*', reason },
        { pattern: 'sk-ant-.*', reason },
      ],
      ['debug.key'],
    )
    const graph = graphOf(saver, () => ({ messages: [new AIMessage(`${marked} and ${field}`)] }))
    await graph.invoke({ note: secret(marked), debug: { key: field, other: `x ${field}` } }, config)
    expect(stored()).not.toContain(marked)
    expect(stored()).not.toContain(field)
  })

  it('is sealed again from the day after its last one, also where it was clean before', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2027, 0, 31, 12) })
    const token = anthropicKey()
    const { saver, stored } = await saverWith([{ pattern: 'sk-ant-.*', until: '2027-01-31', reason }])
    const message = new AIMessage({ id: 'm1', content: `use ${token} for it` })
    const at = { configurable: { thread_id: '1', checkpoint_ns: '', checkpoint_id: 'c1' } }
    await saver.putWrites(at, [['messages', message]], 'a')
    const before = stored().split(token).length
    expect(before).toBe(2)
    vi.setSystemTime(Date.UTC(2027, 1, 1))
    await saver.putWrites(at, [['messages', message]], 'b')
    expect(stored().split(token).length).toBe(before)
    expect(stored()).toContain('claim://')
  })
})
