import { setTimeout as sleep } from 'node:timers/promises'
import { VaultClosedError, VaultReadOnlyError, VaultSchemaError } from '../../errors.js'
import { checkSchema } from './schema-version.js'
import { loadSqlite, type SqliteDatabase, type SqliteDriverName, type SqliteStatement } from './sqlite-driver.js'
import { mapSqliteError, sqlitePrimaryCode } from './sqlite-errors.js'
import { prepareSqliteFile } from './sqlite-file.js'
import { readSqliteSchema, SQLITE_SCHEMA_VERSION, sqliteMigration } from './sqlite-schema.js'

export interface SqliteConnectionOptions {
  readonly file: string
  readonly readOnly: boolean
  readonly driver: SqliteDriverName | undefined
  readonly lockTimeoutMs: number
}

/** SQLite waits inside the call, so the event loop stands still for this long at most; then we wait outside of it. */
const BUSY_TIMEOUT_MS = 40

/** Thrown inside a transaction to undo it without an error. */
export class RefusedCommit extends Error {}

/** One open database file: its settings, its prepared statements, and transactions that wait for their lock. */
export class SqliteConnection {
  readonly #options: SqliteConnectionOptions
  readonly #statements = new Map<string, SqliteStatement>()
  #db: SqliteDatabase | undefined
  #opening: Promise<void> | undefined
  #closed = false

  constructor(options: SqliteConnectionOptions) {
    this.#options = options
  }

  /** Opens the file and brings its schema up to date, once. */
  async open(): Promise<void> {
    if (this.#closed) throw new VaultClosedError()
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    await this.#opening
  }

  close(): void {
    this.#closed = true
    this.#discard()
  }

  /** @throws VaultSchemaError before `open`. */
  prepare(sql: string): SqliteStatement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#opened().prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  now(): number {
    return Number(this.prepare("SELECT round(unixepoch('subsec') * 1000) AS now").get()?.now)
  }

  /** One snapshot for all statements of `work`, which must not await. */
  async read<Result>(work: () => Result): Promise<Result> {
    return this.#transaction('BEGIN', work)
  }

  /** One transaction that holds the write lock from its start, so that it never fails half-way for a lock. */
  async write<Result>(work: () => Result): Promise<Result> {
    if (this.#options.readOnly) throw new VaultReadOnlyError()
    return this.#transaction('BEGIN IMMEDIATE', work)
  }

  /**
   * Writes the write-ahead log back and cuts it off, so that what was deleted stands in neither file. A reader that still
   * needs the log is waited for, as a lock is; if it stays, the next one who empties the log does it.
   */
  async emptyLog(): Promise<void> {
    const giveUpAt = performance.now() + this.#options.lockTimeoutMs
    const isEmptied = (): boolean => this.#opened().prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0
    while (!(await this.#whenFree(isEmptied)) && performance.now() < giveUpAt) await sleep(20)
  }

  async #transaction<Result>(begin: string, work: () => Result): Promise<Result> {
    return this.#whenFree(() => {
      this.prepare(begin).run()
      try {
        const result = work()
        this.prepare('COMMIT').run()
        return result
      } catch (error) {
        rollback(this.#opened())
        throw error
      }
    })
  }

  /** Tries again while another process holds a lock, with other work of this process going on in between. */
  async #whenFree<Result>(attempt: () => Result): Promise<Result> {
    const giveUpAt = performance.now() + this.#options.lockTimeoutMs
    for (let delay = 2; ; delay = Math.min(delay * 2, 64)) {
      try {
        return attempt()
      } catch (error) {
        if (error instanceof RefusedCommit) throw error
        const primary = sqlitePrimaryCode(error)
        if ((primary !== 'BUSY' && primary !== 'LOCKED') || performance.now() >= giveUpAt) throw mapSqliteError(error)
      }
      await sleep(delay * (0.5 + Math.random()))
    }
  }

  #opened(): SqliteDatabase {
    if (this.#closed) throw new VaultClosedError()
    if (this.#db === undefined) throw new VaultSchemaError('The claim store is not set up: await setup() first.')
    return this.#db
  }

  async #open(): Promise<void> {
    const { file, readOnly, driver } = this.#options
    const open = await loadSqlite(driver)
    prepareSqliteFile(file, readOnly)
    try {
      this.#db = await this.#whenFree(() => open(file, readOnly))
      await this.#whenFree(() => this.#configure())
      if (this.#schemaVersion() < SQLITE_SCHEMA_VERSION) await this.#migrate()
    } catch (error) {
      this.#discard()
      throw mapSqliteError(error)
    }
  }

  #configure(): void {
    const db = this.#opened()
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF`)
    if (this.#options.readOnly) return
    // Switching takes an exclusive lock, so only a file that is not in WAL mode yet is switched.
    if (db.prepare('PRAGMA journal_mode').get()?.journal_mode !== 'wal') db.exec('PRAGMA journal_mode = WAL')
    // FULL: a claim must not be forgotten by a power cut once its URL stands in a checkpoint.
    db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  }

  #schemaVersion(): number {
    return checkSchema(readSqliteSchema(this.#opened()), SQLITE_SCHEMA_VERSION)
  }

  async #migrate(): Promise<void> {
    if (this.#options.readOnly) throw new VaultSchemaError('The file opened read-only holds no vault of this version.')
    await this.write(() => {
      // Another process may have migrated while this one waited for the lock.
      const version = this.#schemaVersion()
      if (version < SQLITE_SCHEMA_VERSION) this.#opened().exec(sqliteMigration(version))
    })
  }

  #discard(): void {
    this.#statements.clear()
    this.#db?.close()
    this.#db = undefined
  }
}

function rollback(db: SqliteDatabase): void {
  try {
    db.exec('ROLLBACK')
  } catch {
    // SQLite has already rolled back: it does so by itself when the disk is full.
  }
}
