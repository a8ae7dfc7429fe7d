import { randomUUID } from 'node:crypto'
import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store'
import pg from 'pg'
import { dumpPostgres, watchPostgresFiles } from '../../src/testing/leak/dump/postgres.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'

/** A PostgresStore in a schema of its own. Its dump holds the relation files and what was logged since it was made. */
export async function postgresStore(url: string) {
  const schema = `store_${randomUUID().slice(0, 8)}`
  const store = PostgresStore.fromConnString(url, { schema })
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  await store.setup()
  const files = await watchPostgresFiles(pool, schema)
  return {
    store,
    rows: async () => (await pool.query(`select namespace_path, key, value::text from "${schema}".store`)).rows,
    dump: async (): Promise<StoredBytes[]> => [...(await dumpPostgres(pool, schema)), ...(await files.dump())],
    close: async () => {
      await store.stop()
      await pool.query(`drop schema "${schema}" cascade`)
      await pool.end()
    },
  }
}
