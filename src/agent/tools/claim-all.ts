import type { ThreadSecrets, UseOptions } from '../../saver/thread-secrets.js'

/** By claim URL. */
export type Values = ReadonlyMap<string, unknown>

/** Claims one after the other, each for as long as what follows runs: all or none. */
export function claimAll<T>(
  secrets: ThreadSecrets,
  urls: readonly string[],
  options: UseOptions,
  work: (values: Values) => Promise<T>,
  values: Values = new Map(),
): Promise<T> {
  const [url, ...rest] = urls
  if (url === undefined) return work(values)
  return secrets.use(
    url,
    (value) => claimAll(secrets, rest, options, work, new Map([...values, [url, value]])),
    options,
  )
}
