import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import type { ChatGenerationChunk, ChatResult, LLMResult } from '@langchain/core/outputs'
import {
  type Runnable,
  RunnableBinding,
  type RunnableConfig,
  RunnableMap,
  RunnableSequence,
  RunnableWithFallbacks,
} from '@langchain/core/runnables'
import { IterableReadableStream } from '@langchain/core/utils/stream'
import { InputError } from '../../errors.js'
import type { SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { keepRun, secretsOf } from '../running.js'
import { type ChatModel, callGuard, canStream, type EventModel, ownOf, scrubResult } from './call-guard.js'
import { MESSAGES, scrubMessages, scrubOptions } from './model-input.js'

export interface GuardModelOptions {
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
  /** The channel that holds the graph's messages; `messages` unless told. */
  readonly channel?: string
}

type Method = (this: unknown, ...args: never[]) => unknown

const guarded = new WeakSet<object>()

/**
 * A chat model that reads claim URLs where it would read secrets, and whose answers and streams carry none: for a graph
 * written by hand, a supervisor, a swarm, or a middleware's own model. The URLs are those of the checkpoint. What callbacks and
 * tracers see of the model is what it is given. Bound tools, structured output and configurable models included.
 *
 * Works in a node of a graph whose checkpointer is a `SecretSafeSaver`; elsewhere a call throws and nothing is sent.
 * @throws InputError for anything but a chat model, or a binding, fallbacks or a sequence that begin with one.
 */
export function guardModel<Model extends object>(model: Model, options: GuardModelOptions = {}): Model {
  return guard(model, options) as Model
}

function guard(model: unknown, options: GuardModelOptions): unknown {
  const inside = (each: unknown) => guard(each, options) as Runnable
  if (typeof model === 'object' && model !== null && guarded.has(model)) return model
  if (isChatModel(model)) return new ModelGuard(model, options).proxy
  // A copy keeps its class: a binding that retries goes on retrying.
  if (RunnableBinding.isRunnableBinding(model)) return copyOf(model, { bound: inside(model.bound) })
  if (RunnableSequence.isRunnableSequence(model))
    return copyOf(model, { first: inside((model as unknown as { first: unknown }).first) })
  if (model instanceof RunnableWithFallbacks)
    return copyOf(model, { runnable: inside(model.runnable), fallbacks: model.fallbacks.map(inside) })
  // What gives a raw message beside its structured output.
  if (model instanceof RunnableMap) {
    const { steps } = model as unknown as { steps: Readonly<Record<string, unknown>> }
    return copyOf(model, {
      steps: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, inside(step)])),
    })
  }
  throw new InputError('guardModel takes a chat model, or a binding, fallbacks or a sequence that begin with one.')
}

const copyOf = (original: object, changes: object): object =>
  Object.assign(Object.create(Object.getPrototypeOf(original)) as object, original, changes)

function isChatModel(model: unknown): model is ChatModel {
  const chat = model as Partial<ChatModel> | null | undefined
  return typeof chat?.invoke === 'function' && typeof chat.generate === 'function' && '_streamResponseChunks' in chat
}

/** Stands before a model: what comes in by any way is scrubbed before callbacks, caches or the provider see it. */
class ModelGuard {
  readonly proxy: ChatModel
  readonly #model: ChatModel
  readonly #options: GuardModelOptions

