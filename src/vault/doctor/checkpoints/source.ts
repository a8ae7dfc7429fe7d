import { ConfigError } from '../../../errors.js'

/** Bytes of a thread's checkpoint, as they are stored. */
export interface StoredBytes {
  readonly threadId: string
  readonly bytes: Uint8Array
}

/** LangGraph's own tables, read as bytes: nothing is parsed and nothing revived. */
export interface CheckpointSource {
  /** Threads that have a row, in order, after `after`. */
  listThreads(after: string | undefined, limit: number): Promise<readonly string[]>
  /** Those of `threadIds` that have a row. */
  existing(threadIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Every stored value of these threads that holds `needle`, page by page. */
  search(threadIds: readonly string[], needle: string): AsyncIterable<StoredBytes>
  close(): Promise<void>
}

/**
 * @param address `postgres://…`, `sqlite:path` or a path.
 * @param schema of PostgreSQL's; `public` unless told.
 * @throws ConfigError for another kind of store, and where there are no tables of LangGraph's.
 */
export async function openCheckpoints(address: string, schema: string | undefined): Promise<CheckpointSource> {
  if (/^postgres(?:ql)?:\/\//.test(address)) {
    const { openPostgresCheckpoints } = await import('./postgres-source.js')
    return openPostgresCheckpoints(address, schema ?? 'public')
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'sqlite') {
    throw new ConfigError(`Checkpoints are read from postgres://…, sqlite:path or a path, not from ${scheme}:…`)
  }
  const { openSqliteCheckpoints } = await import('./sqlite-source.js')
  return openSqliteCheckpoints(address)
}
