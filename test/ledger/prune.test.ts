import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { ClaimVault, type ClaimVaultOptions, fileAnchor, KeyRing, type LedgerAnchor } from '../../src/index.js'
import { proveInclusion } from '../../src/ledger/prove.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { configDir } from '../config/config-dir.js'
import { TamperedVault } from './tampered-vault.js'

const ALICE = { sub: 'alice' }
const MINUTES = 60_000

afterAll(() => TamperedVault.dispose())

async function setUp(options: Partial<ClaimVaultOptions> = {}) {
  const clock = { now: Date.UTC(2026, 0, 1) }
  const store = new MemoryClaimStore({ now: () => clock.now })
  const keys = new KeyRing(KeyRing.generate())
  const vault = await ClaimVault.open({ store, keys, sweep: 'manual', ...options })
  const write = async (claims: number) => {
    for (let i = 0; i < claims; i++) {
      const url = await vault.create(`value-${i}`, { threadId: 'T', principal: ALICE })
      await vault.claim(url, { principal: ALICE, threadId: 'T' })
    }
  }
  return { clock, store, vault, write }
}

describe('sealing', () => {
  it('leaves out what is younger than a minute: a transaction may still be on its way to a lower number', async () => {
    const { clock, vault, write } = await setUp()
    await write(2)
    clock.now += 59_000
    expect(await vault.sealLedger()).toMatchObject({ roots: 0, sealedThrough: 0 })
    await write(1)
    clock.now += 2_000
    expect(await vault.sealLedger()).toMatchObject({ roots: 1, sealedThrough: 4 })
    expect(await vault.sealLedger()).toMatchObject({ roots: 0, sealedThrough: 4 })
  })

  it('goes by a timer where asked to, and stops with the vault', async () => {
    const { clock, store, vault, write } = await setUp({ ledger: { sealEveryMs: 5 } })
    await write(2)
    clock.now += 2 * MINUTES
    await vi.waitFor(async () => expect(await store.listRoots()).toMatchObject([{ number: 1, count: 4 }]))
    await vault.close()
    const seals = vi.spyOn(store, 'acquireLock')
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(seals).not.toHaveBeenCalled()
  })

  it('makes each root once, however many seal at the same time', async () => {
    const { clock, store, vault, write } = await setUp()
    await write(5)
    clock.now += 2 * MINUTES
    await Promise.all(Array.from({ length: 5 }, () => vault.sealLedger()))
    expect(await store.listRoots()).toHaveLength(1)
  })

  it('brings an anchor that was down what it missed, in order', async () => {
    const seen: number[] = []
    let down = true
    const flaky: LedgerAnchor = {
      name: 'flaky',
      anchor: async ({ number }) => {
        if (down) throw new Error('down')
        seen.push(number)
      },
    }
    const file = path.join(configDir({}), 'roots.ndjson')
    const { clock, vault, write } = await setUp({ ledger: { anchors: [flaky, fileAnchor(file)] } })
    for (let round = 0; round < 3; round++) {
      await write(1)
      clock.now += 2 * MINUTES
      down = round < 2
      const sealing = vault.sealLedger()
      if (down) await expect(sealing).rejects.toThrow('down')
      else await sealing
    }
    expect(seen).toEqual([1, 2, 3])
    const anchors = readFileSync(file, 'utf8')
    expect(anchors.trimEnd().split('\n')).toHaveLength(3)
    expect(await vault.verifyLedger({ anchors })).toMatchObject({ intact: true, roots: 3 })
  })

  it('proves that an event is in its interval, and refuses for one that is not what was sealed', async () => {
    const vault = TamperedVault.create()
    await vault.write(6)
    await vault.seal()
    const proof = await vault.withStore((store) => proveInclusion(store, 4))
    expect(proof).toMatchObject({ index: 3, entry: { seq: 4 }, root: { number: 1, count: 6 } })
    vault.sql("UPDATE ledger SET sub = 'mallory' WHERE seq = 2")
    const refused = vault.withStore((store) => proveInclusion(store, 4))
    await expect(refused).rejects.toMatchObject({ code: 'ERR_LEDGER_BROKEN' })
  })
})

describe('pruning', () => {
  it('takes whole sealed intervals, says who did it, and leaves a ledger that is intact and goes on', async () => {
    const { clock, vault, write } = await setUp()
    await write(3)
    clock.now += 2 * MINUTES
    await vault.sealLedger()
    const between = clock.now + 1
    await write(2)
    clock.now += 2 * MINUTES
    await vault.sealLedger()
    await write(1)
    expect(await vault.pruneLedger({ before: between, principal: ALICE })).toBe(6)
    expect(await vault.verifyLedger()).toMatchObject({ intact: true, records: 7, roots: 2, pruned: 6 })
    const [event] = await vault.ledger({ operation: 'prune' })
    expect(event).toMatchObject({ sub: 'alice', reason: 'through root 1' })
    clock.now += 2 * MINUTES
    await vault.sealLedger()
    expect(await vault.pruneLedger({ before: clock.now + 1, principal: ALICE })).toBe(7)
    expect(await vault.verifyLedger()).toMatchObject({ intact: true, records: 1, roots: 3, pruned: 13 })
    expect(await vault.pruneLedger({ before: between, principal: ALICE })).toBe(0)
  })

  it('is not what somebody did who removed the records without the event, or more than the event says', async () => {
    const vault = TamperedVault.create()
    await vault.write(4)
    await vault.seal()
    await vault.write(4)
    await vault.seal()
    const removed = vault.copy()
    removed.sql('DELETE FROM ledger WHERE seq <= 4')
    expect(await removed.kinds()).toEqual(['interval', 'truncated'])
    const open = await ClaimVault.open({
      store: SqliteClaimStore.fromConnString(vault.file),
      keys: new KeyRing(vault.key),
      sweep: 'manual',
    })
    const first = Number(vault.rows('SELECT at FROM ledger_roots WHERE number = 1')[0]!.at)
    expect(await open.pruneLedger({ before: first + 1, principal: ALICE })).toBe(4)
    await open.close()
    expect(await vault.kinds()).toEqual([])
    vault.sql('DELETE FROM ledger WHERE seq <= 8')
    expect(await vault.kinds()).toEqual(['interval', 'truncated'])
  })

  it('takes nothing that is not what was sealed: afterwards nobody could tell', async () => {
    const vault = TamperedVault.create()
    await vault.write(4)
    await vault.seal()
    vault.sql("UPDATE ledger SET sub = 'mallory' WHERE seq = 2")
    const open = await ClaimVault.open({
      store: SqliteClaimStore.fromConnString(vault.file),
      keys: new KeyRing(vault.key),
      sweep: 'manual',
    })
    const prune = open.pruneLedger({ before: Date.now() + 10 * MINUTES, principal: ALICE })
    await expect(prune).rejects.toMatchObject({ code: 'ERR_LEDGER_BROKEN' })
    await open.close()
    expect(vault.rows('SELECT count(*) AS n FROM ledger')).toEqual([{ n: 4 }])
  })
})
