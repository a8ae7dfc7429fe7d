import { repeatedLink } from './check-commit.js'
import type { RedisConnection } from './redis-connection.js'
import type { RedisAccess } from './redis-errors.js'
import { many, type RedisArg, type Reply, rowOf } from './redis-rows.js'
import { LINK_REPEATED, REFUSED, type RedisScript } from './redis-script.js'
import { TABLE_SCRIPTS } from './redis-table-scripts.js'
import type { RowCodec } from './row-codec.js'

/** The version of a vault's keys. What was added since needs no other: see docs/stores.md. */
export const REDIS_VERSION = 1

/** Runs scripts on the keys of one vault. */
export class RedisRunner {
  /** @param root the beginning of every key. */
  constructor(
    readonly connection: RedisConnection,
    readonly root: string,
  ) {}

  read(script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.#run('read', script, args)
  }

  write(script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.#run('write', script, args)
  }

  /** A transaction with ledger records. @returns undefined when it was refused. */
  async record(script: RedisScript, args: readonly RedisArg[]): Promise<number | undefined> {
    const result = Number(await this.write(script, args))
    if (result === LINK_REPEATED) throw repeatedLink()
    return result === REFUSED ? undefined : result
  }

  async rows<Row extends object>(
    access: RedisAccess,
    codec: RowCodec<Row>,
    script: RedisScript,
    args: readonly RedisArg[],
  ): Promise<Row[]> {
    return ((await this.#run(access, script, args)) as Reply[]).map((fields) => rowOf(codec, fields))
  }

  async names(script: RedisScript, args: readonly RedisArg[]): Promise<string[]> {
    return ((await this.read(script, args)) as Buffer[]).map(String)
  }

  /** Compare and swap of some fields of one row. */
  async swap(name: string, field: string, expected: RedisArg, fields: readonly RedisArg[]): Promise<boolean> {
    return Number(await this.write(TABLE_SCRIPTS.swap, [name, field, expected, ...many(fields)])) === 1
  }

  async #run(access: RedisAccess, script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.connection.run(access, script, this.root, [REDIS_VERSION, ...args])
  }
}
