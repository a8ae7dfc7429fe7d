import { foreignCode, StoreUnreadableError } from '../../../errors.js'
import type { PostgresRecord } from '../../../vault/stores/postgres-pool.js'
import type { Cell, StoredItem, StoredRow, StoredText, Warn } from '../row.js'
import type { AuditSource, ReadFilter, SourceSpec, Unit } from '../source.js'
import { threadFilter } from '../thread-filter.js'
import { StoreConnection } from './connection.js'
import {
  blockPage,
  exactly,
  isPlain,
  keyOf,
  keysetPage,
  LONG,
  MAX_CELL_BYTES,
  nameOf,
  quoted,
  ROW_AT,
} from './page-sql.js'
import { type PostgresTable, tablesIn } from './tables.js'

/** Rows of `checkpoints` that make a unit, rounded up to whole threads. */
const UNIT_ROWS = 1_000
const BLOCK_BYTES = 8192
const BLOCKS = 128
const PERMISSION_DENIED = '42501'
/** Of a value that is too long to be read at once. */
const PIECE_BYTES = MAX_CELL_BYTES / 4
/** U+FFFD in UTF-8: what a driver writes in place of what it cannot read. */
const REPLACEMENT = Buffer.from('\uFFFD')
/** Blobs before checkpoints, which say when a blob was in use. */
const ORDER = ['pg-blobs', 'pg-writes', 'pg-checkpoints']

type PostgresSpec = Extract<SourceSpec, { readonly type: 'postgres' }>

/** @param schema undefined for every schema that holds tables of LangGraph's. @throws StoreUnreadableError, DependencyError */
export async function openPostgres({ address, schema }: PostgresSpec): Promise<AuditSource> {
  const { url, named } = splitAddress(address)
  const db = new StoreConnection(url)
  try {
    const tables = await tablesIn(db, schema ?? named)
    if (tables.length === 0) {
      throw new StoreUnreadableError('That database has no tables in this schema. Name another with --schema.')
    }
    const spec: PostgresSpec = { type: 'postgres', address, ...(schema === undefined ? {} : { schema }) }
    return new PostgresSource(db, spec, shownAddress(url), tables, await layoutOf(db, tables))
  } catch (error) {
    await db.close()
    throw error
  }
}

class PostgresSource implements AuditSource {
  readonly kind = 'postgres'
  readonly totalBytes: number
  readonly #db: StoreConnection
  readonly #tables: readonly PostgresTable[]
  readonly #told = new Set<PostgresTable>()