  constructor(model: ChatModel, options: GuardModelOptions) {
    this.#model = model
    this.#options = options
    this.proxy = new Proxy(model, { get: (target, name) => this.#get(target, name) })
    guarded.add(this.proxy)
  }

  #get(model: ChatModel, name: string | symbol): unknown {
    switch (name) {
      case 'generate':
        return (...args: Parameters<ChatModel['generate']>) => this.#generate(...args)
      case '_streamIterator':
        return (input: unknown, options?: RunnableConfig) => this.#stream(input, options)
      case '_streamChatModelEvents':
        return (messages: BaseMessage[], options: RunnableConfig, manager?: CallbackManagerForLLMRun) =>
          this.#events(messages, options, manager)
      case 'streamEvents':
      case 'streamLog':
        return (input: unknown, config?: object, ...rest: never[]) => this.#report(name, input, config, rest)
      case 'invoke':
      case 'stream':
      case 'transform': {
        const method = ownOf(model, name) as Method
        return (...args: never[]) => keepRun(() => Reflect.apply(method, this.proxy, args))
      }
      // For a model of somebody's own that asks this one.
      case '_generate':
        return (messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun) =>
          this.#answer(messages, options, manager)
      case '_streamResponseChunks':
        return canStream(model)
          ? (messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun) =>
              this.#chunks(messages, options, manager)
          : model._streamResponseChunks
      case '_getModelInstance':
        return (
          model._getModelInstance && (async (config?: unknown) => this.#guard(await model._getModelInstance?.(config)))
        )
      case 'bindTools':
      case 'withConfig':
      case 'withStructuredOutput': {
        const method = Reflect.get(model, name, model) as Method | undefined
        return method && ((...args: never[]) => this.#guard(Reflect.apply(method, model, args)))
      }
      default:
        return ownOf(model, name)
    }
  }

  #guard(model: unknown): unknown {
    return guard(model, this.#options)
  }

  async #generate(...[lists, options, callbacks]: Parameters<ChatModel['generate']>): Promise<LLMResult> {
    const config = Array.isArray(options) ? { stop: options } : options
    const secrets = await this.#secrets(config)
    const channel = this.#channel
    const messages: BaseMessage[][] = []
    for (const list of lists) messages.push(await scrubMessages(messagesOf(list), secrets, channel))
    const model = callGuard(this.#model, secrets, channel)
    const scrubbed = config && (await scrubOptions(config as object, secrets))
    const result = (await Reflect.apply(this.#model.generate, model, [messages, scrubbed, callbacks])) as LLMResult
    return scrubResult(result, secrets, channel)
  }

  async *#stream(input: unknown, options: RunnableConfig | undefined): AsyncGenerator<unknown> {
    const secrets = await this.#secrets(options)
    const messages = await scrubMessages(messagesOf(input), secrets, this.#channel)
    const model = callGuard(this.#model, secrets, this.#channel)
    const scrubbed = options && (await scrubOptions(options as object, secrets))
    yield* Reflect.apply(this.#model._streamIterator, model, [messages, scrubbed]) as AsyncGenerator<unknown>
  }

  async *#events(
    messages: BaseMessage[],
    options: RunnableConfig,
    manager: CallbackManagerForLLMRun | undefined,
  ): AsyncGenerator<unknown> {
    const [model, ...given] = await this.#call(messages, options)
    yield* (model as unknown as EventModel)._streamChatModelEvents(...given, manager)
  }

  async #answer(messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun): Promise<ChatResult> {
    const [model, ...given] = await this.#call(messages, options)
    return model._generate(...given, manager)
  }

  async *#chunks(
    messages: BaseMessage[],
    options: never,
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const [model, ...given] = await this.#call(messages, options)
    yield* model._streamResponseChunks(...given, manager)
  }

  /** Reports of a call tell what it was called with, so that is scrubbed before the report begins. */
  #report(name: 'streamEvents' | 'streamLog', input: unknown, config: object | undefined, rest: never[]): unknown {
    const method = ownOf(this.#model, name) as Method
    const begin = (given: unknown) => Reflect.apply(method, this.proxy, [given, config, ...rest] as never[])
    // Without a version it is a stream of the answer alone.
    if (name === 'streamEvents' && !('version' in (config ?? {}))) return keepRun(() => begin(input))
    const report = async function* (this: ModelGuard) {
      const secrets = await this.#secrets(config as RunnableConfig | undefined)
      yield* begin(await scrubMessages(messagesOf(input), secrets, this.#channel)) as AsyncIterable<unknown>
    }
    return IterableReadableStream.fromAsyncGenerator(report.call(this))
  }

  /** The model for one call, and what it is called with. */
  async #call<Options extends object>(
    messages: BaseMessage[],
    options: Options,
  ): Promise<[ChatModel, BaseMessage[], Options]> {
    const secrets = await this.#secrets(options as RunnableConfig)
    const scrubbed = await scrubMessages(messages, secrets, this.#channel)
    return [callGuard(this.#model, secrets, this.#channel), scrubbed, await scrubOptions(options, secrets)]
  }

  get #channel(): string {
    return this.#options.channel ?? MESSAGES
  }

  #secrets(config: RunnableConfig | undefined): Promise<ThreadSecrets> {
    return secretsOf('A guarded model', this.#options.saver, config)
  }
}

interface InputReader {
  _convertInputToPromptValue(input: unknown): { toChatMessages(): BaseMessage[] }
}

/** As LangChain reads a prompt, texts and tuples included. */
function messagesOf(input: unknown): BaseMessage[] {
  return (BaseChatModel as unknown as InputReader)._convertInputToPromptValue(input).toChatMessages()
}
