import { ConfigError } from '../../errors.js'
import type { ResolvedOptions } from '../../saver/options.js'
import { resolveKept, type SharedOptions } from '../kept/options.js'

export interface SecretSafeStoreOptions extends SharedOptions {
  /**
   * How long what an item holds is kept: `'item'` until the item is deleted, as is done unless told, or a sliding lifetime
   * in ms from the item's last use. Give one where the inner store drops items by itself (a TTL).
   */
  readonly ttlMs?: number | 'item'
  /** `values` restores claims, as is done unless told; `handles` leaves their URLs, for what a model reads. */
  readonly reads?: 'values' | 'handles'
}

const NAME = 'SecretSafeStore'

/** @throws ConfigError */
export function resolveStoreOptions(options: SecretSafeStoreOptions): ResolvedOptions {
  const { ttlMs = 'item', reads = 'values', ...rest } = options ?? {}
  if (reads !== 'values' && reads !== 'handles') throw new ConfigError("reads is 'values' or 'handles'.")
  if (ttlMs !== 'item' && !(Number.isSafeInteger(ttlMs) && ttlMs > 0))
    throw new ConfigError("ttlMs is a whole number of milliseconds, or 'item'.")
  return resolveKept(rest as SharedOptions, NAME, ttlMs === 'item' ? 'thread' : ttlMs, reads)
}
