import { invalidRedisUrl } from './redis-errors.js'

export interface RedisAddress {
  readonly host: string
  readonly port: number
  readonly db: number
  readonly username?: string
  readonly password?: string
  readonly tls?: Record<string, never>
}

/**
 * Read here rather than by the driver, which takes every option of its own from the query of a URL.
 * @throws ConfigError unless it is `redis://` or `rediss://` with nothing but user, password, host, port and database.
 */
export function parseRedisUrl(text: string): RedisAddress {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw invalidRedisUrl()
  }
  const db = /^\/?(\d*)$/.exec(url.pathname)?.[1]
  const isRedis = url.protocol === 'redis:' || url.protocol === 'rediss:'
  if (!isRedis || url.hostname === '' || url.search !== '' || url.hash !== '' || db === undefined)
    throw invalidRedisUrl()
  try {
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || 6379),
      db: Number(db),
      ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    }
  } catch {
    throw invalidRedisUrl()
  }
}
