import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Redis } from 'ioredis'
import { RedisClaimStore } from '../../src/redis.js'
import { cellBytes, type StoredBytes } from '../../src/testing/leak/stored-bytes.js'
import { RedisServer } from '../services/redis-server.js'

/** Nothing is compressed, and every command is kept in the slow log too, so that a search sees all that Redis was told. */
const READABLE = [
  ['--appendonly', 'yes', '--aof-use-rdb-preamble', 'no'],
  ['--rdbcompression', 'no'],
  ['--slowlog-log-slower-than', '0', '--slowlog-max-len', '100000'],
].flat()

/** A vault in a Redis of its own, whose dump is every byte that Redis holds: its keys, its files, its slow log. */
export async function redisVault() {
  const server = await RedisServer.start(...READABLE)
  return {
    store: RedisClaimStore.fromConnString(server.url),
    dump: async (): Promise<StoredBytes[]> => {
      await server.call('SAVE')
      return [...(await keysOf(server.url)), ...filesOf(server.folder)]
    },
    close: () => server.stop(),
  }
}

async function keysOf(url: string): Promise<StoredBytes[]> {
  const client = new Redis(url)
  const keys = await client.keysBuffer('*')
  const values = await Promise.all(keys.map((key) => client.dumpBuffer(key)))
  const slow = await client.callBuffer('slowlog', 'get', '-1')
  client.disconnect()
  const all = [...keys.map(String), ...values, ...bytesIn(slow)].map(cellBytes)
  return all.flatMap((bytes) => (bytes === null ? [] : [{ area: 'vault', place: 'redis key', bytes }]))
}

const bytesIn = (reply: unknown): Uint8Array[] =>
  Array.isArray(reply) ? reply.flatMap(bytesIn) : reply instanceof Uint8Array ? [reply] : []

function filesOf(folder: string): StoredBytes[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      return { area: 'vault', place: `redis file ${name}`, bytes: readFileSync(path.join(parentPath, name)) }
    })
}
