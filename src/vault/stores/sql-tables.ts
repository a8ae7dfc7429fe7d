import { VaultUnavailableError } from '../../errors.js'
import type { FilterDialect } from './filters.js'
import { checkLimit, checkTexts, type RowCodec } from './row-codec.js'

export type SqlRecord = Readonly<Record<string, unknown>>

/** One SQL dialect, and a way to run single statements in it. */
export interface SqlRunner {
  table(name: string): string
  /** The clock, ms since the epoch, as an expression. */
  readonly nowMs: string
  /** Runs one statement, which gives rows; its own transaction. */
  run(access: 'read' | 'write', build: (sql: FilterDialect) => string): Promise<readonly SqlRecord[]>
}

/** What several tables have in common: the first insert wins, and rows are read by page. */
export class SqlTables {
  readonly #sql: SqlRunner

  constructor(sql: SqlRunner) {
    this.#sql = sql
  }

  /** First wins, by the columns of `key`. @returns what is stored. */
  async insertFirst<Row extends object>(
    table: string,
    codec: RowCodec<Row>,
    row: Row,
    key: Readonly<Record<string, string | number>>,
  ): Promise<Row> {
    const extra = Object.fromEntries(Object.entries(key).filter(([name]) => !codec.names.includes(name)))
    const [made] = await this.#sql.run(
      'write',
      (sql) => `${this.insert(table, codec, row, sql, extra)} ON CONFLICT DO NOTHING RETURNING *`,
    )
    if (made !== undefined) return codec.decode(made)
    const [stored] = await this.#sql.run('read', (sql) => {
      const terms = Object.entries(key).map(([name, value]) => `${name} = ${sql.param(value)}`)
      return `SELECT * FROM ${this.#sql.table(table)} WHERE ${terms.join(' AND ')}`
    })
    // What was in the way has gone in between; without this, secrets would be sealed under a key that nobody has kept.
    if (stored === undefined) throw new VaultUnavailableError('A key of the vault was destroyed as it was asked for.')
    return codec.decode(stored)
  }

  insert<Row extends object>(
    table: string,
    codec: RowCodec<Row>,
    row: Row,
    sql: FilterDialect,
    extra: Readonly<Record<string, string | number>> = {},
  ): string {
    const names = [...Object.keys(extra), ...codec.names].join(', ')
    const fixed = Object.values(extra).map((value) => `${sql.param(value)}, `)
    return `INSERT INTO ${this.#sql.table(table)} (${names}) VALUES (${fixed.join('')}${cells(codec, row, sql)})`
  }

  async page<Row extends object>(
    table: string,
    codec: RowCodec<Row>,
    key: string,
    after: string | number,
    limit: number,
  ): Promise<readonly Row[]> {
    checkTexts({ after })
    checkLimit(limit)
    const rows = await this.#sql.run(
      'read',
      (sql) => `SELECT * FROM ${this.#sql.table(table)}
        WHERE ${key} > ${sql.param(after)} ORDER BY ${key} LIMIT ${sql.param(limit)}`,
    )
    return rows.map((row) => codec.decode(row))
  }
}

export function cells<Row extends object>(codec: RowCodec<Row>, row: Row, sql: FilterDialect): string {
  return codec
    .encode(row)
    .map((cell) => sql.param(cell))
    .join(', ')
}
