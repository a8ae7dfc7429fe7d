import type { LedgerEntry, LedgerEvent, LedgerQuery } from '../../ledger/event.js'
import type { LedgerHead, LedgerRootRow, LedgerWriterRow } from '../../ledger/ledger-store.js'
import type { AccessRecord, RecordFilter } from '../access-record.js'
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
  LinkEvents,
  LockRequest,
  SweepOptions,
  SweepResult,
  VaultRow,
} from '../claim-store.js'
import {
  branchKeyCodec,
  claimCodec,
  ledgerCodec,
  ledgerRootCodec,
  ledgerWriterCodec,
  recordCodec,
  vaultCodec,
} from './codecs.js'
import { claimFilterSql, countClaimsSql, ledgerQuerySql, listThreadsSql, recordFilterSql } from './filters.js'
import { checkTexts } from './row-codec.js'
import { cells, type SqlRunner, SqlTables } from './sql-tables.js'

/** What a schema is made of, by kind and name: a short definition, or a digest of a long one. */
export type SchemaDescription = Readonly<Record<string, string>>

/** What is one plain statement, alike in SQLite and PostgreSQL. */
export abstract class SqlStore implements ClaimStore {
  readonly #sql: SqlRunner
  readonly #tables: SqlTables

  protected constructor(sql: SqlRunner) {
    this.#sql = sql
    this.#tables = new SqlTables(sql)
  }

