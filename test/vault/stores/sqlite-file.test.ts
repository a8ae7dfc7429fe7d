import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { SqliteClaimStore, type SqliteClaimStoreOptions } from '../../../src/sqlite.js'
import { bytes, claimRow, clock, ledgerRecord, link, loadRow, put } from '../../../src/testing/claim-store/harness.js'
import { mapSqliteError } from '../../../src/vault/stores/sqlite-errors.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
const stores: SqliteClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  vaults.dispose()
})

function storeOf(connString: string, options?: SqliteClaimStoreOptions): SqliteClaimStore {
  const store = SqliteClaimStore.fromConnString(connString, options)
  stores.push(store)
  return store
}

async function openStore(file: string, options?: SqliteClaimStoreOptions): Promise<SqliteClaimStore> {
  const store = storeOf(file, options)
  await store.setup()
  return store
}

/** Runs SQL past the store, as an operator with the file could. */
function raw<Result>(file: string, work: (db: Database.Database) => Result): Result {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

describe('the vault file', () => {
  it('is readable by its owner alone, with its -wal and -shm, whatever the umask', async () => {
    const file = vaults.file()
    const umask = process.umask(0)
    try {
      await put(await openStore(file), { insert: [claimRow()] })
    } finally {
      process.umask(umask)
    }
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777).toBe(0o600)
  })

  it.each(['', 'sqlite:', 'sqlite://'])('is found by path with the prefix %j', async (prefix) => {
    const file = vaults.file()
    await openStore(prefix + file)
    expect(existsSync(file)).toBe(true)
  })

  it.each(['postgres://host/db', 'file:vault.db', 'redis:1', '', 'sqlite:'])(
    'is never guessed from %j',
    (connString) => {
      expect(() => SqliteClaimStore.fromConnString(connString)).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
      )
    },
  )

  it('is not made by naming it, only by setup, so that a constructor has no side effect', () => {
    const file = vaults.file()
    storeOf(file)
    expect(existsSync(file)).toBe(false)
  })

  it('needs its directory: a typing error must not make a vault somewhere else', async () => {
    const missing = path.join(path.dirname(vaults.file()), 'typo', 'vault.db')
    const setup = storeOf(missing).setup()
    await expect(setup).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID', message: expect.stringContaining('typo') })
  })

  it('can be set up after what was in the way is gone', async () => {
    const file = vaults.file()
    writeFileSync(file, 'something else'.repeat(500))
    const store = storeOf(file)
    await expect(store.setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
    writeFileSync(file, '')
    await store.setup()
    await put(store, { insert: [claimRow()] })
  })

  it('survives a power cut by its settings, and zeroes what it deletes', async () => {
    const file = vaults.file()
    const store = await openStore(file)
    const now = await clock(store)
    const row = claimRow({ sealed: bytes(600), expiresAt: now - 10, sweepAt: now - 10 })
    await put(store, { insert: [row] })
    raw(file, (db) => db.pragma('wal_checkpoint(TRUNCATE)'))
    const found = (): boolean =>
      [file, `${file}-wal`].some((name) => readFileSync(name).includes(Buffer.from(row.sealed!)))
    expect(found()).toBe(true)
    await store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 10 }, link)
    raw(file, (db) => db.pragma('wal_checkpoint(TRUNCATE)'))
    expect(found()).toBe(false)
  })

  it('answers only after setup, and says so', async () => {
    const call = clock(storeOf(vaults.file()))
    await expect(call).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', message: expect.stringContaining('setup()') })
  })
})

