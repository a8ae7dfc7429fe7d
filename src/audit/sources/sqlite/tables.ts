import type { SqliteDatabase } from '../../../vault/stores/sqlite-driver.js'
import type { StoredTable } from '../row.js'
import { layoutOf } from '../table-layout.js'

export interface SqliteTable extends StoredTable {
  readonly hasRowId: boolean
}

/** Every table that holds rows of its own, SQLite's own schema included; indexes and views repeat what these hold. */
export function tablesOf(db: SqliteDatabase): readonly SqliteTable[] {
  const names = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  const tables = names
    // A virtual table's rows stand in tables beside it.
    .filter(({ sql }) => !/^\s*CREATE\s+VIRTUAL/i.test(String(sql)))
    .map(({ name, sql }) => tableOf(db, String(name), String(sql)))
  return [...tables, { name: 'sqlite_master', columns: ['sql'], layout: 'unknown', hasRowId: true }]
}

function tableOf(db: SqliteDatabase, name: string, sql: string): SqliteTable {
  const columns = db
    .prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (0, 3)')
    .all(name)
    .map((row) => String(row.name))
  const hasRowId = !/\bWITHOUT\s+ROWID\b/i.test(sql) && !columns.some((column) => /^_rowid_$/i.test(column))
  return { name, columns, layout: layoutOf(name, columns, 'sqlite'), hasRowId }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
