import { describe, expect, it } from 'vitest'
import { SecretSafeSaver } from '../../src/index.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, DAY_MS, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }
const BY = { principal: ALICE }
const TAKE = { ...THREAD, ...BY }
const DENIED = { code: 'ERR_CLAIM_DENIED' }

const isUrl = (value: unknown) => typeof value === 'string' && value.startsWith('claim:')

describe('revoking a subject', () => {
  it('stops its reads and claims, as user and as agent, and nobody else’s, until it is reinstated', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, maxClaims: 9 })
    const agent = { sub: 'bob', act: 'alice' }
    expect(await h.vault.revoke({ sub: 'alice' }, { principal: { sub: 'admin' } })).toBe(0)
    for (const principal of [ALICE, agent]) {
      expect(isUrl((await h.read(h.elsewhere({ principal }))).token)).toBe(true)
      await expect(h.vault.claim(url, { ...THREAD, principal })).rejects.toMatchObject(DENIED)
      await expect(h.vault.peek(url, { ...THREAD, principal })).rejects.toMatchObject(DENIED)
      await expect(h.vault.replace(url, 'next', { ...THREAD, principal })).rejects.toMatchObject(DENIED)
    }
    expect((await h.read(h.elsewhere({ principal: { sub: 'bob' } }))).token).toBe(token)
    await h.vault.reinstate({ sub: 'alice' }, { principal: { sub: 'admin' } })
    expect((await h.read()).token).toBe(token)
    await h.vault.claim(url, TAKE)
  })
})

describe('revoking a tenant', () => {
  it('stops everything in constant time, writes stay sealed, and reinstating brings all of it back', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const url = await h.vault.create(opaqueSecret(), THREAD)
    await h.vault.revoke({ tenant: true }, BY)
    const later = anthropicKey()
    await h.put({ token, later })
    expect(h.stored()).not.toContain(later)
    expect(Object.values(await h.read()).every(isUrl)).toBe(true)
    await expect(h.vault.claim(url, TAKE)).rejects.toMatchObject(DENIED)
    await h.vault.reinstate({ tenant: true }, BY)
    expect(await h.read()).toEqual({ token, later })
    await h.vault.claim(url, TAKE)
  })

  it('takes a whole target: what is misspelt ends nothing', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    for (const target of [{}, { tenant: 'acme' }, { threads: 'thread-1' }, { sub: 'a', threadId: 'thread-1' }]) {
      await expect(h.vault.revoke(target as never, BY)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    }
    expect(isUrl((await h.read()).token)).toBe(false)
  })

  it('and a subject is refused to another tenant, and leaves nothing standing', async () => {
    const h = await Harness.open()
    const eve = { principal: { sub: 'eve', tenant: 'other' } }
    for (const target of [{ sub: 'alice' }, { tenant: true }] as const) {
      await expect(h.vault.revoke(target, eve)).rejects.toMatchObject(DENIED)
      await expect(h.vault.reinstate(target, eve)).rejects.toMatchObject(DENIED)
    }
    await expect(h.vault.resumeHandoffs(eve)).rejects.toMatchObject(DENIED)
    await expect(h.vault.find({ value: 'x' }, eve)).rejects.toMatchObject(DENIED)
    expect(await h.vault.ledger()).toEqual([])
  })
})

describe('each revocation', () => {
  it('is lifted by its own kind alone', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const claim = h.inner.lastValues().token as string
    const targets = [{ claim }, { grant: claim }, { value: token }, THREAD, { sub: 'alice' }, { tenant: true }] as const
    for (const [i, target] of targets.entries()) {
      await h.vault.revoke(target, BY)
      for (const other of targets.filter((_, j) => j !== i)) {
        // A claim's reinstatement is meant for its own grant too.
        if ('claim' in other && 'grant' in target) continue
        await h.vault.reinstate(other, BY)
        expect(
          isUrl((await h.read()).token),
          `${JSON.stringify(Object.keys(target))} by ${Object.keys(other)[0]}`,
        ).toBe(true)
      }
      await h.vault.reinstate(target, BY)
      expect((await h.read()).token, Object.keys(target)[0]).toBe(token)
    }
  })

  it('stays while another one of the same claim stands', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const claim = h.inner.lastValues().token as string
    const targets = [{ claim }, { value: token }, THREAD] as const
    for (const target of targets) await h.vault.revoke(target, BY)
    for (const [i, target] of targets.entries()) {
      await h.vault.reinstate(target, BY)
      expect(isUrl((await h.read()).token)).toBe(i < targets.length - 1)
    }
  })

  it('by value is lifted in threads where its claims were cleared meanwhile, once it is stored again', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    await h.vault.revoke({ value: token }, BY)
    h.now += DAY_MS
    await h.vault.sweep()
    await h.vault.reinstate({ value: token }, BY)
    // A writer that confirmed the claim a moment ago would not ask again yet.
    await h.elsewhere().putWrites(CONFIG, [['token', token]], 'task')
    expect((await h.read()).token).toBe(token)
  })

  it('of one grant leaves the other consumers alone; of its claim ends all that is not used up', async () => {
    const h = await Harness.open()
    const [a, b, c] = await h.vault.createFor(
      opaqueSecret(),
      [{ sub: 'alice' }, { sub: 'bob' }, { sub: 'carol' }],
      THREAD,
    )
    // Who hands a secret out can end each grant: the allow list says who may have it.
    expect(await h.vault.revoke({ grant: a! }, { principal: { sub: 'operator' } })).toBe(1)
    await expect(h.vault.claim(a!, TAKE)).rejects.toMatchObject(DENIED)
    await h.vault.claim(b!, { ...THREAD, principal: { sub: 'bob' } })
    await h.vault.revoke(THREAD, BY)
    await h.vault.reinstate(THREAD, BY)
    await expect(h.vault.claim(a!, TAKE)).rejects.toMatchObject(DENIED)
    expect(await h.vault.revoke({ claim: c! }, { principal: { sub: 'carol' } })).toBe(1)
    expect(await h.vault.peek(b!, { ...THREAD, principal: { sub: 'bob' } })).toMatchObject({ state: 'spent' })
    await expect(h.vault.claim(c!, { ...THREAD, principal: { sub: 'carol' } })).rejects.toMatchObject(DENIED)
  })
})

