import { loadSqlite, type SqliteDatabase } from '../../../vault/stores/sqlite-driver.js'
import type { Cell, Cells, StoredItem, StoredRow, StoredText, Warn } from '../row.js'
import type { AuditSource, ReadFilter, SourceSpec, Unit } from '../source.js'
import { threadFilter } from '../thread-filter.js'
import { givenSnapshot, type Snapshot, takeSnapshot } from './snapshot.js'
import { quoted, type SqliteTable, tablesOf } from './tables.js'

/** Of a page's rows together; a larger row is a page of its own. So few that they are still young when they are done with. */
const PAGE_BYTES = 1 << 17
const PAGE_ROWS = 512
/** Rows of `checkpoints` that make a unit, rounded up to whole threads. */
const UNIT_ROWS = 1_000
/** A longer value is read in pieces, as text. */
const MAX_CELL_BYTES = 32 << 20
/** Says of a row that a value was left out for its length. */
const LONG = 'long columns'
/** In KiB. Each page is read once, so that more would only push other things out of the processor's cache. */
const PAGE_CACHE = 1_000

type SqliteSpec = Extract<SourceSpec, { readonly type: 'sqlite' }>

/** @throws whatever the driver throws for a file that it cannot open. */
export async function openSqlite(spec: SqliteSpec): Promise<AuditSource> {
  const open = await loadSqlite()
  const snapshot = spec.snapshot === undefined ? takeSnapshot(spec.file) : givenSnapshot(spec.snapshot)
  let db: SqliteDatabase | undefined
  try {
    db = open(snapshot.file, snapshot.readOnly)
    db.exec(`PRAGMA cache_size = -${PAGE_CACHE}`)
    const size = db.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()').get()
    return new SqliteSource(db, snapshot, spec.file, Number(size?.bytes))
  } catch (error) {
    db?.close()
    snapshot.remove()
    throw error
  }
}

class SqliteSource implements AuditSource {
  readonly kind = 'sqlite'
  readonly layout: string | null
  readonly spec: SqliteSpec
  readonly #db: SqliteDatabase
  readonly #snapshot: Snapshot
  readonly #tables: readonly SqliteTable[]
  #toldOfChange = false

  constructor(
    db: SqliteDatabase,
    snapshot: Snapshot,
    readonly name: string,
    readonly totalBytes: number,
  ) {
    this.#db = db
    this.#snapshot = snapshot
    this.spec = { type: 'sqlite', file: name, snapshot: snapshot.file }
    this.#tables = tablesOf(db)
    this.layout = this.#findLayout()
  }

  async *units(last?: Unit): AsyncGenerator<Unit> {
    const [first] = this.#known()
    const isAmongThreads = last === undefined || (last.type === 'threads' && last.until !== null)
    if (first !== undefined && isAmongThreads) {
      yield* this.#threadUnits(first.name, last?.type === 'threads' ? last.until : null)
    }
    const lastTable = last?.type === 'table' ? last.table : undefined
    const unknown = this.#tables.filter(({ layout }) => layout === 'unknown')
    const from = unknown.findIndex(({ name }) => name === lastTable) + 1
    for (const { name } of unknown.slice(from)) yield { type: 'table', table: name }
  }

