import type { LedgerWriter } from '../ledger/ledger-writer.js'
import { CONFIRM_MS, DAY_MS } from './claim-row.js'
import type { ClaimStore } from './claim-store.js'

const EVERY_MS = 60_000
const BATCH = 500
const TOMBSTONE_MS = 90 * DAY_MS

/** Clears what has ended: on request, and by an unref'd timer with jitter so that processes do not sweep in step. */
export class Sweeper {
  #timer: NodeJS.Timeout | undefined
  #running: Promise<number> | undefined

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

  /** @returns how many claims were cleared. */
  sweep(): Promise<number> {
    this.#running ??= this.#sweepAll().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #sweepAll(): Promise<number> {
    let cleared = 0
    for (;;) {
      const result = await this.ledger.record((link) =>
        this.store.sweep({ graceMs: CONFIRM_MS, tombstoneMs: TOMBSTONE_MS, limit: BATCH }, link),
      )
      cleared += result.cleared
      if (!result.more) return cleared
    }
  }
}
