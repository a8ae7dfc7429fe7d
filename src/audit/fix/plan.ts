import type { CellEdit, LeftReason } from './scrub-cell.js'
import type { StoredCell } from './store.js'

/** Where secrets stand and what takes their place; how often. Never a value. */
export interface PlanEntry {
  readonly table: string
  readonly column: string
  readonly channel: string
  /** With `*` for positions in lists, and for names that are secrets themselves. */
  readonly path: string
  readonly ruleId: string
  /** `text`: within a string. `value`: a whole value, which becomes a string. `key`: the name of a field. */
  readonly shape: 'text' | 'value'
  readonly copies: number
  readonly cells: number
  readonly threads: number
}

/** What stays as it is, and why. */
export interface LeftEntry {
  /** Table and column, or a file. */
  readonly place: string
  readonly reason: LeftReason | 'found-by-audit' | 'still-there' | 'written-meanwhile'
  readonly count: number
}

interface Tally {
  readonly entry: Omit<PlanEntry, 'copies' | 'cells' | 'threads'>
  copies: number
  cells: number
  threads: number
  lastThread: string
}

const MAX_ENTRIES = 10_000

/** What was found, counted by shape. Threads come one after the other. */
export class Plan {
  readonly #tallies = new Map<string, Tally>()
  readonly #left = new Map<string, LeftEntry>()
  cells = 0
  copies = 0
  threads = 0
  #lastThread: string | undefined

  /** @param hides true for a name that is itself a secret. */
  add(cell: StoredCell, edits: readonly CellEdit[], hides: (name: string) => boolean): void {
    if (edits.length === 0) return
    this.cells++
    if (this.#lastThread !== cell.threadId) this.threads++
    this.#lastThread = cell.threadId
    const seen = new Set<Tally>()
    for (const edit of edits) {
      const path = edit.path
        .slice(1)
        .map((part) => (typeof part === 'number' || hides(part) ? '*' : part))
        .join('.')
      const shape = edit.old === undefined ? 'value' : 'text'
      const channel = hides(edit.channel) ? '*' : edit.channel
      for (const { ruleId } of edit.claims) {
        const tally = this.#tally({ table: cell.table, column: cell.column, channel, path, ruleId, shape })
        tally.copies++
        this.copies++
        seen.add(tally)
      }
    }
    for (const tally of seen) {
      tally.cells++
      if (tally.lastThread !== cell.threadId) tally.threads++
      tally.lastThread = cell.threadId
    }
  }

  leave(place: string, reason: LeftEntry['reason'], count = 1): void {
    const name = `${reason} ${place}`
    this.#left.set(name, { place, reason, count: (this.#left.get(name)?.count ?? 0) + count })
  }

  /** Most copies first. */
  get entries(): readonly PlanEntry[] {
    return [...this.#tallies.values()]
      .map(({ entry, copies, cells, threads }) => ({ ...entry, copies, cells, threads }))
      .sort((a, b) => b.copies - a.copies)
  }

  get left(): readonly LeftEntry[] {
    return [...this.#left.values()]
  }

  #tally(entry: Tally['entry']): Tally {
    const full = this.#tallies.size >= MAX_ENTRIES
    const kept = full ? { ...entry, path: '*' } : entry
    const name = JSON.stringify(Object.values(kept))
    let tally = this.#tallies.get(name)
    if (tally === undefined) {
      tally = { entry: kept, copies: 0, cells: 0, threads: 0, lastThread: '' }
      this.#tallies.set(name, tally)
    }
    return tally
  }
}
