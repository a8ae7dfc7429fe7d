import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Area, cellBytes, type StoredBytes } from '../stored-bytes.js'

/** What `better-sqlite3` and `node:sqlite` have in common. */
export interface SqliteReader {
  prepare(sql: string): { all(): unknown[] }
}

const CELL_AREAS: Readonly<Record<string, Area>> = {
  'checkpoints.checkpoint': 'checkpoint',
  'checkpoints.metadata': 'metadata',
  'writes.value': 'write',
}

/** Every cell of every table. Cells of tables that are not a saver's count as `other`. */
export function dumpSqlite(db: SqliteReader, other: Area = 'key'): StoredBytes[] {
  const stored: StoredBytes[] = []
  const tables = db.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[]
  for (const { name } of tables) {
    for (const row of db.prepare(`select * from "${name.replaceAll('"', '""')}"`).all() as Record<string, unknown>[]) {
      for (const [column, cell] of Object.entries(row)) {
        const bytes = cellBytes(cell)
        const place = `${name}.${column}`
        if (bytes) stored.push({ area: CELL_AREAS[place] ?? other, place: `sqlite ${place}`, bytes })
      }
    }
  }
  return stored
}

/** The raw files: what a copy of the disk holds, with free pages, the write-ahead log and its index. */
export function dumpSqliteFiles(file: string, area: Area = 'file'): StoredBytes[] {
  return ['', '-wal', '-shm', '-journal']
    .map((suffix) => file + suffix)
    .filter((name) => existsSync(name))
    .map((name) => ({ area, place: `file ${path.basename(name)}`, bytes: readFileSync(name) }))
}
