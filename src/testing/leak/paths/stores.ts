import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, type LangGraphRunnableConfig, StateGraph } from '@langchain/langgraph'
import type { BaseStore } from '@langchain/langgraph-checkpoint'
import { attempt } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'

const State = Annotation.Root({ turn: Annotation<number> })

type Put = (store: BaseStore, canary: string, run: LeakRun, namespace: string[]) => Promise<unknown>

/** A node keeps something in the graph's store and says nothing of it in state; the next node reads it back. */
function kept(name: string, put: Put, init: Partial<LeakPath> = {}): LeakPath {
  const run = async (given: LeakRun): Promise<unknown> => {
    const { store, canary, config } = given
    // A label takes neither colons nor periods.
    const namespace = ['notes', config.configurable.thread_id.replaceAll(/[:.]/g, ' ')]
    const read: unknown[] = []
    const graph = new StateGraph(State)
      .addNode('keep', async (_, { store: queue }: LangGraphRunnableConfig) => {
        await put(queue!, canary, given, namespace)
        return {}
      })
      .addNode('recall', async (_, { store: queue }: LangGraphRunnableConfig) => {
        const found = await queue!.search(namespace, { limit: 50 })
        read.push(...found.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, value }) => [key, value]))
        return {}
      })
      .addEdge('__start__', 'keep')
      .addEdge('keep', 'recall')
      .compile({ checkpointer: given.checkpointer, store: store! })
    const outcome = await attempt(() => graph.invoke({ turn: 1 }, config))
    return init.refused ? outcome : { outcome, read }
  }
  return leakPath({ lands: ['store'], ...init, name, run })
}

const item = (
  name: string,
  value: (canary: string, run: LeakRun) => Record<string, unknown>,
  init?: Partial<LeakPath>,
) => kept(name, (store, canary, run, namespace) => store.put(namespace, 'k', value(canary, run)), init)

export const storePaths = [
  item('store: value', (canary) => ({ token: canary })),
  item('store: in prose', (canary) => ({ note: `The token is ${canary}, for now.` })),
  item('store: nested', (canary) => ({ list: [{ deep: { note: [`use ${canary}`] } }] })),
  item('store: as a field name', (canary) => ({ tokens: { [canary]: 'mine' } })),
  item('store: JSON in text', (canary) => ({ response: JSON.stringify(JSON.stringify({ access_token: canary })) })),
  item('store: base64', (canary) => ({ header: `Basic ${Buffer.from(`me:${canary}`).toString('base64')}` })),
  item('store: private key', (canary) => ({ file: canary }), { canary: 'pem' }),
  item('store: named field', (canary) => ({ db: { password: canary } }), { canary: 'opaque', needs: 'name' }),
  item('store: marked', (canary, { mark }) => ({ item: mark(canary) }), { canary: 'opaque', needs: 'mark' }),
  item('store: field path', (canary) => ({ value: { marked: { item: canary } } }), {
    canary: 'opaque',
    needs: 'field',
  }),
  item('store: messages', (canary) => ({
    messages: [new HumanMessage(`use ${canary}`), new AIMessage({ content: '', tool_calls: [toolCall(canary)] })].map(
      (message) => message.toDict(),
    ),
  })),
  kept(
    'store: known from another item',
    async (store, canary, { mark }, namespace) => {
      await store.put(namespace, 'a', { item: mark(canary), password: canary })
      await store.put(namespace, 'b', { note: `it was ${canary}` })
    },
    { canary: 'opaque', needs: 'known' },
  ),
  kept('store: overwritten', async (store, canary, _run, namespace) => {
    await store.put(namespace, 'k', { note: 'nothing yet' })
    await store.put(namespace, 'k', { note: canary })
  }),
  kept('store: many at a time', (store, canary, _run, namespace) =>
    Promise.all(['a', 'b', 'c'].map((key) => store.put(namespace, key, { note: `${key} ${canary}` }))),
  ),
  kept('store: key', (store, canary, _run, namespace) => store.put(namespace, `of ${canary}`, { v: 1 }), {
    lands: ['key'],
    refused: true,
  }),
  kept('store: namespace', (store, canary, _run, namespace) => store.put([...namespace, canary], 'k', { v: 1 }), {
    lands: ['key'],
    refused: true,
  }),
]

const toolCall = (canary: string) => ({ id: 'call', name: 'deploy', args: { token: canary } })

/** For a store that embeds `text`, with an embedder whose input counts as stored. */
export const embeddingPaths = [
  item('store: embedded', (canary) => ({ text: `the token is ${canary}` })),
  kept('store: embedded query', (store, canary, _run, namespace) =>
    store.search(namespace, { query: `what is ${canary} for?` }),
  ),
]
