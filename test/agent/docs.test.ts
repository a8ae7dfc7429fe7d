import { tool } from '@langchain/core/tools'
import * as langgraph from '@langchain/langgraph'
import * as prebuilt from '@langchain/langgraph/prebuilt'
import * as langchain from 'langchain'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import * as agentEntry from '../../src/agent.js'
import * as secretSafe from '../../src/index.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { blocksOf } from '../repo/markdown.js'
import { releaseScript, releaseTools, sightings, type TestAgent, WatchedModel } from '../support/agents.js'
import { opaqueSecret } from '../support/secrets.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, never>>

describe('docs/agents.md', () => {
  it('is one script whose agents release with a token that their models never read', async () => {
    const token = createCanary('token')
    const received: string[] = []
    const model = new WatchedModel(releaseScript)
    const [login, deploy] = releaseTools({ token, received })
    const queried: unknown[] = []
    const removed: string[] = []
    const password = opaqueSecret()
    const query = (input: unknown) => {
      queried.push(input)
      return `ran ${JSON.stringify(input)}`
    }
    const issuer = {
      create: async (sub: string) => ({ user: `temp_${sub}`, password }),
      remove: (user: string) => removed.push(user),
    }
    vi.stubEnv('SECRET_SAFE_KEY', secretSafe.KeyRing.generate())
    vi.stubEnv('SECRET_SAFE_VAULT', ':memory:')
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const vault = await secretSafe.ClaimVault.open({
      store: new secretSafe.MemoryClaimStore(),
      keys: secretSafe.KeyRing.fromEnv(),
      sweep: 'manual',
    })
    const code = blocksOf('docs/agents.md')
      .filter(({ language }) => language === 'ts')
      .map((block) => block.code.replace(/^import .*\n/gm, ''))
      .join('\n')
    const given = {
      ...{ ...secretSafe, ...agentEntry, ...langgraph, ...prebuilt, ...langchain, tool, z },
      ...{ inner: new langgraph.MemorySaver(), store: new langgraph.InMemoryStore(), vault },
      ...{ model, login, deploy, query, issuer },
    }
    const names = Object.keys(given).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default')
    const script = new AsyncFunction(...names, `${code}\nreturn { agent, second, graph, analyst, saver, httpTool }`)
    const { agent, second, graph, analyst, saver, httpTool } = (await script(
      ...names.map((name) => given[name as keyof typeof given]),
    )) as unknown as Record<'agent' | 'second' | 'graph', TestAgent> & {
      analyst: { invoke(call: object, config: object): Promise<{ content: string }> }
      httpTool: { name: string }
      saver: secretSafe.SecretSafeSaver
    }
    write.mockRestore()
    for (const [i, runnable] of [agent, second, graph].entries()) {
      const config = { configurable: { thread_id: `thread-${i}` } }
      const out = await runnable.invoke({ messages: [new langchain.HumanMessage('Release it.')] }, config)
      expect(received).toEqual(Array.from({ length: i + 1 }, () => token))
      expect(sightings(token, out), `agent ${i}`).toEqual([])
    }
    expect(sightings(token, model.seen)).toEqual([])
    const config = { configurable: { thread_id: 'thread-1', __pregel_checkpointer: saver } }
    const call = { name: 'query', id: 'c', args: { sql: 'select 1', database: 'DB_TEMP' }, type: 'tool_call' }
    const { content } = await analyst.invoke(call, config)
    expect(queried).toEqual([{ sql: 'select 1', database: `postgres://temp_dana@example.com:${password}@db/app` }])
    expect(content).toBe('ran {"sql":"select 1","database":"[credential DB_TEMP]"}')
    expect(removed).toEqual(['temp_dana@example.com'])
    expect(httpTool.name).toBe('http')
    vi.unstubAllEnvs()
  })
})
