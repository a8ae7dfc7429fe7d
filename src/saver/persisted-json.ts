import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { DESCEND, rewrite } from '../detect/rewrite.js'
import { ValueUnsupportedError } from '../errors.js'
import { NESTED_SECRET } from '../vault/payload.js'
import { isSecret, secret } from './secret.js'
import { KEEP_VISITOR, REVIVED_OPTIONS } from './walk.js'

// A saver's default serializer: `JsonPlusSerializer` itself is exported only by the newest versions.
const serializer = new MemorySaver().serde

/**
 * The JSON that LangGraph's serializer writes, made synchronously: a claim's id is computed from it before anything is
 * awaited. `JsonPlusSerializer` reads it back. A `Secret` in it is written with its value: the whole is sealed.
 * @throws ValueUnsupportedError for what JSON cannot hold (functions, symbols, BigInt, cycles).
 */
export function stringifyPersisted(value: unknown): string {
  let json: string | undefined
  try {
    // `this` holds the item as it is before `toJSON`, which a Secret answers with "[redacted]".
    json = JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, item: unknown) {
      return encode(isSecret(this[key]) ? this[key] : item)
    })
  } catch {
    json = undefined
  }
  if (json !== undefined) return json
  throw new ValueUnsupportedError(
    'A marked value is a function or a symbol, or holds a BigInt, a cycle or a throwing toJSON; nothing was stored.',
  )
}

export async function parsePersisted(json: string): Promise<unknown> {
  const value: unknown = await serializer.loadsTyped('json', json)
  return json.includes(NESTED_SECRET) ? reviveSecrets(value) : value
}

function reviveSecrets(value: unknown): unknown {
  const enter = (item: unknown) => (isNestedSecret(item) ? secret(reviveSecrets(item.value)) : DESCEND)
  return rewrite(value, { ...KEEP_VISITOR, enter }, REVIVED_OPTIONS)
}

function isNestedSecret(item: unknown): item is { readonly value: unknown } {
  return typeof item === 'object' && item !== null && (item as { type?: unknown }).type === NESTED_SECRET
}

function encode(item: unknown): unknown {
  if (isSecret(item)) return { lc: 2, type: NESTED_SECRET, value: item.expose() }
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
