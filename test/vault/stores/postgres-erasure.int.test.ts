import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { bytes } from '../../../src/testing/claim-store/harness.js'
import { embeddedBinaries, startCluster, systemBinaries } from '../../services/postgres-cluster.js'

/** In the files of tables and indexes; the write-ahead log keeps what it had. */
function isThere(directory: string, needle: Uint8Array): boolean {
  return readdirSync(path.join(directory, 'base'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(path.join(entry.parentPath, entry.name)).includes(Buffer.from(needle)))
}

describe('a branch key that was destroyed in PostgreSQL', () => {
  it('stands in no file of a table, though PostgreSQL leaves deleted rows in their pages', async () => {
    const binaries = (await embeddedBinaries()) ?? systemBinaries()
    if (binaries === undefined) throw new Error('This test looks into the files of a server of its own.')
    const cluster = await startCluster(binaries)
    const admin = new pg.Client({ connectionString: cluster.url })
    try {
      await admin.connect()
      const directory = (await admin.query('SHOW data_directory')).rows[0].data_directory
      const store = PostgresClaimStore.fromConnString(cluster.url)
      await store.setup()
      const [past, again, next] = [bytes(60), bytes(60), bytes(60)] as const
      const row = { id: 'past', tenant: 'acme', window: 1, kekId: 'kek-1', wrapped: past }
      await store.initBranchKey(row)
      await store.initBranchKey({ ...row, id: 'next', window: 2, wrapped: next })
      await store.rewrapBranchKey({ ...row, wrapped: again }, past)
      await admin.query('CHECKPOINT')
      for (const wrapped of [past, again, next]) expect(isThere(directory, wrapped)).toBe(true)
      await store.destroyBranchKeys(2)
      await admin.query('CHECKPOINT')
      for (const wrapped of [past, again]) expect(isThere(directory, wrapped)).toBe(false)
      expect(isThere(directory, next)).toBe(true)
      await store.close()
    } finally {
      await admin.end()
      await cluster.stop()
    }
  })
})
