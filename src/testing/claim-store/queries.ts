import { describe, expect, it } from 'vitest'
import type { ClaimId } from '../../vault/claim-store.js'
import {
  claimRow,
  ledgerEvent,
  link,
  load,
  newId,
  place,
  put,
  type StoreContext,
  TENANT,
  THREAD,
  threadRow,
} from './harness.js'

export function describeQueries(context: StoreContext): void {
  it('loads what is asked, once, whatever its tenant and thread: the vault compares', async () => {
    const own = claimRow()
    const foreign = claimRow({ tenant: 'globex', threadId: 'thread-2' })
    await put(context.store, { insert: [own, foreign, claimRow()] })
    const { claims } = await load(context.store, [own.id, foreign.id, own.id, newId()])
    expect([...claims].sort((a, b) => (a.tenant < b.tenant ? -1 : 1))).toEqual([own, foreign])
  })

  it("finds claims by thread, run and fingerprint, and never another tenant's", async () => {
    const [one, two, three] = [claimRow(), claimRow({ threadId: 'thread-2' }), claimRow()] as const
    const foreign = claimRow({ tenant: 'globex', fingerprint: one.fingerprint })
    const runs = [one, two, foreign].map((row) => [row.id, 'run-1'] as const)
    await put(context.store, { insert: [one, two, three, foreign], runs })
    const ids = async (filter: object) => (await context.store.find({ tenant: TENANT, ...filter })).map((row) => row.id)
    expect(await ids({})).toEqual([one.id, two.id, three.id].sort())
    expect(await ids({ threadId: THREAD })).toEqual([one.id, three.id].sort())
    expect(await ids({ runId: 'run-1' })).toEqual([one.id, two.id].sort())
    expect(await ids({ runId: 'run-1', threadId: THREAD })).toEqual([one.id])
    expect(await ids({ fingerprints: [one.fingerprint, two.fingerprint] })).toEqual([one.id, two.id].sort())
    expect(await ids({ fingerprints: [] })).toEqual([])
    expect(await ids({ runId: 'run-2' })).toEqual([])
  })

  it('finds by page, in order of id, without a gap or a repeat', async () => {
    const rows = Array.from({ length: 25 }, () => claimRow())
    await put(context.store, { insert: rows })
    const found: ClaimId[] = []
    for (;;) {
      const after = found.at(-1)
      const page = await context.store.find({ tenant: TENANT, limit: 10, ...(after === undefined ? {} : { after }) })
      found.push(...page.map((row) => row.id))
      if (page.length < 10) break
    }
    expect(found).toEqual(rows.map((row) => row.id).sort())
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a page of %d, which stores would read differently', async (limit) => {
    await expect(context.store.find({ tenant: TENANT, limit })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await expect(context.store.readEvents({ limit })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await expect(context.store.listThreads(TENANT, undefined, limit)).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
    })
  })

  it('knows which claims a run other than the given one uses, since those outlive its end', async () => {
    const [shared, own, unused] = [claimRow(), claimRow(), claimRow()] as const
    const runs = [
      [shared.id, 'run-1'],
      [shared.id, 'run-2'],
      [own.id, 'run-1'],
    ] as const
    await put(context.store, { insert: [shared, own, unused], runs })
    expect(await context.store.usedByOtherRuns([own.id, shared.id, unused.id, newId()], 'run-1')).toEqual([shared.id])
    expect(await context.store.usedByOtherRuns([], 'run-1')).toEqual([])
  })

  it('lists the threads of a tenant by page, those that were only used and those that only hold a claim', async () => {
    const names = ['a', 'b', 'ü', '\u{FFFD}', '👍']
    await put(context.store, { insert: names.slice(2).map((threadId) => claimRow({ threadId })) })
    for (const threadId of names.slice(0, 3)) await put(context.store, { thread: threadRow(1, { threadId }) })
    await put(context.store, { thread: threadRow(1, { tenant: 'globex', threadId: 'foreign' }) })
    expect(await context.store.listThreads(TENANT)).toEqual(names)
    expect(await context.store.listThreads(TENANT, undefined, 2)).toEqual(['a', 'b'])
    expect(await context.store.listThreads(TENANT, 'b', 2)).toEqual(['ü', '\u{FFFD}'])
    expect(await context.store.listThreads(TENANT, '\u{FFFD}')).toEqual(['👍'])
  })

  it('counts claims that hold a secret, of a tenant or a thread, and stops at the limit that is asked about', async () => {
    const emptied = { sealed: null, fingerprint: null }
    const rows = [claimRow(), claimRow(), claimRow({ threadId: 'thread-2' }), claimRow(emptied)]
    await put(context.store, { insert: [...rows, claimRow({ tenant: 'globex' })] })
    expect(await context.store.countClaims({ tenant: TENANT }, 100)).toBe(3)
    expect(await context.store.countClaims({ tenant: TENANT, threadId: THREAD }, 100)).toBe(2)
    expect(await context.store.countClaims({ tenant: TENANT }, 2)).toBe(2)
    expect(await context.store.countClaims({ tenant: 'unknown' }, 1)).toBe(0)
    await expect(context.store.countClaims({ tenant: TENANT }, 0)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })

  describe('deleting a thread', () => {
    it('erases all it had, and nothing of others, and records which claims went', async () => {
      const gone = [claimRow(), claimRow({ state: 'revoked', sealed: null, fingerprint: null })]
      const kept = [claimRow({ threadId: 'thread-2' }), claimRow({ tenant: 'globex' })]
      const rows = [...gone, ...kept]
      await put(context.store, {
        insert: rows,
        places: rows.map((row) => [row.id, place('a')]),
        runs: rows.map((row) => [row.id, 'run-1']),
        thread: threadRow(1_000),
        addRevocations: [
          { tenant: TENANT, tag: 'of-thread', threadId: THREAD },
          { tenant: TENANT, tag: 'of-value', threadId: null },
          { tenant: 'globex', tag: 'of-thread', threadId: THREAD },
        ],
      })
      await put(context.store, { thread: threadRow(1_000, { threadId: 'thread-2' }) })
      const event = ledgerEvent({ operation: 'delete-thread', threadId: THREAD })
      expect(await context.store.deleteThread(TENANT, THREAD, event, link)).toBe(2)

      const query = { ids: rows.map((row) => row.id), places: [place('a')], revocations: ['of-thread', 'of-value'] }
      const left = await context.store.load({ tenant: TENANT, threadId: THREAD, ...query })
      expect(left.thread).toBeUndefined()
      expect(left.claims.map((row) => row.id).sort()).toEqual(kept.map((row) => row.id).sort())
      expect(left.places).toHaveLength(2)
      expect(left.revocations).toEqual(['of-value'])
      expect(await context.store.find({ tenant: TENANT, runId: 'run-1' })).toHaveLength(1)
      expect(await context.store.listThreads(TENANT)).toEqual(['thread-2'])
      const [entry] = await context.store.readEvents({ operation: 'delete-thread' })
      expect([...(entry?.claims ?? [])].sort()).toEqual(gone.map((row) => row.id).sort())
      expect(await context.store.readEvents({ claim: gone[1]!.id })).toEqual([entry])
    })

    it('lets the same claims be minted again, so that a reused thread id starts afresh', async () => {
      const row = claimRow()
      await put(context.store, { insert: [row], places: [[row.id, place('a')]] })
      await context.store.deleteThread(TENANT, THREAD, ledgerEvent({ operation: 'delete-thread' }), link)
      await put(context.store, { insert: [row] })
      expect((await load(context.store, [row.id], ['a'])).places).toEqual([])
    })

    it('records also that there was nothing to erase', async () => {
      const event = ledgerEvent({ operation: 'delete-thread' })
      expect(await context.store.deleteThread(TENANT, 'unknown', event, link)).toBe(0)
      expect(await context.store.readEvents({ operation: 'delete-thread' })).toMatchObject([{ claims: [] }])
    })
  })
}
