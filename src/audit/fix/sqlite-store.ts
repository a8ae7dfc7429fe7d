import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { foreignCode, SecretSafeError, StoreUnreadableError } from '../../errors.js'
import type { Cell } from '../../vault/stores/row-codec.js'
import { loadSqlite, type SqliteDatabase, type SqliteRecord } from '../../vault/stores/sqlite-driver.js'
import { sqlitePrimaryCode } from '../../vault/stores/sqlite-errors.js'
import { quoted, tablesOf } from '../sources/sqlite/tables.js'
import {
  type CellChange,
  type CellName,
  type FixStore,
  interruptSql,
  type RawBytes,
  type Residue,
  SQLITE_TABLES,
  type StoredCell,
  type TableSpec,
} from './store.js'

const PAGE_ROWS = 16
const BUSY_TIMEOUT_MS = 200
const MAX_WAITS = 50
const PIECE_BYTES = 4 << 20
/** A secret may lie across two pieces. */
const OVERLAP_BYTES = 64 << 10

/** @param writable false to open it so that nothing can be changed. @throws StoreUnreadableError */
export async function openSqliteFixStore(address: string, writable: boolean): Promise<FixStore> {
  const file = address.replace(/^sqlite:(?:\/\/(?=\/))?/, '')
  if (!existsSync(file)) throw new StoreUnreadableError(`There is no checkpoint store at ${path.resolve(file)}.`)
  const open = await loadSqlite()
  try {
    const db = open(file, !writable)
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    if (db.prepare('PRAGMA encoding').get()?.encoding !== 'UTF-8') {
      db.close()
      throw new StoreUnreadableError('The SQLite file keeps its text in UTF-16, which no LangGraph saver does.')
    }
    // What an update frees is overwritten, not only given up.
    if (writable) db.exec('PRAGMA secure_delete = ON')
    const names = new Set(tablesOf(db).map(({ name }) => name))
    const tables = SQLITE_TABLES.filter(({ table }) => names.has(table))
    if (names.has('checkpoints')) return new SqliteFixStore(db, realpathSync(file), tables)
    db.close()
  } catch (error) {
    throw mapped(error)
  }
  throw new StoreUnreadableError(`${path.resolve(file)} holds no checkpoints of LangGraph's.`)
}

class SqliteFixStore implements FixStore {
  readonly kind = 'sqlite'
  readonly name: string
  readonly identity: string
  readonly #db: SqliteDatabase
  readonly #file: string
  readonly #tables: readonly TableSpec[]

  constructor(db: SqliteDatabase, file: string, tables: readonly TableSpec[]) {
    this.#db = db
    this.#file = file
    this.#tables = tables
    this.name = path.basename(file)
    this.identity = `sqlite:${file}`
  }

