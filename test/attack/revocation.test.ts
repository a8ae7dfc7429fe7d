import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../src/index.js'
import type { ClaimCommit, ClaimStore } from '../../src/vault/claim-store.js'
import { anthropicKey } from '../support/secrets.js'
import { ALICE, CONFIG, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }
const BY = { principal: ALICE }
const TAKE = { ...THREAD, ...BY }
const DENIED = { code: 'ERR_CLAIM_DENIED' }

async function revokeAndReinstateThread({ vault }: Harness): Promise<number> {
  await vault.revoke(THREAD, BY)
  return vault.reinstate(THREAD, BY)
}

describe('reinstating a thread', () => {
  it('does not make a spent handoff claimable again, nor one whose run has ended', async () => {
    const h = await Harness.open()
    const spent = await h.vault.create('a value to hand off', THREAD)
    await h.vault.claim(spent, TAKE)
    const ended = await h.vault.create('another value', { ...THREAD, runId: 'run-1' })
    await h.vault.revoke({ runId: 'run-1' }, BY)
    expect(await revokeAndReinstateThread(h)).toBe(0)
    await expect(h.vault.claim(spent, TAKE)).rejects.toMatchObject(DENIED)
    await expect(h.vault.claim(ended, TAKE)).rejects.toMatchObject(DENIED)
  })

  it('does not lift the revocation of a claim or of a value in it', async () => {
    const h = await Harness.open()
    const [byClaim, byValue, free] = [anthropicKey(), anthropicKey(), anthropicKey()]
    await h.put({ byClaim, byValue, free })
    await h.vault.revoke({ claim: h.inner.lastValues().byClaim as string }, BY)
    await h.vault.revoke({ value: byValue }, BY)
    expect(await revokeAndReinstateThread(h)).toBe(1)
    const values = await h.read()
    expect([values.byClaim === byClaim, values.byValue === byValue, values.free === free]).toEqual([false, false, true])
  })

  it('does not lift the revocation of a value that was stored only afterwards', async () => {
    const h = await Harness.open()
    const value = anthropicKey()
    await h.vault.revoke({ value }, BY)
    await h.put({ value })
    expect(await revokeAndReinstateThread(h)).toBe(0)
    expect((await h.read()).value).not.toBe(value)
  })
})

describe('reinstating by claim, grant or value', () => {
  it.each(['claim', 'grant', 'value'] as const)(
    'does not make a spent handoff claimable again, nor one whose run has ended: %s',
    async (kind) => {
      const h = await Harness.open()
      const [used, over] = [anthropicKey(), anthropicKey()]
      const spent = await h.vault.create(used, THREAD)
      await h.vault.claim(spent, TAKE)
      const ended = await h.vault.create(over, { ...THREAD, runId: 'run-1' })
      await h.vault.revoke({ runId: 'run-1' }, BY)
      for (const [url, value] of [
        [spent, used],
        [ended, over],
      ] as const) {
        const target = { [kind]: kind === 'value' ? value : url } as { value: string }
        await h.vault.revoke(target, BY)
        await h.vault.reinstate(target, BY)
        await expect(h.vault.claim(url, TAKE)).rejects.toMatchObject(DENIED)
      }
      expect((await h.vault.peek(spent, TAKE)).state).toBe('spent')
    },
  )

  it('does not make a row good that was edited by hand: its count set back stays damaged', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(anthropicKey(), { ...THREAD, maxClaims: 2 })
    await h.vault.claim(url, TAKE)
    const [row] = await h.store.find({ tenant: h.vault.tenant, limit: 10 })
    await h.store.commit({ update: [{ row: { ...row!, claimed: 0 }, expectedMac: row!.mac }] })
    await h.vault.revoke({ claim: url }, BY)
    await h.vault.reinstate({ claim: url }, BY)
    await expect(h.vault.claim(url, TAKE)).rejects.toMatchObject(DENIED)
  })
})

describe('a vault of one tenant', () => {
  it('reads no events of another tenant, whatever the query says', async () => {
    const h = await Harness.open()
    await h.vault.create(anthropicKey(), THREAD)
    const other = await ClaimVault.open({ store: h.store, keys: new KeyRing(h.key), tenant: 'other', sweep: 'manual' })
    for (const tenant of [h.vault.tenant, undefined]) expect(await other.ledger({ tenant } as object)).toEqual([])
  })
})

describe('a handoff', () => {
  it('takes no metadata beyond the size cap, so that a store cannot be filled that way', async () => {
    const h = await Harness.open()
    const metadata = { note: 'x'.repeat(h.vault.maxSecretBytes) }
    await expect(h.vault.create(anthropicKey(), { ...THREAD, metadata })).rejects.toMatchObject({
      code: 'ERR_LIMIT_EXCEEDED',
    })
    expect(await h.store.find({ tenant: h.vault.tenant, limit: 1 })).toEqual([])
  })

  it('of a value that is revoked is dead on arrival', async () => {
    const h = await Harness.open()
    const value = anthropicKey()
    await h.vault.revoke({ value }, BY)
    await expect(h.vault.claim(await h.vault.create(value, THREAD), TAKE)).rejects.toMatchObject(DENIED)
  })

  it('is dead though its value is revoked just before it is stored', async () => {
    const h = await Harness.open()
    const value = anthropicKey()
    const commit = h.store.commit.bind(h.store)
    let revoked = false
    const store = new Proxy(h.store, {
      get: (target, name: keyof ClaimStore) => {
        if (name !== 'commit') return target[name]
        return async (change: ClaimCommit) => {
          if (change.insert !== undefined && !revoked) {
            revoked = true
            await h.vault.revoke({ value }, BY)
          }
          return commit(change)
        }
      },
    })
    const vault = await ClaimVault.open({ store, keys: new KeyRing(h.key), sweep: 'manual' })
    const url = await vault.create(value, THREAD)
    expect(revoked).toBe(true)
    await expect(h.vault.claim(url, TAKE)).rejects.toMatchObject(DENIED)
  })

  it('is refused for what is no text or bytes, an allow list that is no list, an unknown mode', async () => {
    const { vault } = await Harness.open()
    const refused = { code: 'ERR_INPUT_INVALID' }
    await expect(vault.create(123_456_789 as never, THREAD)).rejects.toMatchObject(refused)
    await expect(vault.create('value', { ...THREAD, allow: 'alice-admin' as never })).rejects.toMatchObject(refused)
    await expect(vault.create('value', { ...THREAD, mode: 'resume' as never })).rejects.toMatchObject(refused)
    await expect(vault.create('value', { ...THREAD, metadata: { big: 1n } })).rejects.toMatchObject(refused)
  })
})

describe('a branch key that was tampered with', () => {
  it('leaves its claims as URLs, and does not abort the read', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey(), clean: 'text' })
    const read = h.store.readBranchKeys.bind(h.store)
    const store = new Proxy(h.store, {
      get: (target, name: keyof ClaimStore) => {
        if (name !== 'readBranchKeys') return target[name]
        return async (ids: readonly string[]) =>
          (await read(ids)).map((row) => ({
            ...row,
            wrapped: row.wrapped.map((byte, i) => (i === 20 ? byte ^ 1 : byte)),
          }))
      },
    })
    const vault = await ClaimVault.open({ store, keys: new KeyRing(h.key), sweep: 'manual' })
    const tuple = await new SecretSafeSaver(h.inner, { vault, principal: ALICE }).getTuple(CONFIG)
    expect(tuple!.checkpoint.channel_values).toEqual(h.inner.lastValues())
  })
})
