import { PostgresClaimStore } from '../src/postgres.js'
import { SqliteClaimStore } from '../src/sqlite.js'
import { SCHEMA_MANIFEST } from '../src/vault/stores/schema-manifest.js'
import type { SchemaDescription, SqlStore } from '../src/vault/stores/sql-store.js'
import { embeddedBinaries, startCluster, systemBinaries } from '../test/services/postgres-cluster.js'

/**
 * From schemas that were just made. A PostgreSQL server is started only with `--postgres`, for `--check` must be quick;
 * test/vault/stores/compare-schema.int.test.ts compares that half with a live server.
 */
export async function schemaManifest(): Promise<string> {
  const sqlite = await describe(SqliteClaimStore.fromConnString(':memory:'))
  const postgres = process.argv.includes('--postgres') ? await describePostgres() : SCHEMA_MANIFEST.postgres
  return `// Made by npm run generate -- --postgres. Do not edit.
// biome-ignore-all format: one line for each object
import type { SchemaDescription } from './sql-store.js'

/** What \`setup\` makes: \`compareSchema\` holds a live vault against it. */
export const SCHEMA_MANIFEST: Readonly<Record<'sqlite' | 'postgres', SchemaDescription>> = {
  sqlite: ${entries(sqlite)},
  postgres: ${entries(postgres)},
}
`
}

function entries(description: SchemaDescription): string {
  const lines = Object.entries(description).map(([object, definition]) => `    '${object}': '${definition}',`)
  return `{\n${lines.join('\n')}\n  }`
}

async function describePostgres(): Promise<SchemaDescription> {
  const binaries = (await embeddedBinaries()) ?? systemBinaries()
  if (binaries === undefined) throw new Error('The manifest is read from a live PostgreSQL, and there are no binaries.')
  const cluster = await startCluster(binaries)
  try {
    return await describe(PostgresClaimStore.fromConnString(cluster.url))
  } finally {
    await cluster.stop()
  }
}

async function describe(store: SqlStore): Promise<SchemaDescription> {
  await store.setup()
  try {
    return await store.describeSchema()
  } finally {
    await store.close()
  }
}
