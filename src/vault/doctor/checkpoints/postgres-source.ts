import { ConfigError } from '../../../errors.js'
import { PostgresConnections } from '../../stores/postgres-pool.js'
import type { CheckpointSource, StoredBytes } from './source.js'

const PAGE = 200
/** Of `PostgresSaver`: each table's value, and the rest of its primary key after the thread. */
const VALUES = [
  ['checkpoints', "convert_to(checkpoint::text, 'UTF8')", ['checkpoint_ns', 'checkpoint_id']],
  ['checkpoints', "convert_to(metadata::text, 'UTF8')", ['checkpoint_ns', 'checkpoint_id']],
  ['checkpoint_blobs', 'blob', ['checkpoint_ns', 'channel', 'version']],
  ['checkpoint_writes', 'blob', ['checkpoint_ns', 'checkpoint_id', 'task_id', 'idx::text']],
] as const

/** @throws ConfigError where there are no tables of LangGraph's. */
export async function openPostgresCheckpoints(address: string, schema: string): Promise<CheckpointSource> {
  const connections = PostgresConnections.ofConnString(address, { maxConnections: 2 })
  const tables = [...new Set(VALUES.map(([table]) => table))]
  const [found] = await connections.run('read', {
    text: 'SELECT count(*)::int AS n FROM information_schema.tables WHERE table_schema = $1 AND table_name = ANY($2)',
    values: [schema, tables],
  })
  if (Number(found?.n) === tables.length) return new PostgresCheckpoints(connections, schema)
  await connections.close()
  throw new ConfigError(`That database holds no checkpoints of LangGraph's PostgresSaver in schema ${schema}.`)
}

class PostgresCheckpoints implements CheckpointSource {
  readonly #db: PostgresConnections
  readonly #threads: string
  readonly #schema: string

  constructor(db: PostgresConnections, schema: string) {
    this.#db = db
    this.#schema = `"${schema.replaceAll('"', '""')}"`
    const from = (table: string) => `SELECT thread_id FROM ${this.#schema}.${table}`
    this.#threads = `${from('checkpoints')} UNION ${from('checkpoint_writes')}`
  }

  async listThreads(after = '', limit = PAGE): Promise<readonly string[]> {
    const text = `SELECT thread_id FROM (${this.#threads}) t WHERE thread_id COLLATE "C" > $1 ORDER BY thread_id COLLATE "C" LIMIT $2`
    return (await this.#all(text, [after, limit])).map((row) => String(row.thread_id))
  }

  async existing(threadIds: readonly string[]): Promise<ReadonlySet<string>> {
    const text = `SELECT thread_id FROM (${this.#threads}) t WHERE thread_id = ANY($1)`
    return new Set((await this.#all(text, [threadIds])).map((row) => String(row.thread_id)))
  }

  async *search(threadIds: readonly string[], needle: string): AsyncGenerator<StoredBytes> {
    for (const [table, value, rest] of VALUES) {
      // The key as one array of text, so that one comparison serves every table.
      const key = `ARRAY[thread_id, ${rest.join(', ')}] COLLATE "C"`
      const text = `SELECT thread_id, ${key} AS key, ${value} AS bytes FROM ${this.#schema}.${table}
        WHERE thread_id = ANY($1) AND ${key} > $2::text[] AND position($3::bytea IN ${value}) > 0 ORDER BY 2 LIMIT $4`
      for (let after: unknown = []; ; ) {
        const rows = await this.#all(text, [threadIds, after, Buffer.from(needle), PAGE])
        for (const row of rows) yield { threadId: String(row.thread_id), bytes: row.bytes as Uint8Array }
        if (rows.length < PAGE) break
        after = rows.at(-1)!.key
      }
    }
  }

  close(): Promise<void> {
    return this.#db.close()
  }

  #all(text: string, values: unknown[]) {
    return this.#db.run('read', { text, values })
  }
}
