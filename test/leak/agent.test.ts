import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { BaseTracer, type Run } from '@langchain/core/tracers/base'
import { type BaseStore, Command, InMemoryStore, MemorySaver } from '@langchain/langgraph'
import { InMemoryCache } from '@langchain/langgraph-checkpoint'
import { createAgent, toolStrategy } from 'langchain'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { protectAgent } from '../../src/agent.js'
import { ClaimVault, KeyRing, MemoryClaimStore } from '../../src/index.js'
import { createCanary, dumpMemory, findCanaries, watchOutput } from '../../src/testing/leak/index.js'
import { callTool } from '../../src/testing/leak/scripted-model.js'
import { lastOf, StreamingModel, type TestAgent, WORKER } from '../support/agents.js'

const AREAS = ['model', 'tracer', 'stream', 'events', 'log', 'store', 'checkpoint', 'result'] as const
type Area = (typeof AREAS)[number]

/** Where a secret comes in. What is not told is harmless. */
interface Plant {
  readonly name: string
  readonly question?: (canary: string) => string
  readonly system?: (canary: string) => string
  readonly description?: (canary: string) => string
  readonly fetch?: (canary: string, write?: (chunk: unknown) => void) => unknown
  readonly format?: 'content_and_artifact'
  readonly says?: (canary: string) => AIMessage
  readonly structured?: true
  /** Where a bare agent shows it. */
  readonly bare: readonly Area[]
  /** Where a protected one shows it: what the caller passed in itself. */
  readonly input?: readonly Area[]
}

const EVERYWHERE: readonly Area[] = ['model', 'tracer', 'stream', 'events', 'checkpoint', 'result']
const PLANTS: readonly Plant[] = [
  {
    name: 'a user’s message',
    question: (canary) => `My token is ${canary}.`,
    bare: EVERYWHERE,
    input: ['tracer', 'stream', 'events'],
  },
  { name: 'a system prompt', system: (canary) => `Use ${canary}.`, bare: ['model', 'tracer', 'events'] },
  { name: 'a tool’s description', description: (canary) => `Fetches with ${canary}`, bare: ['model'] },
  { name: 'a tool’s text', fetch: (canary) => `token: ${canary}`, bare: EVERYWHERE },
  { name: 'a tool’s object', fetch: (canary) => ({ auth: { access_token: canary } }), bare: EVERYWHERE },
  {
    name: 'base64 in a tool’s text',
    fetch: (canary) => Buffer.from(`x:${canary}`).toString('base64'),
    bare: EVERYWHERE,
  },
  { name: 'a content block', fetch: (canary) => [{ type: 'text', text: `It is ${canary}` }], bare: EVERYWHERE },
  {
    name: 'a tool’s artifact',
    fetch: (canary) => ['fine', { token: canary }],
    format: 'content_and_artifact',
    bare: ['tracer', 'stream', 'events', 'checkpoint', 'result'],
  },
  {
    name: 'a tool’s message',
    fetch: (canary) => new ToolMessage({ content: `token ${canary}`, tool_call_id: 'call_1', name: 'fetch_page' }),
    bare: EVERYWHERE,
  },
  {
    name: 'a tool’s command',
    fetch: (canary) =>
      new Command({
        update: { messages: [new ToolMessage({ content: canary, tool_call_id: 'call_1', name: 'fetch_page' })] },
      }),
    bare: EVERYWHERE,
  },
  {
    name: 'a tool’s error',
    fetch: (canary) => {
      throw Object.assign(new Error(`401 for ${canary}`, { cause: new Error(canary) }), { request: { token: canary } })
    },
    bare: EVERYWHERE,
  },
  {
    name: 'what a tool writes to the stream',
    fetch: (canary, write) => {
      write?.({ progress: `using ${canary}` })
      return 'fine'
    },
    bare: ['stream'],
  },
  {
    name: 'what a model makes up',
    says: (canary) => new AIMessage({ id: 'ai-end', content: `Try ${canary} instead.` }),
    bare: ['tracer', 'stream', 'events', 'checkpoint', 'result'],
  },
  {
    name: 'structured output',
    structured: true,
    says: (canary) => callTool('call_2', 'answer', { credential: canary }),
    bare: ['tracer', 'stream', 'events', 'checkpoint', 'result'],
  },
]

interface ToolConfig {
  readonly store?: BaseStore | null
  readonly writer?: (chunk: unknown) => void
}

class Tracer extends BaseTracer {
  override name = 'test_tracer'
  readonly runs: Run[] = []

  protected override async persistRun(run: Run): Promise<void> {
    this.runs.push(run)
  }
}

