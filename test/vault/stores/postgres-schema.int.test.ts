import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import {
  claimRow,
  clock,
  ledgerRecord,
  link,
  load,
  place,
  put,
  threadRow,
} from '../../../src/testing/claim-store/harness.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
const pools: pg.Pool[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const pool of pools.splice(0)) await pool.end()
  await drop()
})

function storeOf(): PostgresClaimStore {
  const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema })
  stores.push(store)
  return store
}

async function poolStore(): Promise<{ pool: pg.Pool; store: PostgresClaimStore; queries: pg.QueryConfig[] }> {
  const pool = new pg.Pool({ connectionString: inject('postgresUrl') })
  pools.push(pool)
  const queries: pg.QueryConfig[] = []
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...rest: unknown[]) => unknown
    const counted = (config: pg.QueryConfig, ...rest: unknown[]): unknown => {
      queries.push(config)
      return query(config, ...rest)
    }
    Object.assign(client, { query: counted })
  })
  const store = PostgresClaimStore.fromPool(pool, { schema })
  stores.push(store)
  await store.setup()
  queries.length = 0
  return { pool, store, queries }
}

describe('the schema', () => {
  it('is made once when many processes set up at the same moment', async () => {
    await Promise.all(Array.from({ length: 8 }, () => storeOf().setup()))
    expect(await adminQuery(`SELECT version FROM ${schema}.schema_version`)).toEqual([{ version: '4' }])
  })

  it('is refused when it is newer, naming both versions', async () => {
    await storeOf().setup()
    await adminQuery(`UPDATE ${schema}.schema_version SET version = 99`)
    const setup = storeOf().setup()
    await expect(setup).rejects.toMatchObject({
      code: 'ERR_VAULT_SCHEMA',
      message: expect.stringMatching(/99.*\b4\b/s),
    })
  })

  it.each(['claims', 'ledger', 'schema_version'])(
    "is refused when another tool's table is called %s",
    async (table) => {
      await adminQuery(`CREATE SCHEMA ${schema}`)
      await adminQuery(`CREATE TABLE ${schema}.${table} (version text)`)
      const setup = storeOf().setup()
      await expect(setup).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', message: expect.stringContaining(table) })
    },
  )

  it('leaves nothing behind when its migration fails half-way', async () => {
    await adminQuery(`CREATE SCHEMA ${schema}`)
    await adminQuery(`CREATE SEQUENCE ${schema}.ledger_seq`)
    await expect(storeOf().setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', cause: { code: '42P07' } })
    expect(await adminQuery(`SELECT FROM pg_tables WHERE schemaname = $1`, [schema])).toEqual([])
  })

  it('may stand beside others with the same tables', async () => {
    const other = newSchema()
    const row = claimRow()
    await storeOf().setup()
    await put(stores[0]!, { insert: [row] })
    const beside = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema: other.schema })
    stores.push(beside)
    await beside.setup()
    expect((await load(beside, [row.id])).claims).toEqual([])
    await other.drop()
  })

  it.each(['a"; DROP TABLE x; --', '', '1a', 'a.b', 'x'.repeat(64)])('has a plain name, not %j', (name) => {
    const make = (): unknown => PostgresClaimStore.fromConnString('postgres://host/db', { schema: name })
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
  })

  it('is asked for when its tables are missing', async () => {
    const call = clock(storeOf())
    await expect(call).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', message: expect.stringContaining('setup()') })
  })

  it.each(['UPDATE ledger SET sub = 1', 'DELETE FROM ledger', 'TRUNCATE ledger', 'DELETE FROM ledger_claims'])(
    'keeps its ledger append-only for whoever uses it: %s',
    async (sql) => {
      await storeOf().setup()
      await put(stores[0]!, { events: [ledgerRecord({ claims: ['a'] })] })
      await expect(adminQuery(`SET search_path = ${schema}; ${sql}`)).rejects.toThrow('append-only')
    },
  )
})

