import type { StoredTable } from '../row.js'
import { layoutOf } from '../table-layout.js'
import type { StoreConnection } from './connection.js'

export interface PostgresTable extends StoredTable {
  readonly schema: string
  /** Of every column, as PostgreSQL names it. */
  readonly types: Readonly<Record<string, string>>
  /** In blocks of 8 KiB as the planner knows them, or now when it does not. */
  readonly bytes: number
  /** False where the role may not read it. */
  readonly isReadable: boolean
}

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name, pg_total_relation_size(c.oid)::float8 AS bytes,
         has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT') AS readable,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns,
         array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum) AS types,
         array_agg(has_column_privilege(c.oid, a.attnum, 'SELECT') ORDER BY a.attnum) AS granted
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'm') AND n.nspname = ANY($1)
  GROUP BY n.nspname, c.relname, c.oid, n.oid ORDER BY 1, 2`

const SCHEMAS = `
  SELECT DISTINCT n.nspname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = ANY($1) AND c.relkind IN ('r', 'p') ORDER BY 1`
const NAMES = ['checkpoints', 'checkpoint_blobs', 'checkpoint_writes']

/** Tables of one schema, or of every schema that holds LangGraph's. Partitions are listed, the table above them is not. */
export async function tablesIn(db: StoreConnection, schema: string | undefined): Promise<readonly PostgresTable[]> {
  const schemas = schema === undefined ? await schemasOf(db) : [schema]
  const rows = await db.read(TABLES, [schemas])
  return rows.map((row) => {
    const columns = row.columns as string[]
    const types = row.types as string[]
    const granted = row.granted as boolean[]
    const kept = columns.filter((_, i) => granted[i])
    const name = String(row.name)
    return {
      schema: String(row.schema),
      name,
      columns: kept,
      types: Object.fromEntries(columns.map((column, i) => [column, types[i]!])),
      layout: layoutOf(name, kept, 'postgres'),
      bytes: Number(row.bytes),
      isReadable: row.readable === true && kept.length === columns.length,
    }
  })
}

async function schemasOf(db: StoreConnection): Promise<readonly string[]> {
  const found = await db.read(SCHEMAS, [NAMES])
  return found.length === 0 ? ['public'] : found.map(({ name }) => String(name))
}
