import { describe, expect, it } from 'vitest'
import type { LedgerHead, LedgerRootRow, LedgerWriterRow } from '../../ledger/ledger-store.js'
import { bytes, ledgerRecord, newId, put, type StoreContext } from './harness.js'

const head = (link: number, patch: Partial<LedgerHead> = {}): LedgerHead => ({
  link,
  at: 1_000 + link,
  unsettled: [],
  closed: false,
  mac: bytes(32),
  ...patch,
})

const writerRow = (writer: string, patch: Partial<LedgerWriterRow> = {}): LedgerWriterRow => ({
  writer,
  startedAt: 1_000,
  keyId: 'kek-1',
  sealedTo: 'kek',
  sealedKey: bytes(60),
  ...head(0),
  ...patch,
})

const rootRow = (number: number, patch: Partial<LedgerRootRow> = {}): LedgerRootRow => ({
  number,
  fromSeq: 1,
  toSeq: 1,
  count: 1,
  at: 1_000,
  root: bytes(32),
  previous: new Uint8Array(32),
  writers: '{"writer-1":{"first":1,"last":1,"count":1}}',
  keyId: 'naming-1',
  signature: bytes(32),
  ...patch,
})

export function describeChains(context: StoreContext): void {
  describe("a writer's head", () => {
    it('comes back with every field, and moves on without touching where the chain began', async () => {
      const row = writerRow('a', { sealedTo: 'auditor' })
      await context.store.registerWriter(row)
      expect(await context.store.listWriters()).toEqual([row])
      const next = head(12, {
        unsettled: [
          [4, 4],
          [9, 12],
        ],
        closed: true,
      })
      expect(await context.store.advanceHead('a', next, 0)).toBe(true)
      expect(await context.store.listWriters()).toEqual([{ ...row, ...next }])
    })

    it('moves only from where it was thought to be, and not at all for a writer that nobody registered', async () => {
      await context.store.registerWriter(writerRow('a', head(3)))
      expect(await context.store.advanceHead('a', head(9), 2)).toBe(false)
      expect(await context.store.advanceHead('b', head(9), 0)).toBe(false)
      expect((await context.store.listWriters()).map(({ writer, link }) => [writer, link])).toEqual([['a', 3]])
    })

    it('moves once when many try at the same time', async () => {
      await context.store.registerWriter(writerRow('a'))
      const handles = [context.store, await context.again()]
      const moves = Array.from({ length: 20 }, (_, index) => handles[index % 2]!.advanceHead('a', head(index + 1), 0))
      expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1)
    })

    it('stays when its writer is registered again, or a chain could be made to begin anew', async () => {
      const row = writerRow('a', head(7))
      await context.store.registerWriter(row)
      await context.store.registerWriter(writerRow('a'))
      expect(await context.store.listWriters()).toEqual([row])
    })

    it('is listed by page, in order of its writer', async () => {
      for (const writer of ['c', 'a', 'b']) await context.store.registerWriter(writerRow(writer))
      expect((await context.store.listWriters('', 2)).map(({ writer }) => writer)).toEqual(['a', 'b'])
      expect((await context.store.listWriters('b', 2)).map(({ writer }) => writer)).toEqual(['c'])
      await expect(context.store.listWriters('', 0)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    })
  })

  describe('a root', () => {
    it('comes back with every field, by page, in order of its number', async () => {
      const rows = [1, 2, 3].map((number) => rootRow(number, { fromSeq: number, toSeq: number * 2 }))
      for (const row of rows) expect(await context.store.addRoot(row)).toBe(true)
      expect(await context.store.listRoots()).toEqual(rows)
      expect(await context.store.listRoots(1, 1)).toEqual([rows[1]])
    })

    it('has the number after the last one, so that none can be slipped in or replaced', async () => {
      await context.store.addRoot(rootRow(1))
      for (const number of [0, 1, 3]) expect(await context.store.addRoot(rootRow(number))).toBe(false)
      expect((await context.store.listRoots()).map(({ number }) => number)).toEqual([1])
    })

    it('is stored by one of many sealers', async () => {
      const handles = [context.store, await context.again()]
      const sealers = Array.from({ length: 20 }, (_, index) => handles[index % 2]!.addRoot(rootRow(1)))
      expect((await Promise.all(sealers)).filter(Boolean)).toHaveLength(1)
    })
  })

  describe('pruning', () => {
    const fill = async (): Promise<readonly number[]> => {
      const claims = [newId(), newId()]
      for (let batch = 0; batch < 4; batch++) await put(context.store, { events: [ledgerRecord({ claims })] })
      return (await context.store.readEvents({})).map(({ seq }) => seq)
    }

    it('removes what a root covers, with the index of its claims, and leaves what came later', async () => {
      const seqs = await fill()
      const claim = (await context.store.readEvents({}))[0]!.claims[0]!
      await context.store.addRoot(rootRow(1, { toSeq: seqs[2]! }))
      expect(await context.store.pruneEvents(seqs[1]!)).toBe(2)
      expect((await context.store.readEvents({})).map(({ seq }) => seq)).toEqual(seqs.slice(2))
      expect((await context.store.readEvents({ claim })).map(({ seq }) => seq)).toEqual(seqs.slice(2))
      expect(await context.store.pruneEvents(seqs[1]!)).toBe(0)
      expect(await context.store.listRoots()).toHaveLength(1)
    })

    it('refuses to go beyond the last root, since what was never sealed could not be verified any more', async () => {
      const seqs = await fill()
      await expect(context.store.pruneEvents(seqs[0]!)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
      await context.store.addRoot(rootRow(1, { toSeq: seqs[0]! }))
      await expect(context.store.pruneEvents(seqs[1]!)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
      expect(await context.store.readEvents({})).toHaveLength(4)
    })

    it('does not let a number be given out again', async () => {
      const seqs = await fill()
      await context.store.addRoot(rootRow(1, { toSeq: seqs.at(-1)! }))
      await context.store.pruneEvents(seqs.at(-1)!)
      await put(context.store, { events: [ledgerRecord()] })
      expect((await context.store.readEvents({}))[0]?.seq).toBeGreaterThan(seqs.at(-1)!)
    })
  })
}