  async isPython(): Promise<boolean> {
    for (const { table, typeColumn } of this.#tables) {
      const sql = `SELECT 1 AS found FROM ${table} WHERE ${typeColumn} NOT IN ('json', 'bytes') LIMIT 1`
      if ((await this.#all(sql)).length > 0) return true
    }
    return false
  }

  async isInterrupted(threadId: string): Promise<boolean> {
    if (!this.#tables.some(({ table }) => table === 'writes')) return false
    return (
      (
        await this.#all(
          interruptSql((table) => table, 'writes', '?'),
          threadId,
          threadId,
        )
      ).length > 0
    )
  }

  async listThreads(after = '', limit = 500): Promise<readonly string[]> {
    // A page of each table by its primary key's index, so that no page costs a scan of them all.
    const page = ({ table }: TableSpec) =>
      `SELECT * FROM (SELECT DISTINCT thread_id FROM ${table} WHERE thread_id > ? ORDER BY thread_id LIMIT ?)`
    const sql = `${this.#tables.map(page).join(' UNION ')} ORDER BY thread_id LIMIT ?`
    return (await this.#all(sql, ...this.#tables.flatMap(() => [after, limit]), limit)).map((row) =>
      String(row.thread_id),
    )
  }

  async *cells(threadId: string): AsyncGenerator<StoredCell> {
    for (const spec of this.#tables) {
      const rest = spec.key.slice(1)
      const select = `SELECT ${columnsOf(spec)} FROM ${spec.table} WHERE thread_id = ?`
      const order = `ORDER BY ${rest.join(', ')} LIMIT ${PAGE_ROWS}`
      for (let after: Cell[] | undefined; ; ) {
        const where = after === undefined ? '' : `AND (${rest.join(', ')}) > (${rest.map(() => '?').join(', ')})`
        const rows = await this.#all(`${select} ${where} ${order}`, threadId, ...(after ?? []))
        for (const row of rows) yield* cellsOf(spec, row)
        if (rows.length < PAGE_ROWS) break
        after = keyOf(spec, rows.at(-1)!).slice(1)
      }
    }
  }

  async read({ table, column, key }: CellName): Promise<StoredCell | undefined> {
    const spec = this.#tables.find((each) => each.table === table)
    if (spec === undefined) return undefined
    const [row] = await this.#all(`SELECT ${columnsOf(spec)} FROM ${table} WHERE ${whereOf(spec)}`, ...key)
    return row === undefined ? undefined : [...cellsOf(spec, row)].find((cell) => cell.column === column)
  }

  async replace(changes: readonly CellChange[]): Promise<readonly boolean[]> {
    if (changes.length === 0) return []
    return this.#orFail(() => {
      this.#db.exec('BEGIN IMMEDIATE')
      try {
        const made = changes.map((change) => this.#replaceOne(change))
        this.#db.exec('COMMIT')
        return made
      } catch (error) {
        this.#db.exec('ROLLBACK')
        throw error
      }
    })
  }

  #replaceOne({ cell, bytes, type }: CellChange): boolean {
    const spec = this.#tables.find(({ table }) => table === cell.table)!
    const { typeColumn } = spec
    const retype = type === cell.type ? '' : `, ${typeColumn} = ?`
    const sql = `UPDATE ${cell.table} SET ${cell.column} = CAST(? AS ${cell.isText ? 'TEXT' : 'BLOB'})${retype}
      WHERE ${whereOf(spec)} AND CAST(${cell.column} AS BLOB) = ? AND typeof(${cell.column}) = ? AND ${typeColumn} IS ?`
    const kind = cell.isText ? 'text' : 'blob'
    const cells = [bytes, ...(retype === '' ? [] : [type]), ...cell.key, cell.bytes, kind, cell.type]
    return Number(this.#db.prepare(sql).run(...cells).changes) === 1
  }

  async *raw(): AsyncGenerator<RawBytes> {
    // Tables without row ids are no saver's: what they hold is read in the file itself.
    for (const { name, columns } of tablesOf(this.#db).filter(({ hasRowId }) => hasRowId)) {
      for (const column of columns) {
        const sql = `SELECT _rowid_ AS at, CAST(${quoted(column)} AS BLOB) AS bytes FROM ${quoted(name)} WHERE _rowid_ > ? ORDER BY _rowid_ LIMIT ${PAGE_ROWS}`
        for (let after = Number.MIN_SAFE_INTEGER; ; ) {
          const rows = await this.#all(sql, after)
          for (const { bytes } of rows) if (bytes instanceof Uint8Array) yield { place: `${name}.${column}`, bytes }
          if (rows.length < PAGE_ROWS) break
          after = Number(rows.at(-1)!.at)
        }
      }
    }
    for (const suffix of ['', '-wal', '-journal']) yield* piecesOf(this.#file + suffix)
  }

  async clearResidue(): Promise<Residue> {
    const left: string[] = []
    const fold = () => this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 1
    const rewrite = () => {
      this.#db.exec('VACUUM')
      return true
    }
    for (const [work, what] of [
      [fold, 'fold its write-ahead log into it'],
      [rewrite, 'rewrite the file without its free pages'],
      [fold, 'empty its write-ahead log'],
    ] as const) {
      const isDone = await this.#again(work).catch((error: unknown) => {
        if (isBusy(error)) return false
        throw mapped(error)
      })
      if (!isDone)
        left.push(`${this.name} is in use, so that nobody can ${what}: run this again while nothing else has it open.`)
    }
    return {
      done: left.length > 0 ? [] : ['Free pages and the write-ahead log of the file are rewritten.'],
      left: [
        ...left,
        'Copies and backups of the file, and blocks that the file system has freed, hold what they held.',
      ],
    }
  }

  async close(): Promise<void> {
    this.#db.close()
  }

  #all(sql: string, ...cells: Cell[]): Promise<readonly SqliteRecord[]> {
    return this.#orFail(() => this.#db.prepare(sql).all(...cells))
  }

