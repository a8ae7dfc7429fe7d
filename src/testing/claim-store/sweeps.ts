import { expect, it } from 'vitest'
import type { ClaimRow, SweepOptions } from '../../vault/claim-store.js'
import {
  bytes,
  claimRow,
  clock,
  link,
  load,
  loadRow,
  place,
  put,
  type StoreContext,
  threadRow,
  WRITER,
} from './harness.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const options = (patch: Partial<SweepOptions> = {}): SweepOptions => ({
  graceMs: MINUTE,
  tombstoneMs: DAY,
  limit: 100,
  ...patch,
})

export function describeSweeps(context: StoreContext): void {
  /** A claim that ended long ago, and that the sweeper is to look at. */
  const ended = async (patch: Partial<ClaimRow> = {}): Promise<ClaimRow> => {
    const now = await clock(context.store)
    const times = { createdAt: now - 10 * DAY, expiresAt: now - DAY, capAt: now + DAY, sweepAt: now - DAY }
    return claimRow({ mode: 'handoff', maxClaims: 1, ...times, ...patch })
  }
  const sweep = (patch?: Partial<SweepOptions>) => context.store.sweep(options(patch), link)

  it('clears what has ended, keeps the row with its state, and records which claims for each tenant', async () => {
    const rows = [await ended({ sealedMetadata: bytes() }), await ended(), await ended({ tenant: 'globex' })]
    await put(context.store, { insert: rows, places: rows.map((row) => [row.id, place('a')]) })
    expect(await sweep()).toEqual({ cleared: 3, removed: 0, more: false })
    for (const row of rows) {
      const swept = await loadRow(context.store, row.id)
      expect(swept).toEqual({
        ...row,
        sealed: null,
        sealedMetadata: null,
        fingerprint: null,
        sweepAt: swept?.sweepAt ?? null,
      })
    }
    expect(
      (
        await load(
          context.store,
          rows.map((row) => row.id),
          ['a'],
        )
      ).places,
    ).toEqual([])
    const events = await context.store.readEvents({ operation: 'sweep' })
    const byTenant = Object.fromEntries(events.map((event) => [event.tenant, [...event.claims].sort()]))
    const [one, two, three] = rows.map((row) => row.id)
    expect(byTenant).toEqual({ acme: [one, two].sort(), globex: [three] })
    expect(events[0]).toMatchObject({ outcome: 'ok', sub: 'system:sweeper', writer: WRITER })
  })

  it('leaves alone what lives, and writes no event when nothing was cleared', async () => {
    const now = await clock(context.store)
    const rows = [
      await ended({ sweepAt: now + DAY }),
      await ended({ expiresAt: now + DAY, capAt: now + 2 * DAY }),
      await ended({ expiresAt: now - MINUTE / 2 }),
      claimRow({ sweepAt: now - DAY }),
      claimRow(),
    ]
    await put(context.store, { insert: rows })
    expect(await sweep()).toEqual({ cleared: 0, removed: 0, more: false })
    for (const row of rows) expect((await loadRow(context.store, row.id))?.sealed).toEqual(row.sealed)
    expect(await context.store.readEvents({})).toEqual([])
  })

  it('postpones a claim that has slid on with its thread, to its end and the grace', async () => {
    const now = await clock(context.store)
    const slides = await ended({ mode: 'resume', maxClaims: null, expiresAt: null, ttlMs: 2 * DAY })
    const capped = await ended({ mode: 'resume', maxClaims: null, expiresAt: null, ttlMs: 2 * DAY, capAt: now - DAY })
    await put(context.store, { insert: [slides, capped], thread: threadRow(now - DAY) })
    expect(await sweep()).toMatchObject({ cleared: 1 })
    expect(await loadRow(context.store, slides.id)).toEqual({ ...slides, sweepAt: now + DAY + MINUTE })
    expect((await loadRow(context.store, capped.id))?.sealed).toBeNull()
  })

  it('lets a claim that slides live up to its cap while an interrupt is pending in its thread', async () => {
    const now = await clock(context.store)
    const slide = { mode: 'resume', maxClaims: null, expiresAt: null, ttlMs: 2 * DAY } as const
    const held = await ended({ ...slide, capAt: now + DAY })
    const capped = await ended({ ...slide, capAt: now - DAY })
    await put(context.store, { insert: [held, capped], thread: threadRow(now - 5 * DAY, { held: true }) })
    expect(await sweep()).toMatchObject({ cleared: 1 })
    expect(await loadRow(context.store, held.id)).toEqual({ ...held, sweepAt: now + DAY + MINUTE })
    expect((await loadRow(context.store, capped.id))?.sealed).toBeNull()
  })

  it('records once which handoffs and leases ended unused, for each tenant, and of no others', async () => {
    const unused = [await ended(), await ended({ mode: 'lease' }), await ended({ tenant: 'globex' })]
    const others = [
      await ended({ claimed: 1, maxClaims: 2 }),
      await ended({ state: 'revoked' }),
      await ended({ mode: 'resume', maxClaims: null }),
    ]
    await put(context.store, { insert: [...unused, ...others] })
    expect(await sweep()).toMatchObject({ cleared: 6 })
    await sweep()
    const events = await context.store.readEvents({ operation: 'expire' })
    const byTenant = Object.fromEntries(events.map((event) => [event.tenant, [...event.claims].sort()]))
    const [one, two, three] = unused.map((row) => row.id)
    expect(byTenant).toEqual({ acme: [one, two].sort(), globex: [three] })
    expect(events[0]).toMatchObject({ outcome: 'ok', reason: 'unused', sub: 'system:sweeper' })
  })

  it('counts a slide from its making while its thread was never used', async () => {
    const now = await clock(context.store)
    const slide = { mode: 'resume', maxClaims: null, expiresAt: null, ttlMs: 2 * DAY } as const
    const fresh = await ended({ ...slide, createdAt: now - DAY })
    const old = await ended({ ...slide, threadId: 'unused' })
    await put(context.store, { insert: [fresh, old] })
    expect(await sweep()).toMatchObject({ cleared: 1 })
    expect((await loadRow(context.store, fresh.id))?.sealed).toEqual(fresh.sealed)
  })

  it.each(['spent', 'ended', 'revoked'] as const)('clears a %s claim before its expiry', async (state) => {
    const now = await clock(context.store)
    const row = await ended({ state, expiresAt: now + DAY, capAt: now + DAY })
    await put(context.store, { insert: [row] })
    expect(await sweep()).toMatchObject({ cleared: 1 })
    expect(await loadRow(context.store, row.id)).toMatchObject({ state, sealed: null, mac: row.mac })
  })

  it('removes an emptied row once its time has passed, but never a revoked one', async () => {
    const rows = [await ended({ state: 'spent' }), await ended(), await ended({ state: 'revoked' })]
    const runs = rows.map((row) => [row.id, 'run-1'] as const)
    await put(context.store, { insert: rows, runs })
    expect(await sweep()).toMatchObject({ cleared: 3, removed: 0 })
    expect(await sweep()).toEqual({ cleared: 0, removed: 0, more: false })
    for (const row of rows.slice(0, 2)) {
      const cleared = await loadRow(context.store, row.id)
      expect(cleared?.sweepAt).toBeGreaterThan((await clock(context.store)) + DAY - MINUTE)
      const due = { ...cleared!, sweepAt: 1 }
      await put(context.store, { update: [{ row: due, expectedMac: row.mac }] })
    }
    expect((await loadRow(context.store, rows[2]!.id))?.sweepAt).toBeNull()
    expect(await sweep()).toEqual({ cleared: 0, removed: 2, more: false })
    expect(
      (
        await load(
          context.store,
          rows.map((row) => row.id),
        )
      ).claims.map((row) => row.state),
    ).toEqual(['revoked'])
    expect(await context.store.find({ tenant: rows[0]!.tenant, runId: 'run-1' })).toHaveLength(1)
  })

  it('stops asking about a revoked row that is empty already', async () => {
    const row = await ended({ state: 'revoked', sealed: null, fingerprint: null })
    await put(context.store, { insert: [row] })
    expect(await sweep()).toEqual({ cleared: 0, removed: 0, more: false })
    expect((await loadRow(context.store, row.id))?.sweepAt).toBeNull()
  })

  it('lets a claim that was cleared be minted again, and keeps what was minted', async () => {
    const row = await ended()
    await put(context.store, { insert: [row] })
    await sweep()
    const now = await clock(context.store)
    const again = await ended({ id: row.id, generation: 2, expiresAt: now + DAY, sweepAt: now + DAY })
    await put(context.store, { update: [{ row: again, expectedMac: row.mac }], places: [[row.id, place('a')]] })
    await sweep()
    expect(await loadRow(context.store, row.id)).toEqual(again)
  })

  it('works in portions, oldest first, and says whether there is more', async () => {
    const now = await clock(context.store)
    const rows = await Promise.all(
      [3, 1, 2].map((age) => ended({ sweepAt: now - age * DAY, expiresAt: now - 3 * DAY })),
    )
    await put(context.store, { insert: rows })
    expect(await sweep({ limit: 2 })).toEqual({ cleared: 2, removed: 0, more: true })
    expect((await loadRow(context.store, rows[1]!.id))?.sealed).not.toBeNull()
    expect(await sweep({ limit: 2 })).toEqual({ cleared: 1, removed: 0, more: false })
    await expect(sweep({ limit: 0 })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })

  it('clears nothing when its records cannot be made, since what is not recorded must not happen', async () => {
    const row = await ended()
    await put(context.store, { insert: [row] })
    const failing = context.store.sweep(options(), () => {
      throw new Error('no key')
    })
    await expect(failing).rejects.toThrow()
    expect(await loadRow(context.store, row.id)).toEqual(row)
  })

  it('clears and records each claim once, however many processes sweep at a time', async () => {
    const rows = await Promise.all(Array.from({ length: 200 }, () => ended()))
    await put(context.store, { insert: rows })
    const handles = [context.store, await context.again()]
    const sweepAll = async (index: number): Promise<number> => {
      let cleared = 0
      for (let idle = 0; idle < 3; ) {
        const result = await handles[index % 2]!.sweep(options({ limit: 7 }), link)
        cleared += result.cleared
        idle = result.cleared === 0 ? idle + 1 : 0
      }
      return cleared
    }
    const counts = await Promise.all([0, 1, 2, 3].map(sweepAll))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200)
    const events = await context.store.readEvents({ operation: 'sweep' })
    expect(events.flatMap((event) => event.claims).sort()).toEqual(rows.map((row) => row.id).sort())
  })
}