  constructor(
    db: StoreConnection,
    readonly spec: PostgresSpec,
    readonly name: string,
    tables: readonly PostgresTable[],
    readonly layout: string | null,
  ) {
    this.#db = db
    this.#tables = tables
    this.totalBytes = tables.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  async *units(last?: Unit): AsyncGenerator<Unit> {
    for (const schema of new Set(this.#tables.map((table) => table.schema))) {
      if (last !== undefined && isBehind(schema, last)) continue
      const known = this.#known(schema)
      const first = known.find(({ layout, isReadable }) => layout === 'pg-checkpoints' && isReadable)
      const from = last?.type === 'threads' && last.schema === schema ? last.until : null
      if (first !== undefined) yield* this.#threadUnits(first, from)
      else if (known.length > 0) yield { type: 'threads', schema, after: null, until: null }
    }
    const unknown = this.#tables.filter(({ layout }) => layout === 'unknown')
    const done = (table: PostgresTable) =>
      last?.type === 'table' && table.schema === last.schema && table.name === last.table
    for (const { schema, name } of unknown.slice(unknown.findIndex(done) + 1))
      yield { type: 'table', schema, table: name }
  }

  async *#threadUnits(table: PostgresTable, start: string | null): AsyncGenerator<Unit> {
    const from = `SELECT thread_id FROM ${nameOf(table)}`
    const { schema } = table
    for (let after = start; ; ) {
      const where = after === null ? '' : ' WHERE thread_id > $1'
      const text = `${from}${where} ORDER BY thread_id LIMIT 1 OFFSET ${UNIT_ROWS}`
      const [row] = await this.#db.read(text, after === null ? [] : [after])
      const until: string | null = row === undefined ? null : String(row.thread_id)
      yield { type: 'threads', schema, after, until }
      if (until === null) return
      after = until
    }
  }

  async *read(unit: Unit, filter: ReadFilter, warn: Warn): AsyncGenerator<readonly StoredItem[]> {
    if (unit.type === 'file') return
    const tables =
      unit.type === 'threads'
        ? this.#known(unit.schema)
        : this.#tables.filter(({ schema, name }) => schema === unit.schema && name === unit.table)
    for (const table of tables) {
      if (!table.isReadable) this.#tellOf(table, warn)
      if (table.columns.length === 0) continue
      // Of a part that is asked for, such a table can hold nothing.
      if (threadFilter(filter) !== undefined && !table.columns.includes('thread_id')) continue
      try {
        yield* unit.type === 'threads' ? this.#byThread(table, unit, filter) : this.#byBlock(table)
      } catch (error) {
        if (foreignCode((error as Error).cause)?.code !== PERMISSION_DENIED) throw error
        this.#tellOf(table, warn)
      }
    }
  }

  #tellOf(table: PostgresTable, warn: Warn): void {
    if (this.#told.has(table)) return
    this.#told.add(table)
    warn('table-forbidden', 'The database role may not read a table or some of its columns; grant it SELECT.')
  }

  async *#byThread(
    table: PostgresTable,
    { after, until }: Extract<Unit, { type: 'threads' }>,
    { threadIds }: ReadFilter,
  ): AsyncGenerator<readonly StoredItem[]> {
    const key = keyOf(table)
    const values: unknown[] = []
    const param = (value: unknown) => `$${values.push(value)}`
    const within = [
      ...(until === null ? [] : [`thread_id <= ${param(until)}`]),
      ...(threadIds === undefined ? [] : [`thread_id = ANY(${param([...threadIds])})`]),
    ]
    const fixed = values.length
    // Always a parameter: without one the driver asks in a way that has no binary answers.
    let behind = [after === null ? `thread_id >= ${param('')}` : `thread_id > ${param(after)}`]
    for (;;) {
      const rows = await this.#db.readRaw(keysetPage(table, [...within, ...behind]), values)
      if (rows.length === 0) return
      yield* this.#items(table, rows)
      values.length = fixed
      const last = rows.at(-1)!
      // An integer among them: the driver sends text, and the server knows which type the column has.
      behind = [`(${key.map(quoted).join(', ')}) > (${key.map((column) => param(textOf(last[column]))).join(', ')})`]
    }
  }

