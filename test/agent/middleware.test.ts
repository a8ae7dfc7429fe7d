import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { MemorySaver } from '@langchain/langgraph'
import { createAgent } from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { secretsMiddleware } from '../../src/agent.js'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'
import { createCanary, dumpMemory, findCanaries } from '../../src/testing/leak/index.js'
import { callTool, type Script, ScriptedModel } from '../../src/testing/leak/scripted-model.js'

const CONFIG = { configurable: { thread_id: '1' } }

describe('secretsMiddleware', () => {
  it('shows the model a claim URL, and gives the tool the value', async () => {
    const token = createCanary('token')
    const inner = new MemorySaver()
    const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
    const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'worker' } })
    const seen: string[] = []
    const script: Script = (messages) => {
      seen.push(JSON.stringify(messages))
      const last = messages.at(-1)
      if (!ToolMessage.isInstance(last)) return callTool('call_1', 'request_token', {})
      if (last.name !== 'request_token') return new AIMessage({ id: 'end', content: `Done: ${last.text}` })
      return callTool('call_2', 'deploy', { token: JSON.parse(last.text).access_token })
    }
    const received: string[] = []
    const agent = createAgent({
      model: new ScriptedModel(script),
      tools: [
        tool(() => JSON.stringify({ access_token: token }), { name: 'request_token', description: 'x', schema: z.object({}) }),
        tool(({ token }: { token: string }) => { received.push(token); return `deployed with ${token}` }, { name: 'deploy', description: 'x', schema: z.object({ token: z.string() }) }),
      ],
      checkpointer: saver,
      middleware: [secretsMiddleware({ tools: { deploy: { allow: '*' } } })],
    })
    const out = await agent.invoke({ messages: [new HumanMessage({ id: 'h', content: `Deploy with ${token}` })] }, CONFIG)
    console.log(seen.at(-1), out.messages.map((m) => m.text))
    expect(received).toEqual([token])
    expect(seen.join()).not.toContain(token)
    expect(findCanaries(dumpMemory(inner), new Map([['token', token]]))).toEqual([])
    console.log((await vault.ledger()).map((e) => [e.operation, e.outcome, e.nodes, e.rules]))
  })
})
