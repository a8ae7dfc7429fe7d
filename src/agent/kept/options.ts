import { type ResolvedOptions, resolveOptions, type SecretSafeSaverOptions } from '../../saver/options.js'

/** What a saver, a store and a cache are told alike. */
export type SharedOptions = Omit<SecretSafeSaverOptions, 'channels' | 'ttlMs'>

/** @throws ConfigError */
export function resolveKept(
  options: SharedOptions,
  name: string,
  ttlMs: SecretSafeSaverOptions['ttlMs'],
  reads: 'values' | 'handles' = 'values',
): ResolvedOptions {
  const given = typeof options === 'object' && options !== null ? options : ({} as SharedOptions)
  return resolveOptions({ ...given, ...(ttlMs === undefined ? {} : { ttlMs }), channels: { '*': reads } }, name)
}