  async *#byBlock(table: PostgresTable): AsyncGenerator<readonly StoredItem[]> {
    const [size] = await this.#db.read('SELECT pg_relation_size($1::regclass)::float8 AS bytes', [nameOf(table)])
    const blocks = Math.ceil(Number(size!.bytes) / BLOCK_BYTES)
    for (let block = 0; block < blocks; block += BLOCKS) {
      const end = `(${block + BLOCKS},0)`
      for (let after = `(${block},0)`; ; ) {
        const text = blockPage(table, ['ctid > $1::tid', 'ctid < $2::tid'])
        const rows = await this.#db.readRaw(text, [after, end])
        if (rows.length === 0) break
        yield* this.#items(table, rows)
        after = textOf(rows.at(-1)![ROW_AT])!
      }
    }
  }

  async *#items(table: PostgresTable, records: readonly PostgresRecord[]): AsyncGenerator<readonly StoredItem[]> {
    const rows: StoredRow[] = []
    for (const record of records) rows.push(rowOf(table, await this.#exact(table, record)))
    yield rows
    for (const record of records) {
      const long = textOf(record[LONG])
      if (long) for (const index of long.split(',')) yield* this.#pieces(table, table.columns[Number(index)]!, record)
    }
  }

  /** Bytes that are not UTF-8 where a row says that they are JSON came out changed: these are read again. */
  async #exact(table: PostgresTable, record: PostgresRecord): Promise<PostgresRecord> {
    const isChanged = (column: string) =>
      table.types[column] === 'bytea' && (record[column] as Buffer | null)?.includes(REPLACEMENT) === true
    const changed = table.columns.filter(isChanged)
    if (changed.length === 0) return record
    const cells = changed.map((column) => `${exactly(quoted(column))} AS ${quoted(column)}`)
    const text = `SELECT ${cells.join(', ')} FROM ${nameOf(table)} WHERE ctid = $1::tid`
    const [again] = await this.#db.readRaw(text, [textOf(record[ROW_AT])])
    if (again === undefined) return record
    return { ...record, ...Object.fromEntries(changed.map((column) => [column, decoded(again[column]) ?? null])) }
  }

  async *#pieces(table: PostgresTable, column: string, record: PostgresRecord): AsyncGenerator<readonly StoredText[]> {
    const name = quoted(column)
    const value = table.types[column] === 'bytea' ? name : `convert_to(${name}::text, 'UTF8')`
    const threadId = textOf(record.thread_id)
    const stream = { table: table.name, column, ...(threadId === undefined ? {} : { threadId }) }
    const part = exactly(`substring(${value} FROM $2::int FOR ${PIECE_BYTES})`)
    const text = `SELECT ${part} AS piece FROM ${nameOf(table)} WHERE ctid = $1::tid`
    for (let at = 1; ; ) {
      const [row] = await this.#db.readRaw(text, [textOf(record[ROW_AT]), at])
      const chunk = decoded(row?.piece) ?? new Uint8Array(0)
      const isLast = chunk.length < PIECE_BYTES
      yield [{ type: 'text', stream, chunk, isLast }]
      if (isLast) return
      at += chunk.length
    }
  }

  #known(schema: string | undefined): readonly PostgresTable[] {
    return this.#tables
      .filter((table) => table.schema === schema && table.layout !== 'unknown')
      .sort((a, b) => ORDER.indexOf(a.layout) - ORDER.indexOf(b.layout))
  }

  close(): Promise<void> {
    return this.#db.close()
  }
}

/** True when all threads of a schema come before what follows `last`. */
function isBehind(schema: string, last: Unit): boolean {
  if (last.type !== 'threads' || last.schema === undefined) return true
  return schema < last.schema || (schema === last.schema && last.until === null)
}

function rowOf(table: PostgresTable, record: PostgresRecord): StoredRow {
  const cells: Record<string, Cell> = {}
  let bytes = 0
  const isAsItIs = isPlain(table, (column) => textOf(record[column]))
  for (const column of table.columns) {
    const sent = record[column] as Buffer | null
    const isBytes = table.types[column] === 'bytea'
    const cell = sent !== null && isBytes && !isAsItIs ? decoded(sent)! : sent
    cells[column] = cell === null || isBytes ? cell : cell.toString('utf8')
    bytes += cell?.length ?? 0
  }
  return { type: 'row', table, cells, bytes }
}

/** Of `exactly`. */
function decoded(cell: unknown): Buffer | undefined {
  return cell instanceof Uint8Array ? Buffer.from(Buffer.from(cell).toString('latin1'), 'base64') : undefined
}

function textOf(cell: unknown): string | undefined {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : undefined
}

async function layoutOf(db: StoreConnection, tables: readonly PostgresTable[]): Promise<string | null> {
  const blobs = tables.find(({ layout, isReadable }) => layout === 'pg-blobs' && isReadable)
  if (blobs === undefined) return tables.some(({ layout }) => layout !== 'unknown') ? 'langgraph postgres' : null
  const [row] = await db.read(`SELECT type FROM ${nameOf(blobs)} WHERE type IN ('json', 'msgpack') LIMIT 1`)
  return row?.type === 'msgpack' ? 'langgraph-py postgres' : 'langgraph-js postgres'
}

/** `?schema=` is ours: a driver would take it for a setting of the server. */
function splitAddress(address: string): { readonly url: string; readonly named: string | undefined } {
  if (!URL.canParse(address)) return { url: address, named: undefined }
  const url = new URL(address)
  const named = url.searchParams.get('schema') ?? undefined
  url.searchParams.delete('schema')
  return { url: url.href, named }
}

/** Without user, password and settings. */
function shownAddress(address: string): string {
  const { host, pathname } = new URL(address)
  return `postgres://${host}${pathname}`
}
