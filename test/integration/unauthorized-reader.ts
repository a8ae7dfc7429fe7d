import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, Command, END, interrupt, messagesStateReducer, START, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, MemoryClaimStore, runAs, SecretSafeSaver } from '../../src/index.js'
import { createCanary, findCanaries } from '../../src/testing/leak/index.js'
import { Rights } from '../support/access.js'

const State = Annotation.Root({
  token: Annotation<string>(),
  answer: Annotation<unknown>(),
  messages: Annotation<BaseMessage[]>({ reducer: messagesStateReducer, default: () => [] }),
})
const OWNER = { sub: 'owner' }
const CONFIG = { configurable: { thread_id: 'unauthorized-reader' } }
const CLAIM_URL = /claim:\/\/[\w/.-]+/g

/** A graph whose state holds a token, twice bare and once in prose, and that waits for a human. */
function graphOver(checkpointer: BaseCheckpointSaver, token: string) {
  const inner = new StateGraph(State)
    .addNode('inner', ({ token: given }) => ({
      messages: [new AIMessage({ id: 'm2', content: `Use ${given} well.` })],
    }))
    .addEdge(START, 'inner')
    .addEdge('inner', END)
    .compile()
  return new StateGraph(State)
    .addNode('login', () => ({ token, messages: [new HumanMessage({ id: 'm1', content: 'hello' })] }))
    .addNode('sub', inner)
    .addNode('ask', ({ token: given }) => ({ answer: { decision: interrupt({ about: given }), given } }))
    .addNode('finish', ({ answer }) => ({ answer: { ...(answer as object), finished: true } }))
    .addEdge(START, 'login')
    .addEdge('login', 'sub')
    .addEdge('sub', 'ask')
    .addEdge('ask', 'finish')
    .addEdge('finish', END)
    .compile({ checkpointer })
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** What a reader without the right gets on every read path: the same state with claim URLs. */
export function describeUnauthorizedReader(
  name: string,
  open: () => Promise<{ readonly checkpointer: BaseCheckpointSaver; close(): Promise<void> }>,
): void {
  describe(`a reader without the right, over ${name}`, () => {
    const token = createCanary('token')
    let inner: Awaited<ReturnType<typeof open>>
    let vault: ClaimVault
    let graph: ReturnType<typeof graphOver>
    const asOwner = <T>(work: () => T): T => runAs(OWNER, work)
    const asStranger = <T>(work: () => T): T => runAs({ sub: 'stranger' }, work)
    const canariesIn = (value: unknown) =>
      findCanaries(
        [{ area: 'log', place: 'read', bytes: Buffer.from(JSON.stringify(value) ?? '') }],
        new Map([['token', token]]),
      )
    /** The owner's view with URLs in place of the token is the stranger's. */
    const expectSameButUrls = (stranger: unknown, owner: unknown) => {
      const theirs = JSON.stringify(stranger)
      expect(canariesIn(stranger)).toEqual([])
      expect(theirs).toMatch(CLAIM_URL)
      expect(theirs.replace(CLAIM_URL, token)).toBe(JSON.stringify(owner))
    }

    beforeAll(async () => {
      inner = await open()
      const authorizer = new Rights().allow('owner', 'restore')
      vault = await ClaimVault.open({
        store: new MemoryClaimStore(),
        keys: new KeyRing(KeyRing.generate()),
        authorizer,
        sweep: 'manual',
      })
      graph = graphOver(new SecretSafeSaver(inner.checkpointer, { vault, principal: null }), token)
      await asOwner(() => graph.invoke({}, CONFIG))
    })
    afterAll(async () => {
      await vault.close()
      await inner.close()
    })

    it('gets the state with claim URLs, its interrupt too', async () => {
      const read = () => graph.getState(CONFIG, { subgraphs: true })
      expectSameButUrls(await asStranger(read), await asOwner(read))
    })

    it('gets a history with claim URLs', async () => {
      const read = () => collect(graph.getStateHistory(CONFIG))
      expectSameButUrls(await asStranger(read), await asOwner(read))
    })

    it('travels in time among claim URLs', async () => {
      const [, earlier] = await asOwner(() => collect(graph.getStateHistory(CONFIG)))
      const read = () => graph.getState(earlier!.config)
      expectSameButUrls(await asStranger(read), await asOwner(read))
    })

    it('lists tuples with claim URLs, as whoever called, wherever the iterator is consumed', async () => {
      const saver = graph.checkpointer as SecretSafeSaver
      const stranger = asStranger(() => saver.list(CONFIG))
      const owner = asOwner(() => saver.list(CONFIG))
      expectSameButUrls(await asOwner(() => collect(stranger)), await asStranger(() => collect(owner)))
    })

    it('streams a resumed run with claim URLs, in every mode, and stores nothing else', async () => {
      const modes = ['values', 'updates', 'debug', 'messages', 'tasks', 'checkpoints'] as const
      const chunks = await asStranger(async () =>
        collect(await graph.stream(new Command({ resume: 'yes' }), { ...CONFIG, streamMode: [...modes] })),
      )
      expect(canariesIn(chunks)).toEqual([])
      const { values } = await asOwner(() => graph.getState(CONFIG))
      expect(values.token).toBe(token)
      expect(values.answer).toMatchObject({ decision: 'yes', finished: true })
      // The stranger's run copied a URL into a channel that never held the token: there it is text, for everybody.
      expect((values.answer as { given: string }).given).toMatch(/^claim:\/\//)
    })
  })
}
