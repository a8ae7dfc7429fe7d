import { type Area, cellBytes, type StoredBytes } from '../stored-bytes.js'

/** A `pg` Pool or Client. */
export interface PostgresReader {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

const CELL_AREAS: Readonly<Record<string, Area>> = {
  'checkpoints.checkpoint': 'checkpoint',
  'checkpoint_blobs.blob': 'checkpoint',
  'checkpoints.metadata': 'metadata',
  'checkpoint_writes.blob': 'write',
  'store.value': 'store',
}

/** Every cell of every table of a schema. Cells of tables that are not a saver's count as `other`. */
export async function dumpPostgres(db: PostgresReader, schema: string, other: Area = 'key'): Promise<StoredBytes[]> {
  const stored: StoredBytes[] = []
  const columns = await db.query(
    `select table_name, json_agg(json_build_array(column_name, data_type)) as columns
       from information_schema.columns where table_schema = $1 group by table_name`,
    [schema],
  )
  for (const { table_name, columns: list } of columns.rows as { table_name: string; columns: [string, string][] }[]) {
    const cells = list.map(([name, type]) =>
      type === 'bytea' ? quote(name) : `${quote(name)}::text as ${quote(name)}`,
    )
    const { rows } = await db.query(`select ${cells.join(', ')} from ${quote(schema)}.${quote(table_name)}`)
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        const bytes = cellBytes(cell)
        const place = `${table_name}.${column}`
        if (bytes) stored.push({ area: CELL_AREAS[place] ?? other, place: `postgres ${place}`, bytes })
      }
    }
  }
  return stored
}

export interface PostgresFiles {
  /** Relation files of the schema, and the write-ahead log since the start. Empty without the right to read them. */
  dump(area?: Area): Promise<StoredBytes[]>
}

/** Remembers where the write-ahead log stands now, so that a later dump reads only what came after. */
export async function watchPostgresFiles(db: PostgresReader, schema: string): Promise<PostgresFiles> {
  const { rows } = await db.query(
    `select pg_current_wal_insert_lsn()::text as lsn, rolsuper as super from pg_roles where rolname = current_user`,
  )
  const [start] = rows as { lsn: string; super: boolean }[]
  return {
    async dump(area = 'file') {
      if (!start?.super) return []
      // Dirty pages and the log's buffers reach the disk only now.
      await db.query('checkpoint')
      return [...(await relationFiles(db, schema, area)), ...(await walSince(db, start.lsn, area))]
    },
  }
}

async function relationFiles(db: PostgresReader, schema: string, area: Area): Promise<StoredBytes[]> {
  const { rows } = await db.query(
    `with tables as (select oid, reltoastrelid from pg_class where relnamespace = $1::regnamespace and relkind = 'r'),
          heaps as (select oid from tables union select reltoastrelid from tables where reltoastrelid <> 0),
          relations as (select oid from heaps union select indexrelid from pg_index where indrelid in (select oid from heaps))
     select oid::regclass::text as name,
            pg_read_binary_file(pg_relation_filepath(oid), 0, pg_relation_size(oid), true) as bytes
       from relations`,
    [quote(schema)],
  )
  return (rows as { name: string; bytes: Uint8Array | null }[]).flatMap(({ name, bytes }) =>
    bytes ? [{ area, place: `relation file of ${name.replace(/^.*\./, '')}`, bytes }] : [],
  )
}

async function walSince(db: PostgresReader, start: string, area: Area): Promise<StoredBytes[]> {
  const { rows } = await db.query(
    `with ends as (select pg_walfile_name($1::pg_lsn) as first, (pg_walfile_name_offset($1::pg_lsn)).file_offset as skip,
                       pg_walfile_name(pg_current_wal_lsn()) as last,
                       (pg_walfile_name_offset(pg_current_wal_lsn())).file_offset as used),
          spans as (select name, case when name = first then skip else 0 end as start,
                           case when name = last then used else size end as stop
                      from pg_ls_waldir(), ends
                     where name ~ '^[0-9A-F]{24}$' and name between first and last)
     select name, pg_read_binary_file('pg_wal/' || name, start, stop - start, true) as bytes from spans where stop > start`,
    [start],
  )
  return (rows as { name: string; bytes: Uint8Array | null }[]).flatMap(({ name, bytes }) =>
    bytes ? [{ area, place: `write-ahead log ${name}`, bytes }] : [],
  )
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
