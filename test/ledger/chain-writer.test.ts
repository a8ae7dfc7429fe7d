import { describe, expect, it, vi } from 'vitest'
import { InputError, KeyRing, VaultReadOnlyError } from '../../src/index.js'
import { ChainWriter, type ChainWriterOptions } from '../../src/ledger/chain-writer.js'
import type { LedgerEvent, LedgerRecord } from '../../src/ledger/event.js'
import type { LedgerRollback } from '../../src/ledger/head-keeper.js'
import { findWriter } from '../../src/ledger/read-ledger.js'
import { verifyLedger } from '../../src/ledger/verify-ledger.js'
import { hmacSha256, utf8 } from '../../src/seal/bytes.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'

const EVENT: LedgerEvent = { operation: 'mint', outcome: 'ok', tenant: 'acme', claims: ['c'] }
const DENIAL: LedgerEvent = { operation: 'claim', outcome: 'denied', reason: 'spent', tenant: 'acme', claims: ['c'] }
const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms))

function setUp(patch: Partial<ChainWriterOptions> = {}) {
  const store = new MemoryClaimStore()
  const keys = new KeyRing(KeyRing.generate())
  const registrationMac = (bytes: Uint8Array) => hmacSha256(utf8('vault'), bytes)
  const common = { vaultId: 'vault', keys, registrationMac }
  const readClock = vi.fn(async () => Date.now())
  const writer = new ChainWriter({ ...common, store, auditor: undefined, readClock, ...patch })
  const write = (...events: LedgerEvent[]) =>
    writer.record(
      (link) => store.commit({ events: link(events) }),
      ({ committed }) => committed,
    )
  const report = () => verifyLedger({ ...common, store, auditors: [], signers: [], rootMac: undefined })
  const links = async () => (await store.readEvents({})).map(({ link }) => link)
  return { store, keys, writer, readClock, write, report, links }
}

