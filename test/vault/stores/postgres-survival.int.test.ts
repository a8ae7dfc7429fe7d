import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { bytes, claimRow, clock, ledgerRecord, loadRow, put } from '../../../src/testing/claim-store/harness.js'
import { CuttingProxy } from '../../services/cutting-proxy.js'
import { embeddedBinaries, startCluster, systemBinaries } from '../../services/postgres-cluster.js'
import { newSchema } from '../../services/postgres-schema.js'
import { unprivilegedIds } from '../../services/process.js'
import { canMount, smallDisk } from '../../services/small-disk.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
const proxies: CuttingProxy[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const proxy of proxies.splice(0)) proxy.close()
  await drop()
})

const unavailable = { code: 'ERR_VAULT_UNAVAILABLE', retryable: true }

async function open(url = inject('postgresUrl')): Promise<PostgresClaimStore> {
  const store = PostgresClaimStore.fromConnString(url, { schema, connectTimeoutMs: 2_000 })
  stores.push(store)
  await store.setup()
  return store
}

async function openBehindProxy(): Promise<{
  store: PostgresClaimStore
  proxy: CuttingProxy
  direct: PostgresClaimStore
}> {
  const direct = await open()
  const url = new URL(inject('postgresUrl'))
  const proxy = await CuttingProxy.to(Number(url.port))
  proxies.push(proxy)
  url.hostname = '127.0.0.1'
  url.port = String(proxy.port)
  return { direct, proxy, store: await open(url.href) }
}

describe('a network that is cut', () => {
  it('after a commit reached the server gives a retryable error, and the commit stands once: nobody sends it again', async () => {
    const { store, proxy, direct } = await openBehindProxy()
    const row = claimRow()
    const record = ledgerRecord({ claims: [row.id] })
    await clock(store)
    proxy.loseNextAnswer()
    await expect(store.commit({ insert: [row], events: [record] })).rejects.toMatchObject(unavailable)
    expect(proxy.requests.join('').split('commit_change')).toHaveLength(2)
    expect(await loadRow(direct, row.id)).toEqual(row)
    expect(await direct.readEvents({ claim: row.id })).toHaveLength(1)
    expect(await store.commit({ insert: [row], events: [ledgerRecord()] })).toEqual({ committed: false })
    const again = store.commit({ events: [record] })
    await expect(again).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID', retryable: false })
  })

  it('for good gives retryable errors to every call, and loses nothing that was committed', async () => {
    const { store, proxy, direct } = await openBehindProxy()
    const row = claimRow()
    await put(store, { insert: [row] })
    proxy.close()
    const calls = [
      () => loadRow(store, row.id),
      () => store.commit({ insert: [claimRow()] }),
      () =>
        store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 1 }, (events) => events.map((event) => ledgerRecord(event))),
      () => store.acquireLock({ name: 'rotate', holder: 'a', ttlMs: 1_000 }),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject(unavailable)
    expect(await loadRow(direct, row.id)).toEqual(row)
    expect(await direct.find({ tenant: row.tenant })).toHaveLength(1)
  })
})

describe('a server that restarts while commits are under way', () => {
  it('loses none that was confirmed and repeats none: each is there with its one record', async () => {
    const binaries = (await embeddedBinaries()) ?? systemBinaries()
    if (binaries === undefined) throw new Error('This test restarts a server of its own, and there are no binaries.')
    const cluster = await startCluster(binaries)
    try {
      const store = await open(cluster.url)
      const confirmed = new Set<string>()
      const failures: unknown[] = []
      let isOver = false
      const work = async (): Promise<void> => {
        while (!isOver) {
          const row = claimRow()
          const events = [ledgerRecord({ claims: [row.id] })]
          try {
            if ((await store.commit({ insert: [row], events })).committed) confirmed.add(row.id)
          } catch (error) {
            failures.push(error)
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
        }
      }
      const workers = Array.from({ length: 4 }, work)
      await new Promise((resolve) => setTimeout(resolve, 200))
      const before = confirmed.size
      await cluster.restart()
      await expect.poll(() => confirmed.size, { timeout: 20_000 }).toBeGreaterThan(before)
      isOver = true
      await Promise.all(workers)
      for (const failure of failures) expect(failure).toMatchObject(unavailable)
      const events = await store.readEvents({ limit: 100_000 })
      const stored = await store.find({ tenant: 'acme', limit: 100_000 })
      expect(new Set(stored.map(({ id }) => id as string))).toEqual(new Set(events.flatMap(({ claims }) => claims)))
      expect(events).toHaveLength(stored.length)
      const ids = new Set<string>(stored.map(({ id }) => id))
      for (const id of confirmed) expect(ids.has(id)).toBe(true)
      await stores.pop()?.close()
    } finally {
      await cluster.stop()
    }
  })
})

describe('a disk that is full', () => {
  it.skipIf(!canMount)(
    'gives a retryable error and loses nothing, and the same store goes on when there is room (needs root, to mount a small disk)',
    async () => {
      const binaries = (await embeddedBinaries()) ?? systemBinaries()
      if (binaries === undefined) throw new Error('This test fills the disk of a server of its own.')
      const cluster = await startCluster(binaries)
      const disk = smallDisk(8)
      const admin = new pg.Client({ connectionString: cluster.url })
      try {
        await admin.connect()
        const store = await open(cluster.url)
        const location = path.join(disk.folder, 'tables')
        mkdirSync(location, { mode: 0o700 })
        chmodSync(disk.folder, 0o755)
        const ids = unprivilegedIds()
        if (ids !== undefined) chownSync(location, ids.uid, ids.gid)
        await admin.query(`CREATE TABLESPACE small LOCATION '${location}'`)
        await admin.query(`ALTER TABLE ${schema}.claims SET TABLESPACE small`)
        const kept = claimRow()
        await put(store, { insert: [kept], events: [ledgerRecord({ claims: [kept.id] })] })
        disk.fill()
        const lost = Array.from({ length: 200 }, () => claimRow({ sealed: bytes(1_500) }))
        const commit = store.commit({ insert: lost, events: [ledgerRecord({ claims: lost.map(({ id }) => id) })] })
        await expect(commit).rejects.toMatchObject({ ...unavailable, cause: { code: '53100' } })
        expect(await loadRow(store, kept.id)).toEqual(kept)
        expect(await store.find({ tenant: kept.tenant })).toEqual([kept])
        expect(await store.readEvents({})).toHaveLength(1)
        disk.free()
        await put(store, { insert: lost })
        expect(await store.countClaims({ tenant: kept.tenant }, 1_000)).toBe(201)
        await stores.pop()?.close()
      } finally {
        await admin.end()
        await cluster.stop()
        disk.dispose()
      }
    },
  )
})
