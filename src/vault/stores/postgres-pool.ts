import { createHash } from 'node:crypto'
import { VaultClosedError } from '../../errors.js'
import { missingPeer } from '../../load-optional.js'
import {
  invalidPostgresUrl,
  isNameRefused,
  isRefusedCommit,
  isUndone,
  isUsableAfter,
  mapPostgresError,
  type PostgresAccess,
} from './postgres-errors.js'
import type { Statement } from './postgres-sql.js'

export type PostgresRecord = Readonly<Record<string, unknown>>

/** The part of `pg.PoolClient` that is used. */
export interface PostgresClient {
  query(query: {
    name?: string
    text: string
    values: unknown[]
    binary?: boolean
    types?: RawTypes
  }): Promise<{ rows: PostgresRecord[] }>
  release(destroy?: boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

/** The part of `pg.Pool` that is used. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
  end(): Promise<void>
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

/** Leaves every cell in the bytes that the server sent. */
export interface RawTypes {
  getTypeParser(): (bytes: unknown) => unknown
}

const RAW_TYPES: RawTypes = { getTypeParser: () => (bytes) => bytes }

export interface PostgresPoolOptions {
  /** 10 unless told. */
  readonly maxConnections?: number
  /** How long to wait for a connection, also for a free one of the pool; 10,000 ms unless told. */
  readonly connectTimeoutMs?: number
  /** After which a statement without an answer counts as failed; 30,000 ms unless told. */
  readonly queryTimeoutMs?: number
}

/** Of a transaction that met another one: a commit's rows are locked in order, but deleting a thread may cross it. */
const MAX_ATTEMPTS = 3

/** How to run one statement; within a transaction or by itself. */
export type RunStatement = (
  statement: Statement & { readonly isRaw?: boolean; readonly isNamed?: boolean },
) => Promise<PostgresRecord[]>

/**
 * A connection that breaks while nobody uses it emits `error`, which ends the process if nobody listens. Nothing is to
 * be done: the pool replaces it, and whoever uses a broken one gets its error from the query.
 */
const ignore = (): void => {}

/**
 * Connections to PostgreSQL, also through PgBouncer in transaction mode: nothing is set on a session, and statements are
 * prepared by name only until a server refuses a name, because it belongs to a session that others share.
 */
export class PostgresConnections {
  readonly #open: () => Promise<PostgresPool>
  readonly #endPool: boolean
  #pool: Promise<PostgresPool> | undefined
  #closed = false
  /** Of each fixed statement; undefined once names have been refused. A digest, so that equal names mean equal statements. */
  #names: Map<string, string> | undefined = new Map()

  private constructor(open: () => Promise<PostgresPool>, endPool: boolean) {
    this.#open = open
    this.#endPool = endPool
  }

  static ofPool(pool: PostgresPool): PostgresConnections {
    return new PostgresConnections(async () => pool, false)
  }

  /** @throws ConfigError unless it is a URL for PostgreSQL. */
  static ofConnString(connectionString: string, options: PostgresPoolOptions): PostgresConnections {
    if (!/^postgres(ql)?:\/\//.test(connectionString)) throw invalidPostgresUrl()
    return new PostgresConnections(async () => {
      const { default: pg } = await import('pg').catch(
        missingPeer('A PostgreSQL vault needs the package pg', 'npm install pg'),
      )
      return new pg.Pool({
        connectionString,
        max: options.maxConnections ?? 10,
        connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
        // The client's own: a server setting would belong to the session, which PgBouncer shares.
        query_timeout: options.queryTimeoutMs ?? 30_000,
        keepAlive: true,
        allowExitOnIdle: true,
      })
    }, true)
  }

  /** One statement, which is its own transaction. */
  async run(access: PostgresAccess, statement: Statement): Promise<PostgresRecord[]> {
    return this.#withClient(access, (run) => run({ ...statement, isNamed: statement.isFixed === true }))
  }

  /**
   * Cells as the server sends them in its binary format: bytes as they are, where `run` would read hex. The statement has
   * parameters: without any the driver uses a protocol that knows text only.
   */
  async runRaw(statement: Statement): Promise<PostgresRecord[]> {
    return this.#withClient('read', (run) => run({ ...statement, isRaw: true }))
  }

  async transaction<Result>(access: PostgresAccess, work: (run: RunStatement) => Promise<Result>): Promise<Result> {
    return this.#withClient(access, async (run) => {
      await run({ text: 'BEGIN', values: [] })
      try {
        const result = await work(run)
        await run({ text: 'COMMIT', values: [] })
        return result
      } catch (error) {
        // A connection that cannot even roll back is thrown away with its error, which is the first one's consequence.
        await run({ text: 'ROLLBACK', values: [] }).catch(ignore)
        throw error
      }
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const pool = await this.#pool?.catch(() => undefined)
    // A pool of our own keeps its listener: it has ended before its connections have, and they may still break.
    if (this.#endPool) await pool?.end()
    else pool?.removeListener('error', ignore)
  }

  async #withClient<Result>(access: PostgresAccess, work: (run: RunStatement) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work)
      } catch (error) {
        if (isUndone(error) && attempt < MAX_ATTEMPTS) continue
        throw isRefusedCommit(error) ? error : mapPostgresError(error, access)
      }
    }
  }

  async #attempt<Result>(work: (run: RunStatement) => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new VaultClosedError()
    const client = await (await this.#connected()).connect()
    let usable = true
    client.on('error', ignore)
    try {
      return await work(async ({ text, values, isRaw, isNamed }) => {
        const raw = isRaw ? { binary: true, types: RAW_TYPES } : {}
        const name = isNamed ? this.#nameOf(text) : undefined
        try {
          if (name !== undefined) {
            try {
              return (await client.query({ name, text, values })).rows
            } catch (error) {
              if (!isNameRefused(error)) throw error
              this.#names = undefined
            }
          }
          return (await client.query({ text, values, ...raw })).rows
        } catch (error) {
          usable &&= isUsableAfter(error)
          throw error
        }
      })
    } finally {
      client.removeListener('error', ignore)
      client.release(!usable)
    }
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names?.get(text)
    if (known !== undefined) return known
    const name = `secret_safe_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
    this.#names?.set(text, name)
    return this.#names && name
  }

  async #connected(): Promise<PostgresPool> {
    this.#pool ??= this.#open().then(
      (pool) => {
        pool.on('error', ignore)
        return pool
      },
      (error: unknown) => {
        this.#pool = undefined
        throw error
      },
    )
    return this.#pool
  }
}
