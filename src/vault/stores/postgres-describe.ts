import type { RunStatement } from './postgres-pool.js'
import { VAULT_TABLES } from './schema-version.js'
import type { SchemaDescription } from './sql-store.js'
import { digest } from './sqlite-describe.js'

const OURS = `n.nspname = $1 AND c.relname = ANY($2::text[])`
const RELATIONS = 'pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace'

/** Of definitions that PostgreSQL writes itself, alike from version 13 on. */
const QUERIES = [
  `SELECT 'column ' || c.relname || '.' || a.attname AS object,
     pg_catalog.format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
       || coalesce(' default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid), '')
       || CASE WHEN l.collname = 'C' THEN ' collate C' ELSE '' END AS definition
   FROM ${RELATIONS} JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation WHERE ${OURS}`,
  `SELECT 'index ' || i.relname AS object, pg_catalog.pg_get_indexdef(x.indexrelid)
       || CASE WHEN x.indisvalid THEN '' ELSE ' (invalid)' END AS definition
   FROM ${RELATIONS} JOIN pg_catalog.pg_index x ON x.indrelid = c.oid JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
   WHERE ${OURS}`,
  `SELECT 'constraint ' || c.relname || '.' || k.conname AS object, pg_catalog.pg_get_constraintdef(k.oid) AS definition
   FROM ${RELATIONS} JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('c', 'f', 'p', 'u') WHERE ${OURS}`,
  `SELECT 'trigger ' || g.tgname AS object, pg_catalog.pg_get_triggerdef(g.oid)
       || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' (switched off, or not for everybody)' END AS definition
   FROM ${RELATIONS} JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal WHERE ${OURS}`,
  `SELECT 'function ' || p.proname AS object, p.prosrc || coalesce(array_to_string(p.proconfig, ','), '')
       || CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END AS definition
   FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   WHERE n.nspname = $1 AND $2::text[] IS NOT NULL`,
  `SELECT 'sequence ' || c.relname AS object, 'sequence' AS definition FROM ${RELATIONS}
   WHERE n.nspname = $1 AND c.relkind = 'S' AND $2::text[] IS NOT NULL`,
]

export async function describePostgres(schema: string, run: RunStatement): Promise<SchemaDescription> {
  const found: Record<string, string> = {}
  for (const text of QUERIES) {
    for (const { object, definition } of await run({ text, values: [schema, VAULT_TABLES] })) {
      // The text of functions is our own, with the schema in quotes; PostgreSQL writes the rest, and mostly without.
      const unquoted = String(definition).replaceAll(`"${schema}".`, '')
      const plain = String(object).startsWith('function') ? unquoted : unquoted.replaceAll(`${schema}.`, '')
      const isShort = /^(column|sequence)/.test(String(object))
      found[String(object)] = isShort ? plain : digest(plain)
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}
