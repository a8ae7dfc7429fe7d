import type { CleanMessages } from '../../detect/rewrite.js'
import { type Fields, isPlainObject } from '../../detect/shapes.js'

/** A message with more parts is scanned again: comparing it would cost as much. */
const MAX_PARTS = 2_000

type FieldsOf = (message: Fields) => readonly string[]

const persistedFields: FieldsOf = (message) => Object.keys(message.lc_kwargs as Fields)

interface Seen {
  /** Of the thread's known values; a newer one may turn up in what was clean. */
  readonly version: number
  readonly snapshot: Snapshot
}

/**
 * The messages of a thread in which nothing was found. A conversation is put several times a turn, and all but its last
 * message are the objects that were put before: to compare their references costs a fraction of a scan.
 */
export class SeenMessages {
  readonly #seen = new WeakMap<object, Seen>()
  readonly #fieldsOf: FieldsOf

  /** @param fieldsOf which of a message's fields count; those that are persisted unless told. */
  constructor(fieldsOf: FieldsOf = persistedFields) {
    this.#fieldsOf = fieldsOf
  }

  add(message: object, version: number): void {
    const snapshot = takeSnapshot(message as Fields, this.#fieldsOf)
    if (snapshot !== undefined) this.#seen.set(message, { version, snapshot })
  }

  /**
   * @param version undefined for who cares about claim URLs alone.
   * @returns how many characters the message holds if it is as it was; undefined if it must be walked.
   */
  unchanged(message: object, version: number | undefined): number | undefined {
    const seen = this.#seen.get(message)
    if (seen === undefined || (version !== undefined && seen.version !== version)) return undefined
    return matches(seen.snapshot, message as Fields, this.#fieldsOf) ? seen.snapshot.chars : undefined
  }
}

interface Memory {
  readonly seen: SeenMessages
  readonly known: { readonly version: number }
}

/** A scan passes over messages that it has seen, and remembers those that it has not. */
export class ScannedMessages implements CleanMessages {
  found = 0
  readonly #memory: Memory
  readonly #onSkip: (chars: number) => void

  constructor(memory: Memory, onSkip: (chars: number) => void = () => {}) {
    this.#memory = memory
    this.#onSkip = onSkip
  }

  has(message: object): boolean {
    const chars = this.#memory.seen.unchanged(message, this.#memory.known.version)
    if (chars === undefined) return false
    this.#onSkip(chars)
    return true
  }

  add(message: object): void {
    this.#memory.seen.add(message, this.#memory.known.version)
  }
}

/** Messages without a claim URL; for walks that do not scan. */
export const withoutUrls = (seen: SeenMessages): CleanMessages => ({
  found: 0,
  has: (message) => seen.unchanged(message, undefined) !== undefined,
  add: () => {},
})

/** Every reference in a message. Strings are immutable; the objects on the way to them are listed in `parts`. */
interface Snapshot {
  readonly chars: number
  readonly toJSON: unknown
  readonly kwargs: object
  readonly keys: readonly string[]
  readonly values: readonly unknown[]
  readonly parts: readonly Part[]
}

interface Part {
  readonly container: Fields | readonly unknown[]
  /** Undefined for an array. */
  readonly keys: readonly string[] | undefined
  readonly values: readonly unknown[]
}

/** Undefined when the message holds anything but plain objects, arrays and primitives, or too much of them. */
function takeSnapshot(message: Fields, fieldsOf: FieldsOf): Snapshot | undefined {
  const kwargs = message.lc_kwargs as Fields
  const keys = fieldsOf(message)
  const values = keys.map((key) => persisted(message, kwargs, key))
  const parts: Part[] = []
  let left = MAX_PARTS
  let chars = 0
  // Grows while it is walked: each part adds the items in it.
  for (let part: Pick<Part, 'values'> | undefined = { values }, next = 0; part !== undefined; part = parts[next++]) {
    left -= part.values.length
    if (left < 0) return undefined
    for (const item of part.values) {
      if (typeof item === 'string') chars += item.length
      else if (typeof item === 'function') return undefined
      else if (typeof item === 'object' && item !== null) {
        const inner = partOf(item)
        if (inner === undefined) return undefined
        parts.push(inner)
      }
    }
  }
  return { chars, toJSON: message.toJSON, kwargs, keys, values, parts }
}

function partOf(container: object): Part | undefined {
  if (Array.isArray(container)) return { container, keys: undefined, values: container.slice() }
  if (!isPlainObject(container)) return undefined
  return { container, keys: Object.keys(container), values: Object.values(container) }
}

function matches(snapshot: Snapshot, message: Fields, fieldsOf: FieldsOf): boolean {
  const { kwargs, keys, values, parts } = snapshot
  if (message.lc_kwargs !== kwargs || message.toJSON !== snapshot.toJSON) return false
  if (!equalItems(fieldsOf(message), keys)) return false
  for (let i = 0; i < keys.length; i++) {
    if (persisted(message, kwargs as Fields, keys[i]!) !== values[i]) return false
  }
  for (let i = 0; i < parts.length; i++) if (!isUnchanged(parts[i]!)) return false
  return true
}

function isUnchanged({ container, keys, values }: Part): boolean {
  if (keys === undefined) return equalItems(container as readonly unknown[], values)
  if (!equalItems(Object.keys(container), keys)) return false
  for (let i = 0; i < keys.length; i++) if ((container as Fields)[keys[i]!] !== values[i]) return false
  return true
}

function equalItems(items: readonly unknown[], others: readonly unknown[]): boolean {
  if (items.length !== others.length) return false
  for (let i = 0; i < items.length; i++) if (items[i] !== others[i]) return false
  return true
}

/** As LangChain's `toJSON` reads it. */
function persisted(message: Fields, kwargs: Fields, key: string): unknown {
  return key in message ? message[key] : kwargs[key]
}
