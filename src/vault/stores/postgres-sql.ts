import { ConfigError } from '../../errors.js'
import type { LedgerRecord } from '../../ledger/event.js'
import type { ClaimCommit, ClaimLoad } from '../claim-store.js'
import { claimCodec, ledgerCodec, recordCodec, revocationCodec, threadCodec } from './codecs.js'
import type { FilterDialect } from './filters.js'
import { jsonCell } from './row-codec.js'
import { SWEEP_COLUMNS, type SweepPlan } from './sweep-plan.js'

export interface Statement {
  readonly text: string
  readonly values: unknown[]
  /** True for one that is sent over and over, always with this text: worth a name, by which the server keeps it prepared. */
  readonly isFixed?: boolean
}

export type TableName = (name: string) => string

/** Stable within a statement, so that an index can be used. */
const STATEMENT_MS = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'
export const CLOCK_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'

/**
 * Names with the schema written out: `search_path` belongs to a session, and PgBouncer shares those.
 * @throws ConfigError unless it is a plain identifier of at most 63 characters.
 */
export function qualifier(schema: string): TableName {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) {
    throw new ConfigError('schema must be a plain SQL identifier: letters, digits and _, at most 63 characters.')
  }
  return (name) => `"${schema}".${name}`
}

/** Collects parameters. Rows go as one array per column, so that their number is no matter of SQL. */
class Sql implements FilterDialect {
  readonly values: unknown[] = []

  param(value: unknown): string {
    return `$${this.values.push(value)}`
  }

  anyText(column: string, values: readonly string[]): string {
    return `${column} = ANY(${this.param(values)}::text[])`
  }

  anyBytes(column: string, values: readonly Uint8Array[]): string {
    return `${column} = ANY(${this.param(values)}::bytea[])`
  }
}

export function filterStatement(build: (sql: FilterDialect) => string): Statement {
  const sql = new Sql()
  return { text: build(sql), values: sql.values }
}

/** One row for each claim, at least one; what is not a claim's stands in every row. */
export function loadStatement(query: ClaimLoad, table: TableName): Statement {
  return {
    text: `SELECT now_ms, used_at, held, thread_mac, revoked, known, (claim).* FROM ${table('load_claims')}($1, $2, $3, $4, $5)`,
    values: [query.tenant, query.threadId, query.ids, query.places, query.revocations],
    isFixed: true,
  }
}

/** Rows go as JSON: that costs both sides less than one array for each column. */
export function commitStatement(change: ClaimCommit, table: TableName): Statement {
  const { insert, places, runs, thread, addRevocations, removeRevocations, events, deadline, assuming } = change
  const update = [...(change.update ?? [])].sort((a, b) => byText(a.row.id, b.row.id))
  const pairs = (name: string, given: ClaimCommit['runs'] = []): object[] =>
    [...given].sort(([a], [b]) => byText(a, b)).map(([claim_id, value]) => ({ claim_id, [name]: value }))
  const sorted = <Row>(rows: readonly Row[] = [], key: (row: Row) => string): Row[] =>
    [...rows].sort((a, b) => byText(key(a), key(b)))
  const records = (change.records ?? []).map(({ record, expectedMac }) => {
    return { ...recordCodec.encodeJson(record), expected: jsonCell(expectedMac) }
  })
  const [call, more] =
    assuming !== undefined
      ? [
          `${table('commit_assuming')}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          [assuming.tenant, assuming.unrevoked, assuming.notBefore],
        ]
      : records.length > 0
        ? [`${table('commit_with_records')}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [json(records)]]
        : [`${table('commit_change')}($1, $2, $3, $4, $5, $6, $7, $8, $9)`, []]
  return {
    text: `SELECT ${call} AS now`,
    isFixed: true,
    values: [
      json(update.map(({ row, expectedMac }) => ({ ...claimCodec.encodeJson(row), expected: jsonCell(expectedMac) }))),
      json(sorted(insert, ({ id }) => id).map((row) => claimCodec.encodeJson(row))),
      json(pairs('place', places)),
      json(pairs('run_id', runs)),
      thread === undefined ? null : JSON.stringify(threadCodec.encodeJson(thread)),
      json(sorted(addRevocations, ({ tag }) => tag).map((row) => revocationCodec.encodeJson(row))),
      json(sorted(removeRevocations, ({ tag }) => tag)),
      encodeEvents(events),
      deadline ?? null,
      ...more,
    ],
  }
}

