import { randomUUID } from 'node:crypto'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { dumpPostgres, watchPostgresFiles } from '../../src/testing/leak/dump/postgres.js'
import type { BareSaver } from './bare-savers.js'

/** A PostgresSaver in a schema of its own. Its dump holds the relation files and what was logged since it was made. */
export async function postgresSaver(url: string): Promise<BareSaver<PostgresSaver>> {
  const schema = `leak_${randomUUID().slice(0, 8)}`
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  const checkpointer = new PostgresSaver(pool, undefined, { schema })
  await checkpointer.setup()
  const files = await watchPostgresFiles(pool, schema)
  return {
    checkpointer,
    dump: async () => [...(await dumpPostgres(pool, schema)), ...(await files.dump())],
    close: async () => {
      await pool.query(`drop schema "${schema}" cascade`)
      await pool.end()
    },
  }
}
