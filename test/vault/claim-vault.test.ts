import { describe, expect, it } from 'vitest'
import { ClaimDeniedError, ClaimUrlError, VaultClosedError, VaultUnavailableError } from '../../src/index.js'
import type { ClaimId } from '../../src/vault/claim-store.js'
import { parseClaimUrl } from '../../src/vault/claim-url.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, Harness } from '../support/vault-harness.js'

const BOB = { sub: 'bob' }
const THREAD = { threadId: 'thread-1' }
const HOUR_MS = 60 * 60_000

describe('a handoff', () => {
  it('is claimed exactly as often as allowed, by any number of racing callers', async () => {
    for (const maxClaims of [1, 3]) {
      const h = await Harness.open()
      const value = opaqueSecret()
      const url = await h.vault.create(value, { ...THREAD, maxClaims })
      const racers = Array.from({ length: 20 }, () => h.vault.claim(url, { ...THREAD, principal: ALICE }))
      const results = await Promise.allSettled(racers)
      const won = results.filter((result) => result.status === 'fulfilled')
      expect(won.map(({ value: got }) => got)).toEqual(Array(maxClaims).fill(value))
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ClaimDeniedError)
    }
  })

  it('carries bytes as bytes, and text with a lone surrogate or a byte order mark unchanged', async () => {
    const h = await Harness.open()
    for (const value of [Uint8Array.of(0, 255, 1), `a${String.fromCharCode(0xd800)}b`, '\ufeffbom', '']) {
      const url = await h.vault.create(value, THREAD)
      expect(await h.vault.claim(url, { ...THREAD, principal: ALICE })).toEqual(value)
    }
  })

  it('gets a random URL each time, though the value is the same', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    expect(await h.vault.create(value, THREAD)).not.toBe(await h.vault.create(value, THREAD))
  })

  it('is never restored transparently', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), THREAD)
    await h.put({ handoff: url })
    expect((await h.read()).handoff).toBe(url)
  })

  it('is denied to another thread, tenant, subject, and after its expiry, with one outward error', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, allow: ['alice', 'agent-7'], ttlMs: HOUR_MS })
    await expect(h.vault.claim(url, { threadId: 'thread-2', principal: ALICE })).rejects.toThrow(ClaimUrlError)
    await expect(h.vault.claim('claim://x', { ...THREAD, principal: ALICE })).rejects.toThrow(ClaimUrlError)
    const denied: Error[] = []
    const refuse = (error: Error) => denied.push(error)
    await h.vault.claim(url, { ...THREAD, principal: BOB }).catch(refuse)
    await h.vault.claim(url, { ...THREAD, principal: { sub: 'alice', tenant: 'other' } }).catch(refuse)
    h.now += HOUR_MS
    await h.vault.claim(url, { ...THREAD, principal: ALICE }).catch(refuse)
    expect(denied).toHaveLength(3)
    expect(new Set(denied.map((error) => `${error.name} ${error.message}`))).toHaveProperty('size', 1)
    const reasons = (await h.vault.ledger({ operation: 'claim' })).map(({ reason }) => reason)
    expect(reasons).toEqual(['denied', 'denied', 'expired'])
  })

  it('is given to an agent on the allow list that acts for someone else', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, allow: ['agent-7'] })
    await h.vault.claim(url, { ...THREAD, principal: { sub: 'bob', act: 'agent-7' } })
  })

  it('consumes nothing when its payload cannot be opened', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), THREAD)
    const { id } = parseClaimUrl(url)!
    const [row] = (await h.store.load({ tenant: 'default', ...THREAD, ids: [id], places: [], revocations: [] })).claims
    const broken = Uint8Array.from(row!.sealed!)
    broken[broken.length - 1]! ^= 1
    await h.store.commit({ update: [{ row: { ...row!, sealed: broken }, expectedMac: row!.mac }] })
    await expect(h.vault.claim(url, { ...THREAD, principal: ALICE })).rejects.toMatchObject({
      code: 'ERR_ENVELOPE_INVALID',
    })
    await h.store.commit({ update: [{ row: row!, expectedMac: row!.mac }] })
    await h.vault.claim(url, { ...THREAD, principal: ALICE })
  })

  it('consumes nothing when the store fails midway', async () => {
    const h = await Harness.open()
    const url = await h.vault.create(opaqueSecret(), THREAD)
    h.failures.set('commit', new VaultUnavailableError('down'))
    await expect(h.vault.claim(url, { ...THREAD, principal: ALICE })).rejects.toMatchObject({ retryable: true })
    h.failures.clear()
    await h.vault.claim(url, { ...THREAD, principal: ALICE })
  })

  it.each([{ maxClaims: 0 }, { maxClaims: 1.5 }, { ttlMs: 0 }, { threadId: '' }])('refuses %j', async (options) => {
    const h = await Harness.open()
    await expect(h.vault.create('x', { ...THREAD, ...options })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })
})

