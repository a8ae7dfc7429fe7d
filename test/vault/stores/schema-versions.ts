import { describe, expect, it } from 'vitest'
import {
  accessRecord,
  claimRow,
  clock,
  ledgerRecord,
  load,
  loadRow,
  put,
  threadRow,
} from '../../../src/testing/claim-store/harness.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'

const ROW = claimRow()
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

/** As the code of version 1 writes them: it knows neither holds nor links. */
const V1_WRITES = ({ bytes, nextSeq }: Pick<VersionTarget, 'bytes' | 'nextSeq'>) => ({
  vault: `INSERT INTO vault VALUES (1, 'vault-1', 'naming-1', 'kek-1', ${bytes('aabb')})`,
  key: `INSERT INTO branch_keys VALUES ('key-1', 'acme', 7, 'kek-1', ${bytes('ccdd')})`,
  claim: `INSERT INTO claims (id, tenant, thread_id, mode, state, generation, claimed, rule_id, branch_key_id, created_at, mac, sealed, fingerprint)
    VALUES ('${ROW.id}', 'acme', 'thread-1', 'resume', 'live', 1, 0, 'field', 'key-1', 1000, ${bytes(hex(ROW.mac))}, ${bytes(hex(ROW.sealed!))}, ${bytes(hex(ROW.fingerprint!))})`,
  thread: `INSERT INTO threads (tenant, thread_id, used_at, mac) VALUES ('acme', 'thread-1', 5, ${bytes('ee')})`,
  event: `INSERT INTO ledger (seq, at, writer, tenant, operation, outcome, thread_id, claims)
    VALUES (${nextSeq}, 1000, 'old', 'acme', 'mint', 'ok', 'thread-1', '["${ROW.id}"]')`,
  index: `INSERT INTO ledger_claims (claim_id, seq) SELECT '${ROW.id}', max(seq) FROM ledger`,
})

/** As the code of version 2 writes them: it knows no access records. */
const V2_WRITES = (target: Pick<VersionTarget, 'bytes' | 'nextSeq'>) => ({
  ...V1_WRITES(target),
  thread: `INSERT INTO threads (tenant, thread_id, used_at, held, mac) VALUES ('acme', 'thread-1', 5, 1, ${target.bytes('ee')})`,
  event: `INSERT INTO ledger (seq, at, writer, link, mac, tenant, operation, outcome, thread_id, claims)
    VALUES (${target.nextSeq}, 1000, 'old', 1, ${target.bytes('ab')}, 'acme', 'mint', 'ok', 'thread-1', '["${ROW.id}"]')`,
  note: "INSERT INTO notes (name, body) VALUES ('swept', '1000')",
})

export interface VersionTarget {
  /** Makes what the code of this version made, with the first entries of the migrations. */
  setUpVersion(version: number): Promise<void>
  /** A store of this code on the same data, not set up. */
  store(): ClaimStore
  raw(sql: string): Promise<unknown>
  bytes(hex: string): string
  /** The next number of the ledger, as an expression. */
  readonly nextSeq: string
  /** How the code of this version judges what it finds. */
  checkAsVersion(version: number): Promise<void>
  /** Of this code. */
  readonly latest: number
}

