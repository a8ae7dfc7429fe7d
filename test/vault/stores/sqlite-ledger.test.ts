import Database from 'better-sqlite3'
import { afterEach, describe } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { describeLedgerTriggers } from './ledger-triggers.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
const stores: SqliteClaimStore[] = []
let file = ''
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  vaults.dispose()
})

describe('records in SQLite', () => {
  describeLedgerTriggers({
    open: async () => {
      file = vaults.file()
      const store = SqliteClaimStore.fromConnString(file)
      stores.push(store)
      await store.setup()
      return store
    },
    raw: async (sql) => {
      const db = new Database(file)
      try {
        db.exec(sql)
      } finally {
        db.close()
      }
    },
    permitted: (through, work) =>
      `BEGIN; INSERT INTO ledger_permit VALUES (${through}); ${work}; DELETE FROM ledger_permit; COMMIT`,
  })
})
