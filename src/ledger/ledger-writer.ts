import type { LedgerEvent, LedgerRecord } from './event.js'

/** What every event passes on its way to the store, whatever it happened to. */
export interface LedgerWriter {
  /** Names this writer in what it writes: one for each opened vault. */
  readonly id: string
  /** @returns the given events without repeated denials, which are held back and counted. */
  admit(events: readonly LedgerEvent[]): readonly LedgerEvent[]
  /** Tells the writer the store's clock, ms since the epoch, each time that it was read. */
  observe(now: number): void
  /**
   * Runs a transaction whose events become records of this writer's chain.
   * @param work stores what `link` gives, in one transaction; may call `link` again when it runs the transaction again.
   * @param isStored false when the store has refused the transaction: then its links are used again.
   */
  record<Result>(
    work: (link: (events: readonly LedgerEvent[]) => readonly LedgerRecord[]) => Promise<Result>,
    isStored?: (result: Result) => boolean,
  ): Promise<Result>
  /** Registers the chain's end. */
  close(): Promise<void>
}
