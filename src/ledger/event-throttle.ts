import type { LedgerEvent } from './event.js'

const WINDOW_MS = 10_000
const MAX_KEYS = 10_000

/**
 * Holds back repeats of the same denial, so that whoever is denied cannot flood the ledger: within a window the first
 * one is written at once, later ones are counted into the next.
 */
export class EventThrottle {
  readonly #seen = new Map<string, { until: number; held: number }>()

  /** The event to write, with the count that it stands for; undefined to hold it back. */
  admit(event: LedgerEvent, now = performance.now()): LedgerEvent | undefined {
    const { claims, ...rest } = event
    const key = JSON.stringify([rest, claims])
    const seen = this.#seen.get(key)
    if (seen !== undefined && seen.until > now) {
      seen.held += 1
      return undefined
    }
    if (this.#seen.size >= MAX_KEYS) this.#seen.clear()
    this.#seen.set(key, { until: now + WINDOW_MS, held: 0 })
    return seen === undefined || seen.held === 0 ? event : { ...event, count: seen.held + 1 }
  }
}
