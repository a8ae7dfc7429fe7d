import type { Principal } from '../../access/principal.js'
import type { UnresolvedReason } from '../../vault/claim-row.js'
import { placeKey } from '../../vault/mint.js'
import type { RestoreRequest } from '../../vault/restore.js'
import { ClaimScope } from '../../vault/scrub/claim-scope.js'
import type { VaultContext } from '../../vault/vault-context.js'
import type { Journal, JournalCell } from '../fix/journal.js'
import { restoreAll } from '../fix/restore-all.js'
import { hashCell } from '../fix/seal-mode.js'
import type { CellChange, FixStore, StoredCell } from '../fix/store.js'
import { claimsOf, ejectCell } from './eject-cell.js'

const THREADS = 200
const BATCH_CELLS = 64
const BATCH_BYTES = 4 << 20
const MAX_ROUNDS = 5

export interface EjectOptions {
  readonly store: FixStore
  readonly vault: VaultContext
  readonly tenant: string
  /** Needs the right to restore; named in the ledger with every claim. */
  readonly principal: Principal
  readonly journal: Journal
}

export interface EjectResult {
  /** Cells that hold plaintext again. */
  readonly cells: number
  /** Claims that were given out, and those that were not, by reason. */
  readonly claims: number
  readonly left: Readonly<Partial<Record<UnresolvedReason, number>>>
  /** Cells that a running graph kept changing; run it again. */
  readonly changing: number
}

interface Found {
  readonly cell: StoredCell
  readonly refs: RestoreRequest['refs']
  /** Holds escaped URLs that are to be literal text again. */
  readonly unescapes: boolean
}

/**
 * Writes plaintext back in place of claim URLs, so that a bare saver reads the store again. What has ended stays a URL, and
 * is counted. Claims stay as they are. A run that was cut off is called again: what it wrote is told by the journal, so that
 * literal text which looks like a claim URL is not taken for one.
 */
export async function runEject(options: EjectOptions): Promise<EjectResult> {
  const ejected = new Set<string>()
  for (const { after } of options.journal.cells()) ejected.add(after)
  const tally = { cells: 0, claims: new Set<string>(), left: new Map<string, UnresolvedReason>(), changing: 0 }
  for (let after: string | undefined; ; ) {
    const threadIds = await options.store.listThreads(after, THREADS)
    for (const threadId of threadIds) await new ThreadEject(options, threadId, ejected, tally).run()
    if (threadIds.length < THREADS) break
    after = threadIds.at(-1)
  }
  const left: Partial<Record<UnresolvedReason, number>> = {}
  for (const reason of tally.left.values()) left[reason] = (left[reason] ?? 0) + 1
  return { cells: tally.cells, claims: tally.claims.size, left, changing: tally.changing }
}

interface Tally {
  cells: number
  readonly claims: Set<string>
  readonly left: Map<string, UnresolvedReason>
  changing: number
}

class ThreadEject {
  readonly #options: EjectOptions
  readonly #scope: ClaimScope
  readonly #ejected: Set<string>
  readonly #tally: Tally

  constructor(options: EjectOptions, threadId: string, ejected: Set<string>, tally: Tally) {
    this.#options = options
    this.#scope = new ClaimScope(options.vault.naming, options.tenant, threadId)
    this.#ejected = ejected
    this.#tally = tally
  }

  async run(): Promise<void> {
    let waiting: Found[] = []
    let bytes = 0
    for await (const cell of this.#options.store.cells(this.#scope.threadId)) {
      const found = this.#look(cell)
      if (found === undefined) continue
      waiting.push(found)
      bytes += cell.bytes.length
      if (waiting.length < BATCH_CELLS && bytes < BATCH_BYTES) continue
      await this.#commit(waiting)
      waiting = []
      bytes = 0
    }
    await this.#commit(waiting)
  }

  #look(cell: StoredCell): Found | undefined {
    const { refs, escaped } = claimsOf(cell, this.#scope)
    const unescapes = escaped && !this.#ejected.has(this.#hash(cell.bytes))
    return refs.length === 0 && !unescapes ? undefined : { cell, refs, unescapes }
  }

  async #commit(given: readonly Found[]): Promise<void> {
    let todo = given
    for (let attempt = 0; todo.length > 0; attempt++) {
      const changed = await this.#commitOnce(todo)
      if (attempt >= MAX_ROUNDS) {
        this.#tally.changing += changed.length
        return
      }
      const now = await Promise.all(changed.map((cell) => this.#options.store.read(cell)))
      todo = now.flatMap((cell) => (cell === undefined ? [] : (this.#look(cell) ?? [])))
    }
  }

  async #commitOnce(todo: readonly Found[]): Promise<readonly StoredCell[]> {
    const { store, vault, principal, journal } = this.#options
    const refs = todo.flatMap((each) => each.refs)
    const found = refs.length === 0 ? new Map() : await restoreAll(vault, this.#scope, refs, principal)
    const { threadId } = this.#scope
    for (const { id, place } of refs) {
      const result = found.get(placeKey(id, place))
      const name = `${threadId} ${id}`
      if (result !== undefined && 'payload' in result) this.#tally.claims.add(name)
      else this.#tally.left.set(name, result?.reason ?? 'unknown')
    }
    const payloadAt = (key: string) => {
      const result = found.get(key)
      return result !== undefined && 'payload' in result ? result.payload : undefined
    }
    const ejected = todo
      .map(({ cell, unescapes }) => ({ unescapes, change: ejectCell(cell, this.#scope, payloadAt, unescapes) }))
      .filter(({ change }) => change.bytes !== change.cell.bytes)
    const changes = ejected.map(({ change }) => change)
    const literal = ejected.filter(({ unescapes }) => unescapes).map(({ change }) => this.#journalCell(change))
    journal.append(literal)
    const made = await store.replace(changes)
    for (const { after } of literal) this.#ejected.add(after)
    this.#tally.cells += made.filter(Boolean).length
    return changes.filter((_, i) => made[i] !== true).map(({ cell }) => cell)
  }

  #journalCell({ cell, bytes }: CellChange): JournalCell {
    const { table, column, key } = cell
    return { table, column, key, before: this.#hash(cell.bytes), after: this.#hash(bytes), undo: [] }
  }

  #hash(bytes: Uint8Array): string {
    return hashCell(this.#options.vault, this.#scope, bytes)
  }
}
