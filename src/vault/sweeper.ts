import type { LedgerWriter } from '../ledger/ledger-writer.js'
import { CONFIRM_MS, DAY_MS } from './claim-row.js'
import type { ClaimStore } from './claim-store.js'
import { readClock } from './ledger-options.js'

const EVERY_MS = 60_000
const BATCH = 500
const TOMBSTONE_MS = 90 * DAY_MS
const NOTE = 'swept'

/** One look at everything that was due. */
export interface SweepPass {
  /** Claims whose ciphertext was cleared. */
  readonly cleared: number
  /** Emptied rows that were removed. */
  readonly removed: number
  /** When it ended, ms since the epoch by the store's clock. */
  readonly at: number
}

/** Clears what has ended: on request, and by an unref'd timer with jitter so that processes do not sweep in step. */
export class Sweeper {
  #timer: NodeJS.Timeout | undefined
  #running: Promise<SweepPass> | undefined

  constructor(
    readonly store: ClaimStore,
    readonly ledger: LedgerWriter,
  ) {}

  start(): void {
    const delay = EVERY_MS * (0.5 + Math.random())
    this.#timer = setTimeout(() => {
      // Nothing depends on a sweep: expiry is enforced at read. A store that is down is tried again next time.
      this.sweep().catch(() => undefined)
      this.start()
    }, delay)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running?.catch(() => undefined)
  }

  /** Joins a pass that is running. */
  sweep(): Promise<SweepPass> {
    this.#running ??= this.#sweepAll().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #sweepAll(): Promise<SweepPass> {
    const total = { cleared: 0, removed: 0 }
    for (let more = true; more; ) {
      const result = await this.ledger.record((link) =>
        this.store.sweep({ graceMs: CONFIRM_MS, tombstoneMs: TOMBSTONE_MS, limit: BATCH }, link),
      )
      total.cleared += result.cleared
      total.removed += result.removed
      more = result.more
    }
    const at = await readClock(this.store)
    this.ledger.observe(at)
    await this.store.writeNote(NOTE, String(at))
    return { ...total, at }
  }
}

/** When a vault was last swept to the end, ms since the epoch by the store's clock; undefined for never. */
export async function readLastSweep(store: Pick<ClaimStore, 'readNote'>): Promise<number | undefined> {
  const at = Number((await store.readNote(NOTE)) ?? Number.NaN)
  return Number.isSafeInteger(at) ? at : undefined
}
