import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransitKeys } from '../../../src/index.js'
import { utf8 } from '../../../src/seal/bytes.js'
import { type FakeTransit, fakeTransit } from '../../services/fake-transit.js'
import { serve } from '../../support/http-server.js'
import { transitKeys } from './providers.js'

const CONTEXT = utf8('context')
const OTHER = utf8('another')
let transit: FakeTransit
beforeEach(async () => {
  transit = await fakeTransit()
})
afterEach(() => transit.close())

describe('TransitKeys, against a fake of transit', () => {
  it('has the version in its id, so that a newer version of the same key counts as another key', async () => {
    const keys = transitKeys(transit)
    const key = randomBytes(32)
    const wrapped = await keys.wrap(key, CONTEXT)
    expect(wrapped.keyId).toBe('transit:transit/secret-safe:v1')
    transit.rotate('secret-safe')
    expect(await keys.currentId()).toBe('transit:transit/secret-safe:v2')
    expect(Buffer.from((await keys.unwrap(wrapped, CONTEXT))!).equals(key)).toBe(true)
    await expect(keys.unwrap({ ...wrapped, keyId: 'transit:transit/secret-safe:v2' }, CONTEXT)).rejects.toMatchObject({
      retryable: false,
    })
  })

  it('refuses another context also where the engine is too old to know associated data', async () => {
    transit.associatedData = 'ignored'
    const keys = transitKeys(transit)
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT)
    await expect(keys.unwrap(wrapped, OTHER)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: false })
    expect(await keys.unwrap(wrapped, CONTEXT)).toBeInstanceOf(Uint8Array)
  })

  it('asks once for many keys', async () => {
    const keys = transitKeys(transit)
    const plain = Array.from({ length: 40 }, (_, i) => ({ key: randomBytes(32), context: utf8(`context ${i}`) }))
    const wrapped = await keys.wrapMany(plain)
    await keys.unwrapMany(wrapped.map((item, i) => ({ wrapped: item, context: plain[i]!.context })))
    expect(transit.requests.map(({ path, items }) => [path, items])).toEqual([
      ['/v1/transit/encrypt/secret-safe', 40],
      ['/v1/transit/decrypt/secret-safe', 40],
    ])
  })

  it('rewraps inside the engine where it can, and passes by a refusal of known engines', async () => {
    const keys = transitKeys(transit)
    const bound = [{ wrapped: await keys.wrap(randomBytes(32), CONTEXT), context: CONTEXT }]
    transit.rotate('secret-safe')
    expect(await keys.rewrapMany(bound)).toEqual([null])
    transit.associatedData = 'rewrapped'
    expect(await keys.rewrapMany(bound)).toMatchObject([{ keyId: 'transit:transit/secret-safe:v2' }])
    transit.status = 403
    expect(await keys.rewrapMany(bound)).toEqual([null])
  })

  it.each([403, 404, 412, 429, 500, 503])('may be asked again after status %d', async (status) => {
    const keys = transitKeys(transit)
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT)
    transit.status = status
    await expect(keys.unwrap(wrapped, CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true })
    transit.status = undefined
    expect(await keys.unwrap(wrapped, CONTEXT)).toBeInstanceOf(Uint8Array)
  })

  it('gives up on an engine that does not answer, and may be asked again', async () => {
    const keys = transitKeys(transit, 'secret-safe', { timeoutMs: 100 })
    transit.hangs = true
    await expect(keys.currentId()).rejects.toMatchObject({ retryable: true, cause: { code: 'TimeoutError' } })
  })

  it('says nothing of its token, nor what the engine answered, in an error', async () => {
    const keys = transitKeys(transit, 'secret-safe', { token: `${transit.token}x` })
    const error = await keys.wrap(randomBytes(32), CONTEXT).catch((caught: unknown) => caught)
    const shown = inspect([error, keys], { depth: 9, showHidden: true })
    expect(shown).toContain('status 403')
    expect(shown).not.toContain(transit.token)
    expect(shown).not.toContain('permission denied')
  })

  it('asks for its token each time, since tokens are renewed', async () => {
    let token = 'expired'
    const keys = transitKeys(transit, 'secret-safe', { token: async () => token })
    await expect(keys.currentId()).rejects.toMatchObject({ retryable: true })
    token = transit.token
    expect(await keys.currentId()).toBe('transit:transit/secret-safe:v1')
  })

  it('reaches a key under another mount and namespace, and names both in its id', async () => {
    const keys = transitKeys(transit, 'kek', { mount: 'teams/a/transit', namespace: 'acme' })
    expect(await keys.currentId()).toBe('transit:acme/teams/a/transit/kek:v1')
    expect(transit.requests).toMatchObject([{ path: '/v1/teams/a/transit/encrypt/kek', namespace: 'acme' }])
  })

  it('follows no redirect: it would carry the token elsewhere', async () => {
    const elsewhere: string[] = []
    const thief = await serve((request) => {
      elsewhere.push(request.headers.get('x-vault-token') ?? '')
      return Response.json({})
    })
    const redirecting = await serve((request) =>
      Response.redirect(request.url.replace(/:\d+/, `:${new URL(thief.url).port}`), 307),
    )
    const keys = new TransitKeys({ address: redirecting.url, token: transit.token, key: 'kek' })
    await expect(keys.currentId()).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER' })
    expect(elsewhere).toEqual([])
    for (const server of [thief, redirecting]) await server.close()
  })

  it('refuses an address that would send keys in the clear, or that holds more than an address', () => {
    const options = { token: 'token', key: 'kek' }
    const user = ['user', 'word'].join(':')
    for (const address of [
      'http://vault.example:8200',
      'ftp://localhost',
      'vault',
      `https://${user}@vault.example`,
      'https://v?x=1',
    ]) {
      expect(() => new TransitKeys({ ...options, address })).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
      )
    }
    for (const key of ['', '../sys', 'a/b', 'a?b']) {
      expect(() => new TransitKeys({ ...options, address: 'https://v', key })).toThrow('is named by the path')
    }
    expect(() => new TransitKeys({ ...options, address: 'https://v', mount: 'a/../sys' })).toThrow(
      'is named by the path',
    )
  })
})
