import type { AccessRecord, RecordChange, RecordFilter } from '../access-record.js'
import type { ClaimId } from '../claim-store.js'
import { recordKey } from './check-commit.js'
import { recordCodec } from './codecs.js'
import { compareText, sameBytes } from './compare.js'
import { checkLimit } from './row-codec.js'

/** The access records of a store in memory. */
export class MemoryRecords {
  readonly #records = new Map<string, AccessRecord>()

  /** True when a change meets another record than expected, or names a claim that `isKnown` does not know. */
  refuses(changes: readonly RecordChange[], isKnown: (id: ClaimId) => boolean): boolean {
    return changes.some(({ record, expectedMac }) => {
      const stored = this.#records.get(keyOf(record))
      const isExpected = expectedMac === null ? stored === undefined : sameBytes(stored?.mac, expectedMac)
      return !isExpected || (record.claimId !== null && !isKnown(record.claimId))
    })
  }

  /** @param records copies, which are kept. */
  put(records: readonly AccessRecord[]): void {
    for (const record of records) this.#records.set(keyOf(record), record)
  }

  find({ tenant, kind, ids, claimIds, holders, threadId, after, limit = 500 }: RecordFilter): readonly AccessRecord[] {
    const isAmong = (list: readonly string[] | undefined, value: string | null): boolean =>
      list === undefined || (value !== null && list.includes(value))
    return [...this.#records.values()]
      .filter(
        (record) =>
          record.tenant === tenant &&
          record.kind === kind &&
          isAmong(ids, record.id) &&
          isAmong(claimIds, record.claimId) &&
          isAmong(holders, record.holder) &&
          (threadId === undefined || record.threadId === threadId) &&
          (after === undefined || compareText(record.id, after) > 0),
      )
      .sort((a, b) => compareText(a.id, b.id))
      .slice(0, checkLimit(limit))
      .map((record) => recordCodec.copy(record))
  }

  deleteThread(tenant: string, threadId: string): void {
    for (const [key, record] of this.#records) {
      if (record.tenant === tenant && record.threadId === threadId) this.#records.delete(key)
    }
  }

  /** Removes what expired at `through` or before, oldest first, `room` at most. */
  sweep(through: number, room: number): { readonly removed: number; readonly more: boolean } {
    const due = [...this.#records]
      .filter(([, { expiresAt }]) => expiresAt <= through)
      .sort(([, a], [, b]) => a.expiresAt - b.expiresAt)
    const gone = due.slice(0, room)
    for (const [key] of gone) this.#records.delete(key)
    return { removed: gone.length, more: due.length > gone.length }
  }
}

const keyOf = ({ tenant, kind, id }: AccessRecord): string => recordKey(tenant, kind, id)
