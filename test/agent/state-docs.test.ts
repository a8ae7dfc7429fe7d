import {
  Annotation,
  InMemoryStore,
  type LangGraphRunnableConfig,
  MemorySaver,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { InMemoryCache } from '@langchain/langgraph-checkpoint'
import { expect, it } from 'vitest'
import * as agent from '../../src/agent.js'
import * as secretSafe from '../../src/index.js'
import { blocksOf } from '../repo/markdown.js'
import { anthropicKey } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, never>>

it('docs/agent-state.md is one script that does what it says', async () => {
  const { vault } = await Harness.open()
  const token = anthropicKey()
  const State = Annotation.Root({ token: Annotation<string>(), seen: Annotation<string>() })
  const graph = new StateGraph(State)
    .addNode('keep', async (state, { store }: LangGraphRunnableConfig) => {
      await store!.put(['users', 'ada'], 'profile', { note: `the token is ${state.token}` })
      return {}
    })
    .addEdge(START, 'keep')
  const deployed: string[] = []
  const deploy = (key: string) => {
    deployed.push(key)
    return `deployed with ${key}`
  }
  const code = blocksOf('docs/agent-state.md')
    .filter(({ language }) => language === 'ts')
    .map((block) => block.code.replace(/^import .*\n/gm, ''))
    .join('\n')
  const given = { ...secretSafe, ...agent, InMemoryStore, InMemoryCache, MemorySaver, vault, graph, token, deploy }
  const result = 'return { store, read, stored, node, value, status }'
  const script = new AsyncFunction(...Object.keys(given), `${code}\n${result}`)
  const { store, read, stored, node, value, status } = (await script(...Object.values(given))) as Record<
    string,
    never
  > & {
    store: agent.SecretSafeStore
    node: (state: unknown, config: unknown) => Promise<{ seen: string }>
    read: { value: { note: string } }
    stored: { value: { note: string } }
    value: { token: string }
  }
  expect(read.value.note).toBe(`the token is ${token}`)
  expect(stored.value.note).toMatch(/^the token is claim:\/\/\S+$/)
  expect(value.token).toMatch(/^claim:\/\//)
  expect(deployed).toEqual([token])
  expect(status).toBe(`deployed with ${value.token}`)
  const recalling = new StateGraph(State).addNode('recall', node).addEdge(START, 'recall').compile({ store })
  expect((await recalling.invoke({ token: '' })).seen).toBe(`the token is ${token}`)
})
