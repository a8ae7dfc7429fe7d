import type { ScrubContext } from '../../vault/scrub/scrubber.js'
import type { CollectedValues } from './collected-values.js'
import type { ScrubbedCell } from './scrub-cell.js'
import type { StoredCell } from './store.js'

/** A cell, and what it is to become. */
export interface Rewrite {
  readonly cell: StoredCell
  readonly scrubbed: ScrubbedCell
}

/** How secrets are taken out of a thread. */
export interface ThreadWork {
  readonly context: ScrubContext
  /**
   * Makes the changes, all or none of them, each only if its cell is as it was read.
   * @returns the cells that changed meanwhile, and are to be read again.
   */
  commit(rewrites: readonly Rewrite[]): Promise<readonly StoredCell[]>
}

export interface FixMode {
  readonly name: 'seal' | 'redact'
  /** How many changes are kept until they are made; a thread at a time where an interruption could not be made up for. */
  readonly batch: { readonly cells: number; readonly bytes: number }
  /** What a cell is to become. */
  readonly scrub: (cell: StoredCell, context: ScrubContext) => ScrubbedCell
  /** @param known what is known of the thread; grows while it is read. */
  open(threadId: string, known: CollectedValues): Promise<ThreadWork>
}
