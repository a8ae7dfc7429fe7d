import type { LedgerEvent } from '../../ledger/event.js'
import type {
  BranchKeyRow,
  ClaimCommit,
  ClaimId,
  ClaimLoad,
  ClaimSnapshot,
  CommitResult,
  LinkEvents,
  PlaceTag,
  SweepOptions,
  SweepResult,
} from '../claim-store.js'
import { checkCommit } from './check-commit.js'
import { claimCodec, threadCodec } from './codecs.js'
import { describePostgres } from './postgres-describe.js'
import { isRefusedCommit } from './postgres-errors.js'
import { PostgresConnections, type PostgresPool, type PostgresPoolOptions } from './postgres-pool.js'
import { setUpPostgres } from './postgres-schema.js'
import {
  commitStatement,
  deleteThreadStatement,
  dueStatement,
  eventStatement,
  expiredStatement,
  loadStatement,
  qualifier,
  sweepStatement,
  type TableName,
} from './postgres-sql.js'
import { destroyPostgresKeys, postgresRunner, prunePostgres } from './postgres-upkeep.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { type SchemaDescription, SqlStore } from './sql-store.js'
import { claimsSwept, planSweep, roomForRecords, sweepCandidate, sweepResult } from './sweep-plan.js'

export interface PostgresSchemaOptions {
  /** `secret_safe` unless told. Made by `setup` if it is missing. */
  readonly schema?: string
}

export type PostgresClaimStoreOptions = PostgresSchemaOptions & PostgresPoolOptions

/** Keeps claims in a schema of a PostgreSQL database; works behind PgBouncer in transaction mode too. */
export class PostgresClaimStore extends SqlStore {
  readonly dialect = 'postgres'
  readonly #db: PostgresConnections
  readonly #schema: string
  readonly #table: TableName

  private constructor(db: PostgresConnections, { schema = 'secret_safe' }: PostgresSchemaOptions) {
    const table = qualifier(schema)
    super(postgresRunner(db, table))
    this.#db = db
    this.#schema = schema
    this.#table = table
  }

  /**
   * Connects on first use, with a pool of its own that `close` ends.
   * @param connString `postgres://user:password@host:5432/database`; never part of an error.
   * @throws ConfigError if it is no such URL, or the schema's name is not a plain identifier.
   */
  static fromConnString(connString: string, options: PostgresClaimStoreOptions = {}): PostgresClaimStore {
    return new PostgresClaimStore(PostgresConnections.ofConnString(connString, options), options)
  }

  /** @param pool a `pg.Pool`; `close` leaves it open. @throws ConfigError if the schema's name is not a plain identifier. */
  static fromPool(pool: PostgresPool, options: PostgresSchemaOptions = {}): PostgresClaimStore {
    return new PostgresClaimStore(PostgresConnections.ofPool(pool), options)
  }

  /**
   * @throws DependencyError without `pg`; ConfigError if the role may not create the schema or cannot log in;
   * VaultSchemaError if the schema is newer or holds tables that are not a vault's.
   */
  async setup(): Promise<void> {
    await setUpPostgres(this.#schema, this.#table, (work) => this.#db.transaction('setup', work))
  }

  async close(): Promise<void> {
    await this.#db.close()
  }

  async describeSchema(): Promise<SchemaDescription> {
    return this.#db.transaction('read', (run) => describePostgres(this.#schema, run))
  }

  /** What is deleted goes from the table's file too, when the role owns the table and nobody reads it just then. */
  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    return destroyPostgresKeys(this.#db, this.#table, before)
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId } = query
    const rows = await this.#db.run('read', loadStatement(query, this.#table))
    const claims = rows.filter((row) => row.id !== null)
    const { now_ms: now, used_at, held, thread_mac: mac, revoked } = rows[0] ?? {}
    return {
      now: Number(now),
      thread: mac === null ? undefined : threadCodec.decode({ tenant, thread_id: threadId, used_at, held, mac }),
      claims: claims.map((row) => claimCodec.decode(row)),
      places: claims.flatMap((row) => (row.known as PlaceTag[]).map((place) => [row.id as ClaimId, place] as const)),
      revocations: revoked as string[],
    }
  }

  async commit(change: ClaimCommit): Promise<CommitResult> {
    checkCommit(change)
    const statement = commitStatement(change, this.#table)
    try {
      const [row] = await this.#db.run('write', statement)
      return { committed: true, now: Number(row?.now) }
    } catch (error) {
      if (isRefusedCommit(error)) return { committed: false }
      throw error
    }
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    checkTexts({ tenant, threadId })
    return this.#db.transaction('write', async (run) => {
      const rows = await run({
        text: `WITH doomed AS (
            SELECT id FROM ${this.#table('claims')} WHERE tenant = $1 AND thread_id = $2 ORDER BY id FOR UPDATE),
          gone AS (DELETE FROM ${this.#table('claims')} c USING doomed WHERE c.id = doomed.id RETURNING c.id)
          SELECT id FROM gone ORDER BY id`,
        values: [tenant, threadId],
      })
      // A statement of its own sees the records of commits that the first one had to wait for.
      await run(deleteThreadStatement(tenant, threadId, this.#table))
      const claims = [...new Set([...event.claims, ...rows.map((row) => String(row.id))])]
      await run(eventStatement(link([{ ...event, claims }]), this.#table))
      return rows.length
    })
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    return this.#db.transaction('write', async (run) => {
      const due = await run(dueStatement(checkLimit(options.limit) + 1, this.#table))
      const plan = planSweep(due.map(sweepCandidate), Number(due[0]?.now), options)
      const events = plan.events.length === 0 ? [] : link(plan.events)
      if (due.length > 0) await run(sweepStatement(plan, events, this.#table))
      const room = roomForRecords(due.length, options)
      const [expired] = await run(expiredStatement(room, options.tombstoneMs, this.#table))
      return sweepResult(claimsSwept(plan), { removed: Number(expired?.removed), more: expired?.more === true })
    })
  }

  async pruneEvents(throughSeq: number): Promise<number> {
    return prunePostgres(this.#db, this.#table, throughSeq)
  }
}
