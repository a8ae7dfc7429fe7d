import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import type { BaseStore } from '@langchain/langgraph-checkpoint'
import { createAgent, type ToolRuntime } from 'langchain'
import { describe, expect, it } from 'vitest'
import { storeOf } from '../../../src/agent.js'
import { runAs, TOKEN_KEY } from '../../../src/index.js'
import { callTool, lines, ScriptedModel } from '../../../src/testing/leak/scripted-model.js'
import { anthropicKey } from '../../support/secrets.js'
import { storeHarness } from '../../support/store-harness.js'

/** An agent whose one tool answers with what it read, by LangGraph's queue and by `storeOf`. */
async function open() {
  const identity = { verify: async (sub: string) => ({ sub }) }
  const { h, store } = await storeHarness(
    { principal: null, identity },
    { authorizer: { decide: ({ principal }) => ({ allowed: principal.sub !== 'mallory', reason: 'test' }) } },
  )
  const token = anthropicKey()
  await store.put(['keys'], 'deploy', { token })
  const read: unknown[] = []
  const recall = tool(
    async (_input: unknown, runtime: ToolRuntime) => {
      for (const each of [runtime.store as unknown as BaseStore, storeOf(runtime), storeOf()])
        read.push((await each.get(['keys'], 'deploy'))!.value.token)
      return 'ok'
    },
    { name: 'recall', description: 'Recalls', schema: { type: 'object', properties: {} } as const },
  )
  const model = new ScriptedModel(lines(callTool('call_1', 'recall', {})))
  const agent = createAgent({ model, tools: [recall], store })
  const ask = async (configurable: Record<string, unknown> = {}) => {
    read.length = 0
    const { messages } = await agent.invoke({ messages: [new HumanMessage('Recall it.')] }, { configurable })
    expect(messages.find((message) => ToolMessage.isInstance(message))!.content).toBe('ok')
    return [...read]
  }
  return { h, token, ask }
}

const URL = expect.stringMatching(/^claim:\/\//)

describe('a tool of createAgent', () => {
  it('reads the wrapped store for who began the run, by its runtime and by storeOf', async () => {
    const { token, ask } = await open()
    expect(await runAs({ sub: 'alice' }, () => ask())).toEqual([token, token, token])
    expect(await runAs({ sub: 'mallory' }, () => ask())).toEqual([URL, URL, URL])
    expect(await ask()).toEqual([URL, URL, URL])
  })

  it('reads it by the token of the run with storeOf; the queue does not know that without a wrapped checkpointer', async () => {
    const { h, token, ask } = await open()
    expect(await ask({ [TOKEN_KEY]: 'alice' })).toEqual([URL, token, token])
    expect(await ask({ [TOKEN_KEY]: 'mallory' })).toEqual([URL, URL, URL])
    const [event] = await h.store.readEvents({ operation: 'restore', sub: 'alice' })
    expect(event).toMatchObject({ nodes: ['tools'] })
  })
})
