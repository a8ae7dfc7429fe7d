import { inspect } from 'node:util'
import { AIMessage, type BaseMessage, type ToolMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import { tool } from '@langchain/core/tools'
import { RunCollectorCallbackHandler } from '@langchain/core/tracers/run_collector'
import { Command, interrupt, type MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type CredentialDefinition, Credentials, type WithSecretsOptions, withSecrets } from '../../src/agent.js'
import { type Authorizer, createPolicy } from '../../src/index.js'
import { dumpMemory, findCanaries } from '../../src/testing/leak/index.js'
import { agentSaver, CONFIG, sightings } from '../support/agents.js'
import { opaqueSecret } from '../support/secrets.js'

const show = (value: unknown) => inspect(value, { depth: 12, maxArrayLength: null, maxStringLength: null })
const ENV = 'SECRET_SAFE_TEST_CREDENTIAL'

afterEach(() => {
  delete process.env[ENV]
})

interface Options {
  readonly authorizer?: Authorizer
  readonly guard?: Partial<WithSecretsOptions>
  readonly tools?: CredentialDefinition['tools']
  readonly agents?: CredentialDefinition['agents']
  readonly run?: (value: string, config: RunnableConfig) => unknown
}

/** A tool that is told the name of a credential, in a graph with everything that can be asked of it. */
async function fixture(
  given: CredentialDefinition['from'] | { readonly claimOf: string },
  { authorizer, guard, tools = 'query', agents, run }: Options = {},
) {
  const parts = await agentSaver(authorizer && { authorizer })
  const from =
    typeof given === 'object'
      ? ((await parts.vault.create(given.claimOf, { threadId: 'thread-1', maxClaims: 5 })) as `claim://${string}`)
      : given
  const credentials = new Credentials({ DB: { from, tools, ...(agents && { agents }) } })
  const got: string[] = []
  const query = tool(
    (({ db }: { db: string }, config: RunnableConfig) => {
      got.push(db)
      return run === undefined ? `connected by ${db}` : run(db, config)
    }) as never,
    { name: 'query', description: 'd', schema: z.object({ db: z.string(), host: z.string().optional() }) },
  )
  const guarded = withSecrets(query as never as { name: string }, { credentials, credentialArgs: ['db'], ...guard })
  const collector = new RunCollectorCallbackHandler()
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('tools', new ToolNode([guarded] as never))
    .addEdge(START, 'tools')
    .compile({ checkpointer: parts.saver })
  let turn = 0
  const call = async (name = 'DB', config: RunnableConfig = {}, host?: string) => {
    const id = `call_${turn++}`
    const calls = [{ id, name: 'query', args: { db: name, ...(host && { host }) }, type: 'tool_call' as const }]
    const input = { messages: [new AIMessage({ id: `ai-${id}`, content: '', tool_calls: calls })] }
    await graph.invoke(input, { ...CONFIG, callbacks: [collector], ...config })
    const { messages } = (await graph.getState(CONFIG)).values as { messages: BaseMessage[] }
    return messages.at(-1) as ToolMessage
  }
  const everything = async () => [
    show(collector.tracedRuns),
    show(await graph.getState(CONFIG)),
    show(await parts.vault.ledger({})),
  ]
  return { ...parts, credentials, call, got, graph, everything }
}

/** An issuer that counts. */
function issuer() {
  const log = { values: [] as string[], back: 0 }
  const from = () => {
    const value = opaqueSecret()
    log.values.push(value)
    return { value, giveBack: () => void log.back++ }
  }
  return { log, from }
}

async function warnings(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  const hear = (warning: Error) => void heard.push(`${(warning as { code?: string }).code} ${warning.message}`)
  process.on('warning', hear)
  await work()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  return heard
}

describe('Credentials', () => {
  it('come from the environment, a function or a claim, and are in no state, trace, ledger or store', async () => {
    for (const kind of ['env', 'function', 'claim'] as const) {
      const value = opaqueSecret()
      process.env[ENV] = value
      const f = await fixture(kind === 'env' ? `env:${ENV}` : kind === 'claim' ? { claimOf: value } : async () => value)
      const message = await f.call()
      expect(f.got, kind).toEqual([value])
      expect(message.text, kind).toMatch(/^connected by (\[credential DB\]|claim:\S+)$/)
      expect(sightings(value, ...(await f.everything())), kind).toEqual([])
      expect(findCanaries(dumpMemory(f.inner as MemorySaver), new Map([['value', value]])), kind).toEqual([])
      const [claim] = await f.vault.ledger({ operation: 'claim' })
      expect(claim).toMatchObject({ outcome: 'ok', sub: 'worker', nodes: ['query'] })
    }
  })

  it('are in scope by tool and agent; one that is not and one that nobody has look alike', async () => {
    const { log, from } = issuer()
    for (const options of [
      { tools: 'other' },
      { agents: 'lead' },
      { agents: 'lead', guard: { agent: 'helper' } },
    ] satisfies Options[]) {
      const { call, got, credentials } = await fixture(from, options)
      expect((await call()).text).toContain('The tool "query" may not use a credential of this name.')
      expect((await call('NOBODY')).text).toContain('The tool "query" may not use a credential of this name.')
      expect(got).toEqual([])
      expect(() => credentials.names({ tool: 'query', agent: 'helper' })).toThrow(/No credential/)
    }
    const { call, credentials } = await fixture(from, { agents: 'lead*', guard: { agent: 'lead-1' } })
    expect((await call()).text).toContain('connected')
    expect(z.toJSONSchema(z.enum(credentials.names({ tool: 'query', agent: 'lead-1' })))).toMatchObject({
      enum: ['DB'],
    })
    expect(log.values).toHaveLength(1)
  })

  it('are decided by policy under the name of the rule credential:NAME, and the source is asked afterwards', async () => {
    const when = (effect: 'allow' | 'deny' | 'approve') =>
      createPolicy({
        rules: [
          { id: 'rest', effect: 'allow', when: { verb: 'restore' } },
          {
            id: 'db',
            effect,
            when: { rule: 'credential:DB' },
            ...(effect === 'approve' && { approval: { approvers: ['boss'] } }),
          },
          ...(effect === 'approve' ? [{ id: 'base', effect: 'allow', when: { rule: 'credential:*' } } as const] : []),
        ],
      } as never)
    const allowed = issuer()
    const a = await fixture(allowed.from, { authorizer: when('allow') })
    expect((await a.call()).text).toContain('connected')
    const denied = issuer()
    const d = await fixture(denied.from, { authorizer: when('deny') })
    expect((await d.call()).text).toContain('A claim was not given out')
    expect(denied.log.values).toEqual([])
    const approved = issuer()
    const p = await fixture(approved.from, { authorizer: when('approve') })
    await p.call()
    expect(approved.log.values).toEqual([])
    const [request] = await p.vault.approvals({ state: 'pending' }, { principal: { sub: 'boss' } })
    await p.vault.approve(request!.id, { principal: { sub: 'boss' } })
    await p.graph.invoke(new Command({ resume: 'go' }), CONFIG)
    expect(p.got).toEqual(approved.log.values)
    expect(approved.log.back).toBe(1)
  })

  it('are given back exactly once, however the task ends', async () => {
    const endings: [string, NonNullable<Options['run']>][] = [
      ['well', () => 'ok'],
      ['by a throw', (value) => Promise.reject(new Error(`no ${value}`))],
      ['by an interrupt', (value) => interrupt(`May I use ${value}?`)],
      ['after the last event of a generator', (value) => events(value)],
    ]
    for (const [name, run] of endings) {
      const { log, from } = issuer()
      const f = await fixture(from, {
        run: (value, config) => {
          expect(log.back, name).toBe(0)
          return run(value, config)
        },
      })
      await f.call()
      expect(log.back, name).toBe(1)
      expect(log.values, name).toHaveLength(1)
      expect(sightings(log.values[0]!, ...(await f.everything())), name).toEqual([])
    }
    async function* events(value: string) {
      yield { event: value }
      await new Promise((resolve) => setTimeout(resolve, 5))
      yield { event: 'more' }
      return 'ok'
    }
  })

  it('are given back when the run is aborted', async () => {
    const { log, from } = issuer()
    const controller = new AbortController()
    const f = await fixture(from, {
      run: async () => {
        controller.abort()
        await new Promise((resolve) => setTimeout(resolve, 10))
        return 'late'
      },
    })
    await expect(f.call('DB', { signal: controller.signal })).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect([log.values.length, log.back]).toEqual([1, 1])
  })

  it('warn of one that could not be given back, without its value, and the task has ended well', async () => {
    const value = opaqueSecret()
    const f = await fixture(() => ({ value, giveBack: () => Promise.reject(new Error(`still ${value}`)) }))
    let text = ''
    const heard = await warnings(async () => {
      text = (await f.call()).text
    })
    expect(text).toContain('connected')
    expect(heard).toContain('SECRET_SAFE_NOT_GIVEN_BACK The credential DB could not be given back.')
    expect(heard.join()).not.toContain(value)
  })

  it('fail without a word of what their source said, and give back what was issued without a value', async () => {
    const value = opaqueSecret()
    let back = 0
    for (const from of [
      () => Promise.reject(new Error(`issuer said ${value}`)),
      () => ({ value: '', giveBack: () => void back++ }),
      () => ({ value: 7, giveBack: () => void back++ }) as never,
      () => undefined as never,
      'env:SECRET_SAFE_NOT_THERE' as const,
    ]) {
      const f = await fixture(from)
      expect((await f.call()).text).toMatch(/The credential DB cannot be had: its source has/)
      expect(f.got).toEqual([])
      expect(sightings(value, ...(await f.everything()))).toEqual([])
    }
    expect(back).toBe(2)
  })

  it('end when their thread is revoked', async () => {
    const { log, from } = issuer()
    const f = await fixture(from)
    await f.call()
    await f.vault.revoke({ threadId: 'thread-1' }, { principal: { sub: 'worker' } })
    expect((await f.call()).text).toContain('A claim was not given out')
    expect(log.values).toHaveLength(1)
  })

  it('go only to hosts that their egress names', async () => {
    const value = opaqueSecret()
    const f = await fixture(() => value, { guard: { egress: { DB: ['db.example.com'] } } })
    expect((await f.call('DB', {}, 'db.example.com')).text).toContain('connected')
    expect((await f.call('DB', {}, 'evil.example')).text).toContain('may not')
    expect(f.got).toEqual([value])
  })

  it('refuse definitions that say too little', () => {
    const of =
      (definition: object, name = 'DB') =>
      () =>
        new Credentials({ [name]: definition as CredentialDefinition })
    expect(of({ from: 'env:X' })).toThrow(/needs tools/)
    expect(of({ from: 'X', tools: '*' })).toThrow(/comes from/)
    expect(of({ from: 'env:', tools: '*' })).toThrow(/comes from/)
    expect(of({ from: 'env:X', tools: '*' }, 'a b')).toThrow(/no name of a credential/)
  })
})
