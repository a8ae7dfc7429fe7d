import { randomBytes, randomUUID } from 'node:crypto'
import { hmacSha256, utf8 } from '../seal/bytes.js'
import type { LedgerEvent, LedgerRecord } from './event.js'
import { EventThrottle } from './event-throttle.js'
import type { LedgerWriter } from './ledger-writer.js'
import { encodeRecord } from './record-bytes.js'

const NEXT = utf8('secret-safe ledger next v1')

/** Signs each record under a key that is used once and then forgotten: what is written cannot be rewritten later. */
export class ChainWriter implements LedgerWriter {
  readonly id = randomUUID()
  readonly #throttle = new EventThrottle()
  #key: Uint8Array = randomBytes(32)
  #link = 0
  #clock = { now: Date.now(), read: performance.now() }

  admit(events: readonly LedgerEvent[]): readonly LedgerEvent[] {
    return events.flatMap((event) => (event.outcome === 'denied' ? (this.#throttle.admit(event) ?? []) : event))
  }

  observe(now: number): void {
    this.#clock = { now, read: performance.now() }
  }

  async record<Result>(
    work: (link: (events: readonly LedgerEvent[]) => readonly LedgerRecord[]) => Promise<Result>,
  ): Promise<Result> {
    return work((events) => events.map((event) => this.#sign(event)))
  }

  async close(): Promise<void> {}

  #sign(event: LedgerEvent): LedgerRecord {
    this.#link += 1
    this.#key = hmacSha256(this.#key, NEXT)
    const at = Math.round(this.#clock.now + performance.now() - this.#clock.read)
    const record = { ...event, writer: this.id, link: this.#link, at }
    return { ...record, mac: hmacSha256(this.#key, encodeRecord(record)) }
  }
}
