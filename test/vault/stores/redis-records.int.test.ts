import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { RedisClaimStore } from '../../../src/redis.js'
import {
  accessRecord,
  bytes,
  claimRow,
  clock,
  ledgerEvent,
  ledgerRecord,
  linker,
  put,
  THREAD,
  threadRow,
} from '../../../src/testing/claim-store/harness.js'
import { findRecords, inserted, putRecords, swapped } from '../../../src/testing/claim-store/record-harness.js'
import type { AccessRecord, RecordFilter } from '../../../src/vault/access-record.js'
import { newPrefix } from '../../services/redis-prefix.js'
import { RedisServer, redisProgram } from '../../services/redis-server.js'

const DAY = 24 * 60 * 60_000
const SWEEP = { graceMs: 60_000, tombstoneMs: DAY, limit: 100 }
const url = inject('redisUrl')

describe.skipIf(url === '')('access records in Redis', () => {
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

  const find = (filter?: Partial<RecordFilter>) => findRecords({ store, again: async () => store }, filter)
  const putAll = (...records: readonly AccessRecord[]) => putRecords({ store, again: async () => store }, ...records)
  const rowKey = ({ tenant, kind, id }: AccessRecord): string => `{${prefix}}:record:${tenant}\0${kind}\0${id}`
  const recordKeys = async (): Promise<readonly string[]> =>
    (await client.keys(`{${prefix}}:record*`)).map((key) => key.slice(prefix.length + 3)).sort()
  const endOf = async (key: string): Promise<number> => Number(await client.call('PEXPIRETIME', key))
  /** As Redis does when its time has come. */
  const drop = (record: AccessRecord): Promise<number> => client.del(rowKey(record))

  it('go by themselves, each key of them, a hundred days after the last expiry, though nobody sweeps', async () => {
    const now = await clock(store)
    const claim = claimRow()
    await put(store, { insert: [claim] })
    const short = accessRecord({ claimId: claim.id, holder: 'alice', expiresAt: now + DAY })
    const long = accessRecord({ claimId: claim.id, holder: 'bob', expiresAt: now + 3 * DAY })
    await putAll(long, short)
    expect(await endOf(rowKey(short))).toBe(now + 101 * DAY)
    expect(await endOf(rowKey(long))).toBe(now + 103 * DAY)
    const indexes = Object.fromEntries(
      await Promise.all(
        (await recordKeys())
          .filter((key) => !key.startsWith('record:'))
          .map(async (key) => [key, (await endOf(`{${prefix}}:${key}`)) - now - 100 * DAY]),
      ),
    )
    expect(indexes).toEqual({
      'records:acme\0grant': 3 * DAY,
      [`records-in:acme\0${THREAD}`]: 3 * DAY,
      [`records-of:acme\0grant\0${claim.id}`]: 3 * DAY,
      'records-for:acme\0grant\0alice': DAY,
      'records-for:acme\0grant\0bob': 3 * DAY,
      'records-due': 3 * DAY,
    })
  })

  it('that had expired before they were written stay as long, from then', async () => {
    const now = await clock(store)
    const record = accessRecord({ expiresAt: now - 1_000 * DAY })
    await putAll(record)
    expect(await endOf(rowKey(record))).toBeGreaterThanOrEqual(now + 100 * DAY)
    expect(await find()).toEqual([record])
  })

  it('leave no key behind when they are changed, deleted with their thread, or swept', async () => {
    const now = await clock(store)
    const claim = claimRow()
    await put(store, { insert: [claim] })
    const [mine, other] = [
      accessRecord({ claimId: claim.id, holder: 'alice', expiresAt: now - 2 * DAY }),
      accessRecord({ kind: 'use', threadId: 'thread-2', claimId: claim.id, holder: 'bob', expiresAt: now - 2 * DAY }),
    ]
    await putAll(mine!, other!)
    const bare = swapped(mine!, { claimId: null, holder: null, expiresAt: now + DAY })
    await put(store, { records: [bare] })
    expect((await recordKeys()).filter((key) => /alice|records-of:acme.grant/s.test(key))).toEqual([])
    await store.deleteThread('acme', THREAD, ledgerEvent({ operation: 'delete-thread' }), linker('w'))
    expect((await recordKeys()).filter((key) => /grant|thread-1/.test(key))).toEqual([])
    expect(await store.sweep(SWEEP, linker('x'))).toMatchObject({ removed: 1 })
    expect(await recordKeys()).toEqual([])
  })

  describe('that Redis has dropped', () => {
    const dropped = async (): Promise<AccessRecord> => {
      const claim = claimRow()
      await put(store, { insert: [claim] })
      const expiresAt = (await clock(store)) - 101 * DAY
      const record = accessRecord({ claimId: claim.id, holder: 'alice', expiresAt })
      await putAll(record)
      await drop(record)
      return record
    }

    it('are found no more, whatever index still names them', async () => {
      const record = await dropped()
      const filters = [{}, { ids: [record.id] }, { claimIds: [record.claimId!] }, { holders: ['alice'] }]
      for (const filter of [...filters, { threadId: THREAD }]) expect(await find(filter)).toEqual([])
      const next = accessRecord({ holder: 'alice' })
      await putAll(next)
      expect(await find({ holders: ['alice'], limit: 1 })).toEqual([next])
    })

    it('leave no key behind once a sweeper comes', async () => {
      await dropped()
      expect(await store.sweep(SWEEP, linker('w'))).toEqual({ cleared: 0, removed: 1, more: false })
      expect(await recordKeys()).toEqual([])
    })

    it('leave none when their thread is deleted', async () => {
      await dropped()
      await store.deleteThread('acme', THREAD, ledgerEvent({ operation: 'delete-thread' }), linker('w'))
      expect(await recordKeys()).toEqual([])
    })

    it.each([
      ['a sweep', () => store.sweep(SWEEP, linker('w'))],
      ['the end of its old thread', () => store.deleteThread('acme', THREAD, ledgerEvent(), linker('w'))],
    ])('do not take with them, at %s, what was stored under their id since', async (_, end) => {
      const record = await dropped()
      const again = { ...record, threadId: 'thread-2', claimId: null, mac: bytes(32), expiresAt: 4_000_000_000_000 }
      await putAll(again)
      await end()
      expect(await find()).toEqual([again])
      expect(await find({ holders: ['alice'], threadId: 'thread-2' })).toEqual([again])
      expect(await find({ threadId: THREAD })).toEqual([])
    })
  })

  it('cost a commit without one nothing: no key of theirs is touched', async () => {
    const touched: string[] = []
    const monitor = await client.duplicate().monitor()
    monitor.on('monitor', (_: string, args: string[]) => {
      if (args[1]?.startsWith(`{${prefix}}:`)) touched.push(args[1].slice(prefix.length + 3))
    })
    const row = claimRow()
    const commit = { insert: [row], runs: [[row.id, 'run-1']], thread: threadRow(1) } as const
    await put(store, { ...commit, events: [ledgerRecord()] })
    await put(store, { update: [{ row: { ...row, claimed: 1 }, expectedMac: row.mac }], records: [] })
    await expect.poll(() => touched.filter((key) => key === `claim:${row.id}`).length).toBeGreaterThan(3)
    expect(touched.filter((key) => key.startsWith('record'))).toEqual([])
    await putAll(accessRecord())
    await expect.poll(() => touched.filter((key) => key.startsWith('record')).length).toBeGreaterThan(3)
    monitor.disconnect()
  })
})

describe.skipIf(redisProgram() === undefined)('a Redis that is full', () => {
  it('refuses a new record as a whole, and still counts one that is there and sweeps', async () => {
    const server = await RedisServer.start()
    const store = RedisClaimStore.fromConnString(server.url)
    try {
      await store.setup()
      const now = await clock(store)
      const [counted, old] = [accessRecord({ kind: 'use' }), accessRecord({ expiresAt: now - 2 * DAY })] as const
      await put(store, { records: [inserted(counted), inserted(old)] })
      await server.call('CONFIG', 'SET', 'maxmemory', '1')
      const refused = put(store, { records: [inserted(accessRecord())], events: [ledgerRecord()] })
      await expect(refused).rejects.toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', cause: { code: 'OOM' } })
      const used = swapped(counted, { body: '0' })
      await put(store, { records: [used], events: [ledgerRecord()] })
      expect(await store.sweep(SWEEP, linker('w'))).toMatchObject({ removed: 1 })
      const { records } = await store.findRecords({ tenant: 'acme', kind: 'use' })
      expect(records).toEqual([used.record])
      expect(await store.readEvents({})).toHaveLength(1)
    } finally {
      await store.close()
      await server.stop()
    }
  })
})
