import type { BaseMessage } from '@langchain/core/messages'
import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { type InteropZodType, isInteropZodSchema } from '@langchain/core/utils/types'
import { isPlainObject } from '../../detect/shapes.js'
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

/** A run's own affairs, and how the provider is reached: its headers hold what it is paid with. */
const NOT_SAID: ReadonlySet<string> = new Set([
  ...['callbacks', 'configurable', 'context', 'executionInfo', 'serverInfo', 'signal', 'state', 'store', 'version'],
  ...['apiKey', 'fetchOptions', 'headers', 'httpAgent', 'options', 'requestOptions'],
])

/**
 * Options of a call as a provider is sent them and a tracer is told them: tools as they are described (an example in a
 * description is a usual place for a real key), the form of an answer, a user's name, metadata.
 */
export async function scrubOptions<Options extends object>(options: Options, secrets: ThreadSecrets): Promise<Options> {
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (NOT_SAID.has(name)) continue
    const scrubbed = await scrubOption(value, secrets)
    if (scrubbed !== value) changes[name] = scrubbed
  }
  return Object.keys(changes).length === 0 ? options : { ...options, ...changes }
}

async function scrubOption(value: unknown, secrets: ThreadSecrets): Promise<unknown> {
  const plain = await withPlainSchemas(value, secrets)
  if (typeof plain === 'string') return secrets.scrub(plain, INPUT)
  if (!Array.isArray(plain) && !isPlainObject(plain)) return plain
  const scrubbed: object = await secrets.scrub(plain as object, INPUT)
  return scrubbed === plain ? plain : withHidden(scrubbed, plain)
}

/** Tools and schemas are no data yet: what they say is read as a provider will read it, and they stay what they are where it is clean. */
async function withPlainSchemas(value: unknown, secrets: ThreadSecrets): Promise<unknown> {
  if (isInteropZodSchema(value)) {
    const json = jsonSchemaOf(value)
    const scrubbed = await secrets.scrub(json, INPUT)
    return scrubbed === json ? value : scrubbed
  }
  if (isTool(value)) {
    const description = await secrets.scrub(value.description, INPUT)
    const schema = await withPlainSchemas(value.schema, secrets)
    if (description === value.description && schema === value.schema) return value
    return Object.create(value, { description: { value: description }, schema: { value: schema } })
  }
  if (!Array.isArray(value) && !isPlainObject(value)) return value
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await withPlainSchemas(item, secrets)] as const),
  )
  if (entries.every(([key, item]) => item === (value as Readonly<Record<string, unknown>>)[key])) return value
  return Array.isArray(value) ? entries.map(([, item]) => item) : withHidden(Object.fromEntries(entries), value)
}

const schemas = new WeakMap<object, unknown>()

/** Undefined for one that no provider can be told either. */
function jsonSchemaOf(schema: InteropZodType): unknown {
  if (!schemas.has(schema)) {
    try {
      schemas.set(schema, toJsonSchema(schema))
    } catch {
      schemas.set(schema, undefined)
    }
  }
  return schemas.get(schema)
}

/** A form of answers that is parsed by itself carries its parser where JSON does not look. */
function withHidden(copy: object, original: object): object {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(original)))
    if (property.enumerable !== true && !Array.isArray(original)) Object.defineProperty(copy, name, property)
  return copy
}

const isTool = (value: unknown): value is { readonly description: string; readonly schema?: unknown } =>
  typeof (value as { invoke?: unknown } | null)?.invoke === 'function'
