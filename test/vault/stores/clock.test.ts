import { describe, expect, it } from 'vitest'
import { bytes, claimRow, link, load, loadRow, put, threadRow } from '../../../src/testing/claim-store/harness.js'
import { MemoryClaimStore } from '../../../src/vault/stores/memory.js'

const HOUR = 3_600_000

/** Only the store in memory lets a test set its clock; SQLite's is the machine's, PostgreSQL's the server's. */
describe("a store's clock that is set back by an hour", () => {
  const fixture = () => {
    let now = 10 * HOUR
    const store = new MemoryClaimStore({ now: () => now })
    return { store, setBack: () => (now -= HOUR), now: () => now }
  }

  it("does not take a thread's last use back, so that nothing that slides ends earlier", async () => {
    const { store, setBack, now } = fixture()
    const used = threadRow(now(), { mac: bytes() })
    await put(store, { thread: used })
    setBack()
    await put(store, { thread: threadRow(now()) })
    expect((await load(store, [])).thread).toEqual(used)
  })

  it('does not bring back what was cleared', async () => {
    const { store, setBack, now } = fixture()
    const row = claimRow({ mode: 'handoff', maxClaims: 1, expiresAt: now() - 1, sweepAt: now() - 1 })
    await put(store, { insert: [row] })
    await store.sweep({ graceMs: 0, tombstoneMs: HOUR, limit: 10 }, link)
    setBack()
    expect((await loadRow(store, row.id))?.sealed).toBeNull()
  })

  it('lets a commit pass its deadline by that hour, and a lock be held that much longer: both are by this clock', async () => {
    const { store, setBack, now } = fixture()
    const deadline = now() - 1
    expect(await store.commit({ deadline })).toEqual({ committed: false })
    await store.acquireLock({ name: 'rotate', holder: 'a', ttlMs: 1_000 })
    setBack()
    expect((await store.commit({ deadline })).committed).toBe(true)
    expect(await store.acquireLock({ name: 'rotate', holder: 'b', ttlMs: 1_000 })).toBe(false)
  })
})
