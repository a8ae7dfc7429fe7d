import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { AIMessage, AIMessageChunk, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import { tool } from '@langchain/core/tools'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { MemorySaver } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { type AgentMiddleware, createAgent } from 'langchain'
import { z } from 'zod'
import { type SecretsMiddlewareOptions, secretsMiddleware } from '../../src/agent.js'
import {
  type Authorizer,
  ClaimVault,
  KeyRing,
  MemoryClaimStore,
  SecretSafeSaver,
  type SecretSafeSaverOptions,
} from '../../src/index.js'
import { createCanary, findCanaries } from '../../src/testing/leak/index.js'
import { callTool, type Script, ScriptedModel } from '../../src/testing/leak/scripted-model.js'

export const CONFIG = { configurable: { thread_id: 'thread-1' } }
export const WORKER = { sub: 'worker' }

/** Everything that a model was given, call by call: messages and bound tools, as they would be sent. */
export class WatchedModel extends ScriptedModel {
  readonly inputs: string[] = []

  override bindTools(tools: never[] = []): this {
    return this.withConfig({ tools: tools.map((each) => convertToOpenAITool(each)) } as object) as unknown as this
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ) {
    this.watch(messages, options)
    return super._generate(messages, options, manager)
  }

  get seen(): string {
    return this.inputs.join('\n')
  }

  protected watch(messages: BaseMessage[], options: object): void {
    const { tools } = options as { tools?: unknown }
    this.inputs.push(JSON.stringify({ messages: messages.map(asSent), tools }))
  }
}

/** As a provider gets it: without LangChain's own bookkeeping. */
function asSent(message: BaseMessage): unknown {
  const { type, content, name } = message
  const { tool_calls, tool_call_id, artifact } = message as ToolMessage & AIMessage
  return { type, content, name, tool_calls, tool_call_id, artifact }
}

/** Streams its answers in pieces of a few characters, as providers do: each piece is told to callbacks by itself. */
export class StreamingModel extends WatchedModel {
  constructor(
    script: Script,
    readonly pieceLength = 4,
  ) {
    super(script)
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    this.watch(messages, options)
    const said = this.script(messages)
    const pieces = said.text.match(new RegExp(`.{1,${this.pieceLength}}`, 'gs')) ?? []
    for (const text of pieces) yield* this.#tell(new AIMessageChunk({ content: text, ...id(said) }), text, manager)
    for (const [index, call] of (said.tool_calls ?? []).entries()) {
      const args = JSON.stringify(call.args)
      for (const [i, piece] of (args.match(/.{1,6}/gs) ?? []).entries()) {
        const part = {
          index,
          args: piece,
          ...(i === 0 && { name: call.name, id: call.id }),
          type: 'tool_call_chunk' as const,
        }
        yield* this.#tell(
          new AIMessageChunk({ content: '', tool_call_chunks: [part], ...id(said) } as never),
          '',
          manager,
        )
      }
    }
  }

  async *#tell(message: AIMessageChunk, text: string, manager: CallbackManagerForLLMRun | undefined) {
    const chunk = new ChatGenerationChunk({ message, text })
    yield chunk
    await manager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk })
  }
}

const id = (message: AIMessage) => (message.id === undefined ? {} : { id: message.id })

export interface AgentFixtureOptions {
  readonly inner?: BaseCheckpointSaver
  readonly saver?: Partial<SecretSafeSaverOptions>
  readonly authorizer?: Authorizer
}

export async function agentSaver({
  inner = new MemorySaver(),
  saver: options = {},
  authorizer,
}: AgentFixtureOptions = {}) {
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    sweep: 'manual',
    ...(authorizer && { authorizer }),
  })
  const saver = new SecretSafeSaver(inner, { vault, principal: WORKER, channels: { messages: 'handles' }, ...options })
  return { inner, vault, saver }
}

/** What a release agent does: it fetches a token from one tool, and hands what it read to another. */
export const releaseScript: Script = (messages) => {
  const last = messages.at(-1)
  const turn = messages.length
  if (!ToolMessage.isInstance(last)) return callTool(`call_${turn}`, 'request_token', {})
  if (last.name !== 'request_token') return new AIMessage({ id: `ai-end-${turn}`, content: `Released: ${last.text}` })
  return callTool(`call_${turn}`, 'deploy', { token: tokenIn(last.text) })
}

/** What a model would copy: the token, or what stands for it. */
export const tokenIn = (text: string): string => /"access_token":"([^"]*)"/.exec(text)?.[1] ?? 'no token'

export interface ReleaseTools {
  readonly token: string
  readonly received: string[]
}

export function releaseTools({ token, received }: ReleaseTools) {
  const requestToken = tool(() => JSON.stringify({ access_token: token }), {
    name: 'request_token',
    description: 'Requests a token',
    schema: z.object({}),
  })
  const deploy = tool(
    ({ token: given }: { token: string }) => {
      received.push(given)
      return `deployed with ${given}`
    },
    { name: 'deploy', description: 'Deploys', schema: z.object({ token: z.string() }) },
  )
  return [requestToken, deploy]
}

export const DEPLOY_MAY: SecretsMiddlewareOptions = { tools: { deploy: { allow: 'github-*' } } }

/** As much of an agent as tests call; its own types follow from each of its parts. */
export interface TestAgent {
  invoke(input: unknown, config?: object): Promise<{ messages: BaseMessage[] }>
  stream(input: unknown, config?: object): Promise<AsyncIterable<unknown>>
  streamEvents(input: unknown, config: object): AsyncIterable<unknown>
}

/** What the model reads last. */
export const lastOf = (messages: readonly BaseMessage[]): { type: string; name?: string; text: string } =>
  messages.at(-1) as never

/** A release agent under the middleware, with all that can be asked of it afterwards. */
export async function releaseAgent(
  options: AgentFixtureOptions & {
    readonly middleware?: SecretsMiddlewareOptions
    readonly before?: readonly AgentMiddleware[]
    readonly after?: readonly AgentMiddleware[]
    readonly model?: WatchedModel
    readonly agent?: object
    readonly tools?: (release: ReleaseTools) => unknown[]
  } = {},
) {
  const token = createCanary('token')
  const received: string[] = []
  const parts = await agentSaver(options)
  const model = options.model ?? new WatchedModel(releaseScript)
  const agent = createAgent({
    model,
    tools: (options.tools ?? releaseTools)({ token, received }) as never,
    checkpointer: parts.saver,
    middleware: [
      ...(options.before ?? []),
      secretsMiddleware(options.middleware ?? DEPLOY_MAY),
      ...(options.after ?? []),
    ] as never,
    ...options.agent,
  })
  return { ...parts, agent: agent as unknown as TestAgent, model, token, received }
}

/** Every sighting of a token in a text, in any usual encoding. */
export function sightings(token: string, ...values: readonly unknown[]): readonly unknown[] {
  const bytes = values.map((value, i) => ({
    area: 'log' as const,
    place: `value ${i}`,
    bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
  }))
  return findCanaries(bytes, new Map([['token', token]]))
}