describe('a file opened read-only', () => {
  it('gives claims, and refuses to store one', async () => {
    const file = vaults.file()
    const row = claimRow()
    await put(await openStore(file), { insert: [row] })
    const reader = await openStore(file, { readOnly: true })
    expect(await loadRow(reader, row.id)).toEqual(row)
    const commit = reader.commit({ insert: [claimRow()] })
    await expect(commit).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY', retryable: false })
  })

  it('must be a vault already', async () => {
    const file = vaults.file()
    await expect(storeOf(file, { readOnly: true }).setup()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(existsSync(file)).toBe(false)
    raw(file, (db) => db.exec('CREATE TABLE notes (text TEXT)'))
    await expect(storeOf(file, { readOnly: true }).setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
  })
})

describe('a file that is not a vault of this version', () => {
  it('is refused when its schema is newer, naming both versions', async () => {
    const file = vaults.file()
    await (await openStore(file)).close()
    raw(file, (db) => db.exec('UPDATE schema_version SET version = 99'))
    const setup = storeOf(file).setup()
    await expect(setup).rejects.toMatchObject({
      code: 'ERR_VAULT_SCHEMA',
      message: expect.stringMatching(/99.*\b3\b/s),
    })
  })

  it.each(['claims', 'ledger', 'schema_version'])(
    "is refused when another tool's table is called %s",
    async (table) => {
      const file = vaults.file()
      raw(file, (db) => db.exec(`CREATE TABLE ${table} (version TEXT)`))
      const setup = storeOf(file).setup()
      await expect(setup).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA', message: expect.stringContaining(table) })
      expect(raw(file, (db) => db.prepare('SELECT count(*) AS n FROM sqlite_master').get())).toEqual({ n: 1 })
    },
  )
})

describe('a file that another process has locked', () => {
  it('is waited for without stopping the event loop, then reported as retryable', async () => {
    const file = vaults.file()
    const store = await openStore(file, { lockTimeoutMs: 400 })
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    let ticks = 0
    const ticking = setInterval(() => ticks++, 5)
    const commit = store.commit({ insert: [claimRow()] })
    await expect(commit).rejects.toMatchObject({
      code: 'ERR_VAULT_UNAVAILABLE',
      retryable: true,
      cause: { code: 'SQLITE_BUSY' },
    })
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(3)
    expect(await loadRow(store, claimRow().id)).toBeUndefined()
    other.exec('ROLLBACK')
    other.close()
    await put(store, { insert: [claimRow()] })
  })

  it('is written as soon as it is free', async () => {
    const file = vaults.file()
    const store = await openStore(file)
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    setTimeout(() => other.exec('COMMIT'), 150)
    await put(store, { insert: [claimRow()] })
    other.close()
  })
})

describe('the ledger', () => {
  it.each([
    'UPDATE ledger SET sub = 1',
    'DELETE FROM ledger',
    'UPDATE ledger_claims SET seq = 9',
    'DELETE FROM ledger_claims',
  ])('is append-only for whoever uses the schema: %s', async (sql) => {
    const file = vaults.file()
    await put(await openStore(file), { events: [ledgerRecord({ claims: ['a'] })] })
    expect(() => raw(file, (db) => db.exec(sql))).toThrow('append-only')
  })

  it('finds the events of a claim by index, since it only grows', async () => {
    const file = vaults.file()
    await openStore(file)
    const plan = raw(file, (db) =>
      db
        .prepare(
          'EXPLAIN QUERY PLAN SELECT * FROM ledger l WHERE l.seq > 0 AND l.seq IN (SELECT seq FROM ledger_claims WHERE claim_id = 1)',
        )
        .all(),
    )
    expect(JSON.stringify(plan)).not.toContain('SCAN')
  })
})

describe('an error of the driver', () => {
  it.each([
    ['SQLITE_BUSY_SNAPSHOT', 'ERR_VAULT_UNAVAILABLE'],
    ['SQLITE_LOCKED', 'ERR_VAULT_UNAVAILABLE'],
    ['SQLITE_FULL', 'ERR_VAULT_UNAVAILABLE'],
    ['SQLITE_IOERR_WRITE', 'ERR_VAULT_UNAVAILABLE'],
    ['SQLITE_READONLY_DBMOVED', 'ERR_VAULT_READ_ONLY'],
    ['SQLITE_NOTADB', 'ERR_VAULT_SCHEMA'],
    ['SQLITE_CORRUPT', 'ERR_VAULT_SCHEMA'],
  ])('%s becomes %s and keeps nothing but its code', (code, expected) => {
    const secret = crypto.randomUUID()
    const error = mapSqliteError(Object.assign(new Error(secret), { code, sql: secret }))
    expect(error.code).toBe(expected)
    expect(error.message + JSON.stringify(error.cause)).not.toContain(secret)
    expect(Object.keys(error.cause as object)).toEqual(['code'])
  })

  it.each([
    [5 | (1 << 8), 'ERR_VAULT_UNAVAILABLE'],
    [8, 'ERR_VAULT_READ_ONLY'],
    [26, 'ERR_VAULT_SCHEMA'],
  ])('of node:sqlite with number %i becomes %s', (errcode, expected) => {
    expect(mapSqliteError(Object.assign(new Error(), { code: 'ERR_SQLITE_ERROR', errcode })).code).toBe(expected)
  })
})

describe('a runtime without SQLite', () => {
  const hasBuiltin = process.getBuiltinModule?.('node:sqlite') !== undefined

  it.skipIf(hasBuiltin)('is told what to do (skipped where the runtime has node:sqlite)', async () => {
    const setup = storeOf(vaults.file(), { driver: 'node:sqlite' }).setup()
    await expect(setup).rejects.toMatchObject({
      code: 'ERR_DEPENDENCY_MISSING',
      message: expect.stringMatching(/Node 22\.13.*npm install better-sqlite3.*PostgreSQL/s),
    })
  })
})
