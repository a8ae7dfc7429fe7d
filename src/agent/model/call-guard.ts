import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult, type LLMResult } from '@langchain/core/outputs'
import type { Runnable } from '@langchain/core/runnables'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { thrownWithout } from '../thrown-without.js'
import { HeldChunks } from './held-chunks.js'

/** What is overridden is called under its own name on the model that is guarded. */
export interface ChatModel extends BaseChatModel {
  _getModelInstance?(config?: unknown): Promise<Runnable>
}

export interface EventModel {
  _streamChatModelEvents(
    messages: BaseMessage[],
    options: object,
    manager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<unknown>
}

/** The model for one call: what its provider answers is scrubbed before LangChain hands it to anybody. */
export function callGuard(model: ChatModel, secrets: ThreadSecrets, channel: string): ChatModel {
  const overrides: Readonly<Record<PropertyKey, unknown>> = {
    _generate: async (messages: BaseMessage[], options: never, manager?: CallbackManagerForLLMRun) => {
      const quiet = manager && withoutTokens(manager)
      try {
        const result = await model._generate(messages, options, quiet)
        for (const { message } of result.generations) nameMessage(message, manager)
        return await scrubResult(result, secrets, channel)
      } catch (error) {
        throw await thrownWithout(error, secrets, channel)
      }
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
    get: (target, name) => (Object.hasOwn(overrides, name) ? overrides[name] : ownOf(target, name)),
  })
}

export const canStream = (model: ChatModel): boolean =>
  model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks

/** What a model says of itself, and asks nobody for. */
const DESCRIBES: ReadonlySet<PropertyKey> = new Set([
  ...[
    '_llmType',
    '_modelType',
    '_identifyingParams',
    '_combineLLMOutput',
    'getName',
    'getNumTokens',
    'invocationParams',
  ],
  ...['_getInvocationParamsForTracing', '_getCallOptionsForTracing', '_getSerializedCacheKeyParametersForCall'],
  ...['getLsParams', 'getLsParamsWithDefaults', 'serialize', 'toJSON'],
])

/** Getters, and methods that describe the model, read its private fields: no proxy has those. */
export function ownOf(model: ChatModel, name: PropertyKey): unknown {
  const value: unknown = Reflect.get(model, name, model)
  return typeof value === 'function' && DESCRIBES.has(name) ? (value.bind(model) as unknown) : value
}

async function* guardedChunks(
  model: ChatModel,
  secrets: ThreadSecrets,
  channel: string,
  messages: BaseMessage[],
  options: never,
  manager: CallbackManagerForLLMRun | undefined,
): AsyncGenerator<ChatGenerationChunk> {
  const held = new HeldChunks(secrets)
  const tell = (chunk: ChatGenerationChunk) =>
    manager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk })
  const quiet = manager && withoutTokens(manager)
  async function* given(): AsyncGenerator<ChatGenerationChunk> {
    for await (const chunk of model._streamResponseChunks(messages, options, quiet)) {
      nameMessage(chunk.message, manager)
      yield* held.push(chunk)
    }
    yield* held.end()
  }
  try {
    for await (const chunk of given()) {
      const scrubbed = await scrubChunk(chunk, secrets, channel)
      yield scrubbed
      await tell(scrubbed)
    }
  } catch (error) {
    throw await thrownWithout(error, secrets, channel)
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
  if (message === chunk.message && info === generationInfo) return chunk
  const isSecret = message !== chunk.message
  if (isSecret) dropPieces(message!)
  return new ChatGenerationChunk({
    message: message!,
    text: message!.text,
    ...(info && { generationInfo: isSecret ? withoutPieces(info) : info }),
  })
}

/** Results of one prompt, or of several. */
export async function scrubResult<Result extends ChatResult | LLMResult>(
  result: Result,
  secrets: ThreadSecrets,
  channel: string,
): Promise<Result> {
  for (const generation of result.generations.flat() as ChatResult['generations']) {
    const { message, generationInfo } = generation
    if (message === undefined) continue
    const [scrubbed] = await secrets.scrub([message], channel)
    const info = await secrets.scrub(generationInfo, channel)
    const isSecret = scrubbed !== message
    if (info !== undefined) generation.generationInfo = isSecret ? withoutPieces(info) : info
    if (!isSecret) continue
    dropPieces(scrubbed!)
    generation.message = scrubbed!
    generation.text = scrubbed!.text
  }
  if (result.llmOutput !== undefined) result.llmOutput = await secrets.scrub(result.llmOutput, channel)
  return result
}

/** Providers that tell how probable each token was spell the text out once more, in pieces that no detector knows. */
const PIECES = 'logprobs'

/** Of a message that is a copy already. */
function dropPieces(message: BaseMessage): void {
  message.response_metadata = withoutPieces(message.response_metadata)
  message.lc_kwargs.response_metadata = message.response_metadata
}

function withoutPieces<Info extends Readonly<Record<string, unknown>>>(info: Info): Info {
  if (info?.[PIECES] == null) return info
  const { [PIECES]: _pieces, ...rest } = info
  return rest as unknown as Info
}

/** A claim's place is the id of its message, so that must be there before the message is scrubbed. LangChain gives the same one. */
function nameMessage(message: BaseMessage, manager: CallbackManagerForLLMRun | undefined): void {
  if (message.id == null && manager !== undefined) message._updateId(`run-${manager.runId}`)
}

/** Providers tell a run's tokens as they come; these wait until they were looked at. */
function withoutTokens(manager: CallbackManagerForLLMRun): CallbackManagerForLLMRun {
  return Object.create(manager, { handleLLMNewToken: { value: async () => undefined } }) as CallbackManagerForLLMRun
}
