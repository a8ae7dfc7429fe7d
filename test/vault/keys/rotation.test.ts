import { describe, expect, it } from 'vitest'
import { ClaimVault, type KeyProvider, KeyProviderError, KeyRing, MemoryClaimStore } from '../../../src/index.js'
import { combineKeys } from '../../../src/seal/keys/combined-keys.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import { transitKeys } from '../../seal/keys/providers.js'
import { fakeTransit } from '../../services/fake-transit.js'
import { BOB, counting, fill, openVault, ringOf, THREAD, unclosed } from './vaults.js'

const [OLD, NEW, NEWER] = [KeyRing.generate(), KeyRing.generate(), KeyRing.generate()]
const claimAs = (threadId = THREAD) => ({ principal: BOB, threadId })

describe('keys rotate', () => {
  it('makes the old key needless: without it the vault does not open before, and does after', async () => {
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys: new KeyRing(OLD) }, 3)
    const onlyNew = { store: unclosed(memory), keys: new KeyRing(NEW) }
    await expect(openVault(onlyNew)).rejects.toMatchObject({ code: 'ERR_KEY_MISMATCH' })

    const rotating = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    expect((await rotating.rotateKeys()).rewrapped).toBe(4)

    const vault = await openVault({ ...onlyNew, tenant: made!.tenant })
    expect(await vault.claim(made!.url, claimAs())).toBe(made!.value)
    await expect(openVault({ store: unclosed(memory), keys: new KeyRing(OLD) })).rejects.toMatchObject({
      code: 'ERR_KEY_MISMATCH',
    })
  })

  it('leaves naming keys as they are, so that URLs in checkpoints live on', async () => {
    const memory = new MemoryClaimStore()
    const vault = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    const before = await memory.readVault()
    const url = await vault.create('value', { threadId: THREAD })
    await memory.rewrapVault({ ...before! }, before!.wrappedNamingKeys)
    const other = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW, NEWER) })
    await other.rotateKeys()
    const after = await memory.readVault()
    expect(after).toMatchObject({ vaultId: before!.vaultId, namingKeyId: before!.namingKeyId })
    expect(after!.kekId).not.toBe(before!.kekId)
    expect(await other.claim(url, claimAs())).toBe('value')
  })

  it('passes by what is current, so that a second rotation writes nothing, not even an event', async () => {
    const memory = new MemoryClaimStore()
    await fill({ store: memory, keys: new KeyRing(OLD) }, 3)
    const { store, writes } = counting(unclosed(memory))
    const vault = await openVault({ store, keys: ringOf(OLD, NEW) })
    await vault.rotateKeys()
    for (const name of Object.keys(writes)) delete writes[name]
    expect(await vault.rotateKeys()).toMatchObject({ rewrapped: 0 })
    expect(writes).toEqual({})
  })

  it('goes on where it was cut off, and reports how far it is', async () => {
    const memory = new MemoryClaimStore()
    const made = await fill({ store: memory, keys: new KeyRing(OLD) }, 12)
    let left = 5
    const failing = new Proxy(unclosed(memory), {
      get: (target, name) =>
        name !== 'rewrapBranchKey'
          ? Reflect.get(target, name)
          : async (...args: Parameters<ClaimStore['rewrapBranchKey']>) => {
              if (left-- === 0) throw new KeyProviderError('cut off', true)
              return target.rewrapBranchKey(...args)
            },
    })
    const cutOff = await openVault({ store: failing, keys: ringOf(OLD, NEW) })
    await expect(cutOff.rotateKeys()).rejects.toThrow('cut off')

    const again = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    const old = (await again.keysInUse()).find(({ current }) => !current)
    expect(old).toMatchObject({ namingKeys: 0, branchKeys: 7 })
    const seen: unknown[] = []
    const result = await again.rotateKeys({ onProgress: (progress) => seen.push(progress) })
    expect(result).toMatchObject({ rewrapped: 7, left: [] })
    expect(seen.at(-1)).toEqual({ done: 7, total: 7 })
    const [first] = made
    const vault = await openVault({ store: unclosed(memory), keys: new KeyRing(NEW), tenant: first!.tenant })
    expect(await vault.claim(first!.url, claimAs())).toBe(first!.value)
  })

  it('may run several times at once, and beside processes that mint', async () => {
    const memory = new MemoryClaimStore()
    const made = await fill({ store: memory, keys: new KeyRing(OLD) }, 20)
    const rotate = async () => (await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })).rotateKeys()
    const mint = fill({ store: memory, keys: ringOf(OLD, NEW) }, 20)
    const results = await Promise.all([rotate(), rotate(), rotate()])
    expect(results.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(21)
    for (const { tenant, url, value } of [...made, ...(await mint)]) {
      const vault = await openVault({ store: unclosed(memory), keys: new KeyRing(NEW), tenant })
      expect(await vault.claim(url, claimAs())).toBe(value)
    }
  })

  it('leaves a damaged key and a key of a missing KEK as they are, names both, and rotates the rest', async () => {
    const memory = new MemoryClaimStore()
    await fill({ store: memory, keys: new KeyRing(OLD) }, 4)
    const [damaged, foreign] = await memory.listBranchKeys()
    await memory.rewrapBranchKey({ ...damaged!, wrapped: damaged!.wrapped.map((byte) => byte ^ 1) }, damaged!.wrapped)
    const { keyId, bytes } = await new KeyRing(NEWER).wrap(new Uint8Array(32), new Uint8Array())
    await memory.rewrapBranchKey({ ...foreign!, kekId: keyId, wrapped: bytes }, foreign!.wrapped)
    const vault = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    const result = await vault.rotateKeys()
    expect(result.rewrapped).toBe(3)
    expect(new Set(result.left.map(({ id, reason }) => `${id} ${reason}`))).toEqual(
      new Set([`${damaged!.id} damaged`, `${foreign!.id} key-missing`]),
    )
  })

  it('keeps the old wrapping when the provider cannot open what it has just wrapped', async () => {
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys: new KeyRing(OLD) }, 1)
    const good = ringOf(OLD, NEW)
    const broken: KeyProvider = {
      currentId: () => good.currentId(),
      unwrap: (...args) => good.unwrap(...args),
      wrap: async (_key, context) => good.wrap(new Uint8Array(32).fill(7), context),
    }
    const vault = await openVault({ store: unclosed(memory), keys: broken })
    await expect(vault.rotateKeys()).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER' })
    const still = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD), tenant: made!.tenant })
    expect(await still.claim(made!.url, claimAs())).toBe(made!.value)
  })

  it('says in the ledger who rotated to which key, before the first key changes', async () => {
    const memory = new MemoryClaimStore()
    await fill({ store: memory, keys: new KeyRing(OLD) }, 1)
    const refusing = new Proxy(unclosed(memory), {
      get: (target, name) =>
        name === 'commit' ? async () => Promise.reject(new Error('the ledger is down')) : Reflect.get(target, name),
    })
    const blocked = await openVault({ store: refusing, keys: ringOf(OLD, NEW) })
    await expect(blocked.rotateKeys()).rejects.toThrow('the ledger is down')
    expect((await memory.readVault())!.kekId).toBe(await new KeyRing(OLD).currentId())

    const vault = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    await vault.rotateKeys({ principal: BOB })
    const reason = `to ${await new KeyRing(NEW).currentId()}`
    expect(await vault.ledger({ operation: 'rotate-keys' })).toMatchObject([{ sub: 'bob', reason, outcome: 'ok' }])
  })

  it('moves a vault from a key file to a transit engine, and on to the engine’s next version', async () => {
    const transit = await fakeTransit()
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys: new KeyRing(OLD) }, 3)
    const moving = await openVault({
      store: unclosed(memory),
      keys: combineKeys(transitKeys(transit), new KeyRing(OLD)),
    })
    expect(await moving.rotateKeys()).toMatchObject({ kekId: 'transit:transit/secret-safe:v1', rewrapped: 4 })

    transit.rotate('secret-safe')
    for (const associatedData of ['checked', 'rewrapped'] as const) {
      transit.associatedData = associatedData
      transit.rotate('secret-safe')
      const vault = await openVault({ store: unclosed(memory), keys: transitKeys(transit), tenant: made!.tenant })
      expect((await vault.rotateKeys()).rewrapped).toBe(4)
      expect((await vault.keysInUse()).filter(({ branchKeys }) => branchKeys > 0)).toHaveLength(1)
      expect(await vault.claim(made!.url, claimAs())).toBe(made!.value)
    }
    await transit.close()
  })
})

