import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { bytes, claimRow, ledgerRecord, loadRow, put } from '../../../src/testing/claim-store/harness.js'
import { canMount, smallDisk } from '../../services/small-disk.js'

describe('a vault file on a full disk', () => {
  it.skipIf(!canMount)(
    'refuses with a retryable error, keeps what it had, and goes on when there is room (needs root, to mount a small disk)',
    async () => {
      const disk = smallDisk(4)
      const store = SqliteClaimStore.fromConnString(path.join(disk.folder, 'vault.db'))
      try {
        await store.setup()
        const kept = claimRow()
        await put(store, { insert: [kept], events: [ledgerRecord({ claims: [kept.id] })] })
        disk.fill()
        const lost = claimRow({ sealed: bytes(300_000) })
        const commit = store.commit({ insert: [lost], events: [ledgerRecord({ claims: [lost.id] })] })
        await expect(commit).rejects.toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', retryable: true })
        expect(await loadRow(store, kept.id)).toEqual(kept)
        expect(await loadRow(store, lost.id)).toBeUndefined()
        expect(await store.readEvents({})).toHaveLength(1)
        disk.free()
        await put(store, { insert: [lost] })
        expect(await loadRow(store, lost.id)).toEqual(lost)
      } finally {
        await store.close()
        disk.dispose()
      }
    },
  )
})
