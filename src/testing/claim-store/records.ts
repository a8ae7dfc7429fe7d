import { describe, expect, it } from 'vitest'
import type { AccessRecord, RecordChange, RecordFilter } from '../../vault/access-record.js'
import {
  accessRecord,
  bytes,
  claimRow,
  clock,
  ledgerRecord,
  loadRow,
  newId,
  put,
  type StoreContext,
  TENANT,
  THREAD,
} from './harness.js'
import { describeRecordEnds } from './record-ends.js'
import { findRecords, inserted, putRecords, swapped } from './record-harness.js'
import { describeRecordQueries } from './record-queries.js'

export function describeRecords(context: StoreContext): void {
  const find = (filter?: Partial<RecordFilter>) => findRecords(context, filter)
  const store = (...records: readonly AccessRecord[]) => putRecords(context, ...records)

  it('comes back with every field exactly, set or not, with the time of the store', async () => {
    const claim = claimRow()
    const full = accessRecord({
      claimId: claim.id,
      holder: 'holder',
      body: '{"verbs":["claim"],"name":"日本語 \'\\""}',
    })
    const bare = accessRecord({ kind: 'use', expiresAt: 1, body: '' })
    const before = await put(context.store, { insert: [claim], records: [inserted(full), inserted(bare)] })
    const { now, records } = await context.store.findRecords({ tenant: TENANT, kind: 'grant' })
    expect(records).toEqual([full])
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(await clock(context.store))
    expect(await find({ kind: 'use' })).toEqual([bare])
    expect(await context.store.findRecords({ tenant: 'unknown', kind: 'grant' })).toMatchObject({ records: [] })
  })

  it('says what time it is when there is no record, since a caller decides about expiry by it', async () => {
    const before = await clock(context.store)
    const { now } = await context.store.findRecords({ tenant: TENANT, kind: 'grant', ids: [] })
    expect(now).toBeGreaterThanOrEqual(before)
  })

  it('shares no bytes with its callers', async () => {
    const record = accessRecord()
    const mac = new Uint8Array(record.mac)
    await store(record)
    record.mac.fill(0)
    const [first] = await find()
    expect(first?.mac).toEqual(mac)
    first!.mac.fill(0)
    expect((await find())[0]?.mac).toEqual(mac)
  })

  describe('being written', () => {
    it('replaces the whole record when its mac is still the expected one', async () => {
      const claim = claimRow()
      const before = accessRecord({ claimId: claim.id, holder: 'a' })
      await put(context.store, { insert: [claim], records: [inserted(before)] })
      const other = claimRow({ threadId: 'thread-2' })
      const patch = { threadId: 'thread-2', claimId: other.id, holder: 'b', body: '{"left":2}', expiresAt: 1_000 }
      const change = swapped(before, patch)
      await put(context.store, { insert: [other], records: [change] })
      expect(await find()).toEqual([change.record])
      for (const gone of [{ holders: ['a'] }, { claimIds: [claim.id] }, { threadId: THREAD }]) {
        expect(await find(gone)).toEqual([])
      }
      for (const now of [{ holders: ['b'] }, { claimIds: [other.id] }, { threadId: 'thread-2' }]) {
        expect(await find(now)).toEqual([change.record])
      }
    })

    it('can lose its claim and its holder, and get them', async () => {
      const claim = claimRow()
      const record = accessRecord({ claimId: claim.id, holder: 'a' })
      await put(context.store, { insert: [claim], records: [inserted(record)] })
      const bare = swapped(record, { claimId: null, holder: null })
      await put(context.store, { records: [bare] })
      expect(await find()).toEqual([bare.record])
      expect(await find({ claimIds: [claim.id] })).toEqual([])
      expect(await find({ holders: ['a'] })).toEqual([])
      const full = swapped(bare.record, { claimId: claim.id, holder: 'a' })
      await put(context.store, { records: [full] })
      expect(await find({ claimIds: [claim.id], holders: ['a'] })).toEqual([full.record])
    })

    it('may name a claim of the same commit, and one that is there', async () => {
      const [first, second] = [claimRow(), claimRow()] as const
      await put(context.store, { insert: [first] })
      const records = [accessRecord({ claimId: first.id }), accessRecord({ claimId: second.id })]
      await put(context.store, { insert: [second], records: records.map(inserted) })
      expect(await find({ claimIds: [first.id, second.id] })).toHaveLength(2)
    })

    it('is alone under its id within its tenant and kind, and no concern of others', async () => {
      const id = newId()
      const records = [
        accessRecord({ id }),
        accessRecord({ id, kind: 'use' }),
        accessRecord({ id, kind: 'approval' }),
        accessRecord({ id, tenant: 'globex' }),
      ]
      await store(...records)
      expect(await find()).toEqual([records[0]])
      expect(await find({ kind: 'use' })).toEqual([records[1]])
      expect(await find({ kind: 'approval', ids: [id] })).toEqual([records[2]])
      expect(await find({ tenant: 'globex' })).toEqual([records[3]])
      const change = swapped(records[3]!, { body: '{"left":0}' })
      await put(context.store, { records: [change] })
      expect(await find()).toEqual([records[0]])
    })

    it('goes together with claims, events and other records', async () => {
      const claim = claimRow()
      const [counted, fresh] = [accessRecord({ claimId: claim.id }), accessRecord({ kind: 'use', claimId: claim.id })]
      await put(context.store, { insert: [claim], records: [inserted(counted)] })
      const next = { ...claim, claimed: 1, mac: bytes() }
      const change = swapped(counted, { body: '{"left":4}' })
      await put(context.store, {
        update: [{ row: next, expectedMac: claim.mac }],
        records: [change, inserted(fresh)],
        events: [ledgerRecord({ operation: 'claim', claims: [claim.id] })],
      })
      expect(await loadRow(context.store, claim.id)).toEqual(next)
      expect(await find()).toEqual([change.record])
      expect(await find({ kind: 'use' })).toEqual([fresh])
      expect(await context.store.readEvents({ claim: claim.id })).toHaveLength(1)
    })

    it('passes in batches of opposite order, one after the other, not locking each other out', async () => {
      const records = Array.from({ length: 30 }, () => accessRecord())
      await store(...records)
      const handles = [context.store, await context.again()]
      const batch = async (index: number): Promise<void> => {
        const ordered = index % 2 === 0 ? records : [...records].reverse()
        const changes = ordered.map((record) => swapped(record, { mac: record.mac, body: String(index) }))
        expect(await handles[index % 2]!.commit({ records: changes })).toMatchObject({ committed: true })
      }
      await Promise.all(Array.from({ length: 20 }, (_, index) => batch(index)))
      expect(new Set((await find()).map(({ body }) => body)).size).toBe(1)
    })
  })

  describe('refused with all of its commit,', () => {
    const refuses = async (...faults: readonly RecordChange[]): Promise<void> => {
      const [stored, innocent] = [accessRecord({ kind: 'use' }), accessRecord({ kind: 'use' })] as const
      const claim = claimRow()
      await put(context.store, { insert: [claim], records: [inserted(stored)] })
      const before = await find()
      for (const place of ['first', 'last']) {
        const innocents = [inserted(innocent), swapped(stored, { body: 'changed' })]
        const result = await context.store.commit({
          insert: [claimRow({ tenant: 'globex' })],
          update: [{ row: { ...claim, claimed: 1, mac: bytes() }, expectedMac: claim.mac }],
          addRevocations: [{ tenant: TENANT, tag: 'tag-1', threadId: null }],
          records: place === 'first' ? [...faults, ...innocents] : [...innocents, ...faults],
          events: [ledgerRecord({ claims: [claim.id] })],
        })
        expect(result).toEqual({ committed: false })
      }
      expect(await find()).toEqual(before)
      const ids = [stored.id, innocent.id]
      expect(await find({ kind: 'use', ids })).toEqual([stored])
      expect(await find({ kind: 'use', ids, threadId: THREAD })).toEqual([stored])
      expect(await loadRow(context.store, claim.id)).toEqual(claim)
      expect(await context.store.find({ tenant: 'globex' })).toEqual([])
      expect(await context.store.readEvents({})).toEqual([])
      const asked = { tenant: TENANT, threadId: THREAD, ids: [], places: [], revocations: ['tag-1'] }
      expect((await context.store.load(asked)).revocations).toEqual([])
    }

    it('when it is to be new and is there already, also as it stands there', async () => {
      const record = accessRecord()
      await store(record)
      await refuses(inserted(accessRecord({ id: record.id, holder: 'thief' })))
      expect(await context.store.commit({ records: [inserted(record)] })).toEqual({ committed: false })
    })

    it('when somebody else has changed it', async () => {
      const record = accessRecord()
      await store(record)
      await refuses({ record: { ...record, body: '{"left":9}' }, expectedMac: bytes(32) })
      await refuses({ record: { ...record, body: '{"left":9}' }, expectedMac: new Uint8Array() })
    })

    it('when it is to be changed and is not there, or belongs to another tenant or kind', async () => {
      const record = accessRecord()
      await refuses(swapped(record, {}))
      await store(record)
      await refuses(swapped(record, { tenant: 'globex' }))
      await refuses(swapped(record, { kind: 'approval' }))
    })

    it('when it names a claim that is not there, whether it is new or changed', async () => {
      const record = accessRecord()
      await store(record)
      await refuses(inserted(accessRecord({ claimId: newId() })))
      await refuses(swapped(record, { claimId: newId() }))
    })

    it('when the rest of its commit is refused', async () => {
      const [record, next] = [accessRecord(), accessRecord()] as const
      await store(record)
      const records = [swapped(record, { body: 'changed' }), inserted(next)]
      const deadline = await clock(context.store)
      const lost = { row: claimRow(), expectedMac: bytes() }
      for (const fault of [{ deadline }, { update: [lost] }, { runs: [[newId(), 'run-1']] as const }]) {
        expect(await context.store.commit({ records, ...fault })).toEqual({ committed: false })
      }
      expect(await find()).toEqual([record])
      expect(await find({ threadId: THREAD })).toEqual([record])
    })
  })

  describe('written by many at once', () => {
    it('is inserted by exactly one', async () => {
      const id = newId()
      const handles = [context.store, await context.again()]
      const writers = Array.from({ length: 20 }, async (_, index) => {
        const record = accessRecord({ id, holder: `holder-${index}` })
        const result = await handles[index % 2]!.commit({ records: [inserted(record)] })
        return result.committed ? [record] : []
      })
      const won = (await Promise.all(writers)).flat()
      expect(won).toHaveLength(1)
      expect(await find()).toEqual(won)
    })

    it('is swapped by exactly one, whose claim and event alone are stored', async () => {
      const record = accessRecord()
      await store(record)
      const handles = [context.store, await context.again()]
      const writers = Array.from({ length: 20 }, async (_, index) => {
        const claim = claimRow()
        const change = swapped(record, { body: String(index) })
        const events = [ledgerRecord({ claims: [claim.id] })]
        const result = await handles[index % 2]!.commit({ insert: [claim], records: [change], events })
        return result.committed ? [{ claim, record: change.record }] : []
      })
      const won = (await Promise.all(writers)).flat()
      expect(won).toHaveLength(1)
      expect(await find()).toEqual([won[0]!.record])
      expect(await context.store.find({ tenant: TENANT })).toEqual([won[0]!.claim])
      expect(await context.store.readEvents({})).toHaveLength(1)
    })

    it('counts down to nothing and no further: a capability for 10 uses is used 10 times by 40', async () => {
      const first = accessRecord({ kind: 'use', body: '10' })
      await store(first)
      const handles = [context.store, await context.again()]
      const use = async (index: number): Promise<boolean> => {
        for (;;) {
          const [record] = await find({ kind: 'use', ids: [first.id] })
          if (record === undefined || Number(record.body) === 0) return false
          const change = swapped(record, { body: String(Number(record.body) - 1) })
          const result = await handles[index % 2]!.commit({ records: [change], events: [ledgerRecord()] })
          if (result.committed) return true
        }
      }
      const used = await Promise.all(Array.from({ length: 40 }, (_, index) => use(index)))
      expect(used.filter(Boolean)).toHaveLength(10)
      expect((await find({ kind: 'use' }))[0]?.body).toBe('0')
      expect(await context.store.readEvents({})).toHaveLength(10)
    })
  })

  describeRecordQueries(context)
  describeRecordEnds(context)
}
