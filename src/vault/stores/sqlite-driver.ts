import type BetterSqlite3 from 'better-sqlite3'
import { DependencyError, foreignCode } from '../../errors.js'
import type { Cell } from './row-codec.js'

export type SqliteDriverName = 'node:sqlite' | 'better-sqlite3'
export type SqliteRecord = Readonly<Record<string, unknown>>

export interface SqliteStatement {
  run(...cells: Cell[]): { readonly changes: number | bigint }
  get(...cells: Cell[]): SqliteRecord | undefined
  all(...cells: Cell[]): SqliteRecord[]
  /** One row at a time; `node:sqlite` has it from 22.13 on. */
  iterate(...cells: Cell[]): IterableIterator<SqliteRecord>
}

/** What both drivers have in common. */
export interface SqliteDatabase {
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
  close(): unknown
}

export type OpenSqlite = (file: string, readOnly: boolean) => SqliteDatabase

/** The part of `node:sqlite` used here; types for Node 20 do not know the module. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string, options: { readOnly: boolean }) => SqliteDatabase
}

const REMEDY =
  'Run Node 22.13 or later, which has SQLite built in; or install the driver: npm install better-sqlite3 (on some platforms it compiles, and needs a C++ compiler); or use a PostgreSQL vault.'

/**
 * `node:sqlite` where the runtime has it (22.13 and later without a flag), because it needs no compiler;
 * else `better-sqlite3`.
 * @throws DependencyError if there is neither; its message says what to do.
 */
export async function loadSqlite(prefer?: SqliteDriverName): Promise<OpenSqlite> {
  const builtin = prefer === 'better-sqlite3' ? undefined : nodeSqlite()
  if (builtin !== undefined) return (file, readOnly) => new builtin.DatabaseSync(file, { readOnly })
  if (prefer === 'node:sqlite') throw missing()
  const { default: Database } = await import('better-sqlite3').catch((error: unknown) => {
    throw missing(error)
  })
  return (file, readOnly) => openBetterSqlite(Database, file, readOnly)
}

function nodeSqlite(): NodeSqlite | undefined {
  return process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined
}

function openBetterSqlite(Database: typeof BetterSqlite3, file: string, readonly: boolean): SqliteDatabase {
  try {
    return new Database(file, { readonly }) as unknown as SqliteDatabase
  } catch (error) {
    // Its native part is loaded by the constructor, and is absent where its installation could not compile it.
    const code = foreignCode(error)?.code
    if (code === undefined || code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED') throw missing(error)
    throw error
  }
}

function missing(error?: unknown): DependencyError {
  return new DependencyError(`A SQLite vault needs a SQLite driver, and there is none. ${REMEDY}`, {
    cause: foreignCode(error),
  })
}
