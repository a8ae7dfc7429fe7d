import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../../../errors.js'
import { loadSqlite, type SqliteDatabase } from '../../stores/sqlite-driver.js'
import { mapSqliteError } from '../../stores/sqlite-errors.js'
import { parseSqliteConnString } from '../../stores/sqlite-file.js'
import type { CheckpointSource, StoredBytes } from './source.js'

const PAGE = 500
/** Of `SqliteSaver`; see shared leak map. Each column holds a serialized value. */
const VALUES = [
  ['checkpoints', 'checkpoint'],
  ['checkpoints', 'metadata'],
  ['writes', 'value'],
] as const
const THREADS = 'SELECT thread_id FROM checkpoints UNION SELECT thread_id FROM writes'

export async function openSqliteCheckpoints(address: string): Promise<CheckpointSource> {
  const file = parseSqliteConnString(address)
  if (!existsSync(file)) throw new ConfigError(`There are no checkpoints at ${path.resolve(file)}.`)
  const open = await loadSqlite()
  try {
    const db = open(file, true)
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE name IN ('checkpoints', 'writes')").all()
    if (tables.length === 2) return new SqliteCheckpoints(db)
    db.close()
  } catch (error) {
    throw mapSqliteError(error)
  }
  throw new ConfigError(`${path.resolve(file)} holds no checkpoints of LangGraph's SqliteSaver.`)
}

class SqliteCheckpoints implements CheckpointSource {
  readonly #db: SqliteDatabase

  constructor(db: SqliteDatabase) {
    this.#db = db
  }

  async listThreads(after = '', limit = PAGE): Promise<readonly string[]> {
    const sql = `SELECT thread_id FROM (${THREADS}) WHERE thread_id > ? ORDER BY thread_id LIMIT ?`
    return this.#all(sql, after, limit).map((row) => String(row.thread_id))
  }

  async existing(threadIds: readonly string[]): Promise<ReadonlySet<string>> {
    const sql = `SELECT thread_id FROM (${THREADS}) WHERE thread_id IN (SELECT value FROM json_each(?))`
    return new Set(this.#all(sql, JSON.stringify(threadIds)).map((row) => String(row.thread_id)))
  }

  async *search(threadIds: readonly string[], needle: string): AsyncGenerator<StoredBytes> {
    for (const [table, column] of VALUES) {
      const sql = `SELECT rowid AS at, thread_id, CAST(${column} AS BLOB) AS bytes FROM ${table}
        WHERE thread_id IN (SELECT value FROM json_each(?)) AND rowid > ? AND instr(CAST(${column} AS BLOB), CAST(? AS BLOB)) > 0
        ORDER BY rowid LIMIT ?`
      for (let after = 0; ; ) {
        const rows = this.#all(sql, JSON.stringify(threadIds), after, needle, PAGE)
        for (const row of rows) yield { threadId: String(row.thread_id), bytes: row.bytes as Uint8Array }
        if (rows.length < PAGE) break
        after = Number(rows.at(-1)!.at)
      }
    }
  }

  async close(): Promise<void> {
    this.#db.close()
  }

  #all(sql: string, ...cells: (string | number)[]): Readonly<Record<string, unknown>>[] {
    try {
      return this.#db.prepare(sql).all(...cells)
    } catch (error) {
      throw mapSqliteError(error)
    }
  }
}
