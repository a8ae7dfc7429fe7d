import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import Database from 'better-sqlite3'
import pg from 'pg'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../src/index.js'
import { dumpPostgres, watchPostgresFiles } from '../../src/testing/leak/dump/postgres.js'
import { dumpSqlite, dumpSqliteFiles } from '../../src/testing/leak/dump/sqlite.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { PostgresClaimStore } from '../../src/vault/stores/postgres.js'
import { SqliteClaimStore } from '../../src/vault/stores/sqlite.js'

export interface WrapOptions {
  /** A new vault in memory unless told. */
  readonly store?: ClaimStore
  /** Base64; a new one unless told. */
  readonly key?: string
}

export interface WrappedSaver<Inner extends BaseCheckpointSaver> {
  readonly saver: SecretSafeSaver<Inner>
  readonly vault: ClaimVault
  close(): Promise<void>
}

/** The one place where tests put a SecretSafeSaver around a saver. */
export async function wrapSaver<Inner extends BaseCheckpointSaver>(
  inner: Inner,
  { store = new MemoryClaimStore(), key = KeyRing.generate() }: WrapOptions = {},
): Promise<WrappedSaver<Inner>> {
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  const saver = new SecretSafeSaver(inner, {
    vault,
    principal: { sub: 'test' },
    fields: ['value.marked.item'],
  })
  return { saver, vault, close: () => vault.close() }
}

interface VaultStore {
  readonly store: ClaimStore
  dump(): Promise<readonly StoredBytes[]>
  close(): Promise<void>
}

/** Wraps what `open` opens; the dump holds the vault's bytes, too. */
export function protect(open: () => Promise<LeakTarget>, openVault = memoryVault): () => Promise<LeakTarget> {
  return async () => {
    const inner = await open()
    const vault = await openVault()
    const wrapped = await wrapSaver(inner.checkpointer, { store: vault.store })
    return {
      checkpointer: wrapped.saver,
      dump: async () => [...(await inner.dump()), ...(await vault.dump())],
      close: async () => {
        await wrapped.close()
        await vault.close()
        await inner.close()
      },
    }
  }
}

export async function memoryVault(): Promise<VaultStore> {
  return { store: new MemoryClaimStore(), dump: async () => [], close: async () => {} }
}

export async function sqliteVault(): Promise<VaultStore> {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-vault-'))
  const file = path.join(directory, 'vault.db')
  return {
    store: SqliteClaimStore.fromConnString(file),
    dump: async () => {
      const files = dumpSqliteFiles(file, 'vault')
      const db = new Database(file, { readonly: true })
      const cells = dumpSqlite(db, 'vault')
      db.close()
      return [...files, ...cells]
    },
    close: async () => rmSync(directory, { recursive: true, force: true }),
  }
}

export function postgresVault(url: string): () => Promise<VaultStore> {
  return async () => {
    const schema = `vault_${randomUUID().slice(0, 8)}`
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    await pool.query(`create schema "${schema}"`)
    const files = await watchPostgresFiles(pool, schema)
    return {
      store: PostgresClaimStore.fromConnString(url, { schema }),
      dump: async () => [...(await dumpPostgres(pool, schema, 'vault')), ...(await files.dump('vault'))],
      close: async () => {
        await pool.query(`drop schema "${schema}" cascade`)
        await pool.end()
      },
    }
  }
}
