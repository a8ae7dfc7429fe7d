import type { LedgerEntry, LedgerEvent, LedgerQuery } from '../../ledger/event.js'
import type {
  BranchKeyRow,
  ClaimCommit,
  ClaimFilter,
  ClaimId,
  ClaimLoad,
  ClaimRow,
  ClaimSnapshot,
  ClaimStore,
  CommitResult,
  PlaceTag,
  SweepOptions,
  SweepResult,
  VaultRow,
} from '../claim-store.js'
import { checkCommit } from './check-commit.js'
import { branchKeyCodec, claimCodec, ledgerCodec, threadCodec, vaultCodec } from './codecs.js'
import { claimFilterSql, type FilterDialect, ledgerQuerySql, listThreadsSql } from './filters.js'
import { type Cell, checkLimit, checkTexts } from './row-codec.js'
import { RefusedCommit, SqliteConnection } from './sqlite-connection.js'
import type { SqliteDriverName, SqliteRecord } from './sqlite-driver.js'
import { parseSqliteConnString } from './sqlite-file.js'
import { insertSql, writeCommit, writeEvents } from './sqlite-writes.js'
import { planSweep, SWEEP_COLUMNS, sweepCandidate } from './sweep-plan.js'

export interface SqliteClaimStoreOptions {
  /** Loads work, commits throw VaultReadOnlyError; the file must exist. */
  readonly readOnly?: boolean
  /** How long to wait for a lock that another process holds; 10,000 ms unless told. */
  readonly lockTimeoutMs?: number
  /** `node:sqlite` where the runtime has it, else `better-sqlite3`, unless told. */
  readonly driver?: SqliteDriverName
}

/**
 * Keeps claims in one SQLite file (mode 0600), for one machine. Several processes may use it at once.
 * Calls are synchronous inside and settle in the order in which they were made, unless another process holds the lock.
 */
export class SqliteClaimStore implements ClaimStore {
  readonly #db: SqliteConnection

  private constructor(db: SqliteConnection) {
    this.#db = db
  }

  /**
   * Opens nothing yet: `setup` does.
   * @param connString `vault.db`, `sqlite:./vault.db` or `:memory:`.
   * @throws ConfigError if it names another kind of database.
   */
  static fromConnString(connString: string, options: SqliteClaimStoreOptions = {}): SqliteClaimStore {
    const { readOnly = false, lockTimeoutMs = 10_000, driver } = options
    return new SqliteClaimStore(
      new SqliteConnection({ file: parseSqliteConnString(connString), readOnly, lockTimeoutMs, driver }),
    )
  }

  /**
   * @throws DependencyError without a SQLite driver; ConfigError if the directory is missing; VaultSchemaError if the
   * schema is newer, the tables are another tool's, or the file is not a database.
   */
  async setup(): Promise<void> {
    await this.#db.open()
  }

  async close(): Promise<void> {
    this.#db.close()
  }

