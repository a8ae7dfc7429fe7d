import type { FilterDialect } from './filters.js'
import type { Cell, RowCodec } from './row-codec.js'
import type { SqlRunner } from './sql-tables.js'
import type { SqliteConnection } from './sqlite-connection.js'

export const SQLITE_NOW_MS = "CAST(round(unixepoch('subsec') * 1000) AS INTEGER)"

export function insertSql<Row extends object>(table: string, codec: RowCodec<Row>, onConflict = 'DO NOTHING'): string {
  return `INSERT INTO ${table} (${codec.names.join(', ')}) VALUES (${codec.names.map(() => '?').join(', ')}) ON CONFLICT ${onConflict}`
}

export function sqliteRunner(db: SqliteConnection): SqlRunner {
  return {
    table: (name) => name,
    nowMs: SQLITE_NOW_MS,
    run: async (access, build) => {
      const { cells, dialect } = sqliteDialect()
      const sql = build(dialect)
      return db[access](() => db.prepare(sql).all(...cells))
    },
  }
}

function sqliteDialect(): { readonly cells: Cell[]; readonly dialect: FilterDialect } {
  const cells: Cell[] = []
  const param = (value: Cell): string => {
    cells.push(value)
    return '?'
  }
  const anyText = (column: string, values: readonly string[]): string =>
    `${column} IN (SELECT value FROM json_each(${param(JSON.stringify(values))}))`
  const anyBytes = (column: string, values: readonly Uint8Array[]): string => {
    const hex = values.map((bytes) => Buffer.from(bytes).toString('hex'))
    return `${column} IN (SELECT unhex(value) FROM json_each(${param(JSON.stringify(hex))}))`
  }
  return { cells, dialect: { param, anyText, anyBytes } }
}
