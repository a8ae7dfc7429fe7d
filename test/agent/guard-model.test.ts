import { inspect as inspectValue } from 'node:util'
import { InMemoryCache } from '@langchain/core/caches'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { StringOutputParser } from '@langchain/core/output_parsers'
import type { RunnableConfig } from '@langchain/core/runnables'
import { tool } from '@langchain/core/tools'
import { RunCollectorCallbackHandler } from '@langchain/core/tracers/run_collector'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI, type ChatOpenAIFields } from '@langchain/openai'
import { initChatModel } from 'langchain'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { guardModel } from '../../src/agent.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { agentSaver, CONFIG, sightings } from '../support/agents.js'
import { type Completion, type OpenAiServer, serveOpenAi } from '../support/openai-server.js'

type Answer = Parameters<typeof serveOpenAi>[0]

const servers: OpenAiServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const CLAIM = /claim:\/\/\S+?\.[\w-]{22}/

/** A provider, and a graph of one node in which whatever is tried runs. */
async function fixture(answer: Answer | Completion, fields: ChatOpenAIFields = {}) {
  const server = await serveOpenAi(typeof answer === 'function' ? answer : () => answer)
  servers.push(server)
  const bare = new ChatOpenAI({
    model: 'gpt-test',
    apiKey: 'none',
    maxRetries: 0,
    configuration: { baseURL: server.url },
    ...fields,
  })
  const { saver, vault } = await agentSaver()
  /** Runs `node` with the messages of the state, the first of which holds the token. */
  const run = async <T>(
    text: string,
    node: (messages: BaseMessage[], config: RunnableConfig) => Promise<T>,
  ): Promise<T> => {
    let result: T | undefined
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('node', async ({ messages }, config) => {
        result = await node(messages, config)
        return {}
      })
      .addEdge(START, 'node')
      .compile({ checkpointer: saver })
    await graph.invoke({ messages: [new HumanMessage({ id: 'human', content: text })] }, CONFIG)
    return result as T
  }
  return { server, bare, model: guardModel(bare), saver, vault, run }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

const inspect = (value: unknown): string =>
  inspectValue(value, { depth: 12, maxArrayLength: null, maxStringLength: null })

const textOf = (chunks: readonly { readonly text: string }[]): string => chunks.map(({ text }) => text).join('')

describe('guardModel', () => {
  describe('what the provider is sent', () => {
    it('holds claim URLs in messages, system prompt, tools, descriptions, schemas and options', async () => {
      const token = createCanary('token')
      const { server, model, run } = await fixture({ content: '{}' })
      const deploy = tool(() => 'x', {
        name: 'deploy',
        description: `Deploys, for example with ${token}`,
        schema: z.object({ token: z.string().describe(`such as ${token}`).default(token) }),
      })
      const asJson = {
        type: 'function',
        function: {
          name: 'other',
          description: token,
          parameters: { type: 'object', properties: {}, examples: [token] },
        },
      } as const
      await run(`My token is ${token}`, async (messages) => {
        const prompt = [new SystemMessage(`You have ${token}`), ...messages]
        await model.invoke(prompt)
        await model.bindTools([deploy, asJson]).invoke(prompt)
        await model.withConfig({ tools: [asJson] }).invoke(prompt)
        await model.invoke(prompt, { user: token, metadata: { note: token } } as never)
        await model.invoke(prompt, {
          response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { examples: [token] } } },
        } as never)
        await model.invoke(prompt, { stop: [token] })
        await model.invoke(prompt, { prediction: { type: 'content', content: token } } as never)
        await all(await model.stream(prompt, { user: token } as never))
        await all(model.streamEvents(prompt, { version: 'v2', user: token } as never))
      })
      expect(server.bodies).toHaveLength(9)
      expect(server.bodies[0]).toMatch(CLAIM)
      expect(sightings(token, ...server.bodies)).toEqual([])
    })

    it('leaves what the provider itself is given as it is: headers, signals, images', async () => {
      const token = createCanary('token')
      const { server, model, run } = await fixture({ content: 'Fine.' })
      const image = `data:image/png;base64,${Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251)).toString('base64')}`
      await run(token, async (messages) => {
        const picture = new HumanMessage({ content: [{ type: 'image_url', image_url: { url: image } }] })
        await model.invoke([...messages, picture], {
          options: { headers: { 'x-key': token } },
          signal: new AbortController().signal,
        })
      })
      expect(server.bodies[0]).toContain(image)
      expect(sightings(token, ...server.bodies)).toEqual([])
    })

    it('is nothing outside of a graph with a SecretSafeSaver: every way in throws first', async () => {
      const token = createCanary('token')
      const { server, model } = await fixture({ content: 'Fine.' })
      const refused = /graph whose checkpointer is a SecretSafeSaver/
      await expect(model.invoke(token)).rejects.toThrow(refused)
      await expect(model.batch([token])).rejects.toThrow(refused)
      await expect(model.generate([[new HumanMessage(token)]])).rejects.toThrow(refused)
      await expect(model.stream(token)).rejects.toThrow(refused)
      await expect(all(model.streamEvents(token, { version: 'v2' }))).rejects.toThrow(refused)
      await expect(model.streamEvents(token)).rejects.toThrow(refused)
      await expect(model._generate([new HumanMessage(token)], {} as never)).rejects.toThrow(refused)
      await expect(all(model._streamResponseChunks([new HumanMessage(token)], {} as never))).rejects.toThrow(refused)
      await expect(model.pipe(new StringOutputParser()).invoke(token)).rejects.toThrow(refused)
      expect(server.bodies).toEqual([])
    })
  })

  describe('what comes back', () => {
    it('carries claim URLs by every way out, whole and streamed, with a token in pieces', async () => {
      const given = createCanary('token')
      const made = createCanary('token')
      const said = `Here it is: ${made}. Keep it, ${'please '.repeat(30)}and ${made} once more.`
      const { server, model, run } = await fixture({ content: said })
      const out = await run(given, async (messages) => ({
        invoke: await model.invoke(messages),
        batch: await model.batch([messages, messages]),
        generate: await model.generate([messages]),
        stream: await all(await model.stream(messages)),
        v1: await all(model.streamEvents(messages, { version: 'v1' })),
        v2: await all(model.streamEvents(messages, { version: 'v2' })),
        events: await all(model.streamEvents(messages) as AsyncIterable<unknown>),
        log: await all(model.streamLog(messages, {} as never)),
        parsed: await model.pipe(new StringOutputParser()).invoke(messages),
        parts: await all(await model.pipe(new StringOutputParser()).stream(messages)),
        retried: await model.withRetry().invoke(messages),
        fallen: await model.withFallbacks([model]).invoke(messages),
        direct: await model._generate(messages, {} as never),
        chunks: await all(model._streamResponseChunks(messages, {} as never)),
      }))
      for (const [way, value] of Object.entries(out)) {
        expect(JSON.stringify(value), way).toMatch(/claim:\/\//)
        expect(sightings(made, JSON.stringify(value)), way).toEqual([])
      }
      const whole = said.replaceAll(made, CLAIM.exec(out.invoke.text)![0])
      expect(out.invoke.text).toBe(whole)
      expect(textOf(out.stream)).toBe(whole)
      expect(out.parts.join('')).toBe(whole)
      expect(out.stream.length).toBeGreaterThan(10)
      expect(sightings(made, textOf(out.stream), out.parts.join(''))).toEqual([])
      expect(sightings(given, ...server.bodies)).toEqual([])
    })

    it('keeps usage, ids and tool calls, whose arguments hold the URL', async () => {
      const token = createCanary('token')
      const { model, run } = await fixture({
        toolCalls: [
          { name: 'deploy', args: { token, n: 1 } },
          { name: 'b', args: {} },
        ],
      })
      const [whole, chunks] = await run('Go.', async (messages) => [
        await model.invoke(messages),
        await all(await model.stream(messages)),
      ])
      const merged = chunks.reduce((a, b) => a.concat(b))
      for (const message of [whole, merged]) {
        expect(message.tool_calls).toMatchObject([
          { name: 'deploy', args: { n: 1 } },
          { name: 'b', args: {} },
        ])
        expect(message.tool_calls![0]!.args.token).toMatch(new RegExp(`^${CLAIM.source}$`))
        expect(message.usage_metadata).toMatchObject({ input_tokens: 12, output_tokens: 34, total_tokens: 46 })
        expect(sightings(token, message)).toEqual([])
      }
      expect(whole.id).toBe('chatcmpl-1')
    })

    it('covers reasoning beside the text, and goes on streaming after it', async () => {
      const token = createCanary('token')
      const text = 'Well then, this goes on for a while without anything that is secret. '.repeat(4)
      const { model, run } = await fixture({
        content: text,
        extra: { reasoning_content: `They gave me ${token} to use` },
      })
      const [whole, chunks] = await run('Go.', async (messages) => [
        await model.invoke(messages),
        await all(await model.stream(messages)),
      ])
      expect(sightings(token, whole, chunks)).toEqual([])
      expect(textOf(chunks)).toBe(text)
      expect(chunks.length).toBeGreaterThan(20)
    })

    it('holds no token in pieces beside the text: probabilities of tokens go with a secret', async () => {
      const token = createCanary('token')
      const { model, run } = await fixture({ content: `It is ${token}, I think.`, logprobs: true }, { logprobs: true })
      const collector = new RunCollectorCallbackHandler()
      const messages = await run('Go.', async (input) => [
        await model.invoke(input, { callbacks: [collector] }),
        ...(await all(await model.stream(input, { callbacks: [collector] }))),
      ])
      const pieces = (value: unknown) =>
        [...JSON.stringify(value).matchAll(/"token":"([^"]*)"/g)].map(([, piece]) => piece).join('')
      const traced = collector.tracedRuns.map(({ outputs, events }) => ({ outputs, events }))
      for (const value of [messages, traced]) expect(pieces(value)).not.toContain(token.slice(4, 20))
    })

    it('keeps probabilities where nothing is secret', async () => {
      const { model, run } = await fixture({ content: 'It is fine, I think.', logprobs: true }, { logprobs: true })
      const message = await run('Go.', (input) => model.invoke(input))
      expect(JSON.stringify(message.response_metadata)).toContain('"token":"It "')
    })

    it('is structured output with URLs, also with the raw message beside it', async () => {
      const token = createCanary('token')
      const answer: Answer = ({ tools }) =>
        tools === undefined
          ? { content: JSON.stringify({ credential: token }) }
          : { toolCalls: [{ name: tools[0]!.function.name, args: { credential: token } }] }
      const { server, model, run } = await fixture(answer)
      const schema = z.object({ credential: z.string().describe(`like ${token}`) })
      const outs = await run(token, async (messages) => [
        await model.withStructuredOutput(schema, { method: 'functionCalling' }).invoke(messages),
        await model.withStructuredOutput(schema, { method: 'jsonMode' }).invoke(messages),
        await model.withStructuredOutput(schema, { method: 'jsonSchema' }).invoke(messages),
        await model.withStructuredOutput(schema, { method: 'functionCalling', includeRaw: true }).invoke(messages),
        await guardModel(model.withStructuredOutput(schema, { includeRaw: true })).invoke(messages),
      ])
      for (const out of outs) expect(JSON.stringify(out)).toMatch(/"credential":"claim:/)
      expect(sightings(token, ...server.bodies, outs)).toEqual([])
    })
  })

  describe('what others see', () => {
    it('is URLs alone: callbacks, events of tokens, a tracer', async () => {
      const token = createCanary('token')
      const made = createCanary('token')
      const { model, run } = await fixture({ content: `I made ${made} of it.` })
      const collector = new RunCollectorCallbackHandler()
      const told: unknown[] = []
      class Spy extends BaseCallbackHandler {
        name = 'spy'
        lc_prefer_streaming = true
        override handleChatModelStart = (...args: unknown[]) => void told.push(args)
        override handleLLMNewToken(...args: unknown[]) {
          told.push(args)
        }
        override handleLLMEnd(...args: unknown[]) {
          told.push(args)
        }
      }
      await run(token, async (messages) => {
        const callbacks = [collector, new Spy()]
        await model.invoke(messages, { callbacks, metadata: { note: token }, user: token } as never)
        await model.invoke(messages, { callbacks: [collector] })
        await all(await model.stream(messages, { callbacks }))
        await model
          .withStructuredOutput(z.object({ a: z.string().describe(token) }))
          .invoke(messages, { callbacks })
          .catch(() => undefined)
      })
      const models = collector.tracedRuns
        .flatMap((run) => [run, ...(run.child_runs ?? [])])
        .filter((run) => run.run_type === 'llm')
      expect(models).toHaveLength(4)
      const tokens = told
        .map((args) => (args as unknown[])[0])
        .filter((arg) => typeof arg === 'string')
        .join('')
      expect(tokens).toContain('claim://')
      for (const secret of [token, made]) expect(sightings(secret, tokens, inspect(told), inspect(models))).toEqual([])
    })

    it('is no secret in an error, though the provider quotes what it was asked and what it would have said', async () => {
      const token = createCanary('token')
      const made = createCanary('token')
      const { model, run } = await fixture(({ messages }) => ({
        error: `Bad request: ${JSON.stringify(messages)}; the answer began with ${made}`,
      }))
      const collector = new RunCollectorCallbackHandler()
      const thrown: unknown[] = []
      await run(token, async (messages) => {
        const failed = (error: unknown) => void thrown.push(error)
        await model.invoke(messages, { callbacks: [collector] }).catch(failed)
        await model
          .stream(messages, { callbacks: [collector] })
          .then(all)
          .catch(failed)
      })
      expect(thrown).toHaveLength(2)
      for (const error of thrown) {
        expect((error as Error).message).toMatch(CLAIM)
        for (const secret of [token, made])
          expect(sightings(secret, inspect(error), inspect(collector.tracedRuns))).toEqual([])
      }
    })

    it('is what a cache keeps, under a key without secrets', async () => {
      const token = createCanary('token')
      const made = createCanary('token')
      const cache = new InMemoryCache(new Map())
      const kept: unknown[] = []
      const update = cache.update.bind(cache)
      cache.update = async (...args) => {
        kept.push(structuredClone(JSON.parse(JSON.stringify(args))))
        return update(...args)
      }
      const { server, model, run } = await fixture({ content: `I made ${made}.` }, { cache })
      const [first, second] = await run(token, async (messages) => [
        await model.invoke(messages),
        await model.invoke(messages),
      ])
      expect(server.bodies).toHaveLength(1)
      expect(second.text).toBe(first.text)
      expect(kept).toHaveLength(1)
      for (const secret of [token, made]) expect(sightings(secret, kept)).toEqual([])
    })

    it('stops at an abort, with no part of a token given out', async () => {
      const token = createCanary('token')
      const { model, run } = await fixture({ content: `${'Some words at first. '.repeat(10)}${token}` })
      const seen = await run('Go.', async (messages) => {
        const controller = new AbortController()
        const chunks: string[] = []
        try {
          for await (const chunk of await model.stream(messages, { signal: controller.signal })) {
            chunks.push(chunk.text)
            if (chunks.length === 5) controller.abort()
          }
        } catch {}
        return chunks.join('')
      })
      expect(seen).not.toBe('')
      expect(seen).not.toContain(token.slice(0, 8))
    })
  })

  it('guards a model that is chosen for each call', async () => {
    const token = createCanary('token')
    const { server, run } = await fixture({ content: `Yes: ${token}` })
    const options = { apiKey: 'none', maxRetries: 0, configuration: { baseURL: server.url } }
    const chosen = guardModel(await initChatModel('openai:gpt-test', options))
    const open = guardModel(
      await initChatModel('gpt-test', { ...options, modelProvider: 'openai', configurableFields: 'any' }),
    )
    const which = { configurable: { model: 'gpt-test', modelProvider: 'openai' } }
    const deploy = tool(() => 'x', { name: 'deploy', description: token, schema: z.object({}) })
    const outs = await run(token, async (messages) => [
      await chosen.invoke(messages),
      await all(await chosen.stream(messages)),
      await chosen.bindTools!([deploy]).invoke(messages),
      await open.invoke(messages, which),
      await open.withConfig(which).invoke(messages),
      await all(await open.stream(messages, which)),
      await all(open.streamEvents(messages, { version: 'v2', ...which })),
    ])
    expect(server.bodies).toHaveLength(7)
    expect(sightings(token, ...server.bodies, JSON.stringify(outs))).toEqual([])
  })

  it('takes a model whose class has private fields', async () => {
    class Private extends BaseChatModel {
      readonly #key = 'k'
      readonly asked: unknown[] = []
      override _llmType() {
        return 'private'
      }
      override invocationParams() {
        return { key: this.#key }
      }
      override _identifyingParams() {
        return { key: this.#key }
      }
      get label() {
        return this.#key
      }
      override bindTools(tools: unknown[]) {
        return this.withConfig({ tools, label: this.#key } as object)
      }
      override async _generate(messages: BaseMessage[]) {
        this.asked.push([...messages, this.#key])
        const message = new AIMessage('fine')
        return { generations: [{ message, text: 'fine' }] }
      }
    }
    const token = createCanary('token')
    const bare = new Private({})
    const model = guardModel(bare)
    const { run } = await fixture({})
    expect(model.label).toBe('k')
    await run(token, async (messages) => {
      expect((await model.invoke(messages)).text).toBe('fine')
      expect((await model.bindTools([]).invoke(messages)).text).toBe('fine')
    })
    expect(bare.asked).toHaveLength(2)
    expect(sightings(token, bare.asked)).toEqual([])
  })

  it('refuses what is no chat model', () => {
    expect(() => guardModel({})).toThrow(/takes a chat model/)
    expect(() => guardModel(new StringOutputParser())).toThrow(/takes a chat model/)
  })
})