  async readVault(): Promise<VaultRow | undefined> {
    const row = await this.#db.read(() => this.#db.prepare('SELECT * FROM vault').get())
    return row && vaultCodec.decode(row)
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    const sql = `INSERT INTO vault (singleton, ${vaultCodec.names.join(', ')}) VALUES (1, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
    return this.#db.write(() => {
      this.#db.prepare(sql).run(...vaultCodec.encode(row))
      return vaultCodec.decode(this.#db.prepare('SELECT * FROM vault').get() ?? {})
    })
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    checkTexts(ids, 'ids')
    const select = 'SELECT * FROM branch_keys WHERE id = ?'
    return this.#db.read(() =>
      [...new Set(ids)].flatMap((id) => this.#all(select, [id], (r) => branchKeyCodec.decode(r))),
    )
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    const select = 'SELECT * FROM branch_keys WHERE tenant = ? AND key_window = ?'
    return this.#db.write(() => {
      this.#db.prepare(insertSql('branch_keys', branchKeyCodec)).run(...branchKeyCodec.encode(row))
      return branchKeyCodec.decode(this.#db.prepare(select).get(row.tenant, row.window) ?? {})
    })
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId } = query
    return this.#db.read(() => {
      const thread = this.#db.prepare('SELECT * FROM threads WHERE tenant = ? AND thread_id = ?').get(tenant, threadId)
      const claims = [...new Set(query.ids)].flatMap((id) =>
        this.#all('SELECT * FROM claims WHERE id = ?', [id], (row) => claimCodec.decode(row)),
      )
      const revoked = 'SELECT tag FROM revocations WHERE tenant = ? AND tag = ?'
      return {
        now: this.#db.now(),
        thread: thread && threadCodec.decode(thread),
        claims,
        places: this.#places(claims, new Set(query.places)),
        revocations: query.revocations.filter((tag) => this.#db.prepare(revoked).get(tenant, tag) !== undefined),
      }
    })
  }

  async commit(change: ClaimCommit, writer: string): Promise<CommitResult> {
    checkCommit(change, writer)
    try {
      return await this.#db.write(() => {
        const now = this.#db.now()
        writeCommit(this.#db, change, writer, now)
        return { committed: true, now }
      })
    } catch (error) {
      if (error instanceof RefusedCommit) return { committed: false }
      throw error
    }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    const { cells, dialect } = sqliteDialect()
    const where = claimFilterSql(filter, bare, dialect)
    return this.#db.read(() => this.#all(`SELECT c.* FROM claims c ${where}`, cells, (row) => claimCodec.decode(row)))
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    checkTexts({ ids, runId })
    const select = 'SELECT 1 AS used FROM runs WHERE claim_id = ? AND run_id <> ? LIMIT 1'
    return this.#db.read(() => ids.filter((id) => this.#db.prepare(select).get(id, runId) !== undefined))
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    const { cells, dialect } = sqliteDialect()
    const sql = listThreadsSql({ tenant, after, limit }, bare, dialect)
    return this.#db.read(() => this.#all(sql, cells, (row) => String(row.thread_id)))
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, writer: string): Promise<number> {
    checkTexts({ tenant, threadId })
    return this.#db.write(() => {
      const thread = [tenant, threadId]
      const select = 'SELECT id FROM claims WHERE tenant = ? AND thread_id = ? ORDER BY id'
      const ids = this.#all(select, thread, (row) => String(row.id))
      for (const table of ['claims', 'threads', 'revocations']) {
        this.#db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND thread_id = ?`).run(...thread)
      }
      const claims = [...new Set([...event.claims, ...ids])]
      writeEvents(this.#db, [{ ...event, claims }], writer, this.#db.now())
      return ids.length
    })
  }

  async sweep(options: SweepOptions, writer: string): Promise<SweepResult> {
    checkLimit(options.limit)
    const due = `SELECT ${SWEEP_COLUMNS} FROM claims c LEFT JOIN threads t ON t.tenant = c.tenant AND t.thread_id = c.thread_id
      WHERE c.sweep_at <= ? ORDER BY c.sweep_at LIMIT ?`
    return this.#db.write(() => {
      const now = this.#db.now()
      const plan = planSweep(this.#all(due, [now, options.limit + 1], sweepCandidate), now, options)
      for (const { id, sweepAt } of plan.postpone) {
        this.#db.prepare('UPDATE claims SET sweep_at = ? WHERE id = ?').run(sweepAt, id)
      }
      const clear =
        'UPDATE claims SET sealed = NULL, sealed_metadata = NULL, fingerprint = NULL, sweep_at = ? WHERE id = ?'
      for (const { id, sweepAt } of plan.clear) {
        this.#db.prepare(clear).run(sweepAt, id)
        this.#db.prepare('DELETE FROM places WHERE claim_id = ?').run(id)
      }
      for (const id of plan.remove) this.#db.prepare('DELETE FROM claims WHERE id = ?').run(id)
      writeEvents(this.#db, plan.events, writer, now)
      return { cleared: plan.clear.length, removed: plan.remove.length, more: plan.more }
    })
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    const { cells, dialect } = sqliteDialect()
    const where = ledgerQuerySql(query, bare, dialect)
    return this.#db.read(() => this.#all(`SELECT l.* FROM ledger l ${where}`, cells, (row) => ledgerCodec.decode(row)))
  }

  #all<Result>(sql: string, cells: readonly Cell[], decode: (row: SqliteRecord) => Result): Result[] {
    return this.#db
      .prepare(sql)
      .all(...cells)
      .map((row) => decode(row))
  }

  #places(claims: readonly ClaimRow[], asked: ReadonlySet<string>): (readonly [ClaimId, PlaceTag])[] {
    if (asked.size === 0) return []
    const select = 'SELECT place FROM places WHERE claim_id = ?'
    return claims.flatMap(({ id }) =>
      this.#all(select, [id], (row) => row.place as PlaceTag)
        .filter((place) => asked.has(place))
        .map((place) => [id, place] as const),
    )
  }
}

const bare = (name: string): string => name

function sqliteDialect(): { readonly cells: Cell[]; readonly dialect: FilterDialect } {
  const cells: Cell[] = []
  const param = (value: string | number): string => {
    cells.push(value)
    return '?'
  }
  const anyBytes = (column: string, values: readonly Uint8Array[]): string => {
    const hex = values.map((bytes) => Buffer.from(bytes).toString('hex'))
    return `${column} IN (SELECT unhex(value) FROM json_each(${param(JSON.stringify(hex))}))`
  }
  return { cells, dialect: { param, anyBytes } }
}