  *#threadUnits(table: string, from: string | null): Generator<Unit> {
    const next = this.#db.prepare(
      `SELECT thread_id FROM ${quoted(table)} WHERE thread_id > ? ORDER BY thread_id LIMIT 1 OFFSET ${UNIT_ROWS}`,
    )
    for (let after = from; ; ) {
      const threadId: unknown = next.get(after ?? '')?.thread_id
      const until: string | null = typeof threadId === 'string' ? threadId : null
      yield { type: 'threads', after, until }
      if (until === null) return
      after = until
    }
  }

  async *read(unit: Unit, filter: ReadFilter, warn: Warn): AsyncGenerator<readonly StoredItem[]> {
    if (unit.type === 'file') return
    const tables = unit.type === 'threads' ? this.#known() : this.#tables.filter(({ name }) => name === unit.table)
    for (const table of tables) {
      // Of a part that is asked for, such a table can hold nothing.
      if (threadFilter(filter) !== undefined && !table.columns.includes('thread_id')) continue
      const range = rangeOf(unit, filter)
      const hasLong = yield* this.#rows(table, range)
      if (hasLong) yield* this.#longCells(table, range)
    }
    if (this.#toldOfChange || !this.#snapshot.hasChanged()) return
    this.#toldOfChange = true
    warn('store-changed', 'The store was written to while it was read; what was written then may be missing.')
  }

  /** @returns true when a row has a cell that is too long to be read at once. */
  *#rows(table: SqliteTable, { where, values }: Range): Generator<readonly StoredItem[], boolean> {
    const canBeCut = table.hasRowId && table.columns.length > 0
    const columns = canBeCut
      ? [...table.columns.map(unlessLong), `${table.columns.map(isLong).join(' OR ')} AS "${LONG}"`]
      : table.columns.map(quoted)
    const sql = `SELECT ${columns.join(', ') || '1'} FROM ${quoted(table.name)}${where === '' ? '' : ` WHERE ${where}`}`
    let page: StoredRow[] = []
    let bytes = 0
    let hasLong = false
    for (const record of this.#db.prepare(sql).iterate(...values)) {
      hasLong ||= canBeCut && record[LONG] === 1
      const row = rowOf(table, record as Cells)
      page.push(row)
      bytes += row.bytes
      if (bytes < PAGE_BYTES && page.length < PAGE_ROWS) continue
      yield page
      page = []
      bytes = 0
    }
    if (page.length > 0) yield page
    return hasLong
  }

  /** What `#rows` left out for its length. */
  *#longCells(table: SqliteTable, { where, values }: Range): Generator<readonly StoredText[]> {
    const hasThread = table.columns.includes('thread_id')
    for (const column of table.columns) {
      const name = quoted(column)
      const from = `FROM ${quoted(table.name)} WHERE octet_length(${name}) > ${MAX_CELL_BYTES}`
      const found = `SELECT _rowid_ AS id, octet_length(${name}) AS size${hasThread ? ', thread_id' : ''} ${from}`
      const piece = this.#db.prepare(
        `SELECT substr(CAST(${name} AS BLOB), ?, ${MAX_CELL_BYTES}) AS chunk FROM ${quoted(table.name)} WHERE _rowid_ = ?`,
      )
      for (const { id, size, thread_id } of this.#db
        .prepare(where === '' ? found : `${found} AND (${where})`)
        .all(...values)) {
        const stream = { table: table.name, column, ...(typeof thread_id === 'string' ? { threadId: thread_id } : {}) }
        for (let at = 0; at < Number(size); at += MAX_CELL_BYTES) {
          const chunk = piece.get(at + 1, Number(id))?.chunk as Uint8Array
          yield [{ type: 'text', stream, chunk, isLast: at + MAX_CELL_BYTES >= Number(size) }]
        }
      }
    }
  }

  #known(): readonly SqliteTable[] {
    return this.#tables.filter(({ layout }) => layout !== 'unknown')
  }

  #findLayout(): string | null {
    if (!this.#known().some(({ name }) => name === 'checkpoints')) return null
    const hasType = this.#tables.some(({ name, columns }) => name === 'checkpoints' && columns.includes('type'))
    const row = hasType && this.#db.prepare('SELECT type FROM checkpoints WHERE type IS NOT NULL LIMIT 1').get()
    return row && row.type === 'msgpack' ? 'langgraph-py sqlite' : 'langgraph-js sqlite'
  }

  async close(): Promise<void> {
    this.#db.close()
    this.#snapshot.remove()
  }
}

interface Range {
  readonly where: string
  readonly values: string[]
}

/** A thread id that is no text, which only a hostile store has, sorts before all text or behind it. */
function rangeOf(unit: Unit, { threadIds }: ReadFilter): Range {
  const parts: string[] = []
  const values: string[] = []
  if (unit.type === 'threads') {
    if (unit.after !== null) {
      parts.push('thread_id > ?')
      values.push(unit.after)
    }
    if (unit.until !== null) {
      parts.push(unit.after === null ? '(thread_id <= ? OR thread_id IS NULL)' : 'thread_id <= ?')
      values.push(unit.until)
    }
  }
  if (threadIds !== undefined && unit.type === 'threads') {
    parts.push('thread_id IN (SELECT value FROM json_each(?))')
    values.push(JSON.stringify(threadIds))
  }
  return { where: parts.join(' AND '), values }
}

function isLong(column: string): string {
  return `coalesce(octet_length(${quoted(column)}), 0) > ${MAX_CELL_BYTES}`
}

function unlessLong(column: string): string {
  const name = quoted(column)
  return `CASE WHEN octet_length(${name}) > ${MAX_CELL_BYTES} THEN NULL ELSE ${name} END AS ${name}`
}

function rowOf(table: SqliteTable, cells: Cells): StoredRow {
  let bytes = 0
  for (const column of table.columns) bytes += sizeOf(cells[column])
  return { type: 'row', table, cells, bytes }
}

function sizeOf(cell: Cell | undefined): number {
  return typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8
}
