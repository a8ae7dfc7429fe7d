import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { bytes, clock } from '../../../src/testing/claim-store/harness.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
afterEach(() => vaults.dispose())

const isThere = (file: string, needle: Uint8Array): boolean =>
  [file, `${file}-wal`].some((name) => existsSync(name) && readFileSync(name).includes(Buffer.from(needle)))

describe('a branch key that was destroyed', () => {
  it('stands in neither the file nor its write-ahead log, as it was or as it was wrapped again', async () => {
    const file = vaults.file()
    const store = SqliteClaimStore.fromConnString(file)
    await store.setup()
    const [past, again, next] = [bytes(60), bytes(60), bytes(60)] as const
    const row = { id: 'past', tenant: 'acme', window: 1, kekId: 'kek-1', wrapped: past }
    await store.initBranchKey(row)
    await store.initBranchKey({ ...row, id: 'next', window: 2, wrapped: next })
    await store.rewrapBranchKey({ ...row, wrapped: again }, past)
    expect(isThere(file, past)).toBe(true)
    expect(isThere(file, again)).toBe(true)
    await store.destroyBranchKeys(2)
    expect(isThere(file, past)).toBe(false)
    expect(isThere(file, again)).toBe(false)
    expect(isThere(file, next)).toBe(true)
    await store.close()
  })

  it('is erased also while somebody reads, as soon as the reader is done', async () => {
    const file = vaults.file()
    const store = SqliteClaimStore.fromConnString(file)
    await store.setup()
    const wrapped = bytes(60)
    await store.initBranchKey({ id: 'past', tenant: 'acme', window: 1, kekId: 'kek-1', wrapped })
    const reader = new Database(file)
    reader.exec('BEGIN; SELECT * FROM branch_keys')
    setTimeout(() => reader.close(), 200)
    expect(await store.destroyBranchKeys(2)).toHaveLength(1)
    expect(isThere(file, wrapped)).toBe(false)
    expect(await clock(store)).toBeGreaterThan(0)
    await store.close()
  })
})
