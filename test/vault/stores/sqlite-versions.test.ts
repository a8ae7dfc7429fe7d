import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { checkSchema } from '../../../src/vault/stores/schema-version.js'
import type { SqliteDatabase } from '../../../src/vault/stores/sqlite-driver.js'
import { readSqliteSchema, sqliteMigration } from '../../../src/vault/stores/sqlite-schema.js'
import { describeSchemaVersions } from './schema-versions.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
const stores: SqliteClaimStore[] = []
let file = ''
beforeEach(() => {
  file = vaults.file()
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  vaults.dispose()
})

async function withDatabase(work: (db: Database.Database) => unknown): Promise<void> {
  const db = new Database(file)
  try {
    work(db)
  } finally {
    db.close()
  }
}

describe('a vault file of an older version', () => {
  describeSchemaVersions({
    setUpVersion: (version) =>
      withDatabase((db) => {
        db.pragma('journal_mode = WAL')
        db.exec(sqliteMigration(0, version))
      }),
    store: () => {
      const store = SqliteClaimStore.fromConnString(file)
      stores.push(store)
      return store
    },
    raw: (sql) => withDatabase((db) => db.exec(sql)),
    latest: 3,
    nextSeq: 'NULL',
    bytes: (hex) => `x'${hex}'`,
    checkAsVersion: (version) =>
      withDatabase((db) => checkSchema(readSqliteSchema(db as unknown as SqliteDatabase), version)),
  })
})
