import { describe, expect, it } from 'vitest'
import { attenuate, ClaimDeniedError, InputError } from '../../src/index.js'
import { by, HOUR_MS, ownedHandoff } from '../support/access.js'

describe('a capability', () => {
  it('is claimed by one of its audience, once unless told, and replayed by nobody', async () => {
    const { h, url, value } = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['worker', 'spare'] })
    await expect(h.vault.claim(url, { ...by('thief'), capability })).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.claim(url, { ...by('worker'), capability })).toBe(value)
    await expect(h.vault.claim(url, { ...by('worker'), capability })).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.claim(url, { ...by('spare'), capability })).rejects.toThrow(ClaimDeniedError)
    const events = await h.vault.ledger({ operation: 'claim' })
    expect(
      events.filter(({ outcome }) => outcome === 'ok').map(({ sub, reason }) => [sub, reason?.split(' ')[0]]),
    ).toEqual([['worker', 'capability']])
  })

  it('has exactly as many winners as it allows when many race for it, narrowed ones together', async () => {
    const { h, url } = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['a', 'b'], count: 3 })
    const narrowed = ['a', 'b'].map(
      (sub) => [sub, attenuate(capability, { audience: [sub], count: 2 }, h.now)] as const,
    )
    const claims = Array.from({ length: 12 }, (_, i) => narrowed[i % 2]!).map(([sub, own]) =>
      h.vault.claim(url, { ...by(sub), capability: own }).then(
        () => sub,
        () => null,
      ),
    )
    const won = (await Promise.all(claims)).filter((sub) => sub !== null)
    expect(won.length).toBe(3)
    for (const sub of ['a', 'b']) expect(won.filter((each) => each === sub).length).toBeLessThanOrEqual(2)
  })

  it('is narrowed offline, never widened', async () => {
    const { h, url, value } = await ownedHandoff()
    const limits = { audience: ['a', 'b'], ttlMs: HOUR_MS, count: 5, runId: 'run-1' }
    const capability = await h.vault.capability(url, { ...by('owner'), ...limits })
    for (const wider of [
      { audience: ['c'] },
      { count: 6 },
      { ttlMs: 2 * HOUR_MS },
      { runId: 'run-2' },
      { verbs: ['peek'] },
    ])
      expect(() => attenuate(capability, wider as never, h.now)).toThrow(InputError)
    const own = attenuate(capability, { audience: ['a'], ttlMs: 60_000, count: 1 }, h.now)
    await expect(h.vault.claim(url, { ...by('b'), runId: 'run-1', capability: own })).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.claim(url, { ...by('a'), runId: 'run-1', capability: own })).toBe(value)
    expect(await h.vault.claim(url, { ...by('b'), runId: 'run-1', capability })).toBe(value)
    h.now += 60_000
    const late = attenuate(own, {}, h.now - 60_000)
    await expect(h.vault.claim(url, { ...by('a'), runId: 'run-1', capability: late })).rejects.toThrow(ClaimDeniedError)
  })

  it('cannot be forged: a changed step, a dropped step, another claim or another vault opens nothing', async () => {
    const { h, url } = await ownedHandoff()
    const other = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['a', 'b'], count: 9 })
    const narrowed = attenuate(capability, { audience: ['a'] }, h.now)
    const [prefix, root, step, tag] = narrowed.split('.')
    const widened = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(step!, 'base64url').toString()), audience: ['b'] }),
    ).toString('base64url')
    const forged = [
      [prefix, root, tag].join('.'),
      [prefix, root, widened, tag].join('.'),
      [prefix, root, step, capability.split('.').at(-1)].join('.'),
      [prefix, step, root, tag].join('.'),
      narrowed.slice(0, -1),
      `${narrowed}A`,
      await other.h.vault.capability(other.url, { ...by('owner'), audience: ['b'] }),
      '',
      'sscap1',
    ]
    for (const each of forged)
      await expect(h.vault.claim(url, { ...by('b'), capability: each })).rejects.toThrow(ClaimDeniedError)
    const second = await h.vault.create('another value of this thread', { threadId: 'thread-1', maxClaims: 5 })
    await expect(h.vault.claim(second, { ...by('a'), capability: narrowed })).rejects.toThrow(ClaimDeniedError)
  })

  it('decides alone: who presents one spends it, whatever else it may', async () => {
    const { h, url } = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['owner'] })
    await h.vault.claim(url, { ...by('owner'), capability })
    await expect(h.vault.claim(url, { ...by('owner'), capability })).rejects.toThrow(ClaimDeniedError)
  })

  it('ends with the right of who made it, and by revocation, with all that was narrowed from it', async () => {
    const { h, url, rights, value } = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['a'], count: 9 })
    const narrowed = attenuate(capability, { count: 5 }, h.now)
    rights.set('owner', 'claim', { allowed: false })
    await expect(h.vault.claim(url, { ...by('a'), capability: narrowed })).rejects.toThrow(ClaimDeniedError)
    rights.allow('owner', 'claim')
    expect(await h.vault.claim(url, { ...by('a'), capability: narrowed })).toBe(value)
    await expect(h.vault.revoke({ capability }, by('a'))).rejects.toThrow(ClaimDeniedError)
    expect(await h.vault.revoke({ capability: narrowed }, by('owner'))).toBe(1)
    expect(await h.vault.revoke({ capability }, by('owner'))).toBe(0)
    for (const each of [capability, narrowed])
      await expect(h.vault.claim(url, { ...by('a'), capability: each })).rejects.toThrow(ClaimDeniedError)
  })

  it('counts as used up when its count was edited by hand', async () => {
    const { h, url } = await ownedHandoff()
    const capability = await h.vault.capability(url, { ...by('owner'), audience: ['a'], count: 2 })
    await h.vault.claim(url, { ...by('a'), capability })
    const { records } = await h.store.findRecords({ tenant: 'default', kind: 'use' })
    const edited = { ...records[0]!, body: '{"used":0}' }
    await h.store.commit({ records: [{ record: edited, expectedMac: records[0]!.mac }] })
    await expect(h.vault.claim(url, { ...by('a'), capability })).rejects.toThrow(ClaimDeniedError)
  })

  it('is made by who may hand on what it gives', async () => {
    const { h, url } = await ownedHandoff()
    await expect(h.vault.capability(url, { ...by('worker'), audience: ['worker'] })).rejects.toThrow(ClaimDeniedError)
    const audience = ['worker']
    await expect(h.vault.capability(url, { ...by('owner'), audience, verbs: ['replace'] })).rejects.toThrow(
      ClaimDeniedError,
    )
    await expect(h.vault.capability(url, { ...by('owner'), audience: [] })).rejects.toThrow(InputError)
  })

  it('can be narrowed seven times', async () => {
    const { h, url } = await ownedHandoff()
    let capability = await h.vault.capability(url, { ...by('owner'), audience: ['a'] })
    for (let i = 0; i < 7; i++) capability = attenuate(capability, {}, h.now)
    expect(() => attenuate(capability, {}, h.now)).toThrow(InputError)
    expect(await h.vault.claim(url, { ...by('a'), capability })).toBeTypeOf('string')
  })
})
