import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { dispatchCustomEvent } from '@langchain/core/callbacks/dispatch'
import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import { RunnableLambda } from '@langchain/core/runnables'
import { DynamicTool, StructuredTool, tool } from '@langchain/core/tools'
import { RunCollectorCallbackHandler } from '@langchain/core/tracers/run_collector'
import {
  Command,
  getWriter,
  interrupt,
  isInterrupted,
  MessagesAnnotation,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scrubToolOutput, useSecret, type WithSecretsOptions, withSecrets } from '../../src/agent.js'
import { secret as markSecret } from '../../src/index.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { agentSaver, CONFIG, sightings } from '../support/agents.js'
import { opaqueSecret } from '../support/secrets.js'

type AnyTool = { readonly name: string }
const ALL: WithSecretsOptions = { allow: '*' }
const show = (value: unknown) => inspect(value, { depth: 12, maxArrayLength: null, maxStringLength: null })

/** A graph whose tool node runs what is asked of it, with tracer and streams. */
async function fixture(value: unknown = createCanary('token'), count = 99) {
  const parts = await agentSaver()
  const handle = await parts.vault.create(value as string, { threadId: 'thread-1', maxClaims: count })
  let turn = 0
  const collector = new RunCollectorCallbackHandler()
  const call = async (tools: AnyTool | AnyTool[], args: unknown, times = 1, config: RunnableConfig = {}) => {
    const list = [tools].flat()
    const calls = Array.from({ length: times }, (_, i) => ({
      id: `call_${i}_${handle.slice(-4)}_${turn++}`,
      name: list[i % list.length]!.name,
      args: args as Record<string, unknown>,
      type: 'tool_call' as const,
    }))
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('tools', new ToolNode(list as never))
      .addEdge(START, 'tools')
      .compile({ checkpointer: parts.saver })
    const chunks: unknown[] = []
    const input = { messages: [new AIMessage({ id: `ai-${Math.random()}`, content: '', tool_calls: calls })] }
    const all = { ...CONFIG, ...config, callbacks: [collector] }
    const how = { ...all, version: 'v2' as const, streamMode: ['custom', 'updates', 'messages'] as const }
    for await (const chunk of graph.streamEvents(input, how as never) as unknown as AsyncIterable<unknown>)
      chunks.push(chunk)
    const { messages } = (await graph.getState(CONFIG)).values as { messages: BaseMessage[] }
    return { chunks, messages, last: messages.at(-1) as ToolMessage, graph, traced: show(collector.tracedRuns) }
  }
  return { ...parts, handle, value: value as string, call, collector }
}

const schema = z.object({ token: z.string() })

