import type { LedgerEvent } from '../../ledger/event.js'
import type {
  BranchKeyRow,
  ClaimCommit,
  ClaimId,
  ClaimLoad,
  ClaimRow,
  ClaimSnapshot,
  CommitResult,
  LinkEvents,
  PlaceTag,
  SweepOptions,
  SweepResult,
} from '../claim-store.js'
import { checkCommit } from './check-commit.js'
import { claimCodec, threadCodec } from './codecs.js'
import { type Cell, checkLimit, checkTexts } from './row-codec.js'
import { type SchemaDescription, SqlStore } from './sql-store.js'
import { RefusedCommit, SqliteConnection } from './sqlite-connection.js'
import { describeSqlite } from './sqlite-describe.js'
import { sqliteRunner } from './sqlite-dialect.js'
import type { SqliteDriverName, SqliteRecord } from './sqlite-driver.js'
import { parseSqliteConnString } from './sqlite-file.js'
import { pruneSqlite } from './sqlite-prune.js'
import { deleteRecords, sweepRecords } from './sqlite-records.js'
import { writeCommit, writeEvents } from './sqlite-writes.js'
import { claimsSwept, planSweep, roomForRecords, SWEEP_COLUMNS, sweepCandidate, sweepResult } from './sweep-plan.js'

export interface SqliteClaimStoreOptions {
  /** Loads work, commits throw VaultReadOnlyError; the file must exist. */
  readonly readOnly?: boolean
  /** How long to wait for a lock that another process holds; 10,000 ms unless told. */
  readonly lockTimeoutMs?: number
  /** `node:sqlite` where the runtime has it, else `better-sqlite3`, unless told. */
  readonly driver?: SqliteDriverName
}

/** One query for any number of claims; `CROSS JOIN` keeps SQLite to the order, and so to the primary key. */
const CLAIMS_BY_ID =
  'SELECT c.* FROM (SELECT DISTINCT value AS id FROM json_each(?)) j CROSS JOIN claims c ON c.id = j.id'
const PLACES = 'SELECT p.claim_id, p.place FROM json_each(?) j CROSS JOIN places p ON p.claim_id = j.value'

/**
 * Keeps claims in one SQLite file (mode 0600), for one machine. Several processes may use it at once.
 * Calls are synchronous inside and settle in the order in which they were made, unless another process holds the lock.
 */
export class SqliteClaimStore extends SqlStore {
  readonly dialect = 'sqlite'
  readonly #db: SqliteConnection

  private constructor(db: SqliteConnection) {
    super(sqliteRunner(db))
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

  async describeSchema(): Promise<SchemaDescription> {
    return this.#db.read(() => describeSqlite(this.#db))
  }

  /** What is deleted is zeroed, in the write-ahead log too as soon as no reader needs it any more. */
  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    const sql = 'DELETE FROM branch_keys WHERE key_window >= 0 AND key_window < ? RETURNING id, tenant, key_window'
    const gone = await this.#db.write(() =>
      this.#all(sql, [before], (row) => ({
        id: String(row.id),
        tenant: String(row.tenant),
        window: Number(row.key_window),
      })),
    )
    await this.#db.emptyLog()
    return gone
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId } = query
    return this.#db.read(() => {
      const thread = this.#db.prepare('SELECT * FROM threads WHERE tenant = ? AND thread_id = ?').get(tenant, threadId)
      const claims = this.#all(CLAIMS_BY_ID, [JSON.stringify(query.ids)], (row) => claimCodec.decode(row))
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

  async commit(change: ClaimCommit): Promise<CommitResult> {
    checkCommit(change)
    try {
      return await this.#db.write(() => {
        const now = this.#db.now()
        writeCommit(this.#db, change, now)
        return { committed: true, now }
      })
    } catch (error) {
      if (error instanceof RefusedCommit) return { committed: false }
      throw error
    }
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    checkTexts({ tenant, threadId })
    return this.#db.write(() => {
      const thread = [tenant, threadId]
      const select = 'SELECT id FROM claims WHERE tenant = ? AND thread_id = ? ORDER BY id'
      const ids = this.#all(select, thread, (row) => String(row.id))
      for (const table of ['claims', 'threads', 'revocations']) {
        this.#db.prepare(`DELETE FROM ${table} WHERE tenant = ? AND thread_id = ?`).run(...thread)
      }
      deleteRecords(this.#db, tenant, threadId)
      writeEvents(this.#db, link([{ ...event, claims: [...new Set([...event.claims, ...ids])] }]))
      return ids.length
    })
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    checkLimit(options.limit)
    const due = `SELECT ${SWEEP_COLUMNS} FROM claims c LEFT JOIN threads t ON t.tenant = c.tenant AND t.thread_id = c.thread_id
      WHERE c.sweep_at <= ? ORDER BY c.sweep_at LIMIT ?`
    return this.#db.write(() => {
      const now = this.#db.now()
      const candidates = this.#all(due, [now, options.limit + 1], sweepCandidate)
      const plan = planSweep(candidates, now, options)
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
      this.#db.prepare('DELETE FROM locks WHERE until_at <= ?').run(now)
      if (plan.events.length > 0) writeEvents(this.#db, link(plan.events))
      const room = roomForRecords(candidates.length, options)
      return sweepResult(claimsSwept(plan), sweepRecords(this.#db, now - options.tombstoneMs, room))
    })
  }

  async pruneEvents(throughSeq: number): Promise<number> {
    return pruneSqlite(this.#db, throughSeq)
  }

  #all<Result>(sql: string, cells: readonly Cell[], decode: (row: SqliteRecord) => Result): Result[] {
    return this.#db
      .prepare(sql)
      .all(...cells)
      .map((row) => decode(row))
  }

  #places(claims: readonly ClaimRow[], asked: ReadonlySet<string>): (readonly [ClaimId, PlaceTag])[] {
    if (asked.size === 0 || claims.length === 0) return []
    return this.#all(PLACES, [JSON.stringify(claims.map(({ id }) => id))], (row) => row)
      .filter(({ place }) => asked.has(place as string))
      .map((row) => [row.claim_id as ClaimId, row.place as PlaceTag])
  }
}
