import { cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type DestroyResult, KeyRing, MemoryClaimStore } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { WINDOW_MS } from '../../../src/vault/claim-row.js'
import { temporaryVaults } from '../stores/temporary-vaults.js'
import { ahead, BOB, fill, NEXT_WINDOW_MS, openVault, THREAD, unclosed } from './vaults.js'

const vaults = temporaryVaults()
afterEach(() => vaults.dispose())
const keys = new KeyRing(KeyRing.generate())
const by = { principal: BOB, threadId: THREAD }
const sqlite = (file: string) => SqliteClaimStore.fromConnString(file)

/** Makes a claim, takes a backup, destroys the keys of its window, and restores the backup. */
async function destroyAndRestore(keysApart: boolean) {
  const [claims, keyFile, backup] = [vaults.file(), vaults.file('keys.db'), vaults.file('backup.db')]
  const keyStore = () => (keysApart ? { keyStore: sqlite(keyFile) } : {})
  const vault = await openVault({ store: sqlite(claims), keys, ...keyStore() })
  const url = await vault.create('the secret', { threadId: THREAD, maxClaims: 10 })
  expect(await vault.claim(url, by)).toBe('the secret')
  await vault.close()
  cpSync(claims, backup)

  const later = await openVault({ store: ahead(sqlite(claims), NEXT_WINDOW_MS), keys, ...keyStore() })
  const destroyed: DestroyResult = await later.destroyExpiredKeys({ principal: BOB })
  expect(destroyed.keys).toHaveLength(1)
  await later.close()

  // Whoever restores it holds the KEK and has set the clock back: the claim has not expired for them.
  const restored = await openVault({ store: sqlite(backup), keys, ...keyStore() })
  const outcome = await restored.claim(url, by).catch((error: { code: string }) => error.code)
  await restored.close()
  return { destroyed, outcome }
}

describe('keys destroy-expired', () => {
  it('makes a restored backup of the claims unreadable when keys lie in a store of their own', async () => {
    const { destroyed, outcome } = await destroyAndRestore(true)
    expect(destroyed.ownStore).toBe(true)
    expect(outcome).toBe('ERR_CLAIM_DENIED')
  })

  it('proves nothing about backups with the default store: a restored one opens, and the result says so', async () => {
    const { destroyed, outcome } = await destroyAndRestore(false)
    expect(destroyed.ownStore).toBe(false)
    expect(outcome).toBe('the secret')
  })

  it('leaves no byte of a destroyed key in the SQLite file or its log', async () => {
    const [claims, keyFile] = [vaults.file(), vaults.file('keys.db')]
    const vault = await openVault({
      store: ahead(sqlite(claims), NEXT_WINDOW_MS),
      keys,
      keyStore: unclosed(sqlite(keyFile)),
    })
    const early = await openVault({ store: sqlite(claims), keys, keyStore: sqlite(keyFile) })
    await early.create('value', { threadId: THREAD })
    await early.close()
    const reader = sqlite(keyFile)
    await reader.setup()
    const [row] = await reader.listBranchKeys()
    const holds = () =>
      readdirSync(path.dirname(keyFile))
        .map((name) => readFileSync(path.join(path.dirname(keyFile), name)))
        .some((bytes) => bytes.includes(Buffer.from(row!.wrapped)))
    expect(holds()).toBe(true)
    await reader.close()
    expect((await vault.destroyExpiredKeys()).keys).toHaveLength(1)
    expect(holds()).toBe(false)
    await vault.close()
    expect(holds()).toBe(false)
  })

  it('spares the window in which a claim may still live, to the last millisecond of its grace', async () => {
    let now = 100 * WINDOW_MS
    const memory = new MemoryClaimStore({ now: () => now })
    const vault = await openVault({ store: memory, keys })
    const url = await vault.create('value', { threadId: THREAD, ttlMs: WINDOW_MS - 1, maxClaims: 9 })
    for (const [at, gone] of [
      [101 * WINDOW_MS - 2, 0],
      [101 * WINDOW_MS, 0],
      [101 * WINDOW_MS + 60_000 - 1, 0],
      [101 * WINDOW_MS + 60_000, 1],
    ] as const) {
      now = at
      expect((await vault.destroyExpiredKeys()).keys).toHaveLength(gone)
      if (at < 101 * WINDOW_MS - 1) expect(await vault.claim(url, by)).toBe('value')
    }
  })

  it('never destroys the keys of claims that end with their thread', async () => {
    let now = Date.now()
    const memory = new MemoryClaimStore({ now: () => now })
    await memory.initBranchKey({
      id: 'thread-key',
      tenant: 'default',
      window: -1,
      kekId: 'kek',
      wrapped: new Uint8Array(60),
    })
    const vault = await openVault({ store: memory, keys })
    now += 1_000 * WINDOW_MS
    expect((await vault.destroyExpiredKeys()).keys).toEqual([])
    expect(await memory.listBranchKeys()).toHaveLength(1)
  })

  it('stops working at once in this process, though the key was cached', async () => {
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys }, 1)
    const vault = await openVault({ store: unclosed(memory), keys, tenant: made!.tenant })
    expect(await vault.claim(made!.url, by)).toBe(made!.value)
    const later = await openVault({ store: ahead(unclosed(memory), NEXT_WINDOW_MS), keys, tenant: made!.tenant })
    await later.destroyExpiredKeys()
    await expect(later.claim(made!.url, by)).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
    const events = await later.ledger({ operation: 'claim' })
    // By the store's clock the claim's cap has passed: that is the reason, not a damaged key.
    expect(events.at(-1)).toMatchObject({ outcome: 'denied', reason: 'expired' })
  })

  it('stops working within five minutes in a process that has the key in memory', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const memory = new MemoryClaimStore()
      const vault = await openVault({ store: unclosed(memory), keys })
      const url = await vault.create('value', { threadId: THREAD, maxClaims: 9 })
      const later = await openVault({ store: ahead(unclosed(memory), NEXT_WINDOW_MS), keys })
      expect((await later.destroyExpiredKeys()).keys).toHaveLength(1)
      vi.advanceTimersByTime(5 * 60_000 - 1)
      expect(await vault.claim(url, by)).toBe('value')
      vi.advanceTimersByTime(1)
      await expect(vault.claim(url, by)).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('tells in a dry run what would go, and destroys nothing', async () => {
    const memory = new MemoryClaimStore()
    await fill({ store: memory, keys }, 3)
    const vault = await openVault({ store: ahead(unclosed(memory), NEXT_WINDOW_MS), keys })
    const dry = await vault.destroyExpiredKeys({ dryRun: true })
    expect(dry.keys).toHaveLength(3)
    expect(await memory.listBranchKeys()).toHaveLength(3)
    expect(await vault.ledger({ operation: 'destroy-keys' })).toEqual([])
    expect((await vault.destroyExpiredKeys()).keys).toEqual(dry.keys)
    expect(await memory.listBranchKeys()).toEqual([])
  })

  it('tells each tenant in its ledger which window’s key went, and by whom, before it goes', async () => {
    const memory = new MemoryClaimStore()
    const made = await fill({ store: memory, keys }, 2)
    const failing = new Proxy(ahead(unclosed(memory), NEXT_WINDOW_MS), {
      get: (target, name) =>
        name === 'destroyBranchKeys' ? async () => Promise.reject(new Error('killed')) : Reflect.get(target, name),
    })
    const killed = await openVault({ store: failing, keys })
    await expect(killed.destroyExpiredKeys({ principal: BOB })).rejects.toThrow('killed')
    for (const { tenant } of made) {
      const vault = await openVault({ store: unclosed(memory), keys, tenant })
      const [event] = await vault.ledger({ operation: 'destroy-keys' })
      expect(event).toMatchObject({
        tenant,
        sub: 'bob',
        reason: expect.stringMatching(/^caps from \d{4}-\d\d-\d\d to /),
      })
    }
  })
})

