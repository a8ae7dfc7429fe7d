import { describe, expect, it } from 'vitest'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, Harness } from '../support/vault-harness.js'

const LIMIT = { code: 'ERR_LIMIT_EXCEEDED' }
const threadConfig = (threadId: string) => ({ configurable: { thread_id: threadId } })

describe('a flood of secrets', () => {
  it('stops at the thread’s quota: nothing of the call is stored, in no store, and other threads go on', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerThread: 3 } })
    await h.put({ a: anthropicKey(), b: anthropicKey() })
    const puts = h.inner.puts.length
    const [c, d] = [anthropicKey(), anthropicKey()]
    await expect(h.put({ c, d })).rejects.toMatchObject(LIMIT)
    expect(h.inner.puts).toHaveLength(puts)
    expect(await h.store.find({ tenant: 'default' })).toHaveLength(2)
    await h.put({ c })
    await expect(h.vault.create(opaqueSecret(), { threadId: 'thread-1' })).rejects.toMatchObject(LIMIT)
    await h.put({ d }, {}, threadConfig('thread-2'))
  })

  it('stops at the tenant’s quota over all threads, for handoffs too', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerTenant: 5 } })
    const flood = Array.from({ length: 20 }, (_, i) => h.vault.create(opaqueSecret(), { threadId: `thread-${i}` }))
    const results = await Promise.allSettled(flood)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    await expect(h.put({ token: anthropicKey() })).rejects.toMatchObject(LIMIT)
  })

  it('does not stop what exists already from being read, written again and claimed', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerThread: 2 } })
    const token = anthropicKey()
    await h.put({ token })
    const url = await h.vault.create(token, { threadId: 'thread-1' })
    await h.put({ token, copy: token })
    expect(await h.read(h.elsewhere())).toEqual({ token, copy: token })
    expect(await h.vault.claim(url, { threadId: 'thread-1', principal: ALICE })).toBe(token)
  })

  it('is one event in the ledger, and few counts in the store, however often it is tried', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerThread: 1 } })
    await h.put({ a: anthropicKey() })
    for (let i = 0; i < 50; i++) {
      await expect(h.saver.putWrites(CONFIG, [['b', anthropicKey()]], `task-${i}`)).rejects.toMatchObject(LIMIT)
    }
    expect(await h.vault.ledger({ operation: 'mint' })).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'denied', reason: 'quota', claims: [] },
    ])
    expect(h.calls.countClaims).toBeLessThan(10)
  })

  it('gives room again for what was swept', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerThread: 1 } })
    const url = await h.vault.create(opaqueSecret(), { threadId: 'thread-1' })
    await h.vault.claim(url, { threadId: 'thread-1', principal: ALICE })
    await h.vault.sweep()
    await new Promise((done) => setTimeout(done, 1_100))
    await h.vault.create(opaqueSecret(), { threadId: 'thread-1' })
  })

  it.each([{ claimsPerThread: 0 }, { claimsPerTenant: 1.5 }])('takes no quota such as %j', async (quotas) => {
    await expect(Harness.open({}, { quotas })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })
})
