import { expect, it } from 'vitest'
import {
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

export interface VersionTarget {
  /** Makes what version 1 made, with entry 1 of the migrations. */
  setUpVersion1(): Promise<void>
  /** A store of this code on the same data, not set up. */
  store(): ClaimStore
  raw(sql: string): Promise<unknown>
  bytes(hex: string): string
  /** The next number of the ledger, as an expression. */
  readonly nextSeq: string
  /** How the code of version 1 judges what it finds. */
  checkAsVersion1(): Promise<void>
}

export function describeSchemaVersions(target: VersionTarget): void {
  const writes = V1_WRITES(target)

  const open = async (): Promise<ClaimStore> => {
    const store = target.store()
    await store.setup()
    return store
  }

  it('keeps what version 1 stored, without a hold, a link or a mac that it never had', async () => {
    await target.setUpVersion1()
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
    await target.setUpVersion1()
    for (let count = 0; count < 2; count++) await target.raw(writes.event)
    const store = await open()
    await put(store, { events: [ledgerRecord({ link: 1, writer: 'new' })] })
    await target.raw(writes.event)
    const links = (await store.readEvents({})).map(({ link }) => link ?? null)
    expect(links).toEqual([null, null, 1, null])
  })

  it('lets a process of version 1 that is still running go on: what it writes, version 2 reads', async () => {
    await target.setUpVersion1()
    const store = await open()
    for (const sql of Object.values(writes)) await target.raw(sql)
    expect(await loadRow(store, ROW.id)).toEqual(ROW)
    expect(await store.readEvents({})).toHaveLength(1)
    const now = await clock(store)
    await put(store, { thread: threadRow(now, { held: true }) })
    await target.raw(`UPDATE threads SET used_at = ${now + 1}, mac = ${target.bytes('ff')} WHERE used_at < ${now + 1}`)
    expect((await load(store, [])).thread).toMatchObject({ usedAt: now + 1 })
  })

  it('refuses a process of version 1 that starts afterwards: nothing is downgraded', async () => {
    await target.setUpVersion1()
    await target.checkAsVersion1()
    await open()
    await expect(target.checkAsVersion1()).rejects.toMatchObject({
      code: 'ERR_VAULT_SCHEMA',
      message: expect.stringMatching(/version 2.*up to 1.*never downgraded/s),
    })
  })

  it('is migrated once when many processes of version 2 start at the same moment', async () => {
    await target.setUpVersion1()
    await target.raw(writes.claim)
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()))
    for (const store of stores) expect(await loadRow(store, ROW.id)).toEqual(ROW)
  })

  it("stays as it is when another tool's table has a name that version 2 needs", async () => {
    await target.setUpVersion1()
    await target.raw('CREATE TABLE notes (line TEXT)')
    await expect(open()).rejects.toMatchObject({
      code: 'ERR_VAULT_SCHEMA',
      message: expect.stringContaining('notes'),
    })
    await target.checkAsVersion1()
  })
}
