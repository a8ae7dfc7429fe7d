import { describe, expect, it } from 'vitest'
import type { BranchKeyRow, VaultRow } from '../../vault/claim-store.js'
import {
  bytes,
  claimRow,
  ledgerEvent,
  link,
  loadRow,
  newId,
  put,
  type StoreContext,
  TENANT,
  THREAD,
} from './harness.js'

const vaultRow = (vaultId: string): VaultRow => ({
  vaultId,
  namingKeyId: `naming-${vaultId}`,
  kekId: 'kek-1',
  wrappedNamingKeys: bytes(60),
})

const branchKey = (id: string, patch: Partial<BranchKeyRow> = {}): BranchKeyRow => ({
  id,
  tenant: TENANT,
  window: 7,
  kekId: 'kek-1',
  wrapped: bytes(60),
  ...patch,
})

export function describeKeys(context: StoreContext): void {
  it('is empty after its first set-up', async () => {
    expect(await context.store.readVault()).toBeUndefined()
    expect(await context.store.readBranchKeys(['key-1'])).toEqual([])
    expect(await loadRow(context.store, newId())).toBeUndefined()
  })

  it('can be set up again without losing anything, since every process does so', async () => {
    const row = claimRow()
    await put(context.store, { insert: [row] })
    await context.store.setup()
    const again = await context.again()
    expect(await loadRow(again, row.id)).toEqual(row)
  })

  it('gives all of many racing processes the vault row of the first', async () => {
    const handles = [context.store, await context.again()]
    const rows = Array.from({ length: 20 }, (_, index) => vaultRow(`vault-${index}`))
    const stored = await Promise.all(rows.map((row, index) => handles[index % 2]!.initVault(row)))
    expect(new Set(stored.map((row) => row.vaultId)).size).toBe(1)
    expect(await context.store.readVault()).toEqual(stored[0])
    expect(rows).toContainEqual(stored[0])
  })

  it('gives all of many racing processes the branch key of the first, for each tenant and window', async () => {
    const handles = [context.store, await context.again()]
    const rows = Array.from({ length: 20 }, (_, index) => branchKey(`key-${index}`))
    const stored = await Promise.all(rows.map((row, index) => handles[index % 2]!.initBranchKey(row)))
    expect(new Set(stored.map((row) => row.id)).size).toBe(1)
    const others = [branchKey('other-window', { window: 8 }), branchKey('other-tenant', { tenant: 'globex' })]
    for (const other of others) expect(await context.store.initBranchKey(other)).toEqual(other)
    const read = await context.store.readBranchKeys([stored[0]!.id, 'other-window', 'other-window', 'unknown'])
    expect(read.map((row) => row.id).sort()).toEqual([stored[0]!.id, 'other-window'].sort())
  })

  it('lists branch keys by page, in order of id', async () => {
    for (const [window, id] of ['c', 'a', 'b'].entries()) await context.store.initBranchKey(branchKey(id, { window }))
    expect((await context.store.listBranchKeys()).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect((await context.store.listBranchKeys('a', 1)).map(({ id }) => id)).toEqual(['b'])
    expect(await context.store.listBranchKeys('c')).toEqual([])
  })

  describe('wrapping again', () => {
    it('replaces the wrapping of a branch key and the id of its KEK, nothing else', async () => {
      const row = await context.store.initBranchKey(branchKey('a'))
      const next = { ...row, kekId: 'kek-2', wrapped: bytes(80) }
      expect(await context.store.rewrapBranchKey({ ...next, tenant: 'globex', window: 99 }, row.wrapped)).toBe(true)
      expect(await context.store.listBranchKeys()).toEqual([next])
    })

    it('is done by one of many that rotate at the same time, so that no wrapping is lost', async () => {
      const row = await context.store.initBranchKey(branchKey('a'))
      const handles = [context.store, await context.again()]
      const next = Array.from({ length: 20 }, (_, index) => ({ ...row, kekId: `kek-${index}`, wrapped: bytes(60) }))
      const done = await Promise.all(next.map((made, index) => handles[index % 2]!.rewrapBranchKey(made, row.wrapped)))
      expect(done.filter(Boolean)).toHaveLength(1)
      expect(await context.store.listBranchKeys()).toEqual([next[done.indexOf(true)]])
    })

    it('brings no key back that was destroyed meanwhile', async () => {
      const row = await context.store.initBranchKey(branchKey('a'))
      await context.store.destroyBranchKeys(8)
      expect(await context.store.rewrapBranchKey(row, row.wrapped)).toBe(false)
      expect(await context.store.listBranchKeys()).toEqual([])
    })

    it("keeps the vault's name and naming key, and is refused when somebody else was first", async () => {
      const row = await context.store.initVault(vaultRow('vault-1'))
      const next = { ...row, kekId: 'kek-2', wrappedNamingKeys: bytes(70) }
      const strange = { ...next, vaultId: 'vault-2', namingKeyId: 'naming-2' }
      expect(await context.store.rewrapVault(strange, row.wrappedNamingKeys)).toBe(true)
      expect(await context.store.readVault()).toEqual(next)
      expect(await context.store.rewrapVault(row, row.wrappedNamingKeys)).toBe(false)
      expect(await context.store.readVault()).toEqual(next)
    })
  })

  describe('destroying keys', () => {
    it('takes every window before the given one, of all tenants, and says which', async () => {
      const keys = [
        branchKey('past', { window: 6 }),
        branchKey('first', { window: 0, tenant: 'globex' }),
        branchKey('now', { window: 7 }),
        branchKey('later', { window: 8 }),
      ]
      for (const key of keys) await context.store.initBranchKey(key)
      const gone = await context.store.destroyBranchKeys(7)
      expect([...gone].sort((a, b) => a.window - b.window)).toEqual([
        { id: 'first', tenant: 'globex', window: 0 },
        { id: 'past', tenant: TENANT, window: 6 },
      ])
      expect((await context.store.listBranchKeys()).map(({ id }) => id)).toEqual(['later', 'now'])
      expect(await context.store.readBranchKeys(['past'])).toEqual([])
      expect(await context.store.destroyBranchKeys(7)).toEqual([])
    })

    it('never takes those of claims that end with their thread, which have no window', async () => {
      await context.store.initBranchKey(branchKey('thread', { window: -1 }))
      expect(await context.store.destroyBranchKeys(Number.MAX_SAFE_INTEGER)).toEqual([])
      expect(await context.store.listBranchKeys()).toHaveLength(1)
    })

    it('makes room for a new key of the same window', async () => {
      await context.store.initBranchKey(branchKey('old'))
      await context.store.destroyBranchKeys(8)
      expect((await context.store.initBranchKey(branchKey('new'))).id).toBe('new')
    })
  })

  it('refuses every call after close with one error, so that a late caller knows why', async () => {
    const { store } = context
    await store.close()
    await store.close()
    const calls = [
      () => store.setup(),
      () => store.readVault(),
      () => store.initVault(vaultRow('late')),
      () => store.readBranchKeys([]),
      () => store.initBranchKey(branchKey('late')),
      () => loadRow(store, newId()),
      () => store.commit({}),
      () => store.find({ tenant: TENANT }),
      () => store.findRecords({ tenant: TENANT, kind: 'grant' }),
      () => store.usedByOtherRuns([], 'run-1'),
      () => store.listThreads(TENANT),
      () => store.deleteThread(TENANT, THREAD, ledgerEvent(), link),
      () => store.readEvents({}),
      () => store.listBranchKeys(),
      () => store.destroyBranchKeys(1),
      () => store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 1 }, link),
      () => store.countClaims({ tenant: TENANT }, 1),
      () => store.listWriters(),
      () => store.listRoots(),
      () => store.pruneEvents(0),
      () => store.acquireLock({ name: 'late', holder: 'late', ttlMs: 1 }),
      () => store.releaseLock('late', 'late'),
      () => store.readNote('late'),
      () => store.writeNote('late', ''),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'ERR_VAULT_CLOSED' })
  })
}
