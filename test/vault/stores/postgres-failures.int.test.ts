import { createServer } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore, type PostgresClaimStoreOptions } from '../../../src/postgres.js'
import { claimRow, clock, link, loadRow, put, threadRow } from '../../../src/testing/claim-store/harness.js'
import { embeddedBinaries, startCluster, systemBinaries } from '../../services/postgres-cluster.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await drop()
})

function storeOf(options: PostgresClaimStoreOptions = {}, url = inject('postgresUrl')): PostgresClaimStore {
  const store = PostgresClaimStore.fromConnString(url, { schema, ...options })
  stores.push(store)
  return store
}

async function openStore(options?: PostgresClaimStoreOptions, url?: string): Promise<PostgresClaimStore> {
  const store = storeOf(options, url)
  await store.setup()
  return store
}

/** A login role for one test, and a URL that uses it. */
async function withRole(attributes: string, work: (url: string, role: string) => Promise<void>): Promise<void> {
  const role = `role_${crypto.randomUUID().slice(0, 8)}`
  const password = crypto.randomUUID()
  await adminQuery(`CREATE ROLE ${role} LOGIN PASSWORD '${password}' ${attributes}`)
  const url = new URL(inject('postgresUrl'))
  url.username = role
  url.password = password
  try {
    await work(url.href, role)
  } finally {
    for (const store of stores.splice(0)) await store.close()
    await adminQuery(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  }
}

const unavailable = { code: 'ERR_VAULT_UNAVAILABLE', retryable: true }

describe('connections', () => {
  it('that are terminated while idle neither end the process nor fail the next call for good', async () => {
    const store = await openStore({ maxConnections: 4 })
    await Promise.all(Array.from({ length: 8 }, () => clock(store)))
    await terminate()
    const retried = async (): Promise<number> => clock(store).catch(() => retried())
    expect(await retried()).toBeGreaterThan(0)
  })

  it('that are terminated at work give a retryable error, and the store recovers', async () => {
    const store = await openStore()
    const row = claimRow()
    await put(store, { insert: [row] })
    const locked = await lockRow(row.id)
    const commit = store.commit({ update: [{ row: { ...row, claimed: 1 }, expectedMac: row.mac }] })
    const failure = expect(commit).rejects.toMatchObject({ ...unavailable, cause: { code: '57P01' } })
    await waitFor(async () => (await blocked()) > 0)
    await terminate()
    await failure
    await locked.release()
    expect(await loadRow(store, row.id)).toEqual(row)
  })

  it('that are all in use give a retryable error after the given time, and the store recovers', async () => {
    const store = await openStore({ maxConnections: 1, connectTimeoutMs: 200 })
    const row = claimRow()
    await put(store, { insert: [row] })
    const locked = await lockRow(row.id)
    const commit = store.commit({ update: [{ row: { ...row, claimed: 1 }, expectedMac: row.mac }] })
    await expect(clock(store)).rejects.toMatchObject(unavailable)
    await locked.release()
    expect(await commit).toMatchObject({ committed: true })
    expect(await clock(store)).toBeGreaterThan(0)
  })

  it('that the server refuses for their number give a retryable error', async () => {
    await (await openStore()).close()
    await withRole('SUPERUSER CONNECTION LIMIT 1', async (url, role) => {
      await adminQuery(`ALTER ROLE ${role} NOSUPERUSER; GRANT ALL ON SCHEMA ${schema} TO ${role}`)
      await adminQuery(`GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role}`)
      const store = storeOf({}, url)
      const calls = await Promise.allSettled(Array.from({ length: 5 }, () => clock(store)))
      const errors = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason] : []))
      expect(errors.length).toBeGreaterThan(0)
      for (const error of errors) expect(error).toMatchObject({ ...unavailable, cause: { code: '53300' } })
    })
  })

  it('to nobody give a retryable error that does not quote the connection string', async () => {
    const password = crypto.randomUUID()
    const error: Error = await storeOf({}, `postgres://user:${password}@127.0.0.1:1/vault`)
      .setup()
      .then(
        () => expect.unreachable(),
        (reason) => reason,
      )
    expect(error).toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } })
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(password)
  })

  it('to a server that never answers end after the given time', async () => {
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address() as { port: number }
    const store = storeOf({ connectTimeoutMs: 200 }, `postgres://user@127.0.0.1:${address.port}/vault`)
    await expect(store.setup()).rejects.toMatchObject(unavailable)
    server.close()
  })

  it('whose statement is never answered end after the given time', async () => {
    // Makes the schema, which may take longer on a busy machine.
    await openStore()
    const store = await openStore({ queryTimeoutMs: 1_000 })
    const row = claimRow()
    await put(store, { insert: [row] })
    const locked = await lockRow(row.id)
    const commit = store.commit({ update: [{ row: { ...row, claimed: 1 }, expectedMac: row.mac }] })
    await expect(commit).rejects.toMatchObject(unavailable)
    await locked.release()
    expect(await clock(store)).toBeGreaterThan(0)
  })

  it('with a wrong password say that the configuration is wrong, not to retry', async () => {
    const url = new URL(inject('postgresUrl'))
    url.password = crypto.randomUUID()
    const setup = storeOf({}, url.href).setup()
    await expect(setup).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      retryable: false,
      cause: { code: '28P01' },
    })
  })
})

