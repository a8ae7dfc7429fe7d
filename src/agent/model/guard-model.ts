import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult, type LLMResult } from '@langchain/core/outputs'
import { type Runnable, RunnableBinding, type RunnableConfig, RunnableSequence } from '@langchain/core/runnables'
import { InputError } from '../../errors.js'
import type { SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { secretsOf } from '../running.js'
import { HeldChunks, type Release } from './held-chunks.js'
import { MESSAGES, scrubMessages, scrubTools } from './model-input.js'

export interface GuardModelOptions {
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
  /** The channel that holds the graph's messages; `messages` unless told. */
  readonly channel?: string
}

type Method = (this: unknown, ...args: never[]) => unknown

/** What is overridden is called under its own name on the model that is guarded. */
interface ChatModel extends BaseChatModel {
  _getModelInstance?(config?: unknown): Promise<Runnable>
}

const guarded = new WeakSet<object>()

/**
 * A chat model that reads claim URLs where it would read secrets, and whose answers and streams carry none: for a graph
 * written by hand, a supervisor, a swarm, or a middleware's own model. The URLs are those of the checkpoint. What callbacks and
 * tracers see of the model is what it is given. Bound tools, structured output and configurable models included.
 *
 * Works in a node of a graph whose checkpointer is a `SecretSafeSaver`; elsewhere a call throws and nothing is sent.
 * @throws InputError for anything but a chat model, or a binding or a sequence that begins with one.
 */
export function guardModel<Model extends object>(model: Model, options: GuardModelOptions = {}): Model {
  return guard(model, options) as Model
}

function guard(model: unknown, options: GuardModelOptions): unknown {
  if (typeof model === 'object' && model !== null && guarded.has(model)) return model
  if (isChatModel(model)) return new ModelGuard(model, options).proxy
  if (RunnableBinding.isRunnableBinding(model)) {
    const { kwargs, config, configFactories } = model
    const bound = guard(model.bound, options) as Runnable
    return new RunnableBinding({
      bound,
      config,
      ...(kwargs && { kwargs }),
      ...(configFactories && { configFactories }),
    })
  }
  if (RunnableSequence.isRunnableSequence(model)) {
    const [first, ...rest] = model.steps
    const steps = [guard(first, options), ...rest] as unknown as Parameters<typeof RunnableSequence.from>[0]
    return RunnableSequence.from(steps)
  }
  throw new InputError('guardModel takes a chat model, or a binding or a sequence that begins with one.')
}

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
    this.proxy = new Proxy(model, { get: (target, name, receiver) => this.#get(target, name, receiver) })
    guarded.add(this.proxy)
  }

  #get(model: ChatModel, name: string | symbol, receiver: unknown): unknown {
    switch (name) {
      case 'generate':
        return (...args: Parameters<ChatModel['generate']>) => this.#generate(...args)
      case '_streamIterator':
        return (input: unknown, options?: RunnableConfig) => this.#stream(input, options)
      case '_streamChatModelEvents':
        return (messages: BaseMessage[], options: RunnableConfig, manager?: CallbackManagerForLLMRun) =>
          this.#events(messages, options, manager)
      case '_getModelInstance':
        return (
          model._getModelInstance && (async (config?: unknown) => this.#guard(await model._getModelInstance?.(config)))
        )
      case 'bindTools':
      case 'withConfig':
      case 'withStructuredOutput': {
        const method = Reflect.get(model, name, receiver) as Method | undefined
        return method && ((...args: never[]) => this.#guard(Reflect.apply(method, receiver, args)))
      }
      default:
        return Reflect.get(model, name, receiver)
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
    const scrubbed = config && (await scrubTools(config as object, secrets))
    const result = (await Reflect.apply(this.#model.generate, model, [messages, scrubbed, callbacks])) as LLMResult
    return scrubResult(result, secrets, channel)
  }

  async *#stream(input: unknown, options: RunnableConfig | undefined): AsyncGenerator<unknown> {
    const secrets = await this.#secrets(options)
    const messages = await scrubMessages(messagesOf(input), secrets, this.#channel)
    const model = callGuard(this.#model, secrets, this.#channel)
    const scrubbed = options && (await scrubTools(options as object, secrets))
    yield* Reflect.apply(this.#model._streamIterator, model, [messages, scrubbed]) as AsyncGenerator<unknown>
  }

  async *#events(
    messages: BaseMessage[],
    options: RunnableConfig,
    manager: CallbackManagerForLLMRun | undefined,
  ): AsyncGenerator<unknown> {
    const secrets = await this.#secrets(options)
    const model = callGuard(this.#model, secrets, this.#channel) as unknown as EventModel
    const scrubbed = await scrubMessages(messages, secrets, this.#channel)
    yield* model._streamChatModelEvents(scrubbed, await scrubTools(options as object, secrets), manager)
  }

  get #channel(): string {
    return this.#options.channel ?? MESSAGES
  }

  #secrets(config: RunnableConfig | undefined): Promise<ThreadSecrets> {
    return secretsOf('A guarded model', this.#options.saver, config)
  }
}

interface EventModel {
  _streamChatModelEvents(
    messages: BaseMessage[],
    options: object,
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<unknown>
}

/** The model for one call: what its provider answers is scrubbed before LangChain hands it to anybody. */
function callGuard(model: ChatModel, secrets: ThreadSecrets, channel: string): ChatModel {
  const overrides: Readonly<Record<PropertyKey, unknown>> = {
    _generate: async (messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun) => {
      const quiet = manager && withoutTokens(manager)
      const result = await model._generate(messages, options, quiet)
      for (const { message } of result.generations) nameMessage(message, manager)
      return scrubResult(result, secrets, channel)
    },
    // Absent where the provider cannot stream: LangChain compares with the method of its own base class.
    ...(canStream(model) && {
      _streamResponseChunks: (messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun) =>
        guardedChunks(model, secrets, channel, messages, options, manager),
    }),
    // A provider's own events would go past the chunks.
    _streamChatModelEvents: (BaseChatModel.prototype as Partial<EventModel>)._streamChatModelEvents,
  }
  return new Proxy(model, {
    get: (target, name, receiver) =>
      Object.hasOwn(overrides, name) ? overrides[name] : Reflect.get(target, name, receiver),
  })
}

const canStream = (model: ChatModel): boolean =>
  model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks

async function* guardedChunks(
  model: ChatModel,
  secrets: ThreadSecrets,
  channel: string,
  messages: BaseMessage[],
  options: never,
  manager: CallbackManagerForLLMRun | undefined,
): AsyncGenerator<ChatGenerationChunk> {
  const held = new HeldChunks((text) => secrets.hits(text))
  const scrubbed = async ({ chunks, holdsSecret }: Release) => {
    if (!holdsSecret) return chunks
    const whole = chunks.reduce((all, chunk) => all.concat(chunk))
    return [await scrubChunk(whole, secrets, channel)]
  }
  const tell = (chunk: ChatGenerationChunk) =>
    manager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk })
  const quiet = manager && withoutTokens(manager)
  for await (const chunk of model._streamResponseChunks(messages, options, quiet)) {
    nameMessage(chunk.message, manager)
    const release = held.push(chunk)
    for (const each of release === undefined ? [] : await scrubbed(release)) {
      yield each
      await tell(each)
    }
  }
  const rest = held.end()
  for (const each of rest === undefined ? [] : await scrubbed(rest)) {
    yield each
    await tell(each)
  }
}

async function scrubChunk(
  chunk: ChatGenerationChunk,
  secrets: ThreadSecrets,
  channel: string,
): Promise<ChatGenerationChunk> {
  const { generationInfo } = chunk
  const [message] = await secrets.scrub([chunk.message], channel)
  const info = await secrets.scrub(generationInfo, channel)
  return new ChatGenerationChunk({ message: message!, text: message!.text, ...(info && { generationInfo: info }) })
}

/** Results of one prompt, or of several. */
async function scrubResult<Result extends ChatResult | LLMResult>(
  result: Result,
  secrets: ThreadSecrets,
  channel: string,
): Promise<Result> {
  for (const generation of result.generations.flat() as ChatResult['generations']) {
    const message = generation?.message
    if (message === undefined) continue
    const [scrubbed] = await secrets.scrub([message], channel)
    if (scrubbed === message) continue
    generation.message = scrubbed!
    generation.text = scrubbed!.text
  }
  return result
}

/** A claim's place is the id of its message, so that must be there before the message is scrubbed. LangChain gives the same one. */
function nameMessage(message: BaseMessage, manager: CallbackManagerForLLMRun | undefined): void {
  if (message.id == null && manager !== undefined) message._updateId(`run-${manager.runId}`)
}

/** Providers tell a run's tokens as they come; these wait until they were looked at. */
function withoutTokens(manager: CallbackManagerForLLMRun): CallbackManagerForLLMRun {
  return Object.create(manager, { handleLLMNewToken: { value: async () => undefined } }) as CallbackManagerForLLMRun
}

interface InputReader {
  _convertInputToPromptValue(input: unknown): { toChatMessages(): BaseMessage[] }
}

/** As LangChain reads a prompt, texts and tuples included. */
function messagesOf(input: unknown): BaseMessage[] {
  return (BaseChatModel as unknown as InputReader)._convertInputToPromptValue(input).toChatMessages()
}