describe('statements', () => {
  it('are one for a load and one for a commit of a hundred claims, named by their text alone', async () => {
    const { store, queries } = await poolStore()
    const rows = Array.from({ length: 100 }, () => claimRow())
    const ids = rows.map((row) => row.id)
    const pairs = ids.map((id) => [id, place('a')] as const)
    const events = [ledgerRecord({ claims: ids })]
    await put(store, { insert: rows, places: pairs, runs: pairs, thread: threadRow(1), events })
    expect(queries).toHaveLength(1)
    expect((await load(store, ids, ['a'])).places).toHaveLength(100)
    expect(queries).toHaveLength(2)
    const update = rows.map((row) => ({ row: { ...row, claimed: 1 }, expectedMac: row.mac }))
    expect(await store.commit({ update, events: [ledgerRecord()] })).toMatchObject({ committed: true })
    expect(queries).toHaveLength(3)
    const [insert, read, change] = queries.map(({ name }) => name)
    expect([insert === change, insert === read]).toEqual([true, false])
  })

  it('go by index, also on a connection that planned them when the vault was empty', async () => {
    const first = storeOf()
    await first.setup()
    await first.close()
    const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema, maxConnections: 1 })
    stores.push(store)
    const scans = async (): Promise<number[]> => {
      const [row] = await adminQuery(
        `SELECT seq_scan::int AS seq, idx_scan::int AS idx FROM pg_stat_user_tables WHERE schemaname = $1 AND relname = 'claims'`,
        [schema],
      )
      return [Number(row?.seq), Number(row?.idx)]
    }
    // Making indexes reads the table too; a server counts what a connection did once that has ended.
    await expect.poll(async () => (await scans())[0], { timeout: 15_000 }).toBeGreaterThan(0)
    const [before] = await scans()
    await load(store, [claimRow().id])
    const rows = Array.from({ length: 2_000 }, () => claimRow())
    await put(store, { insert: rows })
    for (const row of rows.slice(0, 40)) {
      await load(store, [row.id])
      await put(store, { update: [{ row: { ...row, claimed: 1 }, expectedMac: row.mac }], runs: [[row.id, 'run-1']] })
    }
    await expect.poll(async () => (await scans())[1], { timeout: 15_000 }).toBeGreaterThan(80)
    expect((await scans())[0]).toBe(before)
  })

  it('keep the connection when a commit is refused, since races are no failure', async () => {
    const { pool, store } = await poolStore()
    const row = claimRow()
    await put(store, { insert: [row] })
    const connections = pool.totalCount
    for (let index = 0; index < 5; index++) {
      expect(await store.commit({ insert: [row] })).toEqual({ committed: false })
    }
    expect(pool.totalCount).toBe(connections)
    expect(pool.idleCount).toBe(connections)
  })

  it('of a sweep do not wait for a row that somebody holds', async () => {
    const { pool, store } = await poolStore()
    const now = await clock(store)
    const [held, free] = [
      claimRow({ expiresAt: now - 10, sweepAt: 1 }),
      claimRow({ expiresAt: now - 10, sweepAt: 2 }),
    ] as const
    await put(store, { insert: [held, free] })
    const client = await pool.connect()
    await client.query({ text: 'BEGIN' })
    await client.query({ text: `SELECT FROM ${schema}.claims WHERE id = '${held.id}' FOR UPDATE` })
    const options = { graceMs: 0, tombstoneMs: 1_000, limit: 10 } as const
    expect(await store.sweep(options, link)).toMatchObject({ cleared: 1 })
    await client.query({ text: 'ROLLBACK' })
    client.release()
    expect(await store.sweep(options, link)).toMatchObject({ cleared: 1 })
  })

  it('refuse a thread id that no index can hold, for good', async () => {
    const { store } = await poolStore()
    const threadId = Array.from({ length: 300 }, () => crypto.randomUUID()).join('')
    const commit = store.commit({ thread: threadRow(1, { threadId }) })
    await expect(commit).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED', retryable: false })
  })
})

describe("an application's own pool", () => {
  it('stays open when the store is closed', async () => {
    const { pool, store } = await poolStore()
    await store.close()
    expect((await pool.query({ text: 'SELECT 1 AS one' })).rows).toEqual([{ one: 1 }])
    expect(pool.listenerCount('error')).toBe(0)
  })
})