describe('a key store of its own', () => {
  it('keeps every key out of the claims database', async () => {
    const [claims, keyStore] = [new MemoryClaimStore(), new MemoryClaimStore()]
    const vault = await openVault({ store: claims, keys, keyStore })
    const url = await vault.create('value', { threadId: THREAD })
    expect(await claims.listBranchKeys()).toEqual([])
    expect(await keyStore.listBranchKeys()).toHaveLength(1)
    expect(await vault.claim(url, by)).toBe('value')
  })

  it('is demanded from every process once a key lies there: without it, new keys would go into backups', async () => {
    const [claims, keyStore] = [new MemoryClaimStore(), new MemoryClaimStore()]
    const vault = await openVault({ store: unclosed(claims), keys, keyStore: unclosed(keyStore) })
    await expect(openVault({ store: unclosed(claims), keys })).resolves.toBeDefined()
    await vault.create('value', { threadId: THREAD })
    await expect(openVault({ store: unclosed(claims), keys })).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  })

  it('may be taken up later: claims whose keys lie beside them still open, new keys go to the new store', async () => {
    const [claims, keyStore] = [new MemoryClaimStore(), new MemoryClaimStore()]
    const before = await openVault({ store: unclosed(claims), keys })
    const old = await before.create('old', { threadId: THREAD, maxClaims: 9 })
    const vault = await openVault({ store: unclosed(claims), keys, keyStore: unclosed(keyStore) })
    const fresh = await vault.create('fresh', { threadId: THREAD })
    expect(await vault.claim(old, by)).toBe('old')
    expect(await vault.claim(fresh, by)).toBe('fresh')
    expect(await vault.keysInUse()).toMatchObject([{ branchKeys: 2, besideClaims: 1 }])
    const later = await openVault({ store: ahead(claims, NEXT_WINDOW_MS), keys, keyStore })
    expect((await later.destroyExpiredKeys()).keys).toHaveLength(2)
  })

  it('of another vault opens nothing of this one', async () => {
    const shared = new MemoryClaimStore()
    const [a, b] = [new MemoryClaimStore(), new MemoryClaimStore()]
    const first = await openVault({ store: a, keys, keyStore: unclosed(shared) })
    await first.create('value', { threadId: THREAD })
    const second = openVault({ store: b, keys, keyStore: unclosed(shared) })
    await expect(second).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    await first.close()
  })

  it('that is empty is not taken for the one with the keys: a disk may not be mounted', async () => {
    const [claims, keyStore] = [new MemoryClaimStore(), new MemoryClaimStore()]
    const vault = await openVault({ store: unclosed(claims), keys, keyStore: unclosed(keyStore) })
    const url = await vault.create('value', { threadId: THREAD })
    const lost = openVault({ store: unclosed(claims), keys, keyStore: new MemoryClaimStore() })
    await expect(lost).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    const again = await openVault({ store: claims, keys, keyStore })
    expect(await again.claim(url, by)).toBe('value')
  })
})
