import { createHash } from 'node:crypto'
import { StoreUnreadableError } from '../../errors.js'
import type { PostgresRecord } from '../../vault/stores/postgres-pool.js'
import { StoreConnection } from '../sources/postgres/connection.js'
import {
  type CellChange,
  type CellName,
  type FixStore,
  interruptSql,
  POSTGRES_TABLES,
  type RawBytes,
  type Residue,
  type StoredCell,
  type TableSpec,
} from './store.js'

const PAGE_ROWS = 16

/** @throws StoreUnreadableError */
export async function openPostgresFixStore(address: string, schema: string): Promise<FixStore> {
  const connection = new StoreConnection(address)
  try {
    const found = await connection.read(
      `SELECT current_database() AS database, coalesce(inet_server_addr()::text, 'local') AS host, inet_server_port() AS port,
              (SELECT array_agg(table_name::text) FROM information_schema.tables WHERE table_schema = $1) AS tables`,
      [schema],
    )
    const { database, host, port, tables } = found[0]!
    const names = new Set((tables as string[] | null) ?? [])
    const specs = POSTGRES_TABLES.filter(({ table }) => names.has(table))
    if (!names.has('checkpoints'))
      throw new StoreUnreadableError(`That database holds no checkpoints of LangGraph's in schema ${schema}.`)
    const place = [String(host), String(port), String(database), schema]
    return new PostgresFixStore(connection, schema, String(database), place.join('/'), specs)
  } catch (error) {
    await connection.close()
    throw error
  }
}

class PostgresFixStore implements FixStore {
  readonly kind = 'postgres'
  readonly identity: string
  readonly #connection: StoreConnection
  readonly #schema: string
  readonly #tables: readonly TableSpec[]

  constructor(
    connection: StoreConnection,
    schema: string,
    readonly name: string,
    place: string,
    tables: readonly TableSpec[],
  ) {
    this.#connection = connection
    this.#schema = schema
    this.#tables = tables
    this.identity = `postgres:${createHash('sha256').update(place).digest('hex').slice(0, 32)}`
  }

