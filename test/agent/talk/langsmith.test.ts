import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain'
import { Client } from 'langsmith'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createScrubber, langsmithAnonymizer, scrubTracing } from '../../../src/agent.js'
import { createCanary } from '../../../src/testing/leak/index.js'
import { releaseAgent, releaseTools, sightings } from '../../support/agents.js'

const scrubber = createScrubber()

/** LangSmith as far as a client can tell: takes what it is sent. */
const received: string[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    received.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString())
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
let apiUrl: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

/** A guarded agent whose user types a token, whose tool's description holds one and whose configuration does, too. */
async function traced(
  wrap: (client: Client) => Client,
  options: object = {},
): Promise<{ token: string; sent: string }> {
  received.length = 0
  const client = wrap(new Client({ apiUrl, apiKey: 'none', ...options }))
  const { agent, token } = await releaseAgent({
    tools: (release) => [
      releaseTools(release)[0],
      tool(() => 'deployed', {
        name: 'deploy',
        description: `Such as ${release.token}`,
        schema: z.object({ token: z.string() }),
      }),
    ],
  })
  const config = {
    configurable: { thread_id: '1', apiKey: token },
    callbacks: [new LangChainTracer({ client })],
    metadata: { note: `with ${token}` },
    tags: [`tag-${token}`],
    runName: `run ${token}`,
  }
  await agent.invoke({ messages: [new HumanMessage(`My token is ${token}`)] }, config)
  await client.awaitPendingTraceBatches()
  return { token, sent: received.join('\n') }
}

describe('LangSmith’s own client', () => {
  it('sends a token in inputs, metadata, tags and names, also of a guarded agent: what a caller passes in is traced', async () => {
    const { token, sent } = await traced((client) => client)
    expect(sightings(token, sent)).not.toEqual([])
  })

  it('sends none through scrubTracing, in nothing', async () => {
    const { token, sent } = await traced((client) => scrubTracing(client, scrubber))
    expect(sent).toContain('[redacted github-token]')
    expect(sent).toContain('request_token')
    expect(sightings(token, sent)).toEqual([])
  })

  it('sends none in inputs, outputs, errors and metadata with the anonymizer, which the client does not ask about names and tags', async () => {
    const { token, sent } = await traced((client) => client, langsmithAnonymizer(scrubber))
    expect(sent).toContain('[redacted github-token]')
    const parts = sent.split('\n').filter((line) => /^\{"messages"|^\{"input|^\{"output/.test(line))
    expect(parts.length).toBeGreaterThan(3)
    expect(sightings(token, parts)).toEqual([])
    expect(sent).toContain(`tag-${token}`)
  })

  it('is told of an error without its secret', async () => {
    const bad = createCanary('token')
    for (const [wrap, expected] of [
      [(client: Client) => client, true],
      [(client: Client) => scrubTracing(client, scrubber), false],
    ] as const) {
      received.length = 0
      const client = wrap(new Client({ apiUrl, apiKey: 'none' }))
      const failing = tool(
        () => {
          throw new Error(`401 for ${bad}`)
        },
        { name: 'fails', description: 'x', schema: z.object({}) },
      )
      await failing.invoke({}, { callbacks: [new LangChainTracer({ client })] }).catch(() => undefined)
      await client.awaitPendingTraceBatches()
      expect(received.join().length).toBeGreaterThan(100)
      expect(sightings(bad, received.join('\n')).length > 0).toBe(expected)
    }
  })
})
