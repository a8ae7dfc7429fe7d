import { randomUUID } from 'node:crypto'
import type { LedgerEvent } from './event.js'
import { EventThrottle } from './event-throttle.js'

/** What every event passes on its way to the store, whatever it happened to. */
export interface LedgerWriter {
  /** Names this writer in what it writes: one for each opened vault. */
  readonly id: string
  /** @returns what is stored in place of the given events; repeated denials are held back and counted. */
  prepare(events: readonly LedgerEvent[]): readonly LedgerEvent[]
}

/** Writes events as they are. The table refuses changes; nothing here proves it yet. */
export class AppendingLedgerWriter implements LedgerWriter {
  readonly id = randomUUID()
  readonly #throttle = new EventThrottle()

  prepare(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
    return events.flatMap((event) => (event.outcome === 'denied' ? (this.#throttle.admit(event) ?? []) : event))
  }
}