describe('a connection string', () => {
  it.each(['vault.db', 'mysql://host/db', '', 'postgres://user:hunter2-hunter2@host:port/db'])(
    'that is none is refused without quoting it: %j',
    async (url) => {
      const error: Error = await (async () => storeOf({}, url).setup())().then(
        () => expect.unreachable(),
        (reason) => reason,
      )
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID', retryable: false })
      expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2')
    },
  )
})

describe('a commit that meets another transaction crosswise', () => {
  it('is undone by the server and done again, so that its caller does not notice', async () => {
    const store = await openStore()
    const rows = [claimRow(), claimRow()].sort((a, b) => (a.id < b.id ? -1 : 1))
    await put(store, { insert: rows })
    const other = new pg.Client({ connectionString: inject('postgresUrl') })
    await other.connect()
    const lock = (id: string): Promise<unknown> =>
      other.query(`SELECT FROM ${schema}.claims WHERE id = $1 FOR UPDATE`, [id])
    // Whoever looks first is undone: let that be the commit.
    await other.query("SET deadlock_timeout = '1min'; BEGIN")
    await lock(rows[1]!.id)
    const update = rows.map((row) => ({ row: { ...row, claimed: 1 }, expectedMac: row.mac }))
    const commit = store.commit({ update })
    await waitFor(async () => (await blocked()) > 0)
    await lock(rows[0]!.id)
    await other.query('ROLLBACK')
    await other.end()
    expect(await commit).toMatchObject({ committed: true })
  })
})

describe('a server that restarts', () => {
  it('gives retryable errors meanwhile, and the same store goes on afterwards', async () => {
    const binaries = (await embeddedBinaries()) ?? systemBinaries()
    if (binaries === undefined) throw new Error('This test restarts a server of its own, and there are no binaries.')
    const cluster = await startCluster(binaries)
    try {
      const store = await openStore({}, cluster.url)
      const row = claimRow()
      await put(store, { insert: [row] })
      let restarted = false
      const failures: unknown[] = []
      const using = (async () => {
        while (!restarted) {
          await clock(store).catch((error) => failures.push(error))
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      })()
      await cluster.restart()
      restarted = true
      await using
      expect(failures.length).toBeGreaterThan(0)
      for (const failure of failures) expect(failure).toMatchObject(unavailable)
      await waitFor(() => clock(store).then(Boolean, () => false))
      expect(await loadRow(store, row.id)).toEqual(row)
      await stores.pop()?.close()
    } finally {
      await cluster.stop()
    }
  })
})

describe('a role that may only read', () => {
  it('sets up what is there, loads, and is told that nothing can be stored', async () => {
    const row = claimRow()
    await put(await openStore(), { insert: [row] })
    await withRole('', async (url, role) => {
      await adminQuery(
        `GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
      )
      const store = await openStore({}, url)
      expect(await loadRow(store, row.id)).toEqual(row)
      const commit = store.commit({ insert: [claimRow()] })
      await expect(commit).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY', cause: { code: '42501' } })
      const sweep = store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 1 }, link)
      await expect(sweep).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY' })
    })
  })

  it('is told so too by a database in recovery or made read-only', async () => {
    await (await openStore()).close()
    const url = new URL(inject('postgresUrl'))
    url.searchParams.set('options', '-c default_transaction_read_only=on')
    const store = await openStore({}, url.href)
    expect(await clock(store)).toBeGreaterThan(0)
    const commit = store.commit({ thread: threadRow(1) })
    await expect(commit).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY', cause: { code: '25006' } })
  })

  it('is told which right it lacks when it may not even read', async () => {
    await (await openStore()).close()
    await withRole('', async (url) => {
      const read = storeOf({}, url).readVault()
      await expect(read).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        message: expect.stringContaining('SELECT'),
      })
    })
  })

  it('is told that another role must create the vault', async () => {
    await withRole('', async (url) => {
      const setup = storeOf({}, url).setup()
      await expect(setup).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        message: expect.stringContaining('CREATE'),
      })
    })
  })
})

async function terminate(): Promise<void> {
  await adminQuery(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%' AND application_name = ''`,
    [schema],
  )
}

async function blocked(): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%' || $1 || '%'`
  return (await adminQuery(text, [schema])).length
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('waited ten seconds in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Holds a claim's row, so that a commit on it has to wait. */
async function lockRow(id: string): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: inject('postgresUrl'), application_name: 'holds a lock' })
  await client.connect()
  await client.query('BEGIN')
  await client.query(`SELECT FROM ${schema}.claims WHERE id = $1 FOR UPDATE`, [id])
  return { release: () => client.end() }
}