export function eventStatement(records: readonly LedgerRecord[], table: TableName): Statement {
  return { text: `SELECT ${table('append_events')}($1)`, values: [encodeEvents(records)] }
}

const encodeEvents = (records: readonly LedgerRecord[] = []): string | null =>
  json(records.map((record) => ledgerCodec.encodeJson({ ...record, seq: 0 })))

const json = (rows: readonly object[]): string | null => (rows.length === 0 ? null : JSON.stringify(rows))

/** `SKIP LOCKED`: what another sweeper holds is its work, and what a commit holds has just been used. */
export function dueStatement(limit: number, table: TableName): Statement {
  return {
    text: `SELECT ${STATEMENT_MS} AS now, ${SWEEP_COLUMNS} FROM ${table('claims')} c
      LEFT JOIN ${table('threads')} t ON t.tenant = c.tenant AND t.thread_id = c.thread_id
      WHERE c.sweep_at <= ${STATEMENT_MS} ORDER BY c.sweep_at LIMIT $1 FOR NO KEY UPDATE OF c SKIP LOCKED`,
    values: [limit],
  }
}

export function sweepStatement(plan: SweepPlan, events: readonly LedgerRecord[], table: TableName): Statement {
  const sql = new Sql()
  const when = (rows: SweepPlan['clear']): string =>
    `unnest(${sql.param(rows.map((row) => row.id))}::text[], ${sql.param(rows.map((row) => row.sweepAt))}::bigint[]) AS u(id, sweep_at)`
  const cleared = plan.clear.map((row) => row.id)
  const parts = [
    `postponed AS (UPDATE ${table('claims')} c SET sweep_at = u.sweep_at FROM ${when(plan.postpone)} WHERE c.id = u.id)`,
    `cleared AS (UPDATE ${table('claims')} c SET sealed = NULL, sealed_metadata = NULL, fingerprint = NULL,
      sweep_at = u.sweep_at FROM ${when(plan.clear)} WHERE c.id = u.id)`,
    `left_places AS (DELETE FROM ${table('places')} WHERE claim_id = ANY(${sql.param(cleared)}::text[]))`,
    `removed AS (DELETE FROM ${table('claims')} WHERE id = ANY(${sql.param(plan.remove)}::text[]))`,
  ]
  const append = `SELECT ${table('append_events')}(${sql.param(encodeEvents(events))})`
  return { text: `WITH ${parts.join(',\n')}\n${append}`, values: sql.values }
}

/** The rest of a thread, once its claims are gone: in the order in which a commit locks rows. */
export function deleteThreadStatement(tenant: string, threadId: string, table: TableName): Statement {
  const where = 'WHERE tenant = $1 AND thread_id = $2'
  return {
    text: `WITH doomed AS (SELECT kind, id FROM ${table('access_records')} ${where} ORDER BY kind, id FOR UPDATE),
      records AS (DELETE FROM ${table('access_records')} r USING doomed d
        WHERE r.tenant = $1 AND r.kind = d.kind AND r.id = d.id RETURNING r.id),
      unused AS (DELETE FROM ${table('threads')} ${where}),
      forgotten AS (DELETE FROM ${table('revocations')} ${where})
      SELECT count(*) FROM records`,
    values: [tenant, threadId],
  }
}

/** Locks and access records whose time has passed. What a commit holds has just been used. @returns `removed`, `more`. */
export function expiredStatement(room: number, tombstoneMs: number, table: TableName): Statement {
  return {
    text: `WITH ended AS (DELETE FROM ${table('locks')} WHERE until_at <= ${CLOCK_MS}),
      due AS MATERIALIZED (SELECT tenant, kind, id FROM ${table('access_records')}
        WHERE expires_at <= ${STATEMENT_MS} - $2 ORDER BY expires_at LIMIT $1 + 1 FOR UPDATE SKIP LOCKED),
      gone AS (DELETE FROM ${table('access_records')} r USING (SELECT * FROM due LIMIT $1) d
        WHERE r.tenant = d.tenant AND r.kind = d.kind AND r.id = d.id RETURNING r.id)
      SELECT (SELECT count(*) FROM gone) AS removed, (SELECT count(*) FROM due) > $1 AS more`,
    values: [room, tombstoneMs],
  }
}

/** In the order of `COLLATE "C"`, which ids, being ASCII, share with JavaScript. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
