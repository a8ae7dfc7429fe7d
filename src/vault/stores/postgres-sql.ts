import { ConfigError } from '../../errors.js'
import type { LedgerRecord } from '../../ledger/event.js'
import type { ClaimCommit, ClaimLoad } from '../claim-store.js'
import { claimCodec, ledgerCodec, revocationCodec, threadCodec } from './codecs.js'
import type { FilterDialect } from './filters.js'
import type { CellType, RowCodec } from './row-codec.js'
import { SWEEP_COLUMNS, type SweepPlan } from './sweep-plan.js'

export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

export type TableName = (name: string) => string

const SQL_TYPES: Readonly<Record<CellType, string>> = {
  text: 'text',
  integer: 'bigint',
  boolean: 'smallint',
  bytes: 'bytea',
  json: 'text',
}
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

  rows<Row extends object>(codec: RowCodec<Row>, rows: readonly Row[]): string {
    const encoded = rows.map((row) => codec.encode(row))
    return codec.columns
      .map(({ type }, index) => `${this.param(encoded.map((cells) => cells[index]))}::${SQL_TYPES[type]}[]`)
      .join(', ')
  }

  pairs(pairs: readonly (readonly [string, string])[]): string {
    const sorted = [...pairs].sort()
    return `${this.param(sorted.map(([left]) => left))}::text[], ${this.param(sorted.map(([, right]) => right))}::text[]`
  }

  with(parts: readonly string[], select: string): Statement {
    return { text: parts.length === 0 ? select : `WITH ${parts.join(',\n')}\n${select}`, values: this.values }
  }
}

export function filterStatement(build: (sql: FilterDialect) => string): Statement {
  const sql = new Sql()
  return { text: build(sql), values: sql.values }
}

/** One row for each claim, at least one; what is not a claim's stands in every row. */
export function loadStatement(query: ClaimLoad, table: TableName): Statement {
  const sql = new Sql()
  const tenant = sql.param(query.tenant)
  const claimColumns = claimCodec.names.map((name) => `c.${name}`).join(', ')
  return sql.with(
    [],
    `SELECT s.now, t.used_at AS thread_used_at, t.held AS thread_held, t.mac AS thread_mac, ${claimColumns},
      ARRAY(SELECT tag FROM ${table('revocations')}
        WHERE tenant = ${tenant} AND tag = ANY(${sql.param(query.revocations)}::text[])) AS revocations,
      ARRAY(SELECT place FROM ${table('places')}
        WHERE claim_id = c.id AND place = ANY(${sql.param(query.places)}::text[])) AS places
    FROM (SELECT ${STATEMENT_MS} AS now) s
    LEFT JOIN ${table('threads')} t ON t.tenant = ${tenant} AND t.thread_id = ${sql.param(query.threadId)}
    LEFT JOIN ${table('claims')} c ON c.id = ANY(${sql.param(query.ids)}::text[])`,
  )
}

/**
 * The whole commit is one statement, so one round trip and no session: `commit_guard` raises if anything was not as
 * expected, which undoes all parts. Rows are locked in the order of their ids, so that two commits cannot each wait for
 * the other.
 */
export function commitStatement(change: ClaimCommit, table: TableName): Statement {
  const sql = new Sql()
  const parts: string[] = []
  const changed: string[] = []
  const updates = [...(change.update ?? [])].sort((a, b) => byText(a.row.id, b.row.id))
  const inserts = [...(change.insert ?? [])].sort((a, b) => byText(a.id, b.id))
  const names = claimCodec.names.join(', ')
  if (updates.length > 0) {
    const expected = sql.param(updates.map((update) => update.expectedMac))
    const rows = sql.rows(
      claimCodec,
      updates.map((update) => update.row),
    )
    const ids = sql.param(updates.map((update) => update.row.id))
    parts.push(
      `locked AS (SELECT c.id FROM ${table('claims')} c JOIN unnest(${ids}::text[], ${expected}::bytea[]) AS e(id, mac)
        ON c.id = e.id AND c.mac = e.mac ORDER BY c.id FOR NO KEY UPDATE OF c)`,
      `updated AS (UPDATE ${table('claims')} c SET ${claimCodec.names.map((name) => `${name} = u.${name}`).join(', ')}
        FROM unnest(${rows}) AS u(${names}), locked WHERE c.id = u.id AND c.id = locked.id RETURNING c.id)`,
    )
    changed.push('(SELECT count(*) FROM updated)')
  }
  if (inserts.length > 0) {
    parts.push(`inserted AS (INSERT INTO ${table('claims')} (${names})
      SELECT ${names} FROM unnest(${sql.rows(claimCodec, inserts)}) AS u(${names}) ORDER BY id ON CONFLICT DO NOTHING RETURNING id)`)
    changed.push('(SELECT count(*) FROM inserted)')
  }
  parts.push(...pairParts(change, sql, table), ...threadParts(change, sql, table))
  parts.push(...eventParts(change.events ?? [], sql, table))
  const expected = sql.param(updates.length + inserts.length)
  const deadline = sql.param(change.deadline ?? null)
  const guard = `${table('commit_guard')}(${changed.join(' + ') || '0'}, ${expected}::bigint, ${deadline}::bigint)`
  return sql.with(parts, `SELECT ${guard} AS now`)
}