type Protect = (parts: Parameters<typeof protectAgent>[0]) => object

/** One run of an agent with one secret, and every place at which it could have come out. */
async function run(plant: Plant, canary: string, protect: Protect): Promise<Record<Area, boolean>> {
  const [saver, store, cache] = [new MemorySaver(), new InMemoryStore(), new InMemoryCache()]
  const fetchPage = tool(
    (async (_input: object, config: ToolConfig) => {
      await config.store?.put(['pages'], 'last', { page: `read with ${canary}` })
      return plant.fetch?.(canary, config.writer) ?? 'fine'
    }) as never,
    {
      name: 'fetch_page',
      description: plant.description?.(canary) ?? 'Fetches',
      schema: z.object({}),
      ...(plant.format && { responseFormat: plant.format }),
    } as never,
  )
  const model = new StreamingModel((messages) => {
    const last = lastOf(messages)
    if (last.type === 'human') return callTool('call_1', 'fetch_page', {})
    return plant.says?.(canary) ?? new AIMessage({ id: 'ai-end', content: `I read: ${last.text}` })
  })
  const parts = { model, tools: [fetchPage], checkpointer: saver, store, cache }
  const make = () =>
    createAgent({
      ...(protect(parts) as typeof parts),
      ...(plant.system && { systemPrompt: plant.system(canary) }),
      ...(plant.structured && {
        responseFormat: toolStrategy({
          title: 'answer',
          type: 'object',
          properties: { credential: { type: 'string' } },
        }),
      }),
    } as never) as unknown as TestAgent
  const tracer = new Tracer()
  const output = watchOutput()
  const chunks: unknown[] = []
  const events: unknown[] = []
  let result: unknown
  const input = () => ({
    messages: [new HumanMessage({ id: 'human', content: plant.question?.(canary) ?? 'Fetch it.' })],
  })
  try {
    const agent = make()
    const modes = ['values', 'updates', 'messages', 'custom', 'debug', 'tasks', 'checkpoints']
    const streamed = { configurable: { thread_id: 'stream' }, streamMode: modes, callbacks: [tracer] }
    for await (const chunk of await agent.stream(input(), streamed)) chunks.push(JSON.stringify(chunk))
    for await (const event of agent.streamEvents(input(), { configurable: { thread_id: 'events' }, version: 'v2' }))
      events.push(JSON.stringify(event))
    result = await agent.invoke(input(), { configurable: { thread_id: 'invoke' } })
  } catch (error) {
    result = [String(error), (error as Error).stack, String((error as Error).cause)]
  } finally {
    output.stop()
  }
  const bytes = (value: unknown) => [
    {
      area: 'log' as const,
      place: 'x',
      bytes: new TextEncoder().encode(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')),
    },
  ]
  const items = await store.search(['pages'])
  const runs = tracer.runs.flatMap(function all(each: Run): unknown[] {
    const { inputs, outputs, error, extra, events, tags, child_runs } = each
    return [JSON.stringify({ inputs, outputs, error, extra, events, tags }), ...child_runs.flatMap(all)]
  })
  const found = {
    model: bytes(model.seen),
    tracer: bytes(runs.join('\n')),
    stream: bytes(chunks.join('\n')),
    events: bytes(events.join('\n')),
    log: output.dump(),
    store: bytes(items),
    checkpoint: dumpMemory(saver),
    result: bytes(result),
  }
  const isIn = (area: Area) => findCanaries(found[area], new Map([['canary', canary]])).length > 0
  return Object.fromEntries(AREAS.map((area) => [area, isIn(area)])) as Record<Area, boolean>
}

const shown = (areas: Record<Area, boolean>): Area[] => AREAS.filter((area) => areas[area])

describe('a secret in an agent', () => {
  let vault: Promise<ClaimVault> | undefined
  const open = () => {
    vault ??= ClaimVault.open({ store: new MemoryClaimStore(), keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
    return vault
  }
  afterAll(async () => (await vault)?.close())
  const protect: Protect = (parts) =>
    protectAgent(parts, { vault: open, principal: WORKER, tools: { '*': { allow: '*' } }, onCoverage: () => undefined })

  it.each(PLANTS)('is shown by a bare agent, from $name', async (plant) => {
    expect(shown(await run(plant, createCanary('token'), (parts) => parts))).toEqual(
      expect.arrayContaining([...plant.bare, 'store']),
    )
  })

  it.each(PLANTS)('is shown nowhere by a protected one, from $name', async (plant) => {
    expect(shown(await run(plant, createCanary('token'), protect))).toEqual(plant.input ?? [])
  })
})
