import { randomUUID } from 'node:crypto'
import type { LedgerEntry } from '../event.js'
import type { LedgerStore } from '../ledger-store.js'
import { type FollowerState, late, nextState, parseState } from './follower-state.js'
import type { LedgerSink } from './ledger-sink.js'

const BATCH = 500
const LOCK_MS = 60_000
const MAX_WAIT_MS = 60_000
/** How long closing waits for the last delivery. */
const CLOSE_MS = 5_000

export interface FollowerStore extends Pick<LedgerStore, 'readEvents'> {
  acquireLock(request: { readonly name: string; readonly holder: string; readonly ttlMs: number }): Promise<boolean>
  releaseLock(name: string, holder: string): Promise<void>
  readNote(name: string): Promise<string | undefined>
  writeNote(name: string, text: string): Promise<void>
}

export interface FollowerOptions {
  readonly store: FollowerStore
  readonly sink: LedgerSink
  /** A vault hands on its own tenant's events. */
  readonly tenant: string
  readonly everyMs: number
  /** The store's clock. */
  readonly readClock: () => Promise<number>
}

/**
 * Brings the stored ledger to a sink, and keeps in the store how far it has come: a sink that is down loses nothing, and
 * no call ever waits for one. Of several processes one at a time delivers.
 */
export class Follower {
  readonly #options: FollowerOptions
  readonly #holder = randomUUID()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #waitMs: number
  #stopped = false

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#waitMs = options.everyMs
  }

  start(): void {
    this.#timer = setTimeout(async () => {
      try {
        await this.catchUp()
        this.#waitMs = this.#options.everyMs
      } catch {
        // The sink or the store is down; what is not delivered stays in the ledger.
        this.#waitMs = Math.min(this.#waitMs * 2, MAX_WAIT_MS)
      }
      if (!this.#stopped) this.start()
    }, this.#waitMs).unref()
  }

  /** Delivers what is stored by now. @throws whatever the sink or the store threw. */
  catchUp(): Promise<void> {
    this.#running ??= this.#follow().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** One last try, within 5 s. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    let timer: NodeJS.Timeout | undefined
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS)
    })
    await Promise.race([this.catchUp().catch(() => undefined), waited])
    this.#stopped = true
    clearTimeout(timer)
    clearTimeout(this.#timer)
  }

  async #follow(): Promise<void> {
    const { store, readClock } = this.#options
    const name = this.#noteName()
    if (await this.#isIdle(name)) return
    const lock = { name, holder: this.#holder, ttlMs: LOCK_MS }
    if (!(await store.acquireLock(lock))) return
    try {
      await registerFollower(store, name)
      let state = parseState(await store.readNote(name))
      const now = await readClock()
      for (;;) {
        const { page, entries } = await this.#read(state)
        await this.#deliver(entries)
        const next = nextState(state, page, entries, now)
        if (JSON.stringify(next) !== JSON.stringify(state)) await store.writeNote(name, JSON.stringify(next))
        state = next
        if (page.length < BATCH || this.#stopped || !(await store.acquireLock(lock))) return
      }
    } finally {
      await store.releaseLock(name, this.#holder).catch(() => undefined)
    }
  }

  /** Asked first, so that an idle vault costs reads alone. */
  async #isIdle(name: string): Promise<boolean> {
    const { store } = this.#options
    const { after, gaps } = parseState(await store.readNote(name))
    return after > 0 && gaps.length === 0 && (await store.readEvents({ after, limit: 1 })).length === 0
  }

  /** The next page, and before it what was stored late at numbers that were passed over. */
  async #read(
    state: FollowerState,
  ): Promise<{ readonly page: readonly LedgerEntry[]; readonly entries: readonly LedgerEntry[] }> {
    const { store } = this.#options
    const page = await store.readEvents({ after: state.after, limit: BATCH })
    return { page, entries: [...(await late(store, state)), ...page] }
  }

  async #deliver(entries: readonly LedgerEntry[]): Promise<void> {
    const { sink, tenant } = this.#options
    const own = entries.filter((entry) => entry.tenant === tenant)
    if (own.length > 0) await sink.deliver(own)
  }

  #noteName(): string {
    return `ledger-sink:${this.#options.tenant}:${this.#options.sink.name}`
  }
}

const FOLLOWERS = 'ledger-sinks'

async function registerFollower(store: FollowerStore, name: string): Promise<void> {
  const names = await followerNames(store)
  if (!names.includes(name)) await store.writeNote(FOLLOWERS, JSON.stringify([...names, name]))
}

async function followerNames(store: FollowerStore): Promise<readonly string[]> {
  return JSON.parse((await store.readNote(FOLLOWERS)) ?? '[]') as string[]
}

/** How far the sink that is furthest behind has come; undefined when there is none. */
export async function slowestFollower(
  store: FollowerStore,
): Promise<{ readonly name: string; readonly after: number } | undefined> {
  let slowest: { readonly name: string; readonly after: number } | undefined
  for (const name of await followerNames(store)) {
    const { after } = parseState(await store.readNote(name))
    if (slowest === undefined || after < slowest.after) slowest = { name, after }
  }
  return slowest
}