describe('a lease', () => {
  it('opens for the first principal and run, and again for them only', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    const url = await h.vault.create(value, { ...THREAD, mode: 'lease' })
    const holder = { ...THREAD, principal: ALICE, runId: 'run-1' }
    expect(await h.vault.claim(url, holder)).toBe(value)
    expect(await h.vault.claim(url, holder)).toBe(value)
    await expect(h.vault.claim(url, { ...holder, runId: 'run-2' })).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.claim(url, { ...holder, principal: BOB })).rejects.toThrow(ClaimDeniedError)
  })
})

describe('revoke', () => {
  it('by claim ends every encoding of the same secret in the thread, for good', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const base64 = Buffer.from(`x:${token}`).toString('base64')
    await h.put({ token, header: `Basic ${base64}` })
    const url = h.inner.lastValues().token as string
    expect(await h.vault.revoke({ claim: url }, { principal: ALICE })).toBe(2)
    const read = await h.read()
    expect(read.token).toBe(url)
    expect(read.header).toMatch(/^Basic claim:/)
    await h.elsewhere().putWrites(CONFIG, [['token', token]], 'later')
    expect(h.stored()).not.toContain(token)
    expect((await h.read()).token).toBe(url)
  })

  it('by value ends it in all threads, and keeps later ones dead', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    await h.put({ token }, {}, { configurable: { thread_id: 'thread-2' } })
    expect(await h.vault.revoke({ value: token }, { principal: ALICE })).toBe(2)
    const config = { configurable: { thread_id: 'thread-3' } }
    await h.put({ token }, {}, config)
    expect(h.stored()).not.toContain(token)
    expect((await h.saver.getTuple(config))!.checkpoint.channel_values.token).toMatch(/^claim:/)
  })

  it('by thread holds until it is reinstated', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    expect(await h.vault.revoke(THREAD, { principal: ALICE })).toBe(1)
    expect((await h.read()).token).toMatch(/^claim:/)
    expect(await h.vault.reinstate(THREAD, { principal: ALICE })).toBe(1)
    expect((await h.read()).token).toBe(token)
  })

  it('by run ends what no other run uses; a later run may mint again', async () => {
    const h = await Harness.open()
    const [own, shared] = [anthropicKey(), anthropicKey()]
    const run = (runId: string) => ({ ...CONFIG, metadata: { run_id: runId } })
    await h.put({ own, shared }, {}, run('run-1'))
    await h.put({ shared }, {}, run('run-2'))
    const handoff = await h.vault.create(opaqueSecret(), { ...THREAD, runId: 'run-1' })
    expect(await h.vault.revoke({ runId: 'run-1' }, { principal: ALICE })).toBe(2)
    await expect(h.vault.claim(handoff, { ...THREAD, principal: ALICE })).rejects.toThrow(ClaimDeniedError)
    await h
      .elsewhere()
      .put(run('run-3'), { ...h.inner.tuple!.checkpoint, channel_values: { own, shared } }, {} as never, {})
    h.inner.replay()
    expect(await h.read()).toEqual({ own, shared })
  })

  it('is forgotten by deleteThread: a reused thread id starts afresh', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    await h.vault.revoke(THREAD, { principal: ALICE })
    await h.saver.deleteThread('thread-1')
    await h.put({ token })
    expect((await h.read()).token).toBe(token)
  })

  it('by thread, by value and back is refused to another tenant, and leaves nothing standing', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const eve = { principal: { sub: 'eve', tenant: 'other' } }
    for (const target of [THREAD, { value: token }]) {
      await expect(h.vault.revoke(target, eve)).rejects.toThrow(ClaimDeniedError)
    }
    expect(await h.vault.revoke({ runId: 'run-1' }, eve)).toBe(0)
    await expect(h.vault.reinstate(THREAD, eve)).rejects.toThrow(ClaimDeniedError)
    expect((await h.read()).token).toBe(token)
    expect(await h.vault.ledger({ operation: 'revoke' })).toEqual([])
  })

  it('is refused to another tenant, and needs a principal', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const claim = h.inner.lastValues().token as string
    await expect(h.vault.revoke({ claim }, { principal: { sub: 'eve', tenant: 'other' } })).rejects.toThrow(
      ClaimDeniedError,
    )
    await expect(h.vault.revoke({ claim }, { principal: { sub: '' } })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
    })
  })
})

