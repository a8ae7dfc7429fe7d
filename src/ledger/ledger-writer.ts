import type { LedgerEvent, LedgerRecord } from './event.js'

/** Events to write now. */
export interface Admission {
  readonly events: readonly LedgerEvent[]
  /** To be called when they could not be stored, so that what they count is not lost. */
  giveBack(): void
}

/** What every event passes on its way to the store, whatever it happened to. */
export interface LedgerWriter {
  /** Names this writer's chain. Changes when a new chain begins, because the store was rolled back. */
  readonly id: string
  /** Leaves out repeated denials, which are held back and counted, and adds counts whose time has come. */
  admit(events: readonly LedgerEvent[]): Admission
  /** Takes what is still held back, to be written before the end. */
  held(): readonly LedgerEvent[]
  /** Tells the writer the store's clock, ms since the epoch, each time that it was read. */
  observe(now: number): void
  /** The store's clock as it should be by now; undefined before it was read. */
  now(): number | undefined
  /**
   * Runs a transaction whose events become records of this writer's chain.
   * @param work stores what `link` gives, in one transaction; may call `link` again when it runs the transaction again.
   * @param isStored false when the store has refused the transaction: then its links are used again.
   */
  record<Result>(
    work: (link: (events: readonly LedgerEvent[]) => readonly LedgerRecord[]) => Promise<Result>,
    isStored?: (result: Result) => boolean,
  ): Promise<Result>
  /** Registers the chain's end. Never throws: an end that could not be registered is one that a crash leaves. */
  close(): Promise<void>
}
