import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SecretSafeError } from '../../../src/errors.js'
import { RedisClaimStore, type RedisClaimStoreOptions } from '../../../src/redis.js'
import { claimRow, clock, linker, loadRow, put } from '../../../src/testing/claim-store/harness.js'
import type { ClaimRow } from '../../../src/vault/claim-store.js'
import { CuttingProxy } from '../../services/cutting-proxy.js'
import { RedisServer, redisProgram } from '../../services/redis-server.js'

const SWEEP = { graceMs: 60_000, tombstoneMs: 86_400_000, limit: 100 }
const reason = redisProgram() ? '' : ' (skipped: the program redis-server is missing; Debian package redis-server)'
const unavailable = { code: 'ERR_VAULT_UNAVAILABLE', retryable: true }

describe.skipIf(redisProgram() === undefined)(`a Redis of its own${reason}`, () => {
  const servers: RedisServer[] = []
  const stores: RedisClaimStore[] = []
  const clients: Redis[] = []
  let secret: string
  beforeEach(() => {
    secret = crypto.randomUUID()
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
    for (const client of clients.splice(0)) client.disconnect()
    for (const server of servers.splice(0)) await server.stop()
  })

  async function start(...settings: string[]): Promise<RedisServer> {
    const server = await RedisServer.start(...settings)
    servers.push(server)
    return server
  }
  function storeOf(url: string, options: RedisClaimStoreOptions = {}): RedisClaimStore {
    const store = RedisClaimStore.fromConnString(url, options)
    stores.push(store)
    return store
  }
  async function openStore(server: RedisServer, options?: RedisClaimStoreOptions): Promise<RedisClaimStore> {
    const store = storeOf(server.url, options)
    await store.setup()
    return store
  }
  const errorOf = async (work: Promise<unknown>): Promise<Error> =>
    work.then(
      () => expect.unreachable(),
      (error) => error,
    )
  const retried = async (store: RedisClaimStore): Promise<number> => {
    for (let left = 50; ; left--) {
      try {
        return await clock(store)
      } catch (error) {
        if (left === 0 || !(error instanceof SecretSafeError && error.retryable)) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  describe('is refused at set-up', () => {
    it.each(['allkeys-lru', 'volatile-ttl'])(
      'when it may evict keys (%s): they would be lost secrets',
      async (policy) => {
        const store = storeOf((await start('--maxmemory-policy', policy)).url)
        await expect(store.setup()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID', retryable: false })
        await expect(clock(store)).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
      },
    )

    it('when it does not say whether it evicts, unless the caller vouches for it', async () => {
      const server = await start()
      await server.call('ACL', 'SETUSER', 'app', 'on', `>${secret}`, '~*', '+@all', '-info', '-config')
      const url = server.url.replace('redis://', `redis://app:${secret}@`)
      // The driver asks INFO too, to wait for a server that loads.
      const error = await errorOf(storeOf(url).setup())
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
      expect(error.message).toContain('assumeNoEviction')
      const store = storeOf(url, { assumeNoEviction: true })
      await store.setup()
      expect(await clock(store)).toBeGreaterThan(0)
      expect(await store.durabilityAdvice()).toHaveLength(1)
    })

    it('when it is a replica, whose time and rows are behind', async () => {
      const primary = await start()
      await openStore(primary)
      const replica = await start('--replicaof', '127.0.0.1', String(primary.port))
      await expect(storeOf(replica.url).setup()).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY' })
    })

    it('when its vault is of a newer version, and nothing is changed', async () => {
      const server = await start()
      const store = await openStore(server)
      await server.call('HSET', '{secret-safe}:schema', 'version', '99')
      await expect(storeOf(server.url).setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
      await expect(put(store, { insert: [claimRow()] })).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
      expect(await server.call('DBSIZE')).toBe(1)
    })

    it("when the prefix holds somebody else's keys", async () => {
      const server = await start()
      await server.call('SET', '{secret-safe}:schema', 'theirs')
      await expect(storeOf(server.url).setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
      await server.call('DEL', '{secret-safe}:schema')
      await server.call('SET', '{secret-safe}:vault', 'theirs')
      await expect(storeOf(server.url).setup()).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
    })

    it('when its user lacks a command that a commit needs, since Redis would stop half-way and undo nothing', async () => {
      const server = await start()
      await server.call('ACL', 'SETUSER', 'app', 'on', `>${secret}`, '~{secret-safe}*', '+@all', '-xadd')
      const store = storeOf(server.url.replace('redis://', `redis://app:${secret}@`))
      await expect(store.setup()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    })
  })

  describe('and its login', () => {
    it.each(['wrong', 'none'])('%s: says that the configuration is wrong, and quotes no password', async (kind) => {
      const server = await start('--requirepass', secret)
      const wrong = crypto.randomUUID()
      const login = kind === 'wrong' ? `:${wrong}@` : ''
      const error = await errorOf(storeOf(server.url.replace('redis://', `redis://${login}`)).setup())
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID', retryable: false })
      expect(`${error.stack}${JSON.stringify(error)}${error.cause}`).not.toContain(wrong)
      const store = storeOf(server.url.replace('redis://', `redis://:${secret}@`))
      await store.setup()
      expect(await clock(store)).toBeGreaterThan(0)
    })

    it('restricted to its own keys and no administration is enough, as docs/stores.md says', async () => {
      const server = await start()
      const rules = /ACL SETUSER app on >… (.*?)`/.exec(readFileSync('docs/stores.md', 'utf8'))![1]!
      await server.call('ACL', 'SETUSER', 'app', 'on', `>${secret}`, ...rules.split(' '))
      const store = storeOf(server.url.replace('redis://', `redis://app:${secret}@`))
      await store.setup()
      const row = claimRow()
      await put(store, { insert: [row] })
      expect(await loadRow(store, row.id)).toEqual(row)
    })

    it('without the right to write gives a read-only error, and reads go on', async () => {
      const server = await start()
      const row = claimRow()
      await put(await openStore(server), { insert: [row] })
      await server.call('ACL', 'SETUSER', 'app', 'on', `>${secret}`, '~*', '+@all', '-@write', '+evalsha', '+eval')
      const store = storeOf(server.url.replace('redis://', `redis://app:${secret}@`))
      expect(await loadRow(store, row.id)).toEqual(row)
      await expect(put(store, { insert: [claimRow()] })).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY' })
    })
  })

  describe.each(['vault.db', 'http://host/db', '', 'redis://', 'redis://:hunter2-hunter2@host:port/0'])(
    'at %j',
    (url) => {
      it('is refused without quoting it', async () => {
        const error = await errorOf((async () => storeOf(url).setup())())
        expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID', retryable: false })
        expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2')
      })
    },
  )

  it('keeps driver options out of the URL, where they could switch sending twice on again', async () => {
    expect(() => storeOf('redis://127.0.0.1/0?autoResendUnfulfilledCommands=true')).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  })

  it.each(['', 'a{b', 'a}b', 'a b'])('takes no prefix that would spread one vault over a cluster: %j', (prefix) => {
    expect(() => storeOf('redis://127.0.0.1', { prefix })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  })

  describe('that cannot be reached', () => {
    it('gives a retryable error at once, without the address', async () => {
      const error = await errorOf(storeOf(`redis://:${secret}@127.0.0.1:1`).setup())
      expect(error).toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } })
      expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(secret)
      expect(error.message).not.toContain('127.0.0.1')
    })

    it('because it never answers, gives a retryable error after the given time', async () => {
      const silent = createServer(() => {})
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      const { port } = silent.address() as { port: number }
      const store = storeOf(`redis://127.0.0.1:${port}`, { connectTimeoutMs: 200 })
      await expect(store.setup()).rejects.toMatchObject(unavailable)
      await store.close()
      silent.close()
    })

    it('because it is stopped at work, gives a retryable error after the given time, and the store recovers', async () => {
      const server = await start()
      const store = await openStore(server, { commandTimeoutMs: 300 })
      await server.call('CLIENT', 'PAUSE', '1500', 'ALL')
      await expect(clock(store)).rejects.toMatchObject(unavailable)
      expect(await retried(store)).toBeGreaterThan(0)
    })

    it('because it was killed, gives a retryable error, and after its return goes on', async () => {
      const server = await start('--appendonly', 'yes', '--appendfsync', 'always')
      const store = await openStore(server)
      const row = claimRow()
      await put(store, { insert: [row] })
      await server.kill()
      await expect(put(store, { insert: [claimRow()] })).rejects.toMatchObject(unavailable)
      await server.run()
      expect(await retried(store)).toBeGreaterThan(0)
      expect(await loadRow(store, row.id)).toEqual(row)
    })
  })

  it('keeps every acknowledged commit through a kill with an append-only file, and each as a whole', async () => {
    const server = await start('--appendonly', 'yes', '--appendfsync', 'always')
    const store = await openStore(server)
    const acknowledged: ClaimRow[][] = []
    const writing = (async () => {
      for (;;) {
        const rows = [claimRow(), claimRow()]
        const event = { operation: 'mint', outcome: 'ok', tenant: 'acme', claims: rows.map(({ id }) => id) } as const
        await put(store, { insert: rows, events: linker(crypto.randomUUID())([event]) })
        acknowledged.push(rows)
      }
    })().catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    await server.kill()
    await writing
    await server.run()
    await retried(store)
    expect(acknowledged.length).toBeGreaterThan(10)
    for (const rows of acknowledged) {
      for (const row of rows) expect(await loadRow(store, row.id)).toEqual(row)
    }
    const all = await store.find({ tenant: 'acme', limit: 1e6 })
    const named = (await store.readEvents({ limit: 1e6 })).flatMap((entry) => entry.claims)
    expect(all.map(({ id }) => id).sort()).toEqual([...named].sort())
  })

  it('that came back empty takes nothing: claims would be sealed under names that no later process has', async () => {
    const server = await start()
    const store = await openStore(server)
    await server.kill()
    await server.run()
    await expect(retried(store)).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
    await expect(put(store, { insert: [claimRow()] })).rejects.toMatchObject({ code: 'ERR_VAULT_SCHEMA' })
    expect(await server.call('DBSIZE')).toBe(0)
  })

  it('that forgets its scripts is given them again', async () => {
    const server = await start()
    const store = await openStore(server)
    const row = claimRow()
    await put(store, { insert: [row] })
    await server.call('SCRIPT', 'FLUSH')
    expect(await loadRow(store, row.id)).toEqual(row)
  })

  it('that is full refuses a commit as a whole, and still lets the sweeper free memory', async () => {
    const server = await start()
    const store = await openStore(server)
    const now = await clock(store)
    const old = claimRow({ mode: 'handoff', maxClaims: 1, expiresAt: now - 864e5, capAt: now - 864e5, sweepAt: 1 })
    await put(store, { insert: [old] })
    const keys = await server.call('DBSIZE')
    await server.call('CONFIG', 'SET', 'maxmemory', '1')
    const event = { operation: 'mint', outcome: 'ok', tenant: 'acme', claims: [] } as const
    const refused = put(store, { insert: [claimRow()], events: linker('w')([event]) })
    await expect(refused).rejects.toMatchObject({ ...unavailable, cause: { code: 'OOM' } })
    expect(await server.call('DBSIZE')).toBe(keys)
    expect(await store.sweep(SWEEP, linker('w'))).toMatchObject({ cleared: 1 })
  })

  it('that becomes a replica at work gives a read-only error', async () => {
    const [server, other] = [await start(), await start()]
    const store = await openStore(server)
    await server.call('REPLICAOF', '127.0.0.1', String(other.port))
    await expect(put(store, { insert: [claimRow()] })).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY' })
  })

  it('that has too few replicas, where the operator asks for them, refuses a commit', async () => {
    const server = await start()
    const store = await openStore(server)
    await server.call('CONFIG', 'SET', 'min-replicas-to-write', '1')
    const refused = put(store, { insert: [claimRow()] })
    await expect(refused).rejects.toMatchObject({ ...unavailable, cause: { code: 'NOREPLICAS' } })
  })

  it('never has a commit sent twice when its answer was lost, also beside a client that would do so', async () => {
    const server = await start()
    const proxy = await CuttingProxy.to(server.port)
    const client = new Redis({ port: proxy.port, host: '127.0.0.1' })
    clients.push(client)
    const store = RedisClaimStore.fromClient(client)
    stores.push(store)
    await store.setup()
    await clock(store)
    const row = claimRow({ mode: 'handoff', maxClaims: 3 })
    await put(store, { insert: [row] })
    proxy.loseNextAnswer()
    const update = [
      { row: { ...row, claimed: 1, mac: crypto.getRandomValues(new Uint8Array(16)) }, expectedMac: row.mac },
    ]
    await expect(store.commit({ update })).rejects.toMatchObject(unavailable)
    await retried(store)
    expect(await loadRow(store, row.id)).toMatchObject({ claimed: 1 })
    const mac = Buffer.from(update[0]!.row.mac).toString('latin1')
    expect(proxy.requests.filter((request) => request.includes(mac))).toHaveLength(1)
    await store.close()
    expect(await client.ping()).toBe('PONG')
    proxy.close()
  })

  describe('says what it could lose:', () => {
    it('without an append-only file', async () => {
      const advice = await (await openStore(await start())).durabilityAdvice()
      expect(advice).toMatchObject([{ advice: expect.stringContaining('appendonly yes') }])
    })

    it('with one that is flushed once a second', async () => {
      const store = await openStore(await start('--appendonly', 'yes', '--appendfsync', 'everysec'))
      expect(await store.durabilityAdvice()).toMatchObject([{ what: expect.stringContaining('once a second') }])
    })

    it('nothing, with one that is flushed always', async () => {
      const store = await openStore(await start('--appendonly', 'yes', '--appendfsync', 'always'))
      expect(await store.durabilityAdvice()).toEqual([])
    })
  })

  it('holds destroyed keys in no file once its append-only file was rewritten', async () => {
    const server = await start('--appendonly', 'yes')
    const store = await openStore(server)
    const wrapped = new TextEncoder().encode(`wrapped-${crypto.randomUUID()}`)
    await store.initBranchKey({ id: 'key-1', tenant: 'acme', window: 7, kekId: 'kek-1', wrapped })
    const files = (): string =>
      readdirSync(server.folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
        .join('')
    const text = new TextDecoder().decode(wrapped)
    // Redis puts a write off while a flush is under way.
    await expect.poll(files, { timeout: 10_000 }).toContain(text)
    expect(await store.destroyBranchKeys(8)).toHaveLength(1)
    // A file that is replaced meanwhile cannot be read: asked again.
    await expect.poll(files, { timeout: 10_000 }).not.toContain(text)
  })
})
