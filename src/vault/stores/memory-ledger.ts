import type { LedgerEntry, LedgerQuery, LedgerRecord } from '../../ledger/event.js'
import { repeatedLink } from './check-commit.js'
import { ledgerCodec } from './codecs.js'
import { matches } from './ledger-matches.js'
import { pairKey } from './memory-state.js'
import { checkLimit } from './row-codec.js'

/** The records of a ledger in memory. */
export class MemoryLedger {
  readonly #links = new Set<string>()
  #entries: LedgerEntry[] = []
  #lastSeq = 0

  /** Copied and checked; numbered when it is appended. */
  entries(records: readonly LedgerRecord[]): readonly LedgerEntry[] {
    const links = new Set<string>()
    return records.map((record) => {
      const link = pairKey(record.writer, String(record.link))
      if (this.#links.has(link) || links.has(link)) throw repeatedLink()
      links.add(link)
      return ledgerCodec.copy({ ...record, seq: 0 })
    })
  }

  append(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      this.#entries.push({ ...entry, seq: ++this.#lastSeq })
      this.#links.add(pairKey(entry.writer, String(entry.link)))
    }
  }

  find(query: LedgerQuery): readonly LedgerEntry[] {
    return this.#entries
      .filter((entry) => entry.seq > (query.after ?? 0) && matches(entry, query))
      .slice(0, checkLimit(query.limit ?? 1000))
      .map((entry) => ledgerCodec.copy(entry))
  }

  /** @returns how many went. */
  prune(throughSeq: number): number {
    const kept = this.#entries.filter(({ seq }) => seq > throughSeq)
    const count = this.#entries.length - kept.length
    this.#entries = kept
    return count
  }
}
