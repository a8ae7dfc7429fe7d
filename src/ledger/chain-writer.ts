import { InputError, VaultClosedError, VaultReadOnlyError } from '../errors.js'
import { Chain, type IssuedLink } from './chain.js'
import type { LedgerEvent, LedgerRecord } from './event.js'
import { EventThrottle } from './event-throttle.js'
import { type FirstKeySealer, sealFirstKey } from './first-key.js'
import { HeadKeeper, type LedgerRollback } from './head-keeper.js'
import type { LedgerStore } from './ledger-store.js'
import type { Admission, LedgerWriter } from './ledger-writer.js'

export interface ChainWriterOptions extends FirstKeySealer {
  readonly store: Pick<LedgerStore, 'registerWriter' | 'advanceHead' | 'listWriters'>
  /** Reads the store's clock, ms since the epoch. */
  readonly readClock: () => Promise<number>
  /** Called when the store turns out to hold an older state than this writer left: a restored backup. */
  readonly onRollback?: (rollback: LedgerRollback) => void | Promise<void>
}

/**
 * Signs each record under a key that is used once and then forgotten: what is written cannot be rewritten later, not
 * even with all that this process holds by then.
 * @see docs/adr/0009-ratcheted-links.md
 */
export class ChainWriter implements LedgerWriter {
  readonly #throttle = new EventThrottle()
  readonly #options: ChainWriterOptions
  #clock: { readonly now: number; readonly read: number } | undefined
  #opening: Promise<HeadKeeper> | undefined
  #id = ''
  #closed = false

  constructor(options: ChainWriterOptions) {
    this.#options = options
  }

  /** Empty until the chain is registered, with the first record. */
  get id(): string {
    return this.#id
  }

  admit(given: readonly LedgerEvent[]): Admission {
    const admitted = given.flatMap((event) => (event.outcome === 'denied' ? this.#throttle.admit(event) : event))
    const due = admitted.length === 0 ? [] : this.#throttle.due()
    const giveBack = () => {
      for (const event of admitted) if (event.outcome === 'denied') this.#throttle.giveBack(event)
      for (const event of due) this.#throttle.giveBackDue(event)
    }
    return { events: [...admitted, ...due], giveBack }
  }

  held(): readonly LedgerEvent[] {
    return this.#throttle.takeAll()
  }

  observe(now: number): void {
    this.#clock = { now, read: performance.now() }
  }

  now(): number | undefined {
    return this.#clock === undefined ? undefined : this.#now()
  }

  async record<Result>(
    work: (link: (events: readonly LedgerEvent[]) => readonly LedgerRecord[]) => Promise<Result>,
    isStored: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    const keeper = await this.#open()
    const { chain } = keeper
    let links: readonly IssuedLink[] = []
    try {
      const result = await work((events) => {
        // A link beyond the registered end would look like a forgery.
        if (this.#closed) throw new VaultClosedError()
        chain.giveBack(links)
        links = chain.issue(events.length)
        const at = this.#now()
        return events.map((event, i) => chain.sign(event, links[i]!, at))
      })
      if (isStored(result)) chain.settle(links)
      else chain.giveBack(links)
      return result
    } catch (error) {
      if (isRefusal(error)) chain.giveBack(links)
      else chain.leaveUnknown(links)
      throw error
    } finally {
      if (links.length > 0) keeper.moved()
    }
  }

  async close(): Promise<void> {
    const keeper = await this.#current()
    // May find a rollback, which is answered by events in a new chain.
    await keeper?.register()
    this.#closed = true
    await (await this.#current())?.close()
  }

  #current(): Promise<HeadKeeper | undefined> {
    return this.#opening?.catch(() => undefined) ?? Promise.resolve(undefined)
  }

  /** Registered before the first record, so that no record stands without its writer. */
  #open(): Promise<HeadKeeper> {
    this.#opening ??= this.#register().catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    return this.#opening
  }

  async #register(): Promise<HeadKeeper> {
    const { store, readClock, onRollback } = this.#options
    if (this.#clock === undefined) this.observe(await readClock())
    const startedAt = this.#now()
    const { chain, sealed } = await Chain.begin((id, firstKey) => sealFirstKey(this.#options, id, startedAt, firstKey))
    const head = chain.head(startedAt, false)
    await store.registerWriter({ writer: chain.id, startedAt, ...sealed, ...head })
    this.#id = chain.id
    return new HeadKeeper({
      chain,
      store,
      registered: head,
      now: () => this.#now(),
      onRollback: async (rollback) => {
        this.#opening = undefined
        await onRollback?.(rollback)
      },
    })
  }

  #now(): number {
    const { now, read } = this.#clock!
    return Math.round(now + performance.now() - read)
  }
}

/** Errors after which nothing is stored for certain; after any other one nobody knows. */
function isRefusal(error: unknown): boolean {
  return error instanceof InputError || error instanceof VaultReadOnlyError
}
