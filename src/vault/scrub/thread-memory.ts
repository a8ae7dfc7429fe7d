import type { AllowFilter } from '../../detect/allow-filter.js'
import type { KnownValues } from '../../detect/known-values.js'
import type { Scanner } from '../../detect/scanner.js'
import type { Hit, ScanContext } from '../../detect/types.js'
import type { ClaimId, PlaceTag } from '../claim-store.js'
import { placeKey } from '../mint.js'
import type { Payload } from '../payload.js'
import { ReplacedMessages, SeenMessages } from './clean-messages.js'
import { threadValues } from './process-values.js'

/** Shorter strings are scanned as fast as they are looked up. */
const MIN_CACHED = 8
/** What an entry takes beside its string. */
const ENTRY_CHARS = 64
/** For all threads together; the strings themselves mostly live in the running graphs anyway. */
const MAX_CACHED_CHARS = 32 * 1024 * 1024
const MAX_CONFIRMED = 10_000
const MAX_THREADS = 500
const MAX_ALIASES = 1_000

/** A claim's id and URL. */
export interface ClaimName {
  readonly id: ClaimId
  readonly url: string
}

/** A scan's result for a string; valid while the thread's known values are those of `version`. */
interface CachedScan {
  readonly version: number
  readonly hits: readonly Hit[]
}

/** Room for scanned strings, shared by the threads of a saver. */
export interface ScanRoom {
  /** Called before a string of `chars` is kept; may empty any thread's cache. */
  take(chars: number): void
}

/** What this process knows of one thread: its secrets, what was scanned, what the vault confirmed. */
export class ThreadMemory {
  readonly known: KnownValues
  readonly seen = new SeenMessages()
  /** The same for messages that go on living in memory. */
  readonly seenLive = new SeenMessages(true)
  readonly replaced = new ReplacedMessages()
  readonly replacedLive = new ReplacedMessages(true)
  readonly #scans = new Map<string, CachedScan>()
  /** Of ids and names, in which known values are not looked for. */
  readonly #structuralScans = new Map<string, CachedScan>()
  readonly #confirmed = new Map<string, number>()
  readonly #room: ScanRoom
  #allowVersion = 0
  #touchedAt = Number.NEGATIVE_INFINITY
  readonly #aliases = new Map<string, ClaimName>()
  #turn: Promise<void> = Promise.resolve()
  /** Set once old plaintext in this thread was reported. */
  plaintextReported = false
  /** True once a claim of this thread was seen: before that, there is nothing to hold. */
  hasClaims = false
  /** False once this process knows that no interrupt is pending. */
  mayBeHeld = true
  /** The checkpoints whose interrupts are pending, as far as this process has seen them. */
  readonly interrupted = new Set<string>()

  constructor(room: ScanRoom, known = threadValues()) {
    this.#room = room
    this.known = known
  }

  /** What was clean by an entry of the allow list is scanned again when the entry has ended. */
  follow(allow: AllowFilter | undefined): void {
    const version = allow?.version ?? 0
    if (version === this.#allowVersion) return
    this.#allowVersion = version
    this.forgetScans()
    this.known.version++
  }

  /** Scans a string, or answers from an earlier scan of the same string. */
  scan(scanner: Scanner, text: string, context: ScanContext, structural: boolean): readonly Hit[] {
    const known = structural ? undefined : this.known
    const contextual = context.key !== undefined && scanner.isContextual(context.key)
    // What one path allows may not be answered for another.
    const byPath = scanner.allow?.isByPath(context.path) === true
    if (contextual || byPath || text.length < MIN_CACHED) return scanner.scan(text, context, known)
    const scans = structural ? this.#structuralScans : this.#scans
    const version = structural ? 0 : this.known.version
    const cached = scans.get(text)
    if (cached !== undefined && cached.version === version) return cached.hits
    const hits = scanner.scan(text, context, known)
    if (cached === undefined) this.#room.take(text.length + ENTRY_CHARS)
    scans.set(text, { version, hits })
    return hits
  }

  /**
   * A value that was put behind a claim later than it was minted: written again, it goes by that claim, not by one of its
   * own that knows nothing of the next replacement.
   */
  alias(payload: Payload, name: ClaimName): void {
    if (this.#aliases.size >= MAX_ALIASES) this.#aliases.clear()
    // What was scrubbed before goes by another claim from now on.
    this.known.version++
    this.#aliases.set(aliasKey(payload), name)
  }

  forgetAliases(): void {
    this.known.version++
    this.#aliases.clear()
  }

  aliasOf(payload: Payload): ClaimName | undefined {
    return this.#aliases.size === 0 ? undefined : this.#aliases.get(aliasKey(payload))
  }

  /** Runs `work` once what was given before is done. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** The vault holds this claim, place and run: until the window ends no write needs to ask again. */
  confirm(id: ClaimId, place: PlaceTag, runId: string | undefined, windowMs: number): void {
    this.hasClaims = true
    if (this.#confirmed.size >= MAX_CONFIRMED) this.#confirmed.clear()
    this.#confirmed.set(confirmKey(id, place, runId), performance.now() + windowMs)
  }

  isConfirmed(id: ClaimId, place: PlaceTag, runId: string | undefined): boolean {
    const until = this.#confirmed.get(confirmKey(id, place, runId))
    return until !== undefined && until > performance.now()
  }

  /** True at most once in `everyMs`: the caller then records that the thread is in use. */
  isTouchDue(everyMs: number): boolean {
    if (performance.now() - this.#touchedAt < everyMs) return false
    this.touched()
    return true
  }

  touched(): void {
    this.#touchedAt = performance.now()
  }

  forgetScans(): void {
    this.#scans.clear()
    this.#structuralScans.clear()
  }
}

/** Bytes are never replaced by a process that reads them. */
function aliasKey(payload: Payload): string {
  return payload.kind === 'text'
    ? `text ${payload.text}`
    : payload.kind === 'bytes'
      ? 'bytes'
      : `${payload.kind} ${payload.json}`
}

function confirmKey(id: ClaimId, place: PlaceTag, runId: string | undefined): string {
  return `${placeKey(id, place)} ${runId ?? ''}`
}

/** The threads that this process used last. */
export class ThreadMemories implements ScanRoom {
  readonly #threads = new Map<string, ThreadMemory>()
  #cachedChars = 0

  /** @param known shared by several scopes, such as the items of one namespace; of its own unless told. */
  of(tenant: string, threadId: string, known?: KnownValues): ThreadMemory {
    const key = JSON.stringify([tenant, threadId])
    let memory = this.#threads.get(key)
    if (memory === undefined) memory = new ThreadMemory(this, known)
    else this.#threads.delete(key)
    this.#threads.set(key, memory)
    if (this.#threads.size > MAX_THREADS) this.#threads.delete(this.#threads.keys().next().value!)
    return memory
  }

  take(chars: number): void {
    this.#cachedChars += chars
    if (this.#cachedChars <= MAX_CACHED_CHARS) return
    for (const memory of this.#threads.values()) memory.forgetScans()
    this.#cachedChars = chars
  }

  forget(tenant: string, threadId: string): void {
    this.#threads.delete(JSON.stringify([tenant, threadId]))
  }
}
