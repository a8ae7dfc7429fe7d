import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { Command, INTERRUPT, interrupt, isInterrupted, MemorySaver } from '@langchain/langgraph'
import {
  createAgent,
  createMiddleware,
  humanInTheLoopMiddleware,
  summarizationMiddleware,
  toolRetryMiddleware,
  toolStrategy,
} from 'langchain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { guardModel, secretsMiddleware } from '../../src/agent.js'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'
import { createCanary, dumpMemory, findCanaries } from '../../src/testing/leak/index.js'
import { callTool, type Script } from '../../src/testing/leak/scripted-model.js'
import { Rights } from '../support/access.js'
import {
  CONFIG,
  DEPLOY_MAY,
  lastOf,
  releaseAgent,
  releaseScript,
  releaseTools,
  StreamingModel,
  sightings,
  tokenIn,
  WatchedModel,
  WORKER,
} from '../support/agents.js'

const ask = (content = 'Release it.') => ({ messages: [new HumanMessage({ id: 'human', content })] })
const texts = ({ messages }: { readonly messages: readonly { readonly text: string }[] }) =>
  messages.map(({ text }) => text)

describe('secretsMiddleware', () => {
  it('shows the model the claim URL that the checkpoint holds, and gives the tool the value', async () => {
    const { agent, model, token, received, inner, vault } = await releaseAgent({
      middleware: { ...DEPLOY_MAY, agent: 'release-agent' },
    })
    const out = await agent.invoke(ask(), CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, model.seen, out)).toEqual([])
    const [url] = /claim:\/\/\S+?\.[\w-]{22}/.exec(model.seen)!
    const stored = dumpMemory(inner as MemorySaver)
    expect(findCanaries(stored, new Map([['token', token]]))).toEqual([])
    expect(stored.some(({ bytes }) => Buffer.from(bytes).includes(url))).toBe(true)
    expect(texts(out).at(-1)).toBe(`Released: deployed with ${url}`)
    const [claim] = await vault.ledger({ operation: 'claim' })
    expect(claim).toMatchObject({ outcome: 'ok', sub: 'worker', act: 'release-agent', nodes: ['deploy'] })
  })

  it('leaves the handle in the arguments of a tool that is not listed, which is given no value', async () => {
    const { agent, received, vault } = await releaseAgent({ middleware: {} })
    await agent.invoke(ask(), CONFIG)
    expect(received).toEqual([expect.stringMatching(/^claim:\/\//)])
    expect(await vault.ledger({ operation: 'claim' })).toEqual([])
  })

  it('covers what a user types, in the state and in the stream from then on', async () => {
    const { agent, token, model } = await releaseAgent({ model: new WatchedModel(() => new AIMessage('I see.')) })
    const out = await agent.invoke(ask(`My token is ${token}.`), CONFIG)
    expect(texts(out)[0]).toMatch(/^My token is claim:\/\/.*\.$/)
    expect(sightings(token, model.seen, out)).toEqual([])
  })

  it.each(['values', 'handles'] as const)(
    'gives a resumed model the same bytes, where messages are loaded as %s',
    async (mode) => {
      const inner = new MemorySaver()
      const store = new MemoryClaimStore()
      const keys = KeyRing.generate()
      const token = createCanary('token')
      const received: string[] = []
      const seen: string[][] = []
      const turn = async (messages: object | null) => {
        const vault = await ClaimVault.open({ store, keys: new KeyRing(keys), sweep: 'manual' })
        const saver = new SecretSafeSaver(inner, { vault, principal: WORKER, channels: { messages: mode } })
        const model = new WatchedModel(releaseScript)
        const agent = createAgent({
          model,
          tools: releaseTools({ token, received }),
          checkpointer: saver,
          middleware: [secretsMiddleware(DEPLOY_MAY)],
          systemPrompt: `You may use ${token} in an emergency.`,
        })
        const out = await agent.invoke(messages as never, CONFIG)
        seen.push(model.inputs)
        return out
      }
      await turn(ask(`Release with ${token}.`))
      await turn({ messages: [new HumanMessage({ id: 'again', content: 'And again.' })] })
      const [first, second] = seen as [string[], string[]]
      const before = (JSON.parse(first.at(-1)!) as { messages: unknown[] }).messages
      const after = (JSON.parse(second[0]!) as { messages: unknown[] }).messages
      expect(JSON.stringify(after.slice(0, before.length))).toBe(JSON.stringify(before))
      expect(received).toEqual([token, token])
      expect(sightings(token, seen)).toEqual([])
    },
  )

  it('scrubs system prompts and descriptions of tools, where examples stand', async () => {
    const { agent, token, model } = await releaseAgent({
      tools: ({ token }) => [
        tool(() => 'fine', {
          name: 'deploy',
          description: `Deploys. For example with ${token}`,
          schema: z.object({ token: z.string().describe(`like ${token}`) }),
        }),
      ],
      model: new WatchedModel(() => new AIMessage('Done.')),
      agent: { systemPrompt: 'Be brief.' },
    })
    await agent.invoke(ask(), CONFIG)
    expect(model.seen).toContain('"description":"Deploys. For example with claim://')
    expect(model.seen).toContain('Be brief.')
    expect(sightings(token, model.seen)).toEqual([])
  })

  it('runs tools in parallel, each with what it asked for', async () => {
    const script: Script = (messages) => {
      const last = lastOf(messages)
      if (last.type === 'human') return callTool('call_1', 'request_token', {})
      if (last.name !== 'request_token') return new AIMessage('Done.')
      const args = { token: tokenIn(last.text) }
      const calls = ['a', 'b', 'c'].map((id) => ({ id, name: 'deploy', args, type: 'tool_call' as const }))
      return new AIMessage({ content: '', tool_calls: calls })
    }
    const { agent, received, token, model } = await releaseAgent({ model: new WatchedModel(script) })
    const out = await agent.invoke(ask(), CONFIG)
    expect(received).toEqual([token, token, token])
    expect(sightings(token, model.seen, out)).toEqual([])
  })

  it('puts handles into structured output, whatever it is parsed from', async () => {
    const script: Script = (messages) => {
      const last = lastOf(messages)
      if (last.type === 'human') return callTool('call_1', 'request_token', {})
      return callTool('call_2', 'extract-1', { credential: tokenIn(last.text) })
    }
    const { agent, token, model } = await releaseAgent({
      model: new WatchedModel((messages) => {
        const said = script(messages)
        const [call] = said.tool_calls!
        return call!.name === 'extract-1' ? callTool('call_2', 'answer', call!.args) : said
      }),
      agent: {
        responseFormat: toolStrategy({
          title: 'answer',
          type: 'object',
          properties: { credential: { type: 'string' } },
          required: ['credential'],
        }),
      },
    })
    const out = (await agent.invoke(ask(), CONFIG)) as unknown as { structuredResponse: { credential: string } }
    expect(out.structuredResponse.credential).toMatch(/^claim:\/\//)
    expect(sightings(token, model.seen, out)).toEqual([])
  })

  it('shows a human handles, and resolves what the human has approved or edited', async () => {
    const asksHuman = humanInTheLoopMiddleware({ interruptOn: { deploy: true } } as never)
    const { agent, received, token } = await releaseAgent({
      before: [asksHuman],
    })
    const paused = await agent.invoke(ask(), CONFIG)
    expect(isInterrupted(paused)).toBe(true)
    expect(JSON.stringify(paused)).toContain('claim://')
    expect(sightings(token, paused)).toEqual([])
    const [{ value }] = (paused as never as Record<string, [{ value: { actionRequests: { args: object }[] } }]>)[
      INTERRUPT
    ]!
    const edited = { type: 'edit', editedAction: { name: 'deploy', args: value.actionRequests[0]!.args } }
    const out = await agent.invoke(new Command({ resume: { decisions: [edited] } }), CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, out)).toEqual([])
  })

  it('works in any order with middleware that retries, and with one that summarizes by a model of its own', async () => {
    for (const place of ['before', 'after'] as const) {
      let attempts = 0
      const summarizer = new WatchedModel(() => new AIMessage('A summary.'))
      const summary = { model: guardModel(summarizer), trigger: { messages: 4 }, keep: { messages: 3 } }
      const summarizes = summarizationMiddleware(summary as never)
      const retries = toolRetryMiddleware({ maxRetries: 2, initialDelayMs: 1, jitter: false })
      const { agent, received, token, model } = await releaseAgent({
        middleware: { ...DEPLOY_MAY, toolErrors: 'throw' },
        [place]: [retries, summarizes],
        tools: (release) => [
          releaseTools(release)[0],
          tool(
            ({ token: given }: { token: string }) => {
              attempts++
              if (attempts < 2) throw new Error(`503 for ${given}`)
              release.received.push(given)
              return `deployed with ${given}`
            },
            { name: 'deploy', description: 'Deploys', schema: z.object({ token: z.string() }) },
          ),
        ],
      })
      const out = await agent.invoke(ask(), CONFIG)
      expect(received, place).toEqual([token])
      expect(sightings(token, model.seen, summarizer.seen, out)).toEqual([])
    }
  })

  it('guards a model that another middleware outside of it chooses', async () => {
    const chosen = new WatchedModel(releaseScript)
    const choose = createMiddleware({
      name: 'Choose',
      wrapModelCall: (request, handler) => handler({ ...request, model: chosen }),
    })
    const { agent, token, received } = await releaseAgent({ before: [choose] })
    await agent.invoke(ask(), CONFIG)
    expect(chosen.inputs.length).toBe(3)
    expect(received).toEqual([token])
    expect(sightings(token, chosen.seen)).toEqual([])
  })

  it('tells the model what went wrong in a tool, without the value, and goes on as without middleware', async () => {
    const { agent, token, model } = await releaseAgent({
      tools: (release) => [
        releaseTools(release)[0],
        tool(
          ({ token: given }: { token: string }) => {
            throw Object.assign(new TypeError(`401 for ${given}`, { cause: new Error(given) }), { header: given })
          },
          { name: 'deploy', description: 'Deploys', schema: z.object({ token: z.string() }) },
        ),
      ],
    })
    const out = await agent.invoke(ask(), CONFIG)
    expect(texts(out).at(-1)).toMatch(/TypeError: 401 for claim:\/\/.*Please fix your mistakes/s)
    expect(sightings(token, model.seen, out)).toEqual([])
  })

  it('holds a resolved argument against the tool’s own schema, and quotes only what the model wrote', async () => {
    const { agent, received, model, token } = await releaseAgent({
      tools: (release) => [
        releaseTools(release)[0],
        tool(
          ({ token: given, count }: { token: string; count: number }) => {
            release.received.push(`${given} ${count}`)
            return 'fine'
          },
          {
            name: 'deploy',
            description: 'Deploys',
            schema: z.object({ token: z.string().max(60).startsWith('ghp_'), count: z.coerce.number().default(3) }),
          },
        ),
      ],
    })
    await agent.invoke(ask(), CONFIG)
    expect(received).toEqual([`${token} 3`])
    const wrong = await releaseAgent({
      tools: (release) => [
        releaseTools(release)[0],
        tool(() => 'never', { name: 'deploy', description: 'Deploys', schema: z.object({ token: z.string().max(5) }) }),
      ],
    })
    const out = await wrong.agent.invoke(ask(), CONFIG)
    expect(texts(out).at(-1)).toContain('did not match expected schema')
    expect(sightings(wrong.token, wrong.model.seen, out)).toEqual([])
    expect(sightings(token, model.seen)).toEqual([])
  })

  it('tells the model of a denial by policy or by its own list, and gives out nothing', async () => {
    const rights = new Rights().allow('worker', 'restore')
    for (const [options, message] of [
      [{ authorizer: rights }, 'UnresolvedClaimError: A claim was not given out: denied.'],
      [
        { middleware: { tools: { '*': { allow: 'stripe-*' } } } },
        'ToolDeniedError: The tool "deploy" may not use github-token.',
      ],
    ] as const) {
      const { agent, received, token, vault } = await releaseAgent(options)
      const out = await agent.invoke(ask(), CONFIG)
      expect(received).toEqual([])
      expect(texts(out).at(-1)).toContain(message)
      expect(sightings(token, out)).toEqual([])
      expect((await vault.ledger({ operation: 'claim' })).filter(({ outcome }) => outcome === 'denied')).toHaveLength(1)
    }
  })

  it('interrupts for an approval, and goes on once it was given in the vault', async () => {
    const rights = new Rights()
      .allow('worker', 'restore')
      .set('worker', 'claim', { allowed: true, approval: { approvers: ['boss'] } })
    const { agent, received, token, vault } = await releaseAgent({ authorizer: rights })
    const paused = await agent.invoke(ask(), CONFIG)
    expect(isInterrupted(paused)).toBe(true)
    expect(sightings(token, paused)).toEqual([])
    const [request] = await vault.approvals({ state: 'pending' }, { principal: { sub: 'boss' } })
    await vault.approve(request!.id, { principal: { sub: 'boss' } })
    await agent.invoke(new Command({ resume: 'go on' }), CONFIG)
    expect(received).toEqual([token])
  })

  it('covers what a tool interrupts the graph with', async () => {
    const { agent, received, token } = await releaseAgent({
      tools: (release) => [
        releaseTools(release)[0],
        tool(
          ({ token: given }: { token: string }) => {
            const answer: unknown = interrupt({ question: `May I use ${given}?` })
            release.received.push(`${String(answer)} ${given}`)
            return 'fine'
          },
          { name: 'deploy', description: 'Deploys', schema: z.object({ token: z.string() }) },
        ),
      ],
    })
    const paused = await agent.invoke(ask(), CONFIG)
    expect(isInterrupted(paused)).toBe(true)
    expect(JSON.stringify(paused)).toContain('May I use claim://')
    expect(sightings(token, paused)).toEqual([])
    await agent.invoke(new Command({ resume: 'yes' }), CONFIG)
    expect(received).toEqual([`yes ${token}`])
  })

  it('lets each sub-agent resolve as itself', async () => {
    const worker = (name: string, received: string[]) =>
      tool(
        ({ token: given }: { token: string }) => {
          received.push(given)
          return `used ${given}`
        },
        { name: `${name}_use`, description: 'Uses', schema: z.object({ token: z.string() }) },
      )
    const received: string[] = []
    const { agent, token, vault, model } = await releaseAgent({
      middleware: { agent: 'lead' },
      model: new WatchedModel((messages) => {
        const last = lastOf(messages)
        if (last.type === 'human') return callTool('call_1', 'request_token', {})
        if (last.name === 'request_token')
          return callTool('call_2', 'ask_worker', { task: `Use ${tokenIn(last.text)}` })
        return new AIMessage(`Done: ${last.text}`)
      }),
      tools: (release) => [
        releaseTools(release)[0],
        tool(
          async ({ task }: { task: string }) => {
            const inner = new WatchedModel((messages) => {
              const last = lastOf(messages)
              return last.type === 'human'
                ? callTool('call_3', 'worker_use', { token: /Use (\S+)/.exec(last.text)![1] })
                : new AIMessage(last.text)
            })
            const sub = createAgent({
              model: inner,
              tools: [worker('worker', received)],
              middleware: [secretsMiddleware({ agent: 'worker', tools: { '*': { allow: '*' } } })],
            })
            const { messages } = await sub.invoke({ messages: [new HumanMessage({ id: 'sub', content: task })] })
            expect(sightings(release.token, inner.seen)).toEqual([])
            return messages.at(-1)!.text
          },
          { name: 'ask_worker', description: 'Asks', schema: z.object({ task: z.string() }) },
        ),
      ],
    })
    const out = await agent.invoke(ask(), CONFIG)
    expect(received).toEqual([token])
    expect(sightings(token, model.seen, out)).toEqual([])
    expect((await vault.ledger({ operation: 'claim' })).map(({ sub, act }) => [sub, act])).toEqual([
      ['worker', 'worker'],
    ])
  })

  it('refuses to run where no thread and no saver is known, and the model is asked nothing', async () => {
    const { agent, model } = await releaseAgent({ agent: { checkpointer: undefined } })
    await expect(agent.invoke(ask(), CONFIG)).rejects.toThrow(/graph whose checkpointer is a SecretSafeSaver/)
    expect(model.inputs).toEqual([])
  })

  it('streams handles, also where a token comes in pieces', async () => {
    const script: Script = (messages) => {
      const last = lastOf(messages)
      if (last.type === 'human') return callTool('call_1', 'request_token', {})
      if (last.name === 'request_token') return callTool('call_2', 'deploy', { token: tokenIn(last.text) })
      // It makes one up, or was told it by somebody whom nobody guards.
      return new AIMessage({ id: 'ai-end', content: `The new token is ${fresh}, and it is secret. `.repeat(3) })
    }
    const fresh = createCanary('token')
    const { agent, token } = await releaseAgent({ model: new StreamingModel(script) })
    for (const streamMode of ['messages', 'updates', 'values', 'custom', 'debug'] as const) {
      const chunks: unknown[] = []
      const config = { configurable: { thread_id: streamMode }, streamMode }
      for await (const chunk of await agent.stream(ask(), config)) chunks.push(chunk)
      if (streamMode !== 'custom') expect(chunks.length, streamMode).toBeGreaterThan(2)
      expect(sightings(token, chunks), streamMode).toEqual([])
      expect(
        sightings(fresh, chunks, chunks.map((chunk) => (chunk as [{ text?: string }])[0]?.text ?? '').join('')),
        streamMode,
      ).toEqual([])
    }
    const events: unknown[] = []
    for await (const event of agent.streamEvents(ask(), { configurable: { thread_id: 'events' }, version: 'v2' }))
      events.push(event)
    expect(events.length).toBeGreaterThan(20)
    expect(sightings(token, JSON.stringify(events))).toEqual([])
    expect(sightings(fresh, JSON.stringify(events))).toEqual([])
  })
})
