import { describe, expect, it } from 'vitest'
import { ClaimDeniedError, ClaimUrlError } from '../../src/index.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, DAY_MS, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }
const BY = { ...THREAD, principal: ALICE }
const HOUR_MS = 60 * 60_000

describe('peek', () => {
  it('tells mode, ends, claims left and the sealed metadata, and counts nothing', async () => {
    const h = await Harness.open()
    const metadata = { purpose: 'deploy', owner: opaqueSecret() }
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, maxClaims: 3, ttlMs: HOUR_MS, metadata })
    await h.vault.claim(url, BY)
    const info = await h.vault.peek(url, BY)
    expect(info).toEqual({
      url,
      ...THREAD,
      mode: 'handoff',
      state: 'live',
      ruleId: 'handoff',
      createdAt: h.now,
      expiresAt: h.now + HOUR_MS,
      claimsLeft: 2,
      credentialExpiresAt: null,
      generation: 1,
      lastUsedAt: null,
      metadata,
    })
    expect((await h.vault.peek(url, BY)).claimsLeft).toBe(2)
    const rows = await h.store.find({ tenant: 'default' })
    expect(Buffer.from(rows[0]!.sealedMetadata!).toString('latin1')).not.toContain(metadata.owner)
  })

  it('tells why a claim ended, also once it was cleared: then its metadata is gone with its ciphertext', async () => {
    const h = await Harness.open()
    const spent = await h.vault.create(opaqueSecret(), { ...THREAD, metadata: { a: 1 } })
    await h.vault.claim(spent, BY)
    const expired = await h.vault.create(opaqueSecret(), { ...THREAD, ttlMs: HOUR_MS, metadata: { a: 1 } })
    h.now += HOUR_MS
    expect(await h.vault.peek(expired, BY)).toMatchObject({ state: 'expired', metadata: { a: 1 } })
    h.now += HOUR_MS
    await h.vault.sweep()
    expect(await h.vault.peek(spent, BY)).toMatchObject({ state: 'spent', claimsLeft: 0, metadata: null })
    expect(await h.vault.peek(expired, BY)).toMatchObject({ state: 'expired', claimsLeft: 1, metadata: null })
    const [row] = await h.store.find({ tenant: 'default' })
    expect([row!.sealed, row!.sealedMetadata, row!.fingerprint]).toEqual([null, null, null])
  })

  it('tells the sliding end of a claim of the saver', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const info = await h.vault.peek(h.inner.lastValues().token as string, BY)
    expect(info).toMatchObject({ mode: 'resume', state: 'live', expiresAt: h.now + 30 * DAY_MS, claimsLeft: null })
    expect(info).toMatchObject({ ruleId: 'anthropic-api-key', lastUsedAt: h.now })
  })

  it('is denied alike for an unknown claim, a stranger and another tenant, and each denial is recorded', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, allow: ['alice'] })
    const erased = await h.vault.create(opaqueSecret(), THREAD)
    const others = await h.store.find({ tenant: 'default' })
    await h.store.commit({})
    const denied: Error[] = []
    const refuse = (error: Error) => denied.push(error)
    await h.vault.peek(url, { ...THREAD, principal: { sub: 'bob' } }).catch(refuse)
    await h.vault.peek(url, { ...THREAD, principal: { sub: 'alice', tenant: 'other' } }).catch(refuse)
    await h.saver.deleteThread('thread-1')
    await h.vault.peek(erased, BY).catch(refuse)
    expect(others).toHaveLength(2)
    expect(denied.map((error) => error.constructor)).toEqual([ClaimDeniedError, ClaimDeniedError, ClaimDeniedError])
    expect(new Set(denied.map(({ message }) => message)).size).toBe(1)
    const events = await h.vault.ledger({ operation: 'peek' })
    expect(events.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['denied', 'denied'],
      ['denied', 'denied'],
      ['denied', 'unknown'],
    ])
    await expect(h.vault.peek(url, { threadId: 'thread-2', principal: ALICE })).rejects.toThrow(ClaimUrlError)
  })
})

describe('a secret for several consumers', () => {
  it('gets a URL for each, with its own count and expiry, that nobody else can claim', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    const consumers = [
      { sub: 'alice', maxClaims: 2 },
      { sub: 'bob', ttlMs: HOUR_MS },
    ]
    const [forAlice, forBob] = await h.vault.createFor(value, consumers, { ...THREAD, ttlMs: DAY_MS })
    const bob = { ...THREAD, principal: { sub: 'bob' } }
    await expect(h.vault.claim(forAlice!, bob)).rejects.toThrow(ClaimDeniedError)
    expect([await h.vault.claim(forAlice!, BY), await h.vault.claim(forAlice!, BY)]).toEqual([value, value])
    await expect(h.vault.claim(forAlice!, BY)).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.peek(forBob!, bob)).toMatchObject({ claimsLeft: 1, expiresAt: h.now + HOUR_MS })
    expect(await h.vault.claim(forBob!, bob)).toBe(value)
  })

  it('is stored for all of them or for none', async () => {
    const h = await Harness.open({}, { quotas: { claimsPerThread: 2 } })
    const consumers = ['a', 'b', 'c'].map((sub) => ({ sub }))
    await expect(h.vault.createFor(opaqueSecret(), consumers, THREAD)).rejects.toMatchObject({
      code: 'ERR_LIMIT_EXCEEDED',
    })
    expect(await h.store.find({ tenant: 'default' })).toEqual([])
  })

  it.each([[[]], [[{ sub: '' }]], [[{ sub: 'a', maxClaims: 0 }]], ['alice']])('refuses %j', async (consumers) => {
    const h = await Harness.open()
    const made = h.vault.createFor(opaqueSecret(), consumers as never, THREAD)
    await expect(made).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })
})

describe('a lease with a window', () => {
  it('is open for its holder from the first claim until the window ends, and spent from then on', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    const url = await h.vault.create(value, { ...THREAD, mode: 'lease', ttlMs: DAY_MS, leaseMs: HOUR_MS })
    const holder = { ...BY, runId: 'run-1' }
    h.now += 5 * HOUR_MS
    await h.vault.claim(url, holder)
    h.now += HOUR_MS - 1
    expect(await h.vault.claim(url, holder)).toBe(value)
    await expect(h.vault.claim(url, { ...BY, runId: 'run-2' })).rejects.toThrow(ClaimDeniedError)
    h.now += 1
    await expect(h.vault.claim(url, holder)).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.peek(url, BY)).toMatchObject({ state: 'spent' })
  })

  it('never outlives the claim itself, and is cleared only when it has ended', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, mode: 'lease', ttlMs: HOUR_MS, leaseMs: DAY_MS })
    await h.vault.sweep()
    await h.vault.claim(url, BY)
    expect((await h.vault.peek(url, BY)).expiresAt).toBe(h.now + HOUR_MS)
    h.now += HOUR_MS
    await expect(h.vault.claim(url, BY)).rejects.toThrow(ClaimDeniedError)
  })

  it('of a short window stays claimable until its first claim, also past a sweep', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, mode: 'lease', ttlMs: DAY_MS, leaseMs: 1_000 })
    h.now += HOUR_MS
    await h.vault.sweep()
    await h.vault.claim(url, BY)
  })
})
