import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ClaimVault, KeyRing } from '../../../src/index.js'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import startPostgres from '../../services/global.js'
import { DURABLE } from '../../services/postgres-cluster.js'
import { type Baseline, postgresBaseline, sqliteBaseline } from './baseline.js'
import { type Filler, postgresFiller, sqliteFiller } from './filler.js'

/** A vault and a hand-written table, side by side on one database. */
export interface OpenDatabase {
  readonly vault: ClaimVault
  readonly store: ClaimStore
  readonly baseline: Baseline
  readonly filler: Filler
  close(): Promise<void>
}

export interface DatabaseKind {
  readonly name: DatabaseName
  open(): Promise<OpenDatabase>
  stop(): Promise<void>
}

export const DATABASES = ['sqlite', 'postgres'] as const
export type DatabaseName = (typeof DATABASES)[number]

export async function startDatabase(name: DatabaseName): Promise<DatabaseKind> {
  return name === 'sqlite' ? sqlite : postgres()
}

const sqlite: DatabaseKind = {
  name: 'sqlite',
  async open() {
    const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-bench-'))
    const file = path.join(directory, 'vault.db')
    const store = SqliteClaimStore.fromConnString(file)
    const baseline = sqliteBaseline(path.join(directory, 'bare.db'))
    return {
      vault: await openVault(store),
      store,
      baseline,
      filler: sqliteFiller(file),
      async close() {
        await baseline.close()
        rmSync(directory, { recursive: true, force: true })
      },
    }
  },
  stop: async () => {},
}

async function postgres(): Promise<DatabaseKind> {
  let url = ''
  const provide = (key: string, value: string): void => {
    if (key === 'postgresUrl') url = value
  }
  const stop = await startPostgres({ provide }, DURABLE)
  return {
    name: 'postgres',
    async open() {
      const schema = `bench_${randomUUID().slice(0, 8)}`
      const store = PostgresClaimStore.fromConnString(url, { schema })
      const baseline = await postgresBaseline(url, `${schema}_bare`)
      return {
        vault: await openVault(store),
        store,
        baseline,
        filler: postgresFiller(url, schema),
        close: () => baseline.close(),
      }
    },
    stop,
  }
}

function openVault(store: ClaimStore): Promise<ClaimVault> {
  return ClaimVault.open({ store, keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
}