describe('a vault that somebody writes to', () => {
  it('gives nothing out for a row whose expiry, count, cap or owner was changed by hand', async () => {
    const h = await Harness.open({ ttlMs: HOUR_MS })
    await h.put({ token: anthropicKey() })
    const id = parseClaimUrl(h.inner.lastValues().token as string)!.id as ClaimId
    const load = async () =>
      (await h.store.load({ tenant: 'default', ...THREAD, ids: [id], places: [], revocations: [] })).claims[0]!
    const row = await load()
    for (const change of [
      { ttlMs: HOUR_MS * 10 },
      { capAt: row.capAt! + 1 },
      { claimed: 3 },
      { ruleId: 'x' },
      { generation: 2 },
    ]) {
      await h.store.commit({ update: [{ row: { ...row, ...change }, expectedMac: row.mac }] })
      expect((await h.read()).token, JSON.stringify(change)).toMatch(/^claim:/)
    }
    await h.store.commit({ update: [{ row, expectedMac: row.mac }] })
    expect((await h.read()).token).not.toMatch(/^claim:/)
  })

  it('does not extend a claim by a thread’s last use that was raised by hand', async () => {
    const h = await Harness.open({ ttlMs: HOUR_MS })
    await h.put({ token: anthropicKey() })
    const usedAt = h.now + 10 * HOUR_MS
    await h.store.commit({ thread: { tenant: 'default', ...THREAD, usedAt, held: false, mac: new Uint8Array(32) } })
    h.now += 2 * HOUR_MS
    expect((await h.read()).token).toMatch(/^claim:/)
  })

  it('does not open one claim’s ciphertext under another claim', async () => {
    const h = await Harness.open()
    await h.put({ a: anthropicKey(), b: anthropicKey() })
    const ids = ['a', 'b'].map((name) => parseClaimUrl(h.inner.lastValues()[name] as string)!.id)
    const { claims } = await h.store.load({ tenant: 'default', ...THREAD, ids, places: [], revocations: [] })
    const [a, b] = ids.map((id) => claims.find((row) => row.id === id)!)
    await h.store.commit({ update: [{ row: { ...a!, sealed: b!.sealed }, expectedMac: a!.mac }] })
    expect((await h.read()).a).toMatch(/^claim:/)
  })
})

describe('a closed vault', () => {
  it('says that it is closed, and prints nothing of itself', async () => {
    const h = await Harness.open()
    await h.vault.close()
    await h.vault.close()
    await expect(h.vault.create('x', THREAD)).rejects.toThrow(VaultClosedError)
    expect(JSON.stringify({ vault: h.vault })).toMatch(/^\{"vault":"\[ClaimVault \w{8}\]"\}$/)
  })
})
