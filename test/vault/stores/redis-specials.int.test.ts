import { Cluster, Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { RedisClaimStore } from '../../../src/redis.js'
import {
  accessRecord,
  bytes,
  claimRow,
  clock,
  ledgerEvent,
  linker,
  load,
  loadRow,
  place,
  put,
  THREAD,
  threadRow,
} from '../../../src/testing/claim-store/harness.js'
import type { ClaimRow } from '../../../src/vault/claim-store.js'
import { freePort } from '../../services/process.js'
import { newPrefix } from '../../services/redis-prefix.js'
import { RedisServer, redisProgram } from '../../services/redis-server.js'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const SWEEP = { graceMs: 60_000, tombstoneMs: DAY, limit: 100 }
const url = inject('redisUrl')

describe.skipIf(url === '')('ciphertext in Redis', () => {
  let store: RedisClaimStore
  let client: Redis
  let prefix: string
  let dispose: () => Promise<void>
  beforeEach(async () => {
    ;({ prefix, dispose } = newPrefix(url))
    client = new Redis(url)
    store = RedisClaimStore.fromConnString(url, { prefix })
    await store.setup()
  })
  afterEach(async () => {
    await store.close()
    client.disconnect()
    await dispose()
  })

  const secretKey = (row: ClaimRow): string => `{${prefix}}:secret:${row.id}`
  const dropsAt = async (row: ClaimRow): Promise<number> => Number(await client.call('PEXPIRETIME', secretKey(row)))
  const handoff = (now: number, patch: Partial<ClaimRow> = {}): ClaimRow => {
    const ends = { expiresAt: now + DAY, capAt: now + DAY, sweepAt: now + DAY }
    return claimRow({ mode: 'handoff', maxClaims: 1, createdAt: now, ...ends, ...patch })
  }

  it('goes by itself an hour after an end that cannot move any more, though nobody sweeps', async () => {
    const now = await clock(store)
    const fixed = handoff(now)
    const capped = claimRow({ ttlMs: HOUR, capAt: now + 2 * DAY })
    await put(store, { insert: [fixed, capped] })
    expect(await dropsAt(fixed)).toBe(now + DAY + HOUR)
    expect(await dropsAt(capped)).toBe(now + 2 * DAY + HOUR)
  })

  it('stays as long as its thread when it has no end', async () => {
    const row = claimRow({ ttlMs: HOUR })
    await put(store, { insert: [row] })
    expect(await dropsAt(row)).toBe(-1)
  })

  it('that is written again with a later end, or none, stays until then', async () => {
    const now = await clock(store)
    const row = handoff(now)
    await put(store, { insert: [row] })
    const later = handoff(now, { id: row.id, expiresAt: now + 3 * DAY, capAt: now + 3 * DAY })
    await put(store, { update: [{ row: later, expectedMac: row.mac }] })
    expect(await dropsAt(row)).toBe(now + 3 * DAY + HOUR)
    const endless = claimRow({ id: row.id, fingerprint: row.fingerprint })
    await put(store, { update: [{ row: endless, expectedMac: later.mac }] })
    expect(await dropsAt(row)).toBe(-1)
    expect(await store.find({ tenant: 'acme', fingerprints: [row.fingerprint!] })).toEqual([endless])
  })

  it('that ended before it was written stays an hour, for a writer that has just confirmed its claim', async () => {
    const now = await clock(store)
    const row = handoff(now, { expiresAt: now - DAY, capAt: now - DAY })
    await put(store, { insert: [row] })
    expect(await dropsAt(row)).toBeGreaterThanOrEqual(now + HOUR)
    expect(await loadRow(store, row.id)).toEqual(row)
  })

  describe('that Redis has dropped', () => {
    const dropped = async (patch: Partial<ClaimRow> = {}): Promise<ClaimRow> => {
      const now = await clock(store)
      const row = handoff(now - 2 * DAY, patch)
      await put(store, { insert: [row], places: [[row.id, place('a')]] })
      // As time would.
      const at = now - 1
      await client.call('PEXPIREAT', secretKey(row), at)
      for (const scope of ['acme', `acme\0${THREAD}`])
        await client.zadd(`{${prefix}}:sealed:${scope}`, 'XX', at, row.id)
      return row
    }

    it('leaves its row as it is, without ciphertext and fingerprint, and is counted no more', async () => {
      const row = await dropped()
      expect(await loadRow(store, row.id)).toEqual({ ...row, sealed: null, sealedMetadata: null, fingerprint: null })
      expect(await store.find({ tenant: 'acme', fingerprints: [row.fingerprint!] })).toEqual([])
      expect(await store.countClaims({ tenant: 'acme' }, 10)).toBe(0)
      expect(await store.countClaims({ tenant: 'acme', threadId: THREAD }, 10)).toBe(0)
    })

    it('is still swept and recorded, as ended unused too, when a sweeper comes', async () => {
      const row = await dropped()
      expect(await store.sweep(SWEEP, linker('w'))).toEqual({ cleared: 1, removed: 0, more: false })
      const events = await store.readEvents({ claim: row.id })
      expect(events.map(({ operation }) => operation).sort()).toEqual(['expire', 'sweep'])
      expect((await load(store, [row.id], ['a'])).places).toEqual([])
    })

    it('can be stored anew', async () => {
      const row = await dropped()
      const again = handoff(await clock(store), { id: row.id, generation: 2 })
      await put(store, { update: [{ row: again, expectedMac: row.mac }] })
      expect(await loadRow(store, row.id)).toEqual(again)
      expect(await store.countClaims({ tenant: 'acme' }, 10)).toBe(1)
    })
  })

  it('keeps the fingerprint in an index only as long as its last claim', async () => {
    const now = await clock(store)
    const fingerprint = bytes(32)
    const [short, long] = [
      handoff(now, { fingerprint }),
      handoff(now, { fingerprint, expiresAt: now + 9 * DAY, capAt: null }),
    ]
    await put(store, { insert: [short, long] })
    const index = Buffer.concat([Buffer.from(`{${prefix}}:fingerprint:acme\0`), fingerprint])
    expect(await client.callBuffer('PEXPIRETIME', index)).toBe(now + 9 * DAY + HOUR)
  })

  it('and all else is gone, key by key, once its thread is deleted and its rows are swept', async () => {
    const now = await clock(store)
    const mine = handoff(now, { sweepAt: 1, state: 'spent' })
    const rows = [mine, handoff(now, { threadId: 'thread-2' }), claimRow({ threadId: 'thread-2' })]
    await put(store, {
      insert: rows,
      places: rows.map(({ id }) => [id, place('a')]),
      runs: rows.map(({ id }) => [id, 'run-1']),
      thread: threadRow(now, { threadId: 'thread-2' }),
      addRevocations: [{ tenant: 'acme', tag: 'tag', threadId: 'thread-2' }],
    })
    await store.deleteThread('acme', 'thread-2', ledgerEvent({ operation: 'delete-thread' }), linker('w'))
    expect(await store.sweep({ ...SWEEP, tombstoneMs: 0 }, linker('x'))).toMatchObject({ cleared: 1, more: true })
    expect(await store.sweep({ ...SWEEP, tombstoneMs: 0 }, linker('y'))).toMatchObject({ removed: 1 })
    const left = (await client.keys(`{${prefix}}:*`)).map((key) => key.slice(prefix.length + 3).split(':')[0])
    expect([...new Set(left)].sort()).toEqual(['ledger', 'ledger-of', 'links', 'schema', 'seq'])
  })
})

describe.skipIf(redisProgram() === undefined)('a real cluster of two', () => {
  let nodes: RedisServer[]
  let cluster: Cluster
  beforeAll(async () => {
    // The bus port is the port plus 10,000 unless told, which a port of the upper range has no room for.
    const bus = await Promise.all([freePort(), freePort()])
    nodes = []
    for (const port of bus)
      nodes.push(await RedisServer.start('--cluster-enabled', 'yes', '--cluster-port', String(port)))
    const [one, two] = nodes as [RedisServer, RedisServer]
    await one.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191')
    await two.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383')
    await one.call('CLUSTER', 'MEET', '127.0.0.1', String(two.port), String(bus[1]))
    const isWhole = async (node: RedisServer) =>
      expect(String(await node.call('CLUSTER', 'INFO'))).toMatch(/cluster_state:ok[\s\S]*cluster_slots_assigned:16384/)
    for (const node of nodes) await vi.waitFor(() => isWhole(node), { timeout: 30_000, interval: 100 })
    cluster = new Cluster([{ host: '127.0.0.1', port: one.port }])
  })
  afterAll(async () => {
    cluster?.disconnect()
    for (const node of nodes ?? []) await node.stop()
  })

  it('holds each vault on one node, and different vaults on different nodes', async () => {
    const prefixes = Array.from({ length: 8 }, (_, index) => `vault-${index}`)
    for (const prefix of prefixes) {
      const store = RedisClaimStore.fromClient(cluster, { prefix })
      await store.setup()
      const row = claimRow({ threadId: crypto.randomUUID() })
      const other = claimRow({ tenant: 'globex' })
      const event = ledgerEvent({ claims: [row.id, other.id] })
      const record = accessRecord({ claimId: row.id, holder: 'alice' })
      const records = [{ record, expectedMac: null }]
      await put(store, { insert: [row, other], records, events: linker('w')([event]) })
      const filter = { tenant: 'acme', kind: 'grant', holders: ['alice'] } as const
      expect((await store.findRecords(filter)).records).toEqual([record])
      expect(await loadRow(store, row.id)).toEqual(row)
      expect(await store.find({ tenant: 'globex' })).toEqual([other])
      expect(await store.readEvents({ claim: other.id })).toHaveLength(1)
      expect(await store.durabilityAdvice()).toHaveLength(1)
      await store.close()
    }
    const keys = await Promise.all(nodes.map(async (node) => (await node.call('KEYS', '*')) as string[]))
    const holders = keys.map((list) => new Set(list.map((key) => /^\{(.*?)\}:/.exec(key)?.[1])))
    for (const prefix of prefixes) expect(holders.filter((holder) => holder.has(prefix))).toHaveLength(1)
    for (const holder of holders) expect(holder.size).toBeGreaterThan(0)
  })

  it('checks every node, since a vault may move', async () => {
    await nodes[1]!.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru')
    const store = RedisClaimStore.fromClient(cluster)
    await expect(store.setup()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    await store.close()
    await nodes[1]!.call('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
  })
})