describe('withSecrets', () => {
  it('gives values to tools of every kind, and nobody else sees them: not state, streams or tracer', async () => {
    class Own extends StructuredTool {
      name = 'own'
      description = 'd'
      schema = schema
      readonly #got: string[] = []
      get got() {
        return this.#got
      }
      async _call({ token }: z.infer<typeof schema>, _manager: unknown, config: RunnableConfig) {
        this.#got.push(token)
        getWriter(config as never)?.({ wrote: token })
        getWriter()?.({ wrote: token })
        return `own ${token}`
      }
    }
    const got: string[] = []
    const take = (token: string) => {
      got.push(token)
      return `took ${token}`
    }
    const own = new Own()
    const json = { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] } as const
    const kinds: [AnyTool, unknown][] = [
      [tool(({ token }: { token: string }) => take(token), { name: 'zod', description: 'd', schema }), undefined],
      [
        tool((args) => take((args as { token: string }).token), { name: 'json', description: 'd', schema: json }),
        undefined,
      ],
      [new DynamicTool({ name: 'dynamic', description: 'd', func: async (input) => take(input) }), 'input'],
      [tool((input: string) => take(input), { name: 'text', description: 'd', schema: z.string() }), 'input'],
      [own, undefined],
    ]
    for (const [each, key] of kinds) {
      const { call, handle, value } = await fixture()
      const { last, messages, chunks, traced } = await call(withSecrets(each, ALL), {
        [String(key ?? 'token')]: handle,
      })
      expect(each === own ? own.got : got.splice(0), each.name).toEqual([value])
      expect(last.text, each.name).toContain(handle)
      expect(traced, each.name).toContain(handle)
      expect(sightings(value, show(messages), show(chunks), traced), each.name).toEqual([])
    }
  })

  it('resolves handles wherever they stand: in prose, twice, as a field name, in nested lists', async () => {
    const { call, handle, value, vault } = await fixture()
    const other = createCanary('token')
    const second = await vault.create(other, { threadId: 'thread-1', maxClaims: 9 })
    const got: unknown[] = []
    const any = tool((args) => void got.push(args), { name: 'any', description: 'd', schema: z.object({ a: z.any() }) })
    await call(withSecrets(any, ALL), { a: [`x ${handle} and ${second}, ${handle}`, { [handle]: [[second]] }] })
    expect(got).toEqual([{ a: [`x ${value} and ${other}, ${value}`, { [value]: [[other]] }] }])
    expect((await vault.ledger({ operation: 'claim' })).length).toBe(2)
  })

  it('gives structures and bytes as what they are, in the place of a whole argument', async () => {
    const bytes = new TextEncoder().encode(createCanary('token'))
    for (const value of [bytes, { user: 'u', pass: opaqueSecret(), at: new Map([['k', 1]]) }]) {
      const { call, saver } = await fixture()
      const handle = await (await saver.secretsOf(CONFIG)).scrub(markSecret<unknown>(value), 'messages')
      expect(handle).toMatch(/^claim:/)
      const got: unknown[] = []
      const any = tool(({ a }) => void got.push(a), { name: 'any', description: 'd', schema: z.object({ a: z.any() }) })
      await call(withSecrets(any, ALL), { a: handle })
      expect(got).toEqual([value])
    }
  })

  it('leaves unknown, forged, escaped and foreign handles as the text that they are', async () => {
    const { call, handle, vault } = await fixture()
    const elsewhere = await vault.create(createCanary('token'), { threadId: 'thread-2', maxClaims: 9 })
    const got: string[] = []
    const take = tool(({ token }) => void got.push(token), { name: 'take', description: 'd', schema })
    const texts = [
      elsewhere,
      `${handle.slice(0, -4)}AAAA`,
      handle.replace('claim:', 'claim-text:'),
      handle.slice(0, 20),
    ]
    for (const token of texts) await call(withSecrets(take, ALL), { token })
    expect(got).toEqual(texts)
    expect(await vault.ledger({ operation: 'claim' })).toEqual([])
  })

  it('tells the reason for a claim that is spent or revoked, and runs nothing', async () => {
    const { call, handle, vault, value } = await fixture(undefined, 2)
    const got: string[] = []
    const take = withSecrets(
      tool(({ token }) => void got.push(token), { name: 'take', description: 'd', schema }),
      ALL,
    )
    // Two calls in parallel, each of which counts once; then none is left.
    await call(take, { token: handle }, 2)
    expect(got).toEqual([value, value])
    expect((await call(take, { token: handle })).last.text).toContain('spent')
    await vault.revoke({ claim: handle }, { threadId: 'thread-1' } as never).catch(() => undefined)
    expect((await call(take, { token: handle })).last.text).toMatch(/spent|revoked/)
    expect(got).toHaveLength(2)
  })

  it('keeps messages, commands, artifacts and blocks what they are, and their secrets out of them', async () => {
    const { call, handle, value } = await fixture()
    const make = (name: string, answer: (token: string) => unknown, extra: object = {}) =>
      withSecrets(
        tool(async ({ token }: { token: string }) => answer(token) as never, {
          name,
          description: 'd',
          schema,
          ...extra,
        }),
        ALL,
      )
    const message = (token: string) =>
      new ToolMessage({ content: `m ${token}`, tool_call_id: 'call_0', artifact: { token } })
    const tools = [
      make('message', message),
      make('command', (token) => new Command({ update: { messages: [message(token)] } })),
      make('both', (token) => [new Command({ update: { messages: [message(token)] } })]),
      make('artifact', (token) => [`c ${token}`, { deep: [token] }], { responseFormat: 'content_and_artifact' }),
      make('blocks', (token) => [{ type: 'text', text: `b ${token}` }]),
      make('returned', (token) => ({ ok: true, token }), { returnDirect: true }),
    ]
    for (const each of tools) {
      const { last, messages, chunks, traced } = await call(each, { token: handle })
      expect(ToolMessage.isInstance(last), each.name).toBe(true)
      expect(last.tool_call_id, each.name).toMatch(/^call_0/)
      expect(JSON.stringify(last), each.name).toContain(handle)
      expect(last.text, each.name).not.toContain('lc_')
      expect(sightings(value, show(messages), show(chunks), traced), each.name).toEqual([])
    }
  })

  it('scrubs what is said on the way: events of a generator, writers, custom events, runs inside', async () => {
    const { call, handle, value } = await fixture()
    const seen: string[] = []
    const talk = tool(
      async function* ({ token }: { token: string }, config: RunnableConfig & { writer?: (chunk: unknown) => void }) {
        config.writer?.({ by: 'config', token })
        getWriter()?.({ by: 'context', token })
        await dispatchCustomEvent('progress', { token }, config)
        await RunnableLambda.from((input: string) => void seen.push(input)).invoke(token, config)
        yield { event: token }
        return `done ${token}`
      } as never,
      { name: 'talk', description: 'd', schema },
    )
    const { chunks, traced, last } = await call(withSecrets(talk as AnyTool, ALL), { token: handle })
    expect(seen).toEqual([value])
    expect(last.text).toBe(`done ${handle}`)
    expect(show(chunks)).toContain('progress')
    expect(sightings(value, show(chunks), traced)).toEqual([])
  })

  it('claims within a tool as the same agent', async () => {
    const { call, handle, value, vault } = await fixture()
    const got: string[] = []
    const nested = tool(
      async ({ id }) => {
        await useSecret(id.join(''), (token) => void got.push(token))
        return 'ok'
      },
      { name: 'nested', description: 'd', schema: z.object({ id: z.array(z.string()), token: z.string() }) },
    )
    await call(withSecrets(nested, { ...ALL, agent: 'helper' }), { id: ['cl', handle.slice(2)], token: handle })
    expect(got).toEqual([value])
    const claims = await vault.ledger({ operation: 'claim' })
    expect(claims.map(({ act, nodes }) => [act, nodes])).toEqual([
      ['helper', ['nested']],
      ['helper', ['tools']],
    ])
  })

  it('hides values in errors of another realm, and in what is thrown that is no error', async () => {
    for (const make of [
      (token: string) => runInNewContext('new Error(text)', { text: `401 for ${token}` }) as unknown,
      (token: string) => new TypeError(`401 for ${token}`, { cause: token }),
    ]) {
      const { call, handle, value } = await fixture()
      const fail = tool(({ token }) => Promise.reject(make(token)), { name: 'fail', description: 'd', schema })
      const { last, traced, chunks } = await call(withSecrets(fail, ALL), { token: handle })
      expect(last.text).toContain('claim://')
      expect(sightings(value, show(last), traced, show(chunks))).toEqual([])
    }
  })

  it('stops at an abort without a word of the value', async () => {
    const { call, handle, value } = await fixture()
    const controller = new AbortController()
    const slow = tool(
      async ({ token }: { token: string }) => {
        controller.abort(new Error(`stopped with ${token}`))
        await new Promise((resolve) => setTimeout(resolve, 20))
        return token
      },
      { name: 'slow', description: 'd', schema },
    )
    const error = await call(withSecrets(slow, ALL), { token: handle }, 1, { signal: controller.signal }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Error)
    expect(value).not.toBe('')
  })

  it('lets an interrupt through, covered, and asks for the claim again once it is resumed', async () => {
    const { call, handle, value, vault } = await fixture()
    const got: unknown[] = []
    const asks = tool(
      ({ token }: { token: string }) => {
        got.push(interrupt(`May I use ${token}?`))
        return 'ok'
      },
      { name: 'asks', description: 'd', schema },
    )
    const { graph, chunks } = await call(withSecrets(asks, ALL), { token: handle })
    const paused = await graph.getState(CONFIG)
    expect(show(paused.tasks)).toContain(`May I use ${handle}?`)
    expect(sightings(value, show(paused), show(chunks))).toEqual([])
    expect(isInterrupted(await graph.invoke(new Command({ resume: 'yes' }), CONFIG))).toBe(false)
    expect(got).toEqual(['yes'])
    expect(await vault.ledger({ operation: 'claim' })).toHaveLength(2)
  })

  it('knows a tool that is guarded: it wins over one that is only scrubbed, and has one set of rules', async () => {
    const { call, handle, value } = await fixture()
    const got: string[] = []
    const take = tool(({ token }) => void got.push(token), { name: 'take', description: 'd', schema })
    await call(withSecrets(scrubToolOutput(take), ALL), { token: handle })
    await call(scrubToolOutput(withSecrets(take, ALL)), { token: handle })
    expect(got).toEqual([value, value])
    expect(() => withSecrets(withSecrets(take, {}), ALL)).toThrow(/guarded/)
  })

  it('refuses what has no code of its own', () => {
    const like = RunnableLambda.from(() => 'x').asTool({
      name: 'like',
      description: 'd',
      schema: z.object({}),
    } as never)
    expect(() => withSecrets(like as AnyTool, ALL)).toThrow(/A guarded tool/)
    expect(() => scrubToolOutput(like as AnyTool)).toThrow(/A guarded tool/)
  })
})

describe('scrubToolOutput', () => {
  it('covers what a tool answers, throws and streams, and gives it nothing', async () => {
    const made = createCanary('token')
    const got: string[] = []
    const { call, handle } = await fixture()
    const take = tool(
      ({ token }: { token: string }, config: { writer: ((chunk: unknown) => void) | null }) => {
        got.push(token)
        config.writer?.({ made })
        return JSON.stringify({ access_token: made })
      },
      { name: 'take', description: 'd', schema },
    )
    const { last, chunks, traced } = await call(scrubToolOutput(take), { token: handle })
    expect(got).toEqual([handle])
    expect(last.text).toMatch(/^\{"access_token":"claim:/)
    expect(sightings(made, show(chunks), traced, show(last))).toEqual([])
  })
})
