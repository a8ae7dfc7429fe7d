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
import { claimFilterSql, ledgerQuerySql, listThreadsSql } from './filters.js'
import { isRefusedCommit } from './postgres-errors.js'
import { PostgresConnections, type PostgresPool, type PostgresPoolOptions } from './postgres-pool.js'
import { setUpPostgres } from './postgres-schema.js'
import {
  commitStatement,
  dueStatement,
  eventStatement,
  filterStatement,
  loadStatement,
  qualifier,
  sweepStatement,
} from './postgres-sql.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { planSweep, sweepCandidate } from './sweep-plan.js'

export interface PostgresSchemaOptions {
  /** `secret_safe` unless told. Made by `setup` if it is missing. */
  readonly schema?: string
}

export type PostgresClaimStoreOptions = PostgresSchemaOptions & PostgresPoolOptions

/** Keeps claims in a schema of a PostgreSQL database; works behind PgBouncer in transaction mode too. */
export class PostgresClaimStore implements ClaimStore {
  readonly #db: PostgresConnections
  readonly #schema: string
  readonly #table: (name: string) => string

  private constructor(db: PostgresConnections, { schema = 'secret_safe' }: PostgresSchemaOptions) {
    this.#db = db
    this.#schema = schema
    this.#table = qualifier(schema)
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

  async readVault(): Promise<VaultRow | undefined> {
    const [row] = await this.#db.run('read', { text: `SELECT * FROM ${this.#table('vault')}`, values: [] })
    return row && vaultCodec.decode(row)
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    await this.#db.run('write', {
      text: `INSERT INTO ${this.#table('vault')} (singleton, ${vaultCodec.names.join(', ')}) VALUES (1, $1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      values: vaultCodec.encode(row),
    })
    return (await this.readVault()) ?? row
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    checkTexts(ids, 'ids')
    const text = `SELECT * FROM ${this.#table('branch_keys')} WHERE id = ANY($1::text[])`
    return (await this.#db.run('read', { text, values: [ids] })).map((row) => branchKeyCodec.decode(row))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    const table = this.#table('branch_keys')
    await this.#db.run('write', {
      text: `INSERT INTO ${table} (${branchKeyCodec.names.join(', ')}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      values: branchKeyCodec.encode(row),
    })
    const [stored] = await this.#db.run('read', {
      text: `SELECT * FROM ${table} WHERE tenant = $1 AND key_window = $2`,
      values: [row.tenant, row.window],
    })
    return stored === undefined ? row : branchKeyCodec.decode(stored)
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId } = query
    const rows = await this.#db.run('read', loadStatement(query, this.#table))
    const claims = rows.filter((row) => row.id !== null)
    const { now, thread_used_at: used_at, thread_mac: mac, revocations } = rows[0] ?? {}
    return {
      now: Number(now),
      thread: mac === null ? undefined : threadCodec.decode({ tenant, thread_id: threadId, used_at, mac }),
      claims: claims.map((row) => claimCodec.decode(row)),
      places: claims.flatMap((row) => (row.places as PlaceTag[]).map((place) => [row.id as ClaimId, place] as const)),
      revocations: revocations as string[],
    }
  }

  async commit(change: ClaimCommit, writer: string): Promise<CommitResult> {
    checkCommit(change, writer)
    const statement = commitStatement(change, writer, this.#table)
    try {
      const [row] = await this.#db.run('write', statement)
      return { committed: true, now: Number(row?.now) }
    } catch (error) {
      if (isRefusedCommit(error)) return { committed: false }
      throw error
    }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    const statement = filterStatement(
      (sql) => `SELECT c.* FROM ${this.#table('claims')} c ${claimFilterSql(filter, this.#table, sql)}`,
    )
    return (await this.#db.run('read', statement)).map((row) => claimCodec.decode(row))
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    checkTexts({ ids, runId })
    const text = `SELECT DISTINCT claim_id FROM ${this.#table('runs')} WHERE claim_id = ANY($1::text[]) AND run_id <> $2`
    const used = new Set((await this.#db.run('read', { text, values: [ids, runId] })).map((row) => row.claim_id))
    return ids.filter((id) => used.has(id))
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    const statement = filterStatement((sql) => listThreadsSql({ tenant, after, limit }, this.#table, sql))
    return (await this.#db.run('read', statement)).map((row) => String(row.thread_id))
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, writer: string): Promise<number> {
    checkTexts({ tenant, threadId })
    const where = 'WHERE tenant = $1 AND thread_id = $2'
    return this.#db.transaction('write', async (run) => {
      const rows = await run({
        text: `WITH doomed AS (SELECT id FROM ${this.#table('claims')} ${where} ORDER BY id FOR UPDATE),
          gone AS (DELETE FROM ${this.#table('claims')} c USING doomed WHERE c.id = doomed.id RETURNING c.id),
          unused AS (DELETE FROM ${this.#table('threads')} ${where}),
          forgotten AS (DELETE FROM ${this.#table('revocations')} ${where})
          SELECT id FROM gone ORDER BY id`,
        values: [tenant, threadId],
      })
      const claims = [...new Set([...event.claims, ...rows.map((row) => String(row.id))])]
      await run(eventStatement([{ ...event, claims }], writer, this.#table))
      return rows.length
    })
  }

  async sweep(options: SweepOptions, writer: string): Promise<SweepResult> {
    return this.#db.transaction('write', async (run) => {
      const due = await run(dueStatement(checkLimit(options.limit) + 1, this.#table))
      const plan = planSweep(due.map(sweepCandidate), Number(due[0]?.now), options)
      if (due.length > 0) await run(sweepStatement(plan, writer, this.#table))
      return { cleared: plan.clear.length, removed: plan.remove.length, more: plan.more }
    })
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    const statement = filterStatement(
      (sql) => `SELECT l.* FROM ${this.#table('ledger')} l ${ledgerQuerySql(query, this.#table, sql)}`,
    )
    return (await this.#db.run('read', statement)).map((row) => ledgerCodec.decode(row))
  }
}
