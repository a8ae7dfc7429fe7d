import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import {
  accessRecord,
  claimRow,
  clock,
  ledgerEvent,
  ledgerRecord,
  link,
  put,
  TENANT,
  THREAD,
} from '../../../src/testing/claim-store/harness.js'
import type { RecordChange, RecordFilter } from '../../../src/vault/access-record.js'
import type { ClaimCommit } from '../../../src/vault/claim-store.js'
import { postgresMigration } from '../../../src/vault/stores/postgres-schema.js'
import { commitStatement, qualifier } from '../../../src/vault/stores/postgres-sql.js'
import { blocksOf } from '../../repo/markdown.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
const pools: pg.Pool[] = []
const queries: pg.QueryConfig[] = []
let pool: pg.Pool
beforeEach(() => {
  pool = new pg.Pool({ connectionString: inject('postgresUrl') })
  pools.push(pool)
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const pool of pools.splice(0)) await pool.end()
  await drop()
})

function storeOf(url = inject('postgresUrl')): PostgresClaimStore {
  const store = PostgresClaimStore.fromConnString(url, { schema })
  stores.push(store)
  return store
}

/** On a pool that writes down what it is sent. */
async function watchedStore(): Promise<PostgresClaimStore> {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...rest: unknown[]) => unknown
    Object.assign(client, {
      query: (config: pg.QueryConfig, ...rest: unknown[]): unknown => {
        queries.push(config)
        return query(config, ...rest)
      },
    })
  })
  const store = PostgresClaimStore.fromPool(pool, { schema })
  stores.push(store)
  await store.setup()
  queries.length = 0
  return store
}

const inserted = (patch: Parameters<typeof accessRecord>[0] = {}): RecordChange => {
  return { record: accessRecord(patch), expectedMac: null }
}

describe('statements for access records', () => {
  it('are one for a commit of any number, and one to find them; a commit without them is sent as it ever was', async () => {
    const store = await watchedStore()
    const row = claimRow()
    await put(store, { insert: [row], events: [ledgerRecord()] })
    expect(queries.map(({ text }) => text)).toEqual([expect.stringContaining('commit_change($1')])
    await put(store, { records: [inserted({ claimId: row.id }), inserted({ holder: 'a' }), inserted()] })
    expect(queries).toHaveLength(2)
    expect((await store.findRecords({ tenant: TENANT, kind: 'grant' })).records).toHaveLength(3)
    expect(queries).toHaveLength(3)
    expect(new Set(queries.map(({ name }) => name)).size).toBe(3)
  })

  it.each<[string, Partial<RecordFilter>, string]>([
    ['id', { ids: ['a'] }, 'access_records_pkey'],
    ['claim', { claimIds: [claimRow().id] }, 'access_records_by_claim'],
    ['holder', { holders: ['holder-7'] }, 'access_records_by_holder'],
    ['thread', { threadId: 'thread-7' }, 'access_records_by_thread'],
  ])('go by an index to find by %s', async (_, filter, index) => {
    const store = await watchedStore()
    const records = Array.from({ length: 3_000 }, (_, number) =>
      inserted({ holder: `holder-${number}`, threadId: `thread-${number}` }),
    )
    await put(store, { records })
    await adminQuery(`ANALYZE ${schema}.access_records`)
    await store.findRecords({ tenant: TENANT, kind: 'grant', ...filter })
    const { text, values } = queries.at(-1)!
    const plan = await adminQuery(`EXPLAIN ${text}`, values)
    expect(JSON.stringify(plan)).toContain(index)
    expect(JSON.stringify(plan)).not.toContain('Seq Scan on access_records')
  })
})