describe('a chain', () => {
  it('has no gap after 50 transactions in flight of which every third is refused, some after they ran twice', async () => {
    const { store, writer, report, links } = setUp()
    const commit = (i: number) =>
      writer.record(
        async (link) => {
          let records = link([EVENT, EVENT])
          await pause(Math.random() * 5)
          if (i % 5 === 0) records = link([EVENT, EVENT])
          await pause(Math.random() * 5)
          return i % 3 === 0 ? { committed: false } : store.commit({ events: records })
        },
        ({ committed }) => committed,
      )
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => commit(i)))
    const stored = results.filter(({ committed }) => committed).length * 2
    await Promise.all(Array.from({ length: 20 }, (_, i) => commit(i * 3 + 1)))
    const total = stored + 40
    expect((await links()).sort((a, b) => a! - b!)).toEqual(Array.from({ length: total }, (_, i) => i + 1))
    await writer.close()
    expect(await report()).toMatchObject({ intact: true, records: total, unsettled: [] })
  })

  it('names links whose transaction was lost, and those in flight, as unsettled: they are no gap', async () => {
    const { store, writer, write, report } = setUp()
    await write(EVENT)
    const lost = writer.record(async (link) => {
      link([EVENT, EVENT])
      throw new Error('connection lost')
    })
    await expect(lost).rejects.toThrow('connection lost')
    await write(EVENT)
    void writer.record((link) => {
      link([EVENT])
      return new Promise(() => undefined)
    })
    await pause()
    await write(EVENT)
    await writer.close()
    expect(await findWriter(store, writer.id)).toMatchObject({
      link: 6,
      closed: true,
      unsettled: [
        [2, 3],
        [5, 5],
      ],
    })
    const { intact, unsettled } = await report()
    expect({ intact, unsettled }).toEqual({
      intact: true,
      unsettled: [
        {
          writer: writer.id,
          links: [
            [2, 3],
            [5, 5],
          ],
        },
      ],
    })
  })

  it.each([
    ['a read-only store', new VaultReadOnlyError()],
    ['text that cannot be stored', new InputError('text')],
  ])('uses the links again that %s refused', async (_, error) => {
    const { writer, write, links } = setUp()
    const refused = writer.record(async (link) => {
      link([EVENT, EVENT])
      throw error
    })
    await expect(refused).rejects.toBe(error)
    await write(EVENT, EVENT, EVENT)
    expect(await links()).toEqual([1, 2, 3])
  })

  it('settles nothing when an error comes before any link was asked for', async () => {
    const { writer, write, links } = setUp()
    await expect(writer.record(() => Promise.reject(new Error('early')))).rejects.toThrow('early')
    await write(EVENT)
    expect(await links()).toEqual([1])
  })

  it('is registered once before its first record, also when many begin at once', async () => {
    const { store, readClock, write, writer } = setUp()
    const register = vi.spyOn(store, 'registerWriter')
    await Promise.all(Array.from({ length: 10 }, () => write(EVENT)))
    expect(register).toHaveBeenCalledTimes(1)
    expect(readClock).toHaveBeenCalledTimes(1)
    expect(register.mock.calls[0]![0]).toMatchObject({ writer: writer.id, link: 0, closed: false, sealedTo: 'kek' })
  })

  it('throws what the store throws when it cannot be registered, writes nothing, and tries again', async () => {
    const { store, write, links } = setUp()
    const register = vi.spyOn(store, 'registerWriter').mockRejectedValueOnce(new VaultReadOnlyError())
    await expect(write(EVENT)).rejects.toMatchObject({ code: 'ERR_VAULT_READ_ONLY' })
    expect(await links()).toEqual([])
    await write(EVENT)
    expect(register).toHaveBeenCalledTimes(2)
  })

  it('never dates a record before an earlier one, also when the store turns its clock back', async () => {
    const { store, writer, write } = setUp()
    writer.observe(2_000_000)
    await write(EVENT)
    writer.observe(1_000_000)
    await write(EVENT)
    const at = (await store.readEvents({})).map((entry) => entry.at)
    expect(at[0]).toBeGreaterThanOrEqual(2_000_000)
    expect(at[1]).toBeGreaterThanOrEqual(at[0]!)
  })

  it('is found intact while it is being written, with commits that end out of order', async () => {
    const { store, writer, report } = setUp()
    let left = 1_500
    const work = async () => {
      while (left-- > 0) {
        await writer.record(async (link) => {
          const records = link([EVENT])
          if (left % 7 === 0) await pause(1)
          return store.commit({ events: records })
        })
        if (left % 3 === 0) await pause()
      }
    }
    const writing = Promise.all(Array.from({ length: 8 }, work))
    const reports: unknown[] = []
    while (left > 0) {
      const { findings } = await report()
      reports.push(...findings)
      await pause()
    }
    await writing
    expect(reports).toEqual([])
    expect(await report()).toMatchObject({ intact: true, records: 1_500, unsettled: [] })
  })

  it('refuses a record behind its registered end, which would look like a forgery', async () => {
    const { writer, write } = setUp()
    await write(EVENT)
    await writer.close()
    await expect(write(EVENT)).rejects.toMatchObject({ code: 'ERR_VAULT_CLOSED' })
  })

  it('registers its head every 256 links, off the path of the call', async () => {
    const { store, writer, write } = setUp()
    await write(...Array.from({ length: 255 }, () => EVENT))
    expect(await findWriter(store, writer.id)).toMatchObject({ link: 0 })
    await write(EVENT)
    await vi.waitFor(async () => expect(await findWriter(store, writer.id)).toMatchObject({ link: 256 }))
  })

  it('goes on when the outcome of a head is unknown, whether it was stored or not', async () => {
    const onRollback = vi.fn()
    const { store, writer, write, report } = setUp({ onRollback })
    const real = store.advanceHead.bind(store)
    const batch = Array.from({ length: 256 }, () => EVENT)
    const advance = vi.spyOn(store, 'advanceHead').mockImplementationOnce(async (...args) => {
      await real(...args)
      throw new Error('the answer was lost')
    })
    await write(...batch)
    advance.mockImplementationOnce(() => Promise.reject(new Error('the question was lost')))
    await write(...batch)
    await write(EVENT)
    await writer.close()
    expect(onRollback).not.toHaveBeenCalled()
    expect(await findWriter(store, writer.id)).toMatchObject({ link: 513, closed: true })
    expect(await report()).toMatchObject({ intact: true, records: 513 })
  })

  it('tells of a store that was rolled back, and begins a new chain there', async () => {
    const found: LedgerRollback[] = []
    const { store, writer, write } = setUp({ onRollback: (rollback) => void found.push(rollback) })
    await write(EVENT)
    const { id } = writer
    const backup = (await findWriter(store, id))!
    await write(...Array.from({ length: 256 }, () => EVENT))
    await vi.waitFor(async () => expect(await findWriter(store, id)).toMatchObject({ link: 257 }))
    vi.spyOn(store, 'advanceHead').mockResolvedValueOnce(false)
    vi.spyOn(store, 'listWriters').mockResolvedValueOnce([backup])
    await write(...Array.from({ length: 256 }, () => EVENT))
    await vi.waitFor(() => expect(found).toEqual([{ writer: id, expectedLink: 257, storedLink: 0 }]))
    await write(EVENT)
    expect(writer.id).not.toBe(id)
    vi.restoreAllMocks()
    expect(await findWriter(store, writer.id)).toMatchObject({ link: 0, closed: false })
  })

  it('closes without a store, for a crash leaves no more behind', async () => {
    const { store, writer, write } = setUp()
    await write(EVENT)
    vi.spyOn(store, 'advanceHead').mockRejectedValue(new Error('gone'))
    await expect(writer.close()).resolves.toBeUndefined()
  })
})

