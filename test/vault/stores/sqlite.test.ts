import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { describeClaimStore } from '../../../src/testing/describe-claim-store.js'

const drivers = process.getBuiltinModule?.('node:sqlite')
  ? (['node:sqlite', 'better-sqlite3'] as const)
  : (['better-sqlite3'] as const)

for (const driver of drivers) {
  describeClaimStore(`SqliteClaimStore on ${driver}`, () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-sqlite-'))
    return {
      open: () => SqliteClaimStore.fromConnString(path.join(folder, 'vault.db'), { driver }),
      dispose: () => rmSync(folder, { recursive: true }),
    }
  })

  describeClaimStore(`SqliteClaimStore in memory on ${driver}`, () => {
    const store = SqliteClaimStore.fromConnString(':memory:', { driver })
    return { open: () => store }
  })
}
