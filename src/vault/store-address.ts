import { ConfigError } from '../errors.js'
import type { ClaimStore } from './claim-store.js'

/** Where the vault lies when nothing says otherwise. */
export const DEFAULT_VAULT_ADDRESS = './secret-safe.db'

/**
 * The claim store at an address: `postgres://…`, `redis://…` or `rediss://…`, `sqlite:path` or a plain path (SQLite).
 * @throws ConfigError for another scheme; DependencyError when the driver is not installed.
 */
export async function storeAt(address: string): Promise<ClaimStore> {
  if (/^postgres(?:ql)?:\/\//.test(address)) {
    const { PostgresClaimStore } = await import('./stores/postgres.js')
    return PostgresClaimStore.fromConnString(address)
  }
  if (/^rediss?:\/\//.test(address)) {
    const { RedisClaimStore } = await import('./stores/redis.js')
    return RedisClaimStore.fromConnString(address)
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'sqlite') {
    throw new ConfigError(`A vault address is postgres://…, redis://…, sqlite:path or a path, not ${scheme}:…`)
  }
  const { SqliteClaimStore } = await import('./stores/sqlite.js')
  return SqliteClaimStore.fromConnString(address)
}