describe('an access record that is written while its thread is deleted', () => {
  const commitBy = (client: pg.ClientBase, change: ClaimCommit) =>
    client.query(commitStatement(change, qualifier(schema)))
  const deletion = (store: PostgresClaimStore) =>
    store.deleteThread(TENANT, THREAD, ledgerEvent({ operation: 'delete-thread' }), link)
  const isWaiting = async (): Promise<void> => {
    const waiting = () =>
      adminQuery(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%${schema}%'`)
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1)
  }

  it('goes with it, though the deletion began before the record was there', async () => {
    const store = storeOf()
    await store.setup()
    const row = claimRow()
    await put(store, { insert: [row] })
    const client = await pool.connect()
    await client.query('BEGIN')
    await commitBy(client, { records: [inserted({ claimId: row.id })] })
    const deleted = deletion(store)
    await isWaiting()
    await client.query('COMMIT')
    client.release()
    expect(await deleted).toBe(1)
    expect((await store.findRecords({ tenant: TENANT, kind: 'grant' })).records).toEqual([])
  })

  it('is refused when the deletion has come first: its claim is gone', async () => {
    const store = storeOf()
    await store.setup()
    const row = claimRow()
    await put(store, { insert: [row] })
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query(`DELETE FROM ${schema}.claims WHERE id = '${row.id}'`)
    const commit = store.commit({ records: [inserted({ claimId: row.id })], events: [ledgerRecord()] })
    await isWaiting()
    await client.query('COMMIT')
    client.release()
    expect(await commit).toEqual({ committed: false })
    expect(await store.readEvents({})).toEqual([])
  })

  it('and that somebody holds is not waited for by a sweep', async () => {
    const store = storeOf()
    await store.setup()
    const now = await clock(store)
    const [held, free] = [inserted({ expiresAt: now - 20 }), inserted({ expiresAt: now - 10 })] as const
    await put(store, { records: [held, free] })
    const client = await pool.connect()
    await client.query('BEGIN')
    await commitBy(client, { records: [{ record: held.record, expectedMac: held.record.mac }] })
    const options = { graceMs: 0, tombstoneMs: 0, limit: 10 } as const
    expect(await store.sweep(options, link)).toEqual({ cleared: 0, removed: 1, more: false })
    await client.query('ROLLBACK')
    client.release()
    expect(await store.sweep(options, link)).toEqual({ cleared: 0, removed: 1, more: false })
  })
})

describe('a role that may use the claims of version 2', () => {
  const role = `vault_user_${crypto.randomUUID().slice(0, 8)}`
  afterEach(() => adminQuery(`DROP OWNED BY ${role}; DROP ROLE ${role}`))

  it('may use access records after the upgrade, or it could not even delete a thread and sweep any more', async () => {
    const [grants] = blocksOf('docs/stores.md')
      .filter(({ language }) => language === 'sql')
      .map(({ code }) => code.replaceAll('secret_safe', schema).replaceAll('vault_user', role))
    await adminQuery(`CREATE SCHEMA ${schema}; ${postgresMigration(0, qualifier(schema), 2)}`)
    const password = crypto.randomUUID()
    await adminQuery(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
    await adminQuery(grants!)
    const url = new URL(inject('postgresUrl'))
    url.username = role
    url.password = password
    await storeOf().setup()

    const store = storeOf(url.href)
    await store.setup()
    const record = accessRecord({ expiresAt: (await clock(store)) - 10 })
    const next = { ...record, threadId: 'thread-2', mac: new Uint8Array(32) }
    await put(store, { records: [{ record, expectedMac: null }] })
    await put(store, { records: [{ record: next, expectedMac: record.mac }, inserted()] })
    expect((await store.findRecords({ tenant: TENANT, kind: 'grant' })).records).toHaveLength(2)
    expect(await store.deleteThread(TENANT, THREAD, ledgerEvent(), link)).toBe(0)
    expect(await store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 10 }, link)).toMatchObject({ removed: 1 })
    const truncate = adminQuery(`SET ROLE ${role}; TRUNCATE ${schema}.access_records`)
    await expect(truncate).rejects.toMatchObject({ code: '42501' })
  })
})