  async #orFail<Result>(work: () => Result): Promise<Result> {
    try {
      return await this.#again(work)
    } catch (error) {
      throw mapped(error)
    }
  }

  /** Waits for a lock outside of the call, so that this process goes on meanwhile. */
  async #again<Result>(work: () => Result): Promise<Result> {
    for (let wait = 0; ; wait++) {
      try {
        return work()
      } catch (error) {
        if (!isBusy(error) || wait >= MAX_WAITS) throw error
        await sleep(BUSY_TIMEOUT_MS)
      }
    }
  }
}

function columnsOf({ key, cells, typeColumn, channelColumn }: TableSpec): string {
  const values = cells.map(({ column }) => `CAST(${column} AS BLOB) AS ${column}, typeof(${column}) AS ${column}_kind`)
  const names = [...key, ...(channelColumn === undefined || key.includes(channelColumn) ? [] : [channelColumn])]
  return [...names, `${typeColumn} AS written_type`, ...values].join(', ')
}

function* cellsOf(spec: TableSpec, row: SqliteRecord): Generator<StoredCell> {
  const { table, cells, channelColumn } = spec
  for (const { column, role } of cells) {
    const bytes = row[column]
    if (!(bytes instanceof Uint8Array)) continue
    yield {
      table,
      column,
      role,
      key: keyOf(spec, row),
      threadId: String(row.thread_id),
      channel: channelColumn === undefined ? undefined : String(row[channelColumn]),
      type: row.written_type === null ? null : String(row.written_type),
      bytes,
      isText: row[`${column}_kind`] === 'text',
    }
  }
}

function keyOf({ key }: TableSpec, row: SqliteRecord): (string | number)[] {
  return key.map((column) => (typeof row[column] === 'number' ? row[column] : String(row[column])))
}

const whereOf = ({ key }: TableSpec): string => key.map((column) => `${column} = ?`).join(' AND ')

function* piecesOf(file: string): Generator<RawBytes> {
  if (!existsSync(file)) return
  const place = path.basename(file)
  const handle = openSync(file, 'r')
  try {
    for (let at = 0; ; at += PIECE_BYTES - OVERLAP_BYTES) {
      const bytes = new Uint8Array(PIECE_BYTES)
      const length = readSync(handle, bytes, 0, PIECE_BYTES, at)
      if (length > 0) yield { place, bytes: bytes.subarray(0, length) }
      if (length < PIECE_BYTES) return
    }
  } finally {
    closeSync(handle)
  }
}

function isBusy(error: unknown): boolean {
  const code = sqlitePrimaryCode(error)
  return code === 'BUSY' || code === 'LOCKED'
}

/** Only the code of a foreign error is kept: its message may quote SQL and values. */
function mapped(error: unknown): SecretSafeError {
  if (error instanceof SecretSafeError) return error
  const code = sqlitePrimaryCode(error)
  const cause = code === undefined ? foreignCode(error) : { code: `SQLITE_${code}` }
  if (isBusy(error)) return new StoreUnreadableError('The checkpoint store is locked by another process.', { cause })
  if (code === 'NOTADB' || code === 'CORRUPT')
    return new StoreUnreadableError('The checkpoint store is not a SQLite database, or it is damaged.', { cause })
  return new StoreUnreadableError('The checkpoint store could not be read or written.', { cause })
}
