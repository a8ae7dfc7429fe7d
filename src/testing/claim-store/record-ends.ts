import { describe, expect, it } from 'vitest'
import type { AccessRecord, RecordFilter } from '../../vault/access-record.js'
import {
  accessRecord,
  claimRow,
  clock,
  ledgerEvent,
  link,
  loadRow,
  put,
  type StoreContext,
  TENANT,
  THREAD,
} from './harness.js'
import { findRecords, inserted, putRecords, swapped } from './record-harness.js'

const DAY = 24 * 60 * 60_000

const idsOf = (records: readonly AccessRecord[]): readonly string[] => records.map(({ id }) => id)

export function describeRecordEnds(context: StoreContext): void {
  const find = (filter?: Partial<RecordFilter>) => findRecords(context, filter)
  const store = (...records: readonly AccessRecord[]) => putRecords(context, ...records)

  describe('of a deleted thread', () => {
    it('is erased, and those of other threads and tenants stay', async () => {
      const [mine, beside] = [claimRow(), claimRow({ threadId: 'thread-2' })] as const
      const gone = [
        accessRecord({ claimId: mine.id, holder: 'alice' }),
        accessRecord({ kind: 'use', claimId: mine.id }),
        accessRecord({ kind: 'approval' }),
      ]
      const kept = [
        accessRecord({ threadId: 'thread-2', claimId: beside.id, holder: 'alice' }),
        accessRecord({ tenant: 'globex' }),
      ]
      await put(context.store, { insert: [mine, beside], records: [...gone, ...kept].map(inserted) })
      const event = ledgerEvent({ operation: 'delete-thread', threadId: THREAD })
      expect(await context.store.deleteThread(TENANT, THREAD, event, link)).toBe(1)
      expect(await find()).toEqual([kept[0]])
      expect(await find({ holders: ['alice'] })).toEqual([kept[0]])
      expect(await find({ claimIds: [mine.id] })).toEqual([])
      for (const kind of ['use', 'approval'] as const) expect(await find({ kind })).toEqual([])
      expect(await find({ tenant: 'globex' })).toEqual([kept[1]])
      expect(await context.store.readEvents({ operation: 'delete-thread' })).toMatchObject([{ claims: [mine.id] }])
    })

    it('is erased where the thread has no claim, and its id is free again', async () => {
      const record = accessRecord()
      await store(record)
      const event = ledgerEvent({ operation: 'delete-thread' })
      expect(await context.store.deleteThread(TENANT, THREAD, event, link)).toBe(0)
      expect(await find({ ids: [record.id] })).toEqual([])
      await store(record)
      expect(await find({ threadId: THREAD })).toEqual([record])
    })

    it('stays when its deletion cannot be recorded', async () => {
      const record = accessRecord()
      await store(record)
      const failing = context.store.deleteThread(TENANT, THREAD, ledgerEvent({ operation: 'delete-thread' }), () => {
        throw new Error('no key')
      })
      await expect(failing).rejects.toThrow()
      expect(await find()).toEqual([record])
    })
  })

  describe('being swept', () => {
    const sweep = (limit = 100, tombstoneMs = DAY) => context.store.sweep({ graceMs: 60_000, tombstoneMs, limit }, link)

    it('goes some time after its expiry, without an event, whatever its kind', async () => {
      const now = await clock(context.store)
      const kinds = ['grant', 'approval', 'use'] as const
      const expired = kinds.map((kind) => accessRecord({ kind, expiresAt: now - DAY - 60_000, holder: 'alice' }))
      const fresh = kinds.map((kind) => accessRecord({ kind, expiresAt: now - DAY + 60_000, holder: 'alice' }))
      await store(...expired, ...fresh, accessRecord({ expiresAt: now + DAY }))
      expect(await sweep()).toEqual({ cleared: 0, removed: 3, more: false })
      for (const [index, kind] of kinds.entries()) {
        expect(await find({ kind, holders: ['alice'] })).toEqual([fresh[index]])
        expect(await find({ kind, threadId: THREAD, ids: [expired[index]!.id] })).toEqual([])
      }
      expect(await find()).toHaveLength(2)
      expect(await context.store.readEvents({})).toEqual([])
      expect(await sweep()).toEqual({ cleared: 0, removed: 0, more: false })
    })

    it('is given the room that claims leave in a portion, oldest first, and tells whether there is more', async () => {
      const now = await clock(context.store)
      const records = [3, 1, 2, 4].map((age) => accessRecord({ id: `of-${age}`, expiresAt: now - (age + 1) * DAY }))
      const claims = Array.from({ length: 2 }, () => claimRow({ capAt: now - 2 * DAY, sweepAt: now - DAY }))
      await put(context.store, { insert: claims, records: records.map(inserted) })
      expect(await sweep(2)).toEqual({ cleared: 2, removed: 0, more: true })
      expect(await find()).toHaveLength(4)
      expect(await sweep(2)).toEqual({ cleared: 0, removed: 2, more: true })
      expect(idsOf(await find())).toEqual(['of-1', 'of-2'])
      expect(await sweep(2)).toEqual({ cleared: 0, removed: 2, more: false })
      expect(await find()).toEqual([])
    })

    it('is not swept by the expiry that it had before it was prolonged', async () => {
      const now = await clock(context.store)
      const record = accessRecord({ expiresAt: now - 2 * DAY })
      await store(record)
      const prolonged = swapped(record, { expiresAt: now + DAY })
      await put(context.store, { records: [prolonged] })
      expect(await sweep()).toMatchObject({ removed: 0 })
      expect(await find()).toEqual([prolonged.record])
      const shortened = swapped(prolonged.record, { expiresAt: now - 2 * DAY })
      await put(context.store, { records: [shortened] })
      expect(await sweep()).toMatchObject({ removed: 1 })
    })

    it('outlives its claim, since a capability that is used up must not count afresh when its claim is minted again', async () => {
      const now = await clock(context.store)
      const claim = claimRow({ state: 'spent', sealed: null, fingerprint: null, sweepAt: now - DAY })
      const record = accessRecord({ kind: 'use', claimId: claim.id, expiresAt: now + DAY })
      await put(context.store, { insert: [claim], records: [inserted(record)] })
      expect(await sweep()).toMatchObject({ removed: 1 })
      expect(await loadRow(context.store, claim.id)).toBeUndefined()
      expect(await find({ kind: 'use', claimIds: [claim.id] })).toEqual([record])
      expect(await context.store.commit({ records: [swapped(record, {})] })).toEqual({ committed: false })
    })

    it('is removed once, however many processes sweep at a time', async () => {
      const now = await clock(context.store)
      await store(...Array.from({ length: 100 }, () => accessRecord({ expiresAt: now - 2 * DAY })))
      const handles = [context.store, await context.again()]
      const sweepAll = async (index: number): Promise<number> => {
        let removed = 0
        for (let idle = 0; idle < 3; ) {
          const result = await handles[index % 2]!.sweep({ graceMs: 0, tombstoneMs: DAY, limit: 7 }, link)
          removed += result.removed
          idle = result.removed === 0 ? idle + 1 : 0
        }
        return removed
      }
      const counts = await Promise.all([0, 1, 2, 3].map(sweepAll))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100)
      expect(await find()).toEqual([])
    })
  })
}
