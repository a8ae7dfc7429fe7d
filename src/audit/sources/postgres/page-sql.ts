import type { TableLayout } from '../row.js'
import type { PostgresTable } from './tables.js'

/** Of a page's rows together, as they lie on disk; a larger row is a page of its own. */
const PAGE_BYTES = 2 << 20
const PAGE_ROWS = 500
/** A longer value is read in pieces, as text. */
export const MAX_CELL_BYTES = 32 << 20
/** Where a row lies, and the numbers of its columns that are too long. */
export const ROW_AT = 'row at'
export const LONG = 'long columns'

const KEYS: Readonly<Record<TableLayout, readonly string[]>> = {
  'pg-checkpoints': ['thread_id', 'checkpoint_ns', 'checkpoint_id'],
  'pg-blobs': ['thread_id', 'checkpoint_ns', 'channel', 'version'],
  'pg-writes': ['thread_id', 'checkpoint_ns', 'checkpoint_id', 'task_id', 'idx'],
  'sqlite-checkpoints': [],
  'sqlite-writes': [],
  unknown: [],
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const nameOf = ({ schema, name }: PostgresTable): string => `${quoted(schema)}.${quoted(name)}`
export const keyOf = ({ layout, columns }: PostgresTable): readonly string[] =>
  KEYS[layout].filter((column) => columns.includes(column))

/**
 * The rows behind a key, in the order of the primary key. Large values are only pointers until a row is known to be in
 * the page: so that a page's size is bounded before a byte of it is read.
 * @param conditions what else must hold.
 */
export function keysetPage(table: PostgresTable, conditions: readonly string[]): string {
  const key = keyOf(table).map(quoted).join(', ')
  return page(table, conditions, key)
}

/** The same by where a row lies, for tables whose key is not known. */
export function blockPage(table: PostgresTable, conditions: readonly string[]): string {
  return page(table, conditions, 'ctid')
}

function page(table: PostgresTable, conditions: readonly string[], order: string): string {
  const sizes = table.columns.map((column) => sizeOf(table, column)).filter((size) => size !== undefined)
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  return `SELECT ${table.columns.map((column) => cellOf(table, column)).join(', ')}, ctid::text AS "${ROW_AT}", ${longOf(table)} AS "${LONG}"
    FROM (SELECT *, sum("own size") OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) - "own size" AS "size before"
      FROM (SELECT ctid, ${table.columns.map(quoted).join(', ')}, (${sizes.join(' + ') || '0'})::bigint AS "own size"
        FROM ${nameOf(table)} ${where} ORDER BY ${order} LIMIT ${PAGE_ROWS}) p) q
    WHERE "size before" < ${PAGE_BYTES} ORDER BY ${order}`
}

const isText = (type: string): boolean => /^(?:text|character varying|character|json|xml|name)$/.test(type)

/**
 * Bytes as they can be read. The driver takes every answer for UTF-8, binary ones too, so that other bytes would come
 * out changed (`BufferReader.string` in pg-protocol): they travel as base64.
 */
export const exactly = (bytes: string): string => `convert_to(encode(${bytes}, 'base64'), 'UTF8')`

/** The column by which a row says that its bytes are JSON, and so UTF-8. */
function typeColumnOf({ layout }: PostgresTable): string | undefined {
  return layout === 'pg-blobs' || layout === 'pg-writes' ? 'type' : undefined
}

/** True where a row's bytes are read as they are. */
export function isPlain(table: PostgresTable, typeOf: (column: string) => string | undefined): boolean {
  const column = typeColumnOf(table)
  return column !== undefined && table.columns.includes(column) && typeOf(column) === PLAIN_TYPE
}

const PLAIN_TYPE = 'json'

/** Every type but bytes is read as its text. */
function cellOf(table: PostgresTable, column: string): string {
  const { types, columns } = table
  const name = quoted(column)
  const typeColumn = typeColumnOf(table)
  const value =
    types[column] !== 'bytea'
      ? `${name}::text`
      : typeColumn !== undefined && columns.includes(typeColumn)
        ? `CASE WHEN ${quoted(typeColumn)} = '${PLAIN_TYPE}' THEN ${name} ELSE ${exactly(name)} END`
        : exactly(name)
  const size = lengthOf(types[column]!, name)
  return size === undefined
    ? `${value} AS ${name}`
    : `CASE WHEN ${size} > ${MAX_CELL_BYTES} THEN NULL ELSE ${value} END AS ${name}`
}

function sizeOf({ types }: PostgresTable, column: string): string | undefined {
  const type = types[column]!
  return type === 'bytea' || isText(type) || /jsonb|\[\]$|tsvector|vector/.test(type)
    ? `coalesce(pg_column_size(${quoted(column)}), 0)`
    : undefined
}

function lengthOf(type: string, name: string): string | undefined {
  if (type === 'bytea' || isText(type)) return `octet_length(${type === 'bytea' ? name : `${name}::text`})`
  return type === 'jsonb' ? `pg_column_size(${name})` : undefined
}

function longOf({ columns, types }: PostgresTable): string {
  const marks = columns.flatMap((column, i) => {
    const size = lengthOf(types[column]!, quoted(column))
    return size === undefined ? [] : [`CASE WHEN ${size} > ${MAX_CELL_BYTES} THEN '${i}' END`]
  })
  return marks.length === 0 ? "''" : `concat_ws(',', ${marks.join(', ')})`
}
