import type { LedgerEntry, LedgerQuery } from './event.js'
import type { LinkRange } from './link-ranges.js'

/** How far a writer's chain has come. Registered now and then, so that a chain that was cut off behind it is noticed. */
export interface LedgerHead {
  /** The last link handed out; 0 for none. */
  readonly link: number
  readonly at: number
  /** Links up to `link` that may be missing: in flight, given back, or of a commit with an unknown outcome. */
  readonly unsettled: readonly LinkRange[]
  /** True once the writer has closed its chain. */
  readonly closed: boolean
  /** HMAC under a key that only the chain's state after `link` gives, over writer and head. */
  readonly mac: Uint8Array
}

/** One writer's chain: where it began, and its registered head. */
export interface LedgerWriterRow extends LedgerHead {
  readonly writer: string
  readonly startedAt: number
  /** The key that the chain's first key is sealed to: a KEK's id, or an auditor's public key's. */
  readonly keyId: string
  readonly sealedTo: 'kek' | 'auditor'
  readonly sealedKey: Uint8Array
}

/** A signed Merkle root over the records of an interval. */
export interface LedgerRootRow {
  /** From 1, without a gap. */
  readonly number: number
  /** Covers records with `fromSeq <= seq <= toSeq`. */
  readonly fromSeq: number
  readonly toSeq: number
  readonly count: number
  readonly at: number
  readonly root: Uint8Array
  /** Digest of the row before; 32 zero bytes for the first. */
  readonly previous: Uint8Array
  /** JSON: for each writer in order, the ranges of links that the interval holds. Explains gaps after a prune. */
  readonly writers: string
  readonly keyId: string
  readonly signature: Uint8Array
}

/** The ledger's side of a claim store. Rows are appended; only a prune, up to a sealed root, removes any. */
export interface LedgerStore {
  /** In order of `seq`. Two writers may commit out of that order: a reader that follows the ledger looks back a little. */
  readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]>
  /** First wins; does nothing for a writer that is registered already. */
  registerWriter(row: LedgerWriterRow): Promise<void>
  /** Moves a writer's head if its stored `link` is still `expectedLink`. @returns false otherwise, or without such a writer. */
  advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean>
  /** In order of `writer`, those greater than `after`; 500 at most unless told. */
  listWriters(after?: string, limit?: number): Promise<readonly LedgerWriterRow[]>
  /** @returns false when a root of this number is stored already. */
  addRoot(row: LedgerRootRow): Promise<boolean>
  /** In order of `number`, those greater than `after` (0 unless told); 500 at most unless told. */
  listRoots(after?: number, limit?: number): Promise<readonly LedgerRootRow[]>
  /** Removes records with `seq <= throughSeq`, which must not lie beyond the last stored root. @returns how many went. */
  pruneEvents(throughSeq: number): Promise<number>
}