export function describeSchemaVersions(target: VersionTarget): void {
  const open = async (): Promise<ClaimStore> => {
    const store = target.store()
    await store.setup()
    return store
  }

  describe('of version 1', () => {
    const writes = V1_WRITES(target)

    it('keeps what version 1 stored, without a hold, a link or a mac that it never had', async () => {
      await target.setUpVersion(1)
      for (const sql of Object.values(writes)) await target.raw(sql)
      const store = await open()
      expect(await store.readVault()).toMatchObject({ vaultId: 'vault-1', namingKeyId: 'naming-1' })
      expect(await store.listBranchKeys()).toMatchObject([{ id: 'key-1', window: 7 }])
      expect(await loadRow(store, ROW.id)).toEqual(ROW)
      expect((await load(store, [])).thread).toMatchObject({ usedAt: 5, held: false })
      const [old] = await store.readEvents({ claim: ROW.id })
      expect(old).toMatchObject({ writer: 'old', at: 1_000 })
      expect([old?.link ?? null, old?.mac ?? null]).toEqual([null, null])
    })

    it('takes new records beside old ones, whose writer may have written many without a link', async () => {
      await target.setUpVersion(1)
      for (let count = 0; count < 2; count++) await target.raw(writes.event)
      const store = await open()
      await put(store, { events: [ledgerRecord({ link: 1, writer: 'new' })] })
      await target.raw(writes.event)
      const links = (await store.readEvents({})).map(({ link }) => link ?? null)
      expect(links).toEqual([null, null, 1, null])
    })

    it('lets a process of version 1 that is still running go on: what it writes, this code reads', async () => {
      await target.setUpVersion(1)
      const store = await open()
      for (const sql of Object.values(writes)) await target.raw(sql)
      expect(await loadRow(store, ROW.id)).toEqual(ROW)
      expect(await store.readEvents({})).toHaveLength(1)
      const now = await clock(store)
      await put(store, { thread: threadRow(now, { held: true }) })
      await target.raw(
        `UPDATE threads SET used_at = ${now + 1}, mac = ${target.bytes('ff')} WHERE used_at < ${now + 1}`,
      )
      expect((await load(store, [])).thread).toMatchObject({ usedAt: now + 1 })
    })
  })

  describe('of version 2', () => {
    const writes = V2_WRITES(target)

    const reads = async (store: ClaimStore): Promise<void> => {
      expect(await loadRow(store, ROW.id)).toEqual(ROW)
      expect((await load(store, [])).thread).toMatchObject({ usedAt: 5, held: true })
      expect(await store.readEvents({ claim: ROW.id })).toMatchObject([{ writer: 'old', link: 1 }])
      expect(await store.readNote('swept')).toBe('1000')
      expect(await store.findRecords({ tenant: 'acme', kind: 'grant' })).toMatchObject({ records: [] })
    }

    it('keeps what version 2 stored, and takes access records for its claims', async () => {
      await target.setUpVersion(2)
      for (const sql of Object.values(writes)) await target.raw(sql)
      const store = await open()
      await reads(store)
      const record = accessRecord({ claimId: ROW.id })
      await put(store, { records: [{ record, expectedMac: null }] })
      const found = await store.findRecords({ tenant: 'acme', kind: 'grant', claimIds: [ROW.id] })
      expect(found.records).toEqual([record])
    })

    it('lets a process of version 2 that is still running go on: what it writes, this code reads', async () => {
      await target.setUpVersion(2)
      const store = await open()
      for (const sql of Object.values(writes)) await target.raw(sql)
      await reads(store)
    })
  })

  it.each([1, 2])('refuses a process of version %i that starts afterwards: nothing is downgraded', async (version) => {
    await target.setUpVersion(version)
    await target.checkAsVersion(version)
    await open()
    await expect(target.checkAsVersion(version)).rejects.toMatchObject({
      code: 'ERR_VAULT_SCHEMA',
      message: expect.stringMatching(new RegExp(`version ${target.latest}.*up to ${version}.*never downgraded`, 's')),
    })
  })

  it.each([1, 2])('of version %i is migrated once when many processes start at the same moment', async (version) => {
    await target.setUpVersion(version)
    await target.raw(V1_WRITES(target).claim)
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()))
    for (const store of stores) expect(await loadRow(store, ROW.id)).toEqual(ROW)
  })

  it.each([
    [1, 'notes'],
    [2, 'access_records'],
  ])(
    "of version %i stays as it is when another tool's table has the name %s, which is needed",
    async (version, table) => {
      await target.setUpVersion(version)
      await target.raw(`CREATE TABLE ${table} (line TEXT)`)
      await expect(open()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', message: expect.stringContaining(table) })
      await target.checkAsVersion(version)
    },
  )
}
