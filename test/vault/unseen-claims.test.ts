import { beforeEach, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, MemoryClaimStore } from '../../src/index.js'
import type { ClaimCommit, ClaimLoad } from '../../src/vault/claim-store.js'
import { mint } from '../../src/vault/mint.js'
import { encodePayload } from '../../src/vault/payload.js'
import { holdThread } from '../../src/vault/touch.js'
import { opaqueSecret } from '../support/secrets.js'

const THREAD = { tenant: 'default', threadId: 'thread-1' } as const
const HOUR_MS = 3_600_000

class WatchedStore extends MemoryClaimStore {
  readonly calls: string[] = []

  override load(query: ClaimLoad) {
    this.calls.push('load')
    return super.load(query)
  }

  override async commit(change: ClaimCommit) {
    const result = await super.commit(change)
    this.calls.push(result.committed ? 'commit' : 'refused')
    return result
  }
}

const keys = new KeyRing(KeyRing.generate())
let clock = 0
let store: WatchedStore
let vault: ClaimVault
beforeEach(async () => {
  clock = Date.now()
  store = new WatchedStore({ now: () => clock })
  vault = await ClaimVault.open({ store, keys, sweep: 'manual' })
  await put(opaqueSecret())
  store.calls.length = 0
})

/** As a saver does for each secret that it meets. */
async function put(secret: string) {
  const context = vault.context()
  const payload = encodePayload({ kind: 'text', text: secret })
  const id = context.naming.resumeId(THREAD, payload)
  const place = context.naming.place(THREAD, 'messages', 'message-1')
  const items = [{ id, payload, secret, ruleId: 'github-pat', channel: 'messages', place }]
  await mint(context, { ...THREAD, items, pasted: [], ttlMs: HOUR_MS, maxTtlMs: HOUR_MS, subject: { sub: 'alice' } })
  const snapshot = await store.load({ ...THREAD, ids: [id], places: [place], revocations: [] })
  store.calls.pop()
  return { row: snapshot.claims[0], thread: snapshot.thread, places: snapshot.places }
}

describe('a secret that this process has not seen', () => {
  it('is stored by one call of the store', async () => {
    const { row, places } = await put(opaqueSecret())
    expect(store.calls).toEqual(['commit'])
    expect([row?.state, places.length]).toEqual(['live', 1])
  })

  it('is looked for only once it is known', async () => {
    const secret = opaqueSecret()
    await put(secret)
    await put(secret)
    expect(store.calls).toEqual(['commit', 'load', 'commit'])
  })

  it('keeps the claim that another process has made meanwhile', async () => {
    const secret = opaqueSecret()
    const { row } = await put(secret)
    vault = await ClaimVault.open({ store, keys, sweep: 'manual' })
    await put(opaqueSecret())
    store.calls.length = 0
    expect((await put(secret)).row).toEqual(row)
    expect(store.calls).toEqual(['refused', 'load', 'commit'])
  })

  it("gets its times from the store's clock, also when that was moved since it was read", async () => {
    for (const moved of [HOUR_MS, -2 * HOUR_MS]) {
      clock += moved
      const { row } = await put(opaqueSecret())
      expect([row?.createdAt, row?.capAt]).toEqual([clock, clock + HOUR_MS])
    }
    expect(store.calls).toEqual(['refused', 'load', 'commit', 'load', 'refused', 'load', 'commit', 'load'])
  })

  it('does not end a hold that it has not read', async () => {
    await holdThread(vault.context(), THREAD, true)
    clock += 10_000
    expect((await put(opaqueSecret())).thread?.held).toBe(true)
  })

  it('is dead on arrival when its value stands revoked', async () => {
    const secret = opaqueSecret()
    await vault.revoke({ value: secret }, { principal: { sub: 'admin' } })
    const { row } = await put(secret)
    expect(row?.state).toBe('revoked')
  })
})
