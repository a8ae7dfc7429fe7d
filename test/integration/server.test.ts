import { createEmbedServer, type ThreadSaver } from '@langchain/langgraph-api/experimental/embed'
import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import { sqliteSaver } from '../support/bare-savers.js'
import { type HttpServer, serve } from '../support/http-server.js'
import { protect } from '../support/wrapped-saver.js'
import { scenarios } from './scenarios.js'

type EmbedOptions = Parameters<typeof createEmbedServer>[0]

interface Served {
  readonly target: LeakTarget
  readonly server: HttpServer
  readonly client: Client
  readonly secret: string
  readonly used: string[]
  readonly threadId: string
}

const scenario = scenarios[0]!

function threadStore(): ThreadSaver {
  const threads = new Map<string, Awaited<ReturnType<ThreadSaver['get']>>>()
  return {
    get: async (id) => {
      const thread = threads.get(id)
      if (!thread) throw new Error('no such thread')
      return thread
    },
    set: async (id, { metadata }) => {
      const thread = { thread_id: id, metadata: { ...threads.get(id)?.metadata, ...metadata } }
      threads.set(id, thread)
      return thread
    },
    delete: async (id) => {
      threads.delete(id)
    },
  }
}

async function open(saver: () => Promise<LeakTarget>): Promise<Served> {
  const secret = createCanary('token')
  const used: string[] = []
  const target = await saver()
  const agent = scenario.build(target.checkpointer, secret, used) as unknown as EmbedOptions['graph'][string]
  const app = createEmbedServer({ graph: { agent }, threads: threadStore(), checkpointer: target.checkpointer })
  const server = await serve(app.fetch)
  const client = new Client({ apiUrl: server.url, apiKey: null })
  const { thread_id: threadId } = await client.threads.create()
  return { target, server, client, secret, used, threadId }
}

describe.each([
  ['bare', sqliteSaver as () => Promise<LeakTarget>],
  ['wrapped', protect(sqliteSaver)],
] as const)('a LangGraph server with the %s saver, driven by the SDK', (kind, saver) => {
  let served: Served
  beforeAll(async () => {
    served = await open(saver)
  })
  afterAll(async () => {
    await served.server.close()
    await served.target.close()
  })

  async function run(payload: Record<string, unknown>): Promise<{ event: string; data: unknown }[]> {
    const events: { event: string; data: unknown }[] = []
    const streamMode = ['values', 'updates'] as const
    for await (const { event, data } of served.client.runs.stream(served.threadId, 'agent', {
      ...payload,
      streamMode: [...streamMode],
    })) {
      events.push({ event, data })
    }
    return events
  }

  it('streams a run with the real secret until a tool asks a human', async () => {
    const events = await run({ input: { messages: [{ role: 'user', id: 'h1', content: 'Deploy it, please.' }] } })
    expect(events.filter(({ event }) => event === 'error')).toEqual([])
    expect(JSON.stringify(events)).toContain(served.secret)
    const state = await served.client.threads.getState(served.threadId)
    expect(state.next).toEqual(['tools'])
    expect(state.tasks[0]?.interrupts[0]?.value).toEqual({ question: `Deploy with ${served.secret}?` })
  })

  it('resumes with a command, and the tool receives the real secret', async () => {
    const events = await run({ command: { resume: 'yes' } })
    expect(events.filter(({ event }) => event === 'error')).toEqual([])
    // Once before the interrupt and once after it: the tool starts again on resume.
    expect(served.used).toEqual([served.secret, served.secret])
    const state = await served.client.threads.getState<{ messages: { content: string }[] }>(served.threadId)
    expect(state.next).toEqual([])
    expect(state.values.messages.at(-1)?.content).toBe('Done.')
    expect(JSON.stringify(state.values)).toContain(served.secret)
  })

  it('shows the history with the real secret', async () => {
    const history = await served.client.threads.getHistory(served.threadId, { limit: 50 })
    expect(history.length).toBeGreaterThan(5)
    expect(history.filter((state) => JSON.stringify(state.values).includes(served.secret)).length).toBeGreaterThan(3)
  })

  it('updates the state', async () => {
    const note = { role: 'user', id: 'h9', content: `Rotate ${served.secret} soon.` }
    await served.client.threads.updateState(served.threadId, { values: { messages: [note] } })
    const state = await served.client.threads.getState<{ messages: { content: string }[] }>(served.threadId)
    expect(state.values.messages.at(-1)?.content).toBe(note.content)
  })

  it(kind === 'bare' ? 'stores the secret in plaintext' : 'stores no byte of the secret', async () => {
    const found = findCanaries(await served.target.dump(), new Map([['secret', served.secret]]))
    if (kind === 'bare') expect(found.map(({ area }) => area)).toContain('checkpoint')
    else expect(found).toEqual([])
  })
})
