import { createHash } from 'node:crypto'
import { VAULT_TABLES } from './schema-version.js'
import type { SchemaDescription } from './sql-store.js'
import type { SqliteDatabase } from './sqlite-driver.js'

/** Columns, and digests of the text of indexes and triggers, which SQLite keeps as it was given. */
export function describeSqlite(db: Pick<SqliteDatabase, 'prepare'>): SchemaDescription {
  const found: Record<string, string> = {}
  const tables = JSON.stringify(VAULT_TABLES)
  for (const row of db
    .prepare(
      `SELECT t.name, t.wr, t.strict, c.name AS column_name, c.type, c."notnull" AS required, c.pk, c.dflt_value
       FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
       WHERE t.schema = 'main' AND t.name IN (SELECT value FROM json_each(?)) ORDER BY t.name, c.cid`,
    )
    .all(tables)) {
    found[`table ${row.name}`] = `${row.strict ? 'strict' : 'loose'}${row.wr ? ', without rowid' : ''}`
    const parts = [row.type, row.required ? 'not null' : '', row.pk ? `key ${row.pk}` : '', row.dflt_value ?? '']
    found[`column ${row.name}.${row.column_name}`] = parts.filter((part) => part !== '').join(' ')
  }
  for (const row of db
    .prepare(
      `SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
       AND tbl_name IN (SELECT value FROM json_each(?)) ORDER BY type, name`,
    )
    .all(tables)) {
    found[`${row.type} ${row.name}`] = digest(String(row.sql))
  }
  return found
}

/** Of a definition without its layout. */
export function digest(definition: string): string {
  return createHash('sha256').update(definition.replace(/\s+/g, ' ').trim()).digest('base64url').slice(0, 16)
}