describe('keysInUse', () => {
  it('lists a key until nothing uses it, ledger chains included', async () => {
    const memory = new MemoryClaimStore()
    await fill({ store: memory, keys: new KeyRing(OLD) }, 3)
    const [oldId, newId] = await Promise.all([OLD, NEW].map((key) => new KeyRing(key).currentId()))
    const vault = await openVault({ store: unclosed(memory), keys: ringOf(OLD, NEW) })
    expect(await vault.keysInUse()).toMatchObject([
      { kekId: newId, current: true, namingKeys: 0, branchKeys: 0 },
      { kekId: oldId, current: false, namingKeys: 1, branchKeys: 3, besideClaims: 3 },
    ])
    await vault.rotateKeys()
    const [current, old] = await vault.keysInUse()
    expect(current).toMatchObject({ kekId: newId, namingKeys: 1, branchKeys: 3 })
    expect(old).toMatchObject({ kekId: oldId, namingKeys: 0, branchKeys: 0 })
    expect(old!.ledgerChains).toBeGreaterThan(0)
  })
})

describe('a wrapped branch key', () => {
  it('is refused when any one of its bits was flipped: its claims are damaged, and no other', async () => {
    const memory = new MemoryClaimStore()
    const [made, other] = await fill({ store: memory, keys: new KeyRing(OLD) }, 2)
    const rows = await memory.listBranchKeys()
    const row = rows.find(({ tenant }) => tenant === made!.tenant)!
    const vault = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD), tenant: made!.tenant })
    for (let bit = 0; bit < row.wrapped.length * 8; bit++) {
      const flipped = Uint8Array.from(row.wrapped)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      await memory.rewrapBranchKey({ ...row, wrapped: flipped }, row.wrapped)
      vault.context().branchKeys.clear()
      await expect(vault.claim(made!.url, claimAs()), `bit ${bit}`).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
      await memory.rewrapBranchKey(row, flipped)
    }
    for (const { tenant, url, value } of [made!, other!]) {
      const sound = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD), tenant })
      expect(await sound.claim(url, claimAs())).toBe(value)
    }
  })

  it('is refused in place of another tenant’s or another window’s', async () => {
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys: new KeyRing(OLD) }, 2)
    const rows = await memory.listBranchKeys()
    const mine = rows.find(({ tenant }) => tenant === made!.tenant)!
    const theirs = rows.find(({ tenant }) => tenant !== made!.tenant)!
    const vault = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD), tenant: made!.tenant })
    const later = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD), tenant: made!.tenant })
    await later.create('later', { threadId: THREAD, ttlMs: 90 * 24 * 60 * 60_000 })
    const laterRow = (await memory.listBranchKeys()).find(
      ({ tenant, window }) => tenant === made!.tenant && window !== mine.window,
    )!
    let stored = mine.wrapped
    for (const { wrapped } of [theirs, laterRow]) {
      await memory.rewrapBranchKey({ ...mine, wrapped }, stored)
      stored = wrapped
      await expect(vault.claim(made!.url, claimAs())).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
    }
  })

  it('is never opened by a provider that is down: the caller may retry, nothing counts as damaged', async () => {
    const memory = new MemoryClaimStore()
    const [made] = await fill({ store: memory, keys: new KeyRing(OLD) }, 1)
    const ring = new KeyRing(OLD)
    let down = false
    const flaky: KeyProvider = {
      currentId: () => ring.currentId(),
      wrap: (...args) => ring.wrap(...args),
      unwrap: async (...args) => {
        if (down) throw new KeyProviderError('down', true)
        return ring.unwrap(...args)
      },
    }
    const vault = await ClaimVault.open({ store: memory, keys: flaky, tenant: made!.tenant, sweep: 'manual' })
    down = true
    await expect(vault.claim(made!.url, claimAs())).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true })
    down = false
    expect(await vault.claim(made!.url, claimAs())).toBe(made!.value)
  })
})