describe('suspended handoffs', () => {
  it('are not given out by any process until a person resumes them; the saver’s claims go on', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const urls = await Promise.all(
      (['handoff', 'lease'] as const).map((mode) => h.vault.create(opaqueSecret(), { ...THREAD, mode })),
    )
    await h.vault.suspendHandoffs('restored backup')
    for (const url of urls) await expect(h.vault.claim(url, TAKE)).rejects.toMatchObject(DENIED)
    expect(await h.vault.peek(urls[0]!, TAKE)).toMatchObject({ state: 'suspended' })
    expect((await h.read()).token).toBe(token)
    expect(await h.vault.areHandoffsSuspended()).toBe(true)
    await h.vault.resumeHandoffs(BY)
    for (const url of urls) await h.vault.claim(url, TAKE)
    expect((await h.vault.ledger({ operation: 'claim' })).map(({ reason }) => reason)).toEqual([
      'suspended',
      'suspended',
      undefined,
      undefined,
    ])
    expect(await h.vault.ledger({ operation: 'suspend' })).toMatchObject([
      { sub: 'system:vault', reason: 'restored backup' },
    ])
  })

  it('take no reason that could hold a secret', async () => {
    const h = await Harness.open()
    for (const reason of [anthropicKey(), '', 'A', 'x'.repeat(65)]) {
      await expect(h.vault.suspendHandoffs(reason)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    }
  })
})

describe('"this token leaked: where is it"', () => {
  it('is answered for all threads, encodings and modes, and for what it was replaced by; then one call kills it', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token, header: `Basic ${Buffer.from(`x:${token}`).toString('base64')}`, other: anthropicKey() })
    const second = { configurable: { thread_id: 'thread-2' } }
    await h.put({ token }, {}, second)
    const metadata = { purpose: 'deploy' }
    const url = await h.vault.create(token, { threadId: 'thread-3', allow: ['bob'], metadata })
    const found = await h.vault.find({ value: token }, BY)
    expect(found.map((info) => info.metadata)).toEqual([null, null, null, null])
    expect(found.map(({ threadId, mode, state }) => `${threadId} ${mode} ${state}`).sort()).toEqual([
      'thread-1 resume live',
      'thread-1 resume live',
      'thread-2 resume live',
      'thread-3 handoff live',
    ])
    expect(JSON.stringify([found, await h.vault.ledger()])).not.toContain(token)
    expect(await h.vault.revoke({ value: token }, BY)).toBe(4)
    expect((await h.vault.find({ value: token }, BY)).every(({ state }) => state === 'revoked')).toBe(true)
    const bob = { principal: { sub: 'bob' } }
    await expect(h.vault.claim(url, { ...bob, threadId: 'thread-3' })).rejects.toMatchObject(DENIED)
    expect((await h.vault.find({ value: token }, bob)).find(({ mode }) => mode === 'handoff')).toMatchObject({
      metadata,
    })
    expect(await h.vault.find({ value: anthropicKey() }, BY)).toEqual([])
  })
})

describe('a denied reader', () => {
  it('learns nothing from a read: a revoked, unknown or foreign claim keeps its URL alike', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    await h.vault.revoke({ sub: 'alice' }, { principal: { sub: 'admin' } })
    const read = await new SecretSafeSaver(h.inner, { vault: h.vault, principal: ALICE }).getTuple(CONFIG)
    expect(read!.checkpoint.channel_values).toEqual(h.inner.lastValues())
  })
})
