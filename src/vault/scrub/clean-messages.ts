import type { CleanMessages } from '../../detect/rewrite.js'
import { type Fields, isPlainObject } from '../../detect/shapes.js'
import type { ClaimId, PlaceTag } from '../claim-store.js'

/** A message with more parts is scanned again: comparing it would cost as much. */
const MAX_PARTS = 2_000

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
  readonly #isLive: boolean

  /** @param isLive fields that are not persisted count, too. */
  constructor(isLive = false) {
    this.#isLive = isLive
  }

  add(message: object, version: number): void {
    const snapshot = takeSnapshot(message as Fields, this.#isLive)
    if (snapshot !== undefined) this.#seen.set(message, { version, snapshot })
  }

  /**
   * @param version undefined for who cares about claim URLs alone.
   * @returns how many characters the message holds if it is as it was; undefined if it must be walked.
   */
  unchanged(message: object, version: number | undefined): number | undefined {
    const seen = this.#seen.get(message)
    if (seen === undefined || (version !== undefined && seen.version !== version)) return undefined
    return matches(seen.snapshot, message as Fields) ? seen.snapshot.chars : undefined
  }
}

/** A claim where it stands. */
export interface PlacedClaim {
  readonly id: ClaimId
  readonly place: PlaceTag
}

interface Replaced {
  readonly version: number
  readonly channel: string
  readonly claims: readonly PlacedClaim[]
  readonly snapshot: Snapshot
  /** Somebody may hold what took its place, and change it. */
  readonly replaced: object
  readonly after: Snapshot
}

/** What took the place of messages with secrets. */
export class ReplacedMessages {
  readonly #replaced = new WeakMap<object, Replaced>()
  readonly #isLive: boolean

  /** @param isLive as of `SeenMessages`. */
  constructor(isLive = false) {
    this.#isLive = isLive
  }

  add(message: object, replaced: object, channel: string, version: number, claims: readonly PlacedClaim[]): void {
    const snapshot = takeSnapshot(message as Fields, this.#isLive)
    const after = takeSnapshot(replaced as Fields, this.#isLive)
    if (snapshot !== undefined && after !== undefined)
      this.#replaced.set(message, { version, channel, claims, snapshot, replaced, after })
  }

  /** Undefined unless both messages are as they were. */
  of(
    message: object,
    channel: string,
    version: number,
  ): Pick<Replaced, 'replaced' | 'claims' | 'snapshot'> | undefined {
    const known = this.#replaced.get(message)
    if (known === undefined || known.version !== version || known.channel !== channel) return undefined
    return matches(known.snapshot, message as Fields) && matches(known.after, known.replaced as Fields)
      ? known
      : undefined
  }
}

interface Memory {
  readonly seen: SeenMessages
  readonly replaced: ReplacedMessages
  readonly known: { readonly version: number }
  /** False for a claim that the vault has to be asked for. */
  isConfirmed(claim: PlacedClaim): boolean
}

/** A scan passes over messages that it has seen, and remembers those that it has not. */
export class ScannedMessages implements CleanMessages {
  /** Of the message that is walked. */
  channel = ''
  /** In order; null for what is not a claim that can be confirmed. */
  readonly #finds: (PlacedClaim | null)[] = []
  readonly #memory: Memory
  readonly #onSkip: (chars: number) => void

  constructor(memory: Memory, onSkip: (chars: number) => void = () => {}) {
    this.#memory = memory
    this.#onSkip = onSkip
  }

  get found(): number {
    return this.#finds.length
  }

  find(claim: PlacedClaim | null = null): void {
    this.#finds.push(claim)
  }

  has(message: object): boolean {
    const { seen, known } = this.#memory
    const chars = seen.unchanged(message, known.version)
    if (chars === undefined) return false
    this.#onSkip(chars)
    return true
  }

  add(message: object): void {
    this.#memory.seen.add(message, this.#memory.known.version)
  }

  replacement(message: object): object | undefined {
    const { replaced, known } = this.#memory
    const entry = replaced.of(message, this.channel, known.version)
    if (entry === undefined || !entry.claims.every((claim) => this.#memory.isConfirmed(claim))) return undefined
    this.#finds.push(...entry.claims)
    this.#onSkip(entry.snapshot.chars)
    return entry.replaced
  }

  replace(message: object, replaced: object, since: number): void {
    const claims = this.#finds.slice(since)
    if (claims.every((claim) => claim !== null))
      this.#memory.replaced.add(message, replaced, this.channel, this.#memory.known.version, claims)
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
  /** What it holds beside what is persisted; undefined where that does not count. */
  readonly own: Part | undefined
  readonly parts: readonly Part[]
}

interface Part {
  readonly container: Fields | readonly unknown[]
  /** Undefined for an array. */
  readonly keys: readonly string[] | undefined
  readonly values: readonly unknown[]
}

/** Undefined when the message holds anything but plain objects, arrays and primitives, or too much of them. */
function takeSnapshot(message: Fields, isLive: boolean): Snapshot | undefined {
  const kwargs = message.lc_kwargs as Fields
  const keys = Object.keys(kwargs)
  const values = keys.map((key) => persisted(message, kwargs, key))
  const own = isLive ? { container: message, keys: Object.keys(message), values: Object.values(message) } : undefined
  const others = own?.values.filter((_, i) => !own.keys[i]!.startsWith('lc_') && !(own.keys[i]! in kwargs)) ?? []
  const parts: Part[] = []
  let left = MAX_PARTS
  let chars = 0
  // Grows while it is walked: each part adds the items in it.
  for (
    let part: Pick<Part, 'values'> | undefined = { values: [...values, ...others] }, next = 0;
    part !== undefined;
    part = parts[next++]
  ) {
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
  return { chars, toJSON: message.toJSON, kwargs, keys, values, own, parts }
}

function partOf(container: object): Part | undefined {
  if (Array.isArray(container)) return { container, keys: undefined, values: container.slice() }
  if (!isPlainObject(container)) return undefined
  return { container, keys: Object.keys(container), values: Object.values(container) }
}

function matches(snapshot: Snapshot, message: Fields): boolean {
  const { kwargs, keys, values, own, parts } = snapshot
  if (message.lc_kwargs !== kwargs || message.toJSON !== snapshot.toJSON) return false
  if (!equalItems(Object.keys(kwargs), keys)) return false
  if (own !== undefined && !isUnchanged(own)) return false
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
