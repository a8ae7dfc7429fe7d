import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { ValueUnsupportedError } from '../errors.js'

// A saver's default serializer: `JsonPlusSerializer` itself is exported only by the newest versions.
const serializer = new MemorySaver().serde

/**
 * The JSON that LangGraph's serializer writes, made synchronously: a claim's id is computed from it before anything is
 * awaited. `JsonPlusSerializer` reads it back.
 * @throws ValueUnsupportedError for what JSON cannot hold (BigInt, cycles).
 */
export function stringifyPersisted(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, item) => encode(item))
  } catch {
    throw new ValueUnsupportedError('A marked value holds a BigInt, a cycle or a throwing toJSON; nothing was stored.')
  }
}

export function parsePersisted(json: string): Promise<unknown> {
  return serializer.loadsTyped('json', json)
}

function encode(item: unknown): unknown {
  if (item === undefined) return { lc: 2, type: 'undefined' }
  if (item instanceof Map || item instanceof Set)
    return construct(item instanceof Map ? 'Map' : 'Set', [Array.from(item)])
  if (item instanceof RegExp) return construct('RegExp', [item.source, item.flags])
  if (item instanceof Error) return construct('Error', [item.message])
  if (item instanceof Uint8Array) return construct('Uint8Array', [Array.from(item)], 'from')
  return item
}

function construct(name: string, args: readonly unknown[], method: string | null = null): unknown {
  return { lc: 2, type: 'constructor', id: [name], method, args, kwargs: {} }
}