describe('repeated denials', () => {
  const counts = (events: readonly LedgerEvent[]) => events.map(({ count = 1 }) => count)

  it('are written once and counted, and none is lost at the end', () => {
    const { writer } = setUp()
    const first = Array.from({ length: 10 }, () => writer.admit([DENIAL]).events).flat()
    expect(counts(first)).toEqual([1])
    expect(counts(writer.admit([{ ...DENIAL, reason: 'other' }]).events)).toEqual([1])
    expect(writer.held()).toEqual([{ ...DENIAL, count: 9 }])
    expect(writer.held()).toEqual([])
  })

  it('are counted once, whatever came of the transactions that were to write them', () => {
    const { writer } = setUp()
    let written = 0
    for (let i = 0; i < 30; i++) {
      const admission = writer.admit([DENIAL])
      if (i % 4 === 0) admission.giveBack()
      else written += counts(admission.events).reduce((sum, count) => sum + count, 0)
    }
    written += counts(writer.held()).reduce((sum, count) => sum + count, 0)
    // Each of the eight whose transaction failed was not answered, and is asked again by whoever wants to.
    expect(written).toBeGreaterThanOrEqual(22)
    expect(written).toBeLessThanOrEqual(30)
  })

  it('come with the next event when nobody repeats them', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const { writer } = setUp()
      writer.admit([DENIAL])
      writer.admit([DENIAL])
      vi.advanceTimersByTime(11_000)
      expect(writer.admit([EVENT]).events).toEqual([EVENT, { ...DENIAL, count: 1 }])
    } finally {
      vi.useRealTimers()
    }
  })
})

it('forgets the key of a link once its record is stored', async () => {
  const { writer, store } = setUp()
  let records: readonly LedgerRecord[] = []
  await writer.record((link) => {
    records = link([EVENT])
    return store.commit({ events: records })
  })
  // A second signature in the same place would take the key; what is left signs nothing but later links.
  const again = await writer.record(async (link) => {
    const [record] = link([EVENT])
    return record!
  })
  expect(again.link).toBe(2)
  expect(again.mac).not.toEqual(records[0]!.mac)
})