  abstract readonly dialect: 'sqlite' | 'postgres'
  /** What the vault's schema is made of just now, for `compareSchema`. */
  abstract describeSchema(): Promise<SchemaDescription>
  abstract setup(): Promise<void>
  abstract close(): Promise<void>
  abstract load(query: ClaimLoad): Promise<ClaimSnapshot>
  abstract commit(change: ClaimCommit): Promise<CommitResult>
  abstract deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number>
  abstract sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult>
  abstract destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]>
  abstract pruneEvents(throughSeq: number): Promise<number>

  async readVault(): Promise<VaultRow | undefined> {
    const [row] = await this.#sql.run('read', () => `SELECT * FROM ${this.#sql.table('vault')}`)
    return row && vaultCodec.decode(row)
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    return this.#tables.insertFirst('vault', vaultCodec, row, { singleton: 1 })
  }

  async rewrapVault(row: VaultRow, expected: Uint8Array): Promise<boolean> {
    checkTexts(row, 'row')
    const rows = await this.#sql.run(
      'write',
      (sql) => `UPDATE ${this.#sql.table('vault')}
        SET kek_id = ${sql.param(row.kekId)}, wrapped_naming_keys = ${sql.param(row.wrappedNamingKeys)}
        WHERE wrapped_naming_keys = ${sql.param(expected)} RETURNING vault_id`,
    )
    return rows.length > 0
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    checkTexts(ids, 'ids')
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT * FROM ${this.#sql.table('branch_keys')} WHERE ${sql.anyText('id', ids)}`,
    )
    return rows.map((row) => branchKeyCodec.decode(row))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    return this.#tables.insertFirst('branch_keys', branchKeyCodec, row, { tenant: row.tenant, key_window: row.window })
  }

  async listBranchKeys(after = '', limit = 500): Promise<readonly BranchKeyRow[]> {
    return this.#tables.page('branch_keys', branchKeyCodec, 'id', after, limit)
  }

  async rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean> {
    checkTexts(row, 'row')
    const rows = await this.#sql.run(
      'write',
      (sql) => `UPDATE ${this.#sql.table('branch_keys')}
        SET kek_id = ${sql.param(row.kekId)}, wrapped = ${sql.param(row.wrapped)}
        WHERE id = ${sql.param(row.id)} AND wrapped = ${sql.param(expected)} RETURNING id`,
    )
    return rows.length > 0
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    const { table } = this.#sql
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT c.* FROM ${table('claims')} c ${claimFilterSql(filter, table, sql)}`,
    )
    return rows.map((row) => claimCodec.decode(row))
  }

  async findRecords(filter: RecordFilter): Promise<{ now: number; records: readonly AccessRecord[] }> {
    const { table, nowMs } = this.#sql
    // One row at least, which tells the time.
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT n.now_ms, r.* FROM (SELECT ${nowMs} AS now_ms) n
        LEFT JOIN (SELECT * FROM ${table('access_records')} ${recordFilterSql(filter, table, sql)}) r ON true ORDER BY r.id`,
    )
    const records = rows.filter((row) => row.id !== null).map((row) => recordCodec.decode(row))
    return { now: Number(rows[0]?.now_ms), records }
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    checkTexts({ ids, runId })
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT DISTINCT claim_id FROM ${this.#sql.table('runs')}
        WHERE ${sql.anyText('claim_id', ids)} AND run_id <> ${sql.param(runId)}`,
    )
    const used = new Set(rows.map((row) => row.claim_id))
    return ids.filter((id) => used.has(id))
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    const rows = await this.#sql.run('read', (sql) => listThreadsSql({ tenant, after, limit }, this.#sql.table, sql))
    return rows.map((row) => String(row.thread_id))
  }

  async countClaims(scope: { readonly tenant: string; readonly threadId?: string }, upTo: number): Promise<number> {
    const [row] = await this.#sql.run('read', (sql) => countClaimsSql(scope, upTo, this.#sql.table, sql))
    return Number(row?.held)
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    const { table } = this.#sql
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT l.* FROM ${table('ledger')} l ${ledgerQuerySql(query, table, sql)}`,
    )
    return rows.map((row) => ledgerCodec.decode(row))
  }

  async registerWriter(row: LedgerWriterRow): Promise<void> {
    await this.#sql.run(
      'write',
      (sql) =>
        `${this.#tables.insert('ledger_writers', ledgerWriterCodec, row, sql)} ON CONFLICT DO NOTHING RETURNING writer`,
    )
  }

  async advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean> {
    checkTexts({ writer })
    const rows = await this.#sql.run(
      'write',
      (sql) => `UPDATE ${this.#sql.table('ledger_writers')}
        SET link = ${sql.param(head.link)}, at = ${sql.param(head.at)}, unsettled = ${sql.param(JSON.stringify(head.unsettled))},
          closed = ${sql.param(head.closed ? 1 : 0)}, mac = ${sql.param(head.mac)}
        WHERE writer = ${sql.param(writer)} AND link = ${sql.param(expectedLink)} RETURNING writer`,
    )
    return rows.length > 0
  }

  async listWriters(after = '', limit = 500): Promise<readonly LedgerWriterRow[]> {
    return this.#tables.page('ledger_writers', ledgerWriterCodec, 'writer', after, limit)
  }

  async addRoot(row: LedgerRootRow): Promise<boolean> {
    const roots = this.#sql.table('ledger_roots')
    const rows = await this.#sql.run(
      'write',
      (sql) => `INSERT INTO ${roots} (${ledgerRootCodec.names.join(', ')})
        SELECT ${cells(ledgerRootCodec, row, sql)}
        WHERE ${sql.param(row.number - 1)} = (SELECT coalesce(max(number), 0) FROM ${roots})
        ON CONFLICT DO NOTHING RETURNING number`,
    )
    return rows.length > 0
  }

  async listRoots(after = 0, limit = 500): Promise<readonly LedgerRootRow[]> {
    return this.#tables.page('ledger_roots', ledgerRootCodec, 'number', after, limit)
  }

  async acquireLock({ name, holder, ttlMs }: LockRequest): Promise<boolean> {
    checkTexts({ name, holder })
    const { nowMs, table } = this.#sql
    const rows = await this.#sql.run(
      'write',
      (sql) => `INSERT INTO ${table('locks')} AS l (name, holder, until_at)
        VALUES (${sql.param(name)}, ${sql.param(holder)}, ${nowMs} + ${sql.param(ttlMs)})
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
        WHERE l.holder = excluded.holder OR l.until_at <= ${nowMs} RETURNING name`,
    )
    return rows.length > 0
  }

  async releaseLock(name: string, holder: string): Promise<void> {
    checkTexts({ name, holder })
    await this.#sql.run(
      'write',
      (sql) =>
        `DELETE FROM ${this.#sql.table('locks')} WHERE name = ${sql.param(name)} AND holder = ${sql.param(holder)} RETURNING name`,
    )
  }

  async readNote(name: string): Promise<string | undefined> {
    checkTexts({ name })
    const [row] = await this.#sql.run(
      'read',
      (sql) => `SELECT body FROM ${this.#sql.table('notes')} WHERE name = ${sql.param(name)}`,
    )
    return row && String(row.body)
  }

  async writeNote(name: string, text: string): Promise<void> {
    checkTexts({ name, text })
    await this.#sql.run(
      'write',
      (sql) => `INSERT INTO ${this.#sql.table('notes')} (name, body) VALUES (${sql.param(name)}, ${sql.param(text)})
        ON CONFLICT (name) DO UPDATE SET body = excluded.body RETURNING name`,
    )
  }
}
