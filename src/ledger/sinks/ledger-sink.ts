import type { LedgerEntry } from '../event.js'

/** Where events go besides the claim store. */
export interface LedgerSink {
  /** Stable and unique within a vault: how far it has come is kept under this name. */
  readonly name: string
  /**
   * Called with events in order, one call at a time; those of a call that threw come again, so that an event may arrive
   * twice. `seq` tells repeats apart. An event that was stored late may have a lower `seq` than earlier ones.
   */
  deliver(entries: readonly LedgerEntry[]): Promise<void>
}
