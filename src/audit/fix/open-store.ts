import { ConfigError } from '../../errors.js'
import { type FixStore, isPostgresAddress } from './store.js'

export interface OpenFixStore {
  /** `postgres://…`, `sqlite:path` or a path. */
  readonly address: string
  /** PostgreSQL's; `public` unless told. */
  readonly schema?: string | undefined
  readonly writable: boolean
}

/** @throws ConfigError for another kind of store; StoreUnreadableError for one that holds no checkpoints of LangGraph's. */
export async function openFixStore({ address, schema = 'public', writable }: OpenFixStore): Promise<FixStore> {
  if (isPostgresAddress(address)) {
    const { openPostgresFixStore } = await import('./postgres-store.js')
    return openPostgresFixStore(address, schema)
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'sqlite')
    throw new ConfigError(`A checkpoint store is rewritten at postgres://…, sqlite:path or a path, not at ${scheme}:…`)
  const { openSqliteFixStore } = await import('./sqlite-store.js')
  return openSqliteFixStore(address, writable)
}
