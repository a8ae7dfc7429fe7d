import { setTimeout as sleep } from 'node:timers/promises'
import { foreignCode, SecretSafeError, StoreUnreadableError } from '../../../errors.js'
import { PostgresConnections, type PostgresRecord } from '../../../vault/stores/postgres-pool.js'

const MAX_ATTEMPTS = 4
const FIRST_WAIT_MS = 250

/** Reads from a store that may be busy or restart: a statement that was cut off is sent again, a few times. */
export class StoreConnection {
  readonly connections: PostgresConnections

  constructor(address: string) {
    this.connections = PostgresConnections.ofConnString(address, { maxConnections: 1 })
  }

  /** @throws StoreUnreadableError with the server's code as its cause. */
  async read(text: string, values: readonly unknown[] = []): Promise<PostgresRecord[]> {
    return this.#again(() => this.connections.run('read', { text, values: [...values] }))
  }

  /** Cells as bytes. @throws StoreUnreadableError */
  async readRaw(text: string, values: readonly unknown[]): Promise<PostgresRecord[]> {
    return this.#again(() => this.connections.runRaw({ text, values: [...values] }))
  }

  async #again<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (error instanceof SecretSafeError && error.retryable && attempt < MAX_ATTEMPTS) {
          await sleep(FIRST_WAIT_MS * 2 ** attempt)
          continue
        }
        throw unreadable(error)
      }
    }
  }

  async close(): Promise<void> {
    await this.connections.close()
  }
}

/** A vault's errors say what a vault needs; of theirs only the server's code is kept. */
function unreadable(error: unknown): SecretSafeError {
  if (!(error instanceof SecretSafeError)) return new StoreUnreadableError('The database could not be read.')
  if (error.code === 'ERR_DEPENDENCY_MISSING') return error
  const cause = foreignCode(error.cause)
  const code = cause?.code ?? ''
  if (code.startsWith('28') || code === '3D000') {
    return new StoreUnreadableError('The database refused the connection: wrong role, password or database name.', {
      cause,
    })
  }
  if (code === '42501')
    return new StoreUnreadableError('The database role may not read all that is asked for.', { cause })
  if (error.code === 'ERR_CONFIG_INVALID')
    return new StoreUnreadableError('The address is not one of PostgreSQL.', { cause })
  return new StoreUnreadableError('The database could not be reached, or it broke off.', { cause })
}