  async isPython(): Promise<boolean> {
    for (const { table, typeColumn } of this.#tables) {
      if (typeColumn === undefined) continue
      const text = `SELECT 1 FROM ${this.#from(table)} WHERE ${typeColumn} NOT IN ('json', 'bytes', 'empty') LIMIT 1`
      if ((await this.#connection.read(text)).length > 0) return true
    }
    // Of Python's migrations alone.
    const columns = `SELECT 1 FROM information_schema.columns WHERE table_schema = $1 AND table_name = 'checkpoint_writes' AND column_name = 'task_path'`
    return (await this.#connection.read(columns, [this.#schema])).length > 0
  }

  async isInterrupted(threadId: string): Promise<boolean> {
    const text = interruptSql((table) => this.#from(table), 'checkpoint_writes', '$1')
    return (await this.#connection.read(text, [threadId])).length > 0
  }

  async listThreads(after = '', limit = 500): Promise<readonly string[]> {
    // A page of each table by its primary key's index, so that no page costs a scan of them all.
    const page = ({ table }: TableSpec) =>
      `(SELECT DISTINCT thread_id FROM ${this.#from(table)} WHERE thread_id > $1 ORDER BY thread_id LIMIT $2)`
    const text = `${this.#tables.map(page).join(' UNION ')} ORDER BY thread_id LIMIT $2`
    return (await this.#connection.read(text, [after, limit])).map((row) => String(row.thread_id))
  }

  async *cells(threadId: string): AsyncGenerator<StoredCell> {
    for (const spec of this.#tables) {
      const rest = spec.key.slice(1)
      for (let after: (string | number)[] | undefined; ; ) {
        const values = [threadId, ...(after ?? [])]
        const marks = rest.map((_, i) => `$${i + 2}`).join(', ')
        const where = after === undefined ? '' : `AND (${rest.join(', ')}) > (${marks})`
        const text = `SELECT ${columnsOf(spec)} FROM ${this.#from(spec.table)} WHERE thread_id = $1 ${where} ORDER BY ${rest.join(', ')} LIMIT ${PAGE_ROWS}`
        const rows = await this.#connection.read(text, values)
        for (const row of rows) yield* cellsOf(spec, row)
        if (rows.length < PAGE_ROWS) break
        after = keyOf(spec, rows.at(-1)!).slice(1)
      }
    }
  }

  async read({ table, column, key }: CellName): Promise<StoredCell | undefined> {
    const spec = this.#tables.find((each) => each.table === table)
    if (spec === undefined) return undefined
    const text = `SELECT ${columnsOf(spec)} FROM ${this.#from(table)} WHERE ${whereOf(spec, 1)}`
    const [row] = await this.#connection.read(text, key)
    return row === undefined ? undefined : [...cellsOf(spec, row)].find((cell) => cell.column === column)
  }

  async replace(changes: readonly CellChange[]): Promise<readonly boolean[]> {
    if (changes.length === 0) return []
    const statements = changes.map((change) => this.#statement(change))
    return this.#connection.connections.transaction('write', async (run) => {
      const made: boolean[] = []
      for (const statement of statements) made.push((await run(statement)).length === 1)
      return made
    })
  }

  #statement({ cell, bytes, type }: CellChange): { text: string; values: unknown[] } {
    const spec = this.#tables.find(({ table }) => table === cell.table)!
    const where = whereOf(spec, 3)
    const update = `UPDATE ${this.#from(cell.table)} SET ${cell.column}`
    if (spec.typeColumn === undefined) {
      const values = [textOf(bytes), textOf(cell.bytes), ...cell.key]
      return { text: `${update} = $1::jsonb WHERE ${where} AND ${cell.column}::text = $2 RETURNING 1 AS made`, values }
    }
    const at = cell.key.length + 3
    return {
      text: `${update} = $1::bytea, ${spec.typeColumn} = $${at}
        WHERE ${where} AND ${cell.column} = $2::bytea AND ${spec.typeColumn} IS NOT DISTINCT FROM $${at + 1} RETURNING 1 AS made`,
      values: [bytes, cell.bytes, ...cell.key, type, cell.type],
    }
  }

  async *raw(): AsyncGenerator<RawBytes> {
    for (const { table } of this.#tables) {
      const columns = await this.#connection.read(
        'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2',
        [this.#schema, table],
      )
      const cells = columns.map(({ name, type }) => `${quoted(String(name))}${type === 'bytea' ? '' : '::text'}`)
      for (let after = '(0,0)'; ; ) {
        const text = `SELECT ctid::text AS at, ${cells.map((cell, i) => `${cell} AS c${i}`).join(', ')} FROM ${this.#from(table)}
          WHERE ctid > $1::tid ORDER BY ctid LIMIT ${PAGE_ROWS}`
        const rows = await this.#connection.read(text, [after])
        for (const row of rows) {
          for (const [i, { name }] of columns.entries()) {
            const cell = row[`c${i}`]
            const bytes = cell instanceof Uint8Array ? cell : typeof cell === 'string' ? Buffer.from(cell) : undefined
            if (bytes !== undefined) yield { place: `${table}.${String(name)}`, bytes }
          }
        }
        if (rows.length < PAGE_ROWS) break
        after = String(rows.at(-1)!.at)
      }
    }
  }

  async clearResidue(full: boolean): Promise<Residue> {
    const names = this.#tables.map(({ table }) => this.#from(table))
    const beyond =
      'Write-ahead log segments, replicas, base backups and dumps hold what they held: let them run out, or take them out of use.'
    if (!full) {
      const advice = `Old row versions stay in the tables' files until they are rewritten: run again with --vacuum-full, which locks each table while it is rewritten, or run VACUUM (FULL, ANALYZE) ${names.join(', ')}.`
      return { done: [], left: [advice, beyond] }
    }
    for (const name of names) await this.#connection.read(`VACUUM (FULL, ANALYZE) ${name}`)
    return { done: ['The tables are rewritten without old row versions (VACUUM FULL).'], left: [beyond] }
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  #from(table: string): string {
    return `${quoted(this.#schema)}.${table}`
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

function columnsOf({ key, cells, typeColumn, channelColumn }: TableSpec): string {
  const names = [...key, ...(channelColumn === undefined || key.includes(channelColumn) ? [] : [channelColumn])]
  if (typeColumn === undefined)
    return [...names, ...cells.map(({ column }) => `${column}::text AS ${column}`)].join(', ')
  return [...names, `${typeColumn} AS written_type`, ...cells.map(({ column }) => column)].join(', ')
}

function* cellsOf(spec: TableSpec, row: PostgresRecord): Generator<StoredCell> {
  const { table, cells, typeColumn, channelColumn } = spec
  for (const { column, role } of cells) {
    const cell = row[column]
    const bytes = typeof cell === 'string' ? Buffer.from(cell) : cell
    if (!(bytes instanceof Uint8Array)) continue
    const type = typeColumn === undefined ? 'json' : row.written_type
    yield {
      table,
      column,
      role,
      key: keyOf(spec, row),
      threadId: String(row.thread_id),
      channel: channelColumn === undefined ? undefined : String(row[channelColumn]),
      type: type === null || type === undefined ? null : String(type),
      bytes,
      isText: false,
    }
  }
}

function keyOf({ key }: TableSpec, row: PostgresRecord): (string | number)[] {
  return key.map((column) => (typeof row[column] === 'number' ? row[column] : String(row[column])))
}

const whereOf = ({ key }: TableSpec, first: number): string =>
  key.map((column, i) => `${column} = $${first + i}`).join(' AND ')
