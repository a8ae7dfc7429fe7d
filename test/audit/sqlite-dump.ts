import type { Database } from 'better-sqlite3'

/** What `.dump` of SQLite's shell prints; the shell is not at hand in every place where the tests run. */
export function sqliteDump(db: Database): string {
  const lines = ['PRAGMA foreign_keys=OFF;', 'BEGIN TRANSACTION;']
  const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as {
    name: string
    sql: string
  }[]
  for (const { name, sql } of tables) {
    lines.push(`${sql};`)
    for (const row of db.prepare(`SELECT * FROM "${name}"`).raw().iterate() as Iterable<unknown[]>) {
      lines.push(`INSERT INTO ${name} VALUES(${row.map(literal).join(',')});`)
    }
  }
  return `${[...lines, 'COMMIT;'].join('\n')}\n`
}

function literal(cell: unknown): string {
  if (cell === null) return 'NULL'
  if (Buffer.isBuffer(cell)) return `X'${cell.toString('hex')}'`
  return typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : String(cell)
}
