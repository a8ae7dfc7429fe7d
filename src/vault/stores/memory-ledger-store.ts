import type { LedgerEntry, LedgerQuery } from '../../ledger/event.js'
import type { LedgerHead, LedgerRootRow, LedgerStore, LedgerWriterRow } from '../../ledger/ledger-store.js'
import { checkPrune } from './check-commit.js'
import { ledgerRootCodec, ledgerWriterCodec } from './codecs.js'
import { compareText } from './compare.js'
import { MemoryKeyStore } from './memory-key-store.js'
import type { MemoryLedger } from './memory-ledger.js'
import type { MemoryState } from './memory-state.js'
import { checkLimit, checkTexts } from './row-codec.js'

/** The ledger of a vault in memory: its records, the heads of its chains, its roots. */
export abstract class MemoryLedgerStore extends MemoryKeyStore implements LedgerStore {
  readonly #state: MemoryState
  readonly #ledger: MemoryLedger
  readonly #writers = new Map<string, LedgerWriterRow>()
  readonly #roots: LedgerRootRow[] = []

  protected constructor(state: MemoryState, ledger: MemoryLedger) {
    super(state)
    this.#state = state
    this.#ledger = ledger
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    this.#state.check()
    checkTexts(query)
    return this.#ledger.find(query)
  }

  async registerWriter(row: LedgerWriterRow): Promise<void> {
    this.#state.check()
    if (!this.#writers.has(row.writer)) this.#writers.set(row.writer, ledgerWriterCodec.copy(row))
  }

  async advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean> {
    this.#state.check()
    const stored = this.#writers.get(writer)
    if (stored?.link !== expectedLink) return false
    this.#writers.set(writer, ledgerWriterCodec.copy({ ...stored, ...head }))
    return true
  }

  async listWriters(after = '', limit = 500): Promise<readonly LedgerWriterRow[]> {
    this.#state.check()
    return [...this.#writers.values()]
      .filter(({ writer }) => compareText(writer, after) > 0)
      .sort((a, b) => compareText(a.writer, b.writer))
      .slice(0, checkLimit(limit))
      .map((row) => ledgerWriterCodec.copy(row))
  }

  async addRoot(row: LedgerRootRow): Promise<boolean> {
    this.#state.check()
    if (row.number !== this.#roots.length + 1) return false
    this.#roots.push(ledgerRootCodec.copy(row))
    return true
  }

  async listRoots(after = 0, limit = 500): Promise<readonly LedgerRootRow[]> {
    this.#state.check()
    return this.#roots.slice(after, after + checkLimit(limit)).map((row) => ledgerRootCodec.copy(row))
  }

  async pruneEvents(throughSeq: number): Promise<number> {
    this.#state.check()
    checkPrune(throughSeq, this.#roots.at(-1)?.toSeq)
    return this.#ledger.prune(throughSeq)
  }
}
