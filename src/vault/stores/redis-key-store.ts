import { VaultSchemaError } from '../../errors.js'
import type { BranchKeyRow, DurabilityAdvice, KeyStore, LockRequest, VaultRow } from '../claim-store.js'
import { branchKeyCodec, vaultCodec } from './codecs.js'
import { bufferOf, fieldsOf, many, rowOf } from './redis-rows.js'
import { REDIS_VERSION, type RedisRunner } from './redis-runner.js'
import { checkServers, durabilityAdvice, rewriteLog } from './redis-server.js'
import { TABLE_SCRIPTS } from './redis-table-scripts.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { APP, checkSchema } from './schema-version.js'

/** Keys of a vault in Redis, and its upkeep: locks and notes. */
export abstract class RedisKeyStore implements KeyStore {
  readonly #redis: RedisRunner
  readonly #assumeNoEviction: boolean

  protected constructor(redis: RedisRunner, assumeNoEviction: boolean) {
    this.#redis = redis
    this.#assumeNoEviction = assumeNoEviction
  }

  /**
   * @throws DependencyError without `ioredis`; ConfigError if the server is older than 7, may evict keys, does not say
   * whether it may, or refuses the login; VaultReadOnlyError on a replica; VaultSchemaError if the vault is newer.
   */
  async setup(): Promise<void> {
    await checkServers(this.#redis.connection, this.#assumeNoEviction)
    const reply = await this.#redis.connection.run('setup', TABLE_SCRIPTS.setup, this.#redis.root, [REDIS_VERSION, APP])
    const [app, version] = (reply as readonly Buffer[]).map(String)
    if (app !== APP) {
      throw new VaultSchemaError(
        "Redis already holds keys under this prefix that are not a vault's, or a vault that lost some. Give the vault a prefix of its own.",
      )
    }
    checkSchema({ tables: ['schema'], version: Number(version) }, REDIS_VERSION)
  }

  async close(): Promise<void> {
    await this.#redis.connection.close()
  }

  async durabilityAdvice(): Promise<readonly DurabilityAdvice[]> {
    return durabilityAdvice(this.#redis.connection)
  }

  async readVault(): Promise<VaultRow | undefined> {
    return (await this.#redis.rows('read', vaultCodec, TABLE_SCRIPTS.read, many(['vault'])))[0]
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    return rowOf(vaultCodec, await this.#redis.write(TABLE_SCRIPTS.initVault, many(fieldsOf(vaultCodec, row))))
  }

  async rewrapVault({ kekId, wrappedNamingKeys: wrapped }: VaultRow, expected: Uint8Array): Promise<boolean> {
    const fields = ['kek_id', kekId, 'wrapped_naming_keys', bufferOf(wrapped)]
    return this.#redis.swap('vault', 'wrapped_naming_keys', bufferOf(expected), fields)
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    checkTexts(ids, 'ids')
    const names = [...new Set(ids)].map((id) => `key:${id}`)
    return this.#redis.rows('read', branchKeyCodec, TABLE_SCRIPTS.read, many(names))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    const args = [row.id, row.tenant, row.window, ...many(fieldsOf(branchKeyCodec, row))]
    return rowOf(branchKeyCodec, await this.#redis.write(TABLE_SCRIPTS.initKey, args))
  }

  async listBranchKeys(after = '', limit = 500): Promise<readonly BranchKeyRow[]> {
    return this.#redis.rows('read', branchKeyCodec, TABLE_SCRIPTS.page, ['key', 'keys', after, checkLimit(limit)])
  }

  async rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean> {
    const fields = ['kek_id', row.kekId, 'wrapped', bufferOf(row.wrapped)]
    return this.#redis.swap(`key:${row.id}`, 'wrapped', bufferOf(expected), fields)
  }

  /** Has the append-only file rewritten, where the user may; snapshots hold them until the next one: see docs/stores.md. */
  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    const gone = await this.#redis.rows('write', branchKeyCodec, TABLE_SCRIPTS.destroyKeys, [before])
    if (gone.length > 0) await rewriteLog(this.#redis.connection)
    return gone.map(({ id, tenant, window }) => ({ id, tenant, window }))
  }

  async acquireLock({ name, holder, ttlMs }: LockRequest): Promise<boolean> {
    checkTexts({ name, holder })
    return Number(await this.#redis.write(TABLE_SCRIPTS.acquire, [name, holder, Math.ceil(ttlMs)])) === 1
  }

  async releaseLock(name: string, holder: string): Promise<void> {
    checkTexts({ name, holder })
    await this.#redis.write(TABLE_SCRIPTS.release, [name, holder])
  }

  async readNote(name: string): Promise<string | undefined> {
    checkTexts(name, 'name')
    const note = await this.#redis.read(TABLE_SCRIPTS.readNote, [name])
    return note === null ? undefined : String(note)
  }

  async writeNote(name: string, text: string): Promise<void> {
    checkTexts({ name, text })
    await this.#redis.write(TABLE_SCRIPTS.writeNote, [name, text])
  }
}
