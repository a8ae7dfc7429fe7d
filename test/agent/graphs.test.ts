import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { entrypoint, MessagesAnnotation, START, StateGraph, task } from '@langchain/langgraph'
import { createReactAgent, ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { createSupervisor } from '@langchain/langgraph-supervisor'
import { createHandoffTool, createSwarm } from '@langchain/langgraph-swarm'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { guardModel, scrubToolOutput, withSecrets } from '../../src/agent.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { callTool, type Script } from '../../src/testing/leak/scripted-model.js'
import { agentSaver, CONFIG, lastOf, releaseScript, releaseTools, sightings, WatchedModel } from '../support/agents.js'

const ask = (content = 'Release it.') => ({ messages: [new HumanMessage({ id: 'human', content })] })
const CLAIM = /claim:\/\/\S+?\.[\w-]{22}/

function tools(token: string, received: string[], agent?: string) {
  const [request, deploy] = releaseTools({ token, received })
  return [scrubToolOutput(request!), withSecrets(deploy!, { allow: 'github-*', ...(agent && { agent }) })]
}

describe('graphs written by hand', () => {
  it.each([undefined, true, false] as const)(
    'guard model and tools, also in a subgraph with checkpointer %s',
    async (own) => {
      const token = createCanary('token')
      const received: string[] = []
      const { saver, vault } = await agentSaver()
      const model = new WatchedModel(releaseScript)
      const list = tools(token, received, 'release')
      const bound = guardModel(model).bindTools(list as never)
      const inner = new StateGraph(MessagesAnnotation)
        .addNode('model', async ({ messages }) => ({ messages: [await bound.invoke(messages)] }))
        .addNode('tools', new ToolNode(list as never))
        .addEdge(START, 'model')
        .addConditionalEdges('model', toolsCondition)
        .addEdge('tools', 'model')
      const graph =
        own === undefined
          ? inner.compile({ checkpointer: saver })
          : new StateGraph(MessagesAnnotation)
              .addNode('inner', inner.compile({ checkpointer: own }))
              .addEdge(START, 'inner')
              .compile({ checkpointer: saver })
      const out = await graph.invoke(ask(`Use ${token}`), CONFIG)
      expect(received).toEqual([token])
      expect(model.seen).toMatch(CLAIM)
      expect(sightings(token, model.seen, out.messages.slice(1))).toEqual([])
      expect((await vault.ledger({ operation: 'claim' })).map(({ act }) => act)).toEqual(['release'])
    },
  )

  it('guard the functional API', async () => {
    const token = createCanary('token')
    const { saver } = await agentSaver()
    const model = new WatchedModel(() => new AIMessage({ id: 'a', content: 'fine' }))
    const guarded = guardModel(model)
    const say = task('say', async (text: string) => (await guarded.invoke(text)).text)
    const flow = entrypoint({ name: 'flow', checkpointer: saver }, async (text: string) => say(text))
    expect(await flow.invoke(`My token is ${token}`, CONFIG)).toBe('fine')
    expect(model.seen).toMatch(CLAIM)
    expect(sightings(token, model.seen)).toEqual([])
  })

  it('guard a supervisor and its workers, each of which resolves as itself', async () => {
    const token = createCanary('token')
    const received: string[] = []
    const { saver, vault } = await agentSaver()
    const worker = new WatchedModel((messages) => {
      const last = lastOf(messages)
      const url = CLAIM.exec(messages.map(({ text }) => text).join(' '))?.[0] ?? 'none'
      return last.type === 'tool' && last.name === 'deploy'
        ? new AIMessage('Deployed.')
        : callTool('call_d', 'deploy', { token: url })
    })
    const lead: Script = (messages) =>
      messages.some(({ text }) => text.includes('Deployed'))
        ? new AIMessage('Done.')
        : callTool('call_t', 'transfer_to_deployer', {})
    const boss = new WatchedModel(lead)
    const deployer = createReactAgent({
      llm: guardModel(worker),
      tools: [tools(token, received, 'deployer')[1]] as never,
      name: 'deployer',
    })
    const graph = createSupervisor({ agents: [deployer] as never, llm: guardModel(boss) as never }).compile({
      checkpointer: saver,
    })
    const out = await graph.invoke(ask(`Deploy with ${token}`), CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, boss.seen, worker.seen, out.messages.slice(1))).toEqual([])
    expect((await vault.ledger({ operation: 'claim' })).map(({ act }) => act)).toEqual(['deployer'])
  })

  it('guard a swarm, whose members hand over messages with handles', async () => {
    const token = createCanary('token')
    const received: string[] = []
    const { saver, vault } = await agentSaver()
    const alice = new WatchedModel(() => callTool('call_h', 'transfer_to_bob', {}))
    const bob = new WatchedModel((messages) => {
      const last = lastOf(messages)
      const url = CLAIM.exec(messages.map(({ text }) => text).join(' '))?.[0] ?? 'none'
      return last.name === 'deploy' ? new AIMessage(`Did ${last.text}`) : callTool('call_d', 'deploy', { token: url })
    })
    const member = (name: string, llm: WatchedModel, list: unknown[]) =>
      createReactAgent({ llm: guardModel(llm), tools: list as never, name })
    const agents = [
      member('alice', alice, [createHandoffTool({ agentName: 'bob' })]),
      member('bob', bob, [tools(token, received, 'bob')[1]]),
    ]
    const graph = createSwarm({ agents: agents as never, defaultActiveAgent: 'alice' }).compile({ checkpointer: saver })
    const out = await graph.invoke(ask(`Deploy with ${token}`), CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, alice.seen, bob.seen, out.messages.slice(1))).toEqual([])
    expect((await vault.ledger({ operation: 'claim' })).map(({ act }) => act)).toEqual(['bob'])
  })

  it('keep their messages in a channel of another name', async () => {
    const token = createCanary('token')
    const { saver } = await agentSaver({ saver: { channels: { chat: 'handles' } } })
    const chat = z.object({ chat: z.array(z.any()).default([]) })
    const model = new WatchedModel(() => new AIMessage({ id: 'a', content: `I made ${token}` }))
    const graph = new StateGraph(chat)
      .addNode('model', async ({ chat: messages }) => ({
        chat: [...messages, await guardModel(model, { channel: 'chat' }).invoke(messages)],
      }))
      .addEdge(START, 'model')
      .compile({ checkpointer: saver })
    await graph.invoke({ chat: [new HumanMessage({ id: 'h', content: `Mine is ${token}` })] }, CONFIG)
    const { chat: loaded } = (await graph.getState(CONFIG)).values as { chat: { text: string }[] }
    const [url] = CLAIM.exec(model.seen)!
    expect(loaded.map(({ text }) => text)).toEqual([`Mine is ${url}`, `I made ${url}`])
    expect(sightings(token, model.seen)).toEqual([])
  })
})
