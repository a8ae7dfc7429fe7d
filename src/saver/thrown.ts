import { types } from 'node:util'

const OWN_PARTS: ReadonlySet<PropertyKey> = new Set(['message', 'stack', 'cause', 'errors'])
const CIRCULAR = '[Circular]'

/**
 * What was thrown, with its secrets replaced by `map`: message, stack, causes and fields. The very error where it is clean: a
 * graph's own control flow is thrown, too. One that is not keeps its class, and of its fields those that are primitives;
 * an interrupt or a command that is thrown keeps all of them.
 * @param map answers with the same reference for a clean value.
 */
export function mapThrown(thrown: unknown, map: (value: unknown) => unknown, seen: readonly unknown[] = []): unknown {
  if (!isError(thrown)) return map(thrown)
  if (seen.includes(thrown)) return CIRCULAR
  const within = [...seen, thrown]
  const inner = (value: unknown) => (isError(value) ? mapThrown(value, map, within) : map(value))
  const message = map(thrown.message)
  const stack = map(thrown.stack)
  const cause = inner(thrown.cause)
  const errors = thrown instanceof AggregateError ? thrown.errors.map(inner) : []
  // Under its name: a field may be secret by that alone.
  const named = (key: PropertyKey, value: unknown) => (isError(value) ? inner(value) : mapField(key, value, map))
  const fields = fieldsOf(thrown).map(([key, value]) => [key, value, attempt((of) => named(key, of), value)] as const)
  const isClean =
    message === thrown.message &&
    stack === thrown.stack &&
    cause === thrown.cause &&
    errors.every((error, i) => error === (thrown as AggregateError).errors[i]) &&
    fields.every(([, value, mapped]) => mapped === value)
  if (isClean) return thrown
  const isControlFlow = (thrown as { is_bubble_up?: unknown }).is_bubble_up === true
  const clone = Object.create(Object.getPrototypeOf(thrown)) as Error
  const set = (key: PropertyKey, value: unknown, enumerable: boolean) =>
    Object.defineProperty(clone, key, { value, enumerable, writable: true, configurable: true })
  set('message', String(message), false)
  set('stack', stack, false)
  if (thrown.cause !== undefined) set('cause', cause, false)
  if (errors.length > 0) set('errors', errors, false)
  for (const [key, , mapped] of fields) if (isControlFlow || isPrimitive(mapped)) set(key, mapped, true)
  return clone
}

function mapField(key: PropertyKey, value: unknown, map: (value: unknown) => unknown): unknown {
  const field = { [key]: value }
  const mapped = map(field)
  return mapped === field ? value : (mapped as Record<PropertyKey, unknown> | null)?.[key]
}

/** Those of another realm, such as a sandbox's, are no instances of this one's. */
const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value)

/** Own fields. A getter is read once; what it answers is all that is compared. */
function fieldsOf(error: Error): [PropertyKey, unknown][] {
  const keys = Reflect.ownKeys(error).filter((key) => !OWN_PARTS.has(key))
  return keys.map((key) => [key, attempt((from) => (from as Record<PropertyKey, unknown>)[key], error)])
}

/** What cannot be read cannot be called clean. */
function attempt(map: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return map(value)
  } catch {
    return undefined
  }
}

const isPrimitive = (value: unknown): boolean =>
  (typeof value !== 'object' || value === null) && typeof value !== 'function'
