import { describe, expect, it } from 'vitest'
import type { AccessRecord, RecordChange, RecordFilter } from '../../vault/access-record.js'
import { accessRecord, claimRow, newId, put, type StoreContext, THREAD } from './harness.js'
import { findRecords, inserted, putRecords, swapped } from './record-harness.js'

const idsOf = (records: readonly AccessRecord[]): readonly string[] => records.map(({ id }) => id)

export function describeRecordQueries(context: StoreContext): void {
  const find = (filter?: Partial<RecordFilter>) => findRecords(context, filter)
  const store = (...records: readonly AccessRecord[]) => putRecords(context, ...records)

  describe('being found', () => {
    const fill = async () => {
      const claims = [claimRow(), claimRow(), claimRow({ threadId: 'thread-2' })] as const
      const [one, two, three] = [claims[0].id, claims[1].id, claims[2].id]
      const elsewhere = { threadId: 'thread-2', claimId: three }
      const records = [
        accessRecord({ id: 'a', claimId: one, holder: 'alice' }),
        accessRecord({ id: 'b', claimId: one, holder: 'bob' }),
        accessRecord({ id: 'c', claimId: two, holder: 'alice' }),
        accessRecord({ id: 'd', ...elsewhere, holder: 'alice' }),
        accessRecord({ id: 'e', ...elsewhere }),
        accessRecord({ id: 'f', holder: 'bob' }),
      ]
      const foreign = [
        accessRecord({ id: 'g', tenant: 'globex', claimId: one, holder: 'alice' }),
        accessRecord({ id: 'h', kind: 'approval', claimId: one, holder: 'alice' }),
      ]
      await put(context.store, { insert: claims, records: [...records, ...foreign].reverse().map(inserted) })
      return { one, two, three }
    }
    const ids = async (filter: Partial<RecordFilter>): Promise<string> => idsOf(await find(filter)).join('')

    it('is found by each part of a filter, in order of id', async () => {
      const { one, two, three } = await fill()
      expect(await ids({})).toBe('abcdef')
      expect(await ids({ ids: ['f', 'a', 'unknown', 'a', 'g'] })).toBe('af')
      expect(await ids({ claimIds: [three, one, one] })).toBe('abde')
      expect(await ids({ claimIds: [two] })).toBe('c')
      expect(await ids({ holders: ['bob'] })).toBe('bf')
      expect(await ids({ holders: ['bob', 'alice', 'bob'] })).toBe('abcdf')
      expect(await ids({ threadId: THREAD })).toBe('abcf')
      expect(await ids({ threadId: 'thread-2' })).toBe('de')
      expect(await ids({ after: 'b' })).toBe('cdef')
      expect(await ids({ limit: 2 })).toBe('ab')
    })

    it('is found by all parts together: each must hold', async () => {
      const { one, two, three } = await fill()
      expect(await ids({ claimIds: [one, three], holders: ['alice'] })).toBe('ad')
      expect(await ids({ claimIds: [one, two], holders: ['alice'], threadId: THREAD })).toBe('ac')
      expect(await ids({ ids: ['a', 'b', 'd'], holders: ['alice'] })).toBe('ad')
      expect(await ids({ ids: ['a', 'd', 'f'], claimIds: [one] })).toBe('a')
      expect(await ids({ ids: ['a', 'd'], threadId: 'thread-2' })).toBe('d')
      expect(await ids({ holders: ['alice'], threadId: 'thread-2' })).toBe('d')
      expect(await ids({ holders: ['alice'], after: 'a', limit: 1 })).toBe('c')
      expect(await ids({ claimIds: [one, two, three], after: 'b', limit: 2 })).toBe('cd')
      expect(await ids({ ids: ['a', 'c', 'e'], after: 'a', limit: 1 })).toBe('c')
      expect(await ids({ threadId: THREAD, after: 'a', limit: 2 })).toBe('bc')
      expect(await ids({ threadId: THREAD, holders: ['bob'], limit: 1 })).toBe('b')
    })

    it('is not found by an empty list, which matches nothing, nor in another tenant or kind', async () => {
      const { one } = await fill()
      for (const empty of [{ ids: [] }, { claimIds: [] }, { holders: [] }, { ids: ['a'], holders: [] }]) {
        expect(await ids(empty)).toBe('')
      }
      expect(await ids({ tenant: 'globex' })).toBe('g')
      expect(await ids({ tenant: 'globex', claimIds: [one], holders: ['alice'] })).toBe('g')
      expect(await ids({ tenant: 'globex', threadId: THREAD })).toBe('g')
      expect(await ids({ tenant: 'globex', ids: ['a'] })).toBe('')
      expect(await ids({ kind: 'approval', holders: ['alice'] })).toBe('h')
      expect(await ids({ kind: 'approval', claimIds: [one] })).toBe('h')
      expect(await ids({ kind: 'approval', threadId: THREAD })).toBe('h')
      expect(await ids({ kind: 'use' })).toBe('')
    })

    it('is found by page, in byte order, without a gap or a repeat, 500 at once unless told', async () => {
      const awkward = ['A', 'a', 'B', 'Z', '_', '-', 'ü', '\u{FFFD}', '👍', 'a\u0001', 'ab', 'a a', '~'.repeat(64)]
      const names = [...awkward, ...Array.from({ length: 600 }, () => newId())]
      await store(...names.map((id) => accessRecord({ id, holder: 'alice' })))
      const ordered = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(idsOf(await find())).toEqual(ordered.slice(0, 500))
      for (const filter of [{}, { holders: ['alice', 'bob'] }, { threadId: THREAD }, { ids: names }]) {
        const found: string[] = []
        for (;;) {
          const after = found.at(-1)
          const page = await find({ ...filter, limit: 100, ...(after === undefined ? {} : { after }) })
          found.push(...idsOf(page))
          if (page.length < 100) break
        }
        expect(found).toEqual(ordered)
      }
    })

    it.each([0, -1, 1.5, Number.NaN])(
      'is not given in pages of %d, which stores would read differently',
      async (limit) => {
        await expect(find({ limit })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
      },
    )
  })

  describe('with unusual text', () => {
    const refuses = async (...changes: readonly RecordChange[]): Promise<void> => {
      const commit = context.store.commit({ records: changes })
      await expect(commit).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
      expect(await find()).toEqual([])
    }

    it.each(['o\'hara "x"; --', '日本語', '👩‍👩‍👧', '\\x41 {NULL,"a"}', '$1 ?1 :a', '\t\n\u0001\u{10FFFF}', '+', '-'])(
      'is kept as it is: %j',
      async (name) => {
        const record = accessRecord({ id: name, threadId: name, holder: name, body: name })
        await store(record)
        expect(await find({ ids: [name], holders: [name], threadId: name })).toEqual([record])
        expect(await find({ holders: [name] })).toEqual([record])
        expect(await find({ threadId: name })).toEqual([record])
        await put(context.store, { records: [swapped(record, { holder: '' })] })
        expect(await find({ holders: [''] })).toHaveLength(1)
        expect(await find({ holders: [name] })).toEqual([])
      },
    )

    it.each([
      ['a NUL', 'a\0b'],
      ['half of a surrogate pair', 'a\uD800b'],
    ])('is refused for %s, in every field and filter', async (_, text) => {
      for (const key of ['tenant', 'id', 'threadId', 'claimId', 'holder', 'body']) {
        await refuses(inserted(accessRecord({ [key]: text })))
      }
      const filters = [{ tenant: text }, { ids: [text] }, { claimIds: [text] }, { holders: [text] }, { threadId: text }]
      for (const filter of [...filters, { after: text }]) {
        await expect(find(filter as Partial<RecordFilter>)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
      }
    })

    it('is refused for an id that is empty or too long, and for an expiry that is no whole number', async () => {
      await refuses(inserted(accessRecord({ id: '' })))
      await refuses(inserted(accessRecord({ id: 'x'.repeat(65) })))
      for (const expiresAt of [Number.NaN, Number.POSITIVE_INFINITY, 1.5]) {
        await refuses(inserted(accessRecord({ expiresAt })))
      }
    })

    it('is refused twice in one commit, also as an insert and its change', async () => {
      const record = accessRecord()
      await refuses(inserted(record), swapped(record, {}))
      await refuses(inserted(record), inserted(record))
    })
  })
}
