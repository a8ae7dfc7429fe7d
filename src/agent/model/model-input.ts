import type { BaseMessage } from '@langchain/core/messages'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'

/** Where a graph keeps its messages, unless told. */
export const MESSAGES = 'messages'
/** For what a model is given beside the messages of the state. A graph's channel names never begin with `@`. */
const INPUT = '@model'

/**
 * What a model may read: the messages of the state as the saver stores them, so that a claim has the same URL in both, and
 * prompts, which are in no state.
 */
export async function scrubMessages(
  messages: readonly BaseMessage[],
  secrets: ThreadSecrets,
  channel: string,
): Promise<BaseMessage[]> {
  const isKept = ({ id }: BaseMessage) => typeof id === 'string'
  for (;;) {
    const { version } = secrets
    const kept = await secrets.scrub(messages.filter(isKept), channel)
    const given = await secrets.scrub(
      messages.filter((message) => !isKept(message)),
      INPUT,
    )
    // What is found last may stand in what came first.
    if (secrets.version !== version) continue
    const [nextKept, nextGiven] = [kept.values(), given.values()]
    return messages.map((message) => (isKept(message) ? nextKept : nextGiven).next().value as BaseMessage)
  }
}

interface CallOptions {
  readonly tools?: unknown
}

/** Tools as they are described to the model: an example in a description is a usual place for a real key. */
export async function scrubTools<Options extends CallOptions>(
  options: Options,
  secrets: ThreadSecrets,
): Promise<Options> {
  const { tools } = options
  if (!Array.isArray(tools)) return options
  const scrubbed = await Promise.all(tools.map((tool: unknown) => scrubTool(tool, secrets)))
  return scrubbed.every((tool, i) => tool === tools[i]) ? options : { ...options, tools: scrubbed }
}

/** A tool itself stays one; its schema is data only once a provider has converted it. */
async function scrubTool(tool: unknown, secrets: ThreadSecrets): Promise<unknown> {
  if (!isToolItself(tool)) return secrets.scrub(tool, INPUT)
  const description = await secrets.scrub(tool.description, INPUT)
  return description === tool.description ? tool : Object.create(tool, { description: { value: description } })
}

const isToolItself = (tool: unknown): tool is { readonly description: string } =>
  typeof (tool as { invoke?: unknown } | null)?.invoke === 'function'
