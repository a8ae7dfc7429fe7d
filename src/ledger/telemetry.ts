import type { LedgerEvent } from './event.js'

/** Watches what is written to the ledger, in the caller's own context. */
export interface LedgerTelemetry {
  /** Runs `work`, which stores the events; whatever it throws or gives passes through. */
  around<Result>(events: readonly LedgerEvent[], work: () => Promise<Result>): Promise<Result>
}