function pairParts(change: ClaimCommit, sql: Sql, table: TableName): string[] {
  const insert = (name: string, column: string, pairs: readonly (readonly [string, string])[] = []): string[] =>
    pairs.length === 0
      ? []
      : [
          `new_${name} AS (INSERT INTO ${table(name)} (claim_id, ${column})
            SELECT * FROM unnest(${sql.pairs(pairs)}) ON CONFLICT DO NOTHING)`,
        ]
  return [...insert('places', 'place', change.places), ...insert('runs', 'run_id', change.runs)]
}

function threadParts(change: ClaimCommit, sql: Sql, table: TableName): string[] {
  const parts: string[] = []
  const { thread, addRevocations = [], removeRevocations = [] } = change
  if (thread !== undefined) {
    parts.push(`touched AS (INSERT INTO ${table('threads')} AS t (${threadCodec.names.join(', ')})
      SELECT * FROM unnest(${sql.rows(threadCodec, [thread])})
      ON CONFLICT (tenant, thread_id) DO UPDATE SET used_at = excluded.used_at, held = excluded.held, mac = excluded.mac
      WHERE t.used_at < excluded.used_at OR (t.used_at = excluded.used_at AND t.held <> excluded.held))`)
  }
  if (addRevocations.length > 0) {
    const rows = [...addRevocations].sort((a, b) => byText(a.tag, b.tag))
    parts.push(`revoked AS (INSERT INTO ${table('revocations')} (${revocationCodec.names.join(', ')})
      SELECT * FROM unnest(${sql.rows(revocationCodec, rows)}) ON CONFLICT DO NOTHING)`)
  }
  if (removeRevocations.length > 0) {
    const pairs = sql.pairs(removeRevocations.map(({ tenant, tag }) => [tenant, tag] as const))
    parts.push(`reinstated AS (DELETE FROM ${table('revocations')} r USING unnest(${pairs}) AS u(tenant, tag)
      WHERE r.tenant = u.tenant AND r.tag = u.tag)`)
  }
  return parts
}

/** Sequence numbers are drawn first, so that the index of claims can be written by the same statement. */
function eventParts(records: readonly LedgerRecord[], sql: Sql, table: TableName): string[] {
  if (records.length === 0) return []
  const rows = sql.rows(
    ledgerCodec,
    records.map((record) => ({ ...record, seq: 0 })),
  )
  const names = ledgerCodec.names.slice(1).join(', ')
  const claims = records.flatMap((record, index) => [...new Set(record.claims)].map((id) => [id, index + 1] as const))
  const ids = `${sql.param(claims.map(([id]) => id))}::text[], ${sql.param(claims.map(([, ord]) => ord))}::bigint[]`
  return [
    `numbered AS MATERIALIZED (SELECT nextval('${table('ledger_seq')}') AS seq, ord, ${names}
      FROM unnest(${rows}) WITH ORDINALITY AS u(no_seq, ${names}, ord) ORDER BY ord)`,
    `logged AS (INSERT INTO ${table('ledger')} (seq, ${names}) SELECT seq, ${names} FROM numbered)`,
    `named AS (INSERT INTO ${table('ledger_claims')} (claim_id, seq)
      SELECT u.id, n.seq FROM unnest(${ids}) AS u(id, ord) JOIN numbered n ON n.ord = u.ord)`,
  ]
}

export function eventStatement(records: readonly LedgerRecord[], table: TableName): Statement {
  const sql = new Sql()
  return sql.with(eventParts(records, sql, table), 'SELECT 1')
}

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
  return sql.with(
    [
      `postponed AS (UPDATE ${table('claims')} c SET sweep_at = u.sweep_at FROM ${when(plan.postpone)} WHERE c.id = u.id)`,
      `cleared AS (UPDATE ${table('claims')} c SET sealed = NULL, sealed_metadata = NULL, fingerprint = NULL,
        sweep_at = u.sweep_at FROM ${when(plan.clear)} WHERE c.id = u.id)`,
      `left_places AS (DELETE FROM ${table('places')} WHERE claim_id = ANY(${sql.param(cleared)}::text[]))`,
      `removed AS (DELETE FROM ${table('claims')} WHERE id = ANY(${sql.param(plan.remove)}::text[]))`,
      `unlocked AS (DELETE FROM ${table('locks')} WHERE until_at <= ${CLOCK_MS})`,
      ...eventParts(events, sql, table),
    ],
    'SELECT 1',
  )
}

/** In the order of `COLLATE "C"`, which ids, being ASCII, share with JavaScript. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
