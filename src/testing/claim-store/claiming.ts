import { describe, expect, it } from 'vitest'
import type { ClaimId, ClaimStore } from '../../vault/claim-store.js'
import { bytes, claimRow, ledgerRecord, loadRow, put, type StoreContext } from './harness.js'

/** As the vault does: read, decide, compare and swap, from the start again if somebody was faster. */
async function claimOnce(store: ClaimStore, id: ClaimId): Promise<boolean> {
  for (;;) {
    const row = await loadRow(store, id)
    if (row === undefined || row.state !== 'live') return false
    const claimed = row.claimed + 1
    const state = claimed === row.maxClaims ? 'spent' : 'live'
    const result = await store.commit({
      update: [{ row: { ...row, claimed, state, mac: bytes() }, expectedMac: row.mac }],
      events: [ledgerRecord({ operation: 'claim', claims: [id] })],
    })
    if (result.committed) return true
  }
}

export function describeClaiming(context: StoreContext): void {
  describe.each([1, 3, 10])('of 50 racing claimers of a claim for %i', (maxClaims) => {
    it('lets exactly that many win, each with its event', async () => {
      const row = claimRow({ mode: 'handoff', maxClaims })
      await put(context.store, { insert: [row] })
      const handles = [context.store, await context.again()]
      const claimers = Array.from({ length: 50 }, (_, index) => claimOnce(handles[index % 2]!, row.id))
      expect((await Promise.all(claimers)).filter(Boolean)).toHaveLength(maxClaims)
      expect(await loadRow(context.store, row.id)).toMatchObject({ claimed: maxClaims, state: 'spent' })
      expect(await context.store.readEvents({ claim: row.id })).toHaveLength(maxClaims)
    })
  })

  it('lets one of many racing writers insert a claim, since parallel tasks mint the same one', async () => {
    const row = claimRow()
    const handles = [context.store, await context.again()]
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) => handles[index % 2]!.commit({ insert: [row] })),
    )
    expect(results.filter((result) => result.committed)).toHaveLength(1)
  })

  it('lets batches that touch the same claims in opposite order pass one after the other, not lock each other out', async () => {
    const rows = Array.from({ length: 40 }, () => claimRow())
    await put(context.store, { insert: rows })
    const handles = [context.store, await context.again()]
    const batch = async (index: number): Promise<void> => {
      const ordered = index % 2 === 0 ? rows : [...rows].reverse()
      const update = ordered.map((row) => ({ row: { ...row, claimed: index }, expectedMac: row.mac }))
      const result = await handles[index % 2]!.commit({ update })
      expect(result.committed).toBe(true)
    }
    await Promise.all(Array.from({ length: 20 }, (_, index) => batch(index)))
    const left = new Set((await context.store.find({ tenant: rows[0]!.tenant })).map((row) => row.claimed))
    expect(left.size).toBe(1)
  })
}
