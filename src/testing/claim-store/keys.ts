import { expect, it } from 'vitest'
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
      () => store.usedByOtherRuns([], 'run-1'),
      () => store.listThreads(TENANT),
      () => store.deleteThread(TENANT, THREAD, ledgerEvent(), link),
      () => store.readEvents({}),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'ERR_VAULT_CLOSED' })
  })
}
