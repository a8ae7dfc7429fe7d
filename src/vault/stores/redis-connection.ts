import { VaultClosedError } from '../../errors.js'
import { missingPeer } from '../../load-optional.js'
import { mapRedisError, type RedisAccess, redisCode } from './redis-errors.js'
import type { RedisArg, Reply } from './redis-rows.js'
import type { RedisScript } from './redis-script.js'
import { parseRedisUrl } from './redis-url.js'

/** What is used of an ioredis `Redis` or `Cluster` that an application hands over. */
export interface RedisClient {
  readonly isCluster: boolean
  duplicate(first?: never, second?: never): unknown
}

/** The part of ioredis that is used on a connection of our own. */
interface Connection {
  readonly status: string
  connect(): Promise<void>
  disconnect(reconnect?: boolean): void
  call(command: string, ...args: RedisArg[]): Promise<unknown>
  /** A list, because a call cannot have as many arguments as a large commit. */
  callBuffer(command: string, args: readonly RedisArg[]): Promise<unknown>
  on(event: string, listener: (error: Error) => void): unknown
  off(event: string, listener: (error: Error) => void): unknown
  /** Of a cluster alone. */
  nodes?(role: 'master'): Pick<Connection, 'call'>[]
}

export interface RedisConnectionOptions {
  /** How long to wait for a connection; 10,000 ms unless told. */
  readonly connectTimeoutMs?: number
  /** After which a command without an answer counts as failed; 30,000 ms unless told. */
  readonly commandTimeoutMs?: number
}

/**
 * A connection of the vault's own, also beside an application's client: ioredis sends a command again when a connection
 * broke before its answer came, and a claim would then be counted twice and a ledger record written twice.
 */
export class RedisConnection {
  readonly #open: () => Promise<Connection>
  readonly #connectTimeoutMs: number
  #client: Promise<Connection> | undefined
  #lastError: unknown
  #closed = false

  private constructor(open: () => Promise<unknown>, { connectTimeoutMs = 10_000 }: RedisConnectionOptions) {
    this.#open = async () => (await open()) as Connection
    this.#connectTimeoutMs = connectTimeoutMs
  }

  /** @throws ConfigError unless it is a URL for Redis. */
  static ofConnString(text: string, options: RedisConnectionOptions): RedisConnection {
    const address = parseRedisUrl(text)
    return new RedisConnection(async () => {
      const { Redis } = await import('ioredis').catch(
        missingPeer('A Redis vault needs the package ioredis', 'npm install ioredis'),
      )
      return new Redis({ ...address, ...onceOnly(options) })
    }, options)
  }

  static ofClient(client: RedisClient, options: RedisConnectionOptions): RedisConnection {
    return new RedisConnection(async () => {
      const own = onceOnly(options)
      if (!client.isCluster) return client.duplicate(own as never)
      const clusterOptions = {
        lazyConnect: true,
        enableOfflineQueue: false,
        retryDelayOnFailover: 0,
        redisOptions: own,
      }
      return client.duplicate([] as never, clusterOptions as never)
    }, options)
  }

  async run(access: RedisAccess, script: RedisScript, root: string, args: readonly RedisArg[]): Promise<Reply> {
    return this.#mapped(access, async (client) => {
      try {
        return await client.callBuffer('evalsha', [script.sha1, 1, root, ...args])
      } catch (error) {
        if (redisCode(error)?.code !== 'NOSCRIPT') throw error
        return client.callBuffer('eval', [script.lua, 1, root, ...args])
      }
    }) as Promise<Reply>
  }

  /** A command to each server that may hold the vault's keys. */
  async onEach(command: string, ...args: RedisArg[]): Promise<readonly unknown[]> {
    return this.#mapped('setup', async (client) =>
      Promise.all((client.nodes?.('master') ?? [client]).map((node) => node.call(command, ...args))),
    )
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    ;(await this.#client?.catch(() => undefined))?.disconnect()
  }

  async #mapped<Result>(access: RedisAccess, work: (client: Connection) => Promise<Result>): Promise<Result> {
    try {
      return await work(await this.#ready())
    } catch (error) {
      throw this.#closed ? new VaultClosedError() : mapRedisError(error, access)
    }
  }

  async #ready(): Promise<Connection> {
    if (this.#closed) throw new VaultClosedError()
    this.#client ??= this.#open().then(
      (client) => {
        client.on('error', (error) => {
          this.#lastError = error
        })
        return client
      },
      (error: unknown) => {
        this.#client = undefined
        throw error
      },
    )
    const client = await this.#client
    if (client.status !== 'ready') await this.#connect(client)
    return client
  }

  /** Waits for the attempt that is under way; a client that has given up, or never began, starts one. */
  async #connect(client: Connection): Promise<void> {
    const settled = new AbortController()
    const attempt = new Promise<void>((resolve, reject) => {
      const fail = (): void => reject(this.#lastError)
      const timer = setTimeout(() => {
        client.disconnect(true)
        reject(new Error('no connection in time'))
      }, this.#connectTimeoutMs)
      const events = { ready: () => resolve(), close: fail, end: fail }
      for (const [event, listener] of Object.entries(events)) client.on(event, listener)
      settled.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        for (const [event, listener] of Object.entries(events)) client.off(event, listener)
      })
    })
    // Its failure is told by the events, with the reason.
    if (client.status === 'wait' || client.status === 'end') client.connect().catch(() => {})
    try {
      await attempt
    } finally {
      settled.abort()
    }
  }
}

/** No command is ever sent twice, kept for later, or waits for a connection longer than its caller does. */
function onceOnly({ connectTimeoutMs = 10_000, commandTimeoutMs = 30_000 }: RedisConnectionOptions) {
  return {
    lazyConnect: true,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // A server that became a replica behind the same address answers so; the next connection finds the new primary.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  }
}
