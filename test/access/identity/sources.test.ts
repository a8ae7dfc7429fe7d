import { describe, expect, it, vi } from 'vitest'
import { type IdentitySources, resolvePrincipal } from '../../../src/access/identity/sources.js'
import {
  IdentityError,
  IdentityUnavailableError,
  type Principal,
  platformAuth,
  secret,
  type TokenVerifier,
} from '../../../src/index.js'

const as = (sub: string): Principal => ({ sub })
const verifierOf = (principal: Principal): TokenVerifier => ({ verify: async () => principal })
const platform = platformAuth({ map: ({ identity }) => ({ sub: identity }) })

function sources(given: Partial<IdentitySources> = {}) {
  const refused: (IdentityError | IdentityUnavailableError)[] = []
  const all: IdentitySources = {
    token: undefined,
    verifier: undefined,
    asyncContext: undefined,
    as: undefined,
    platform: undefined,
    platformUser: undefined,
    configured: null,
    scope: { threadId: 't', runId: 'run-1', tenant: 'acme' },
    onRefused: (error) => refused.push(error),
    ...given,
  }
  return {
    resolve: () => resolvePrincipal(all),
    reasons: () => refused.map((error) => ('reason' in error ? error.reason : error.code)),
  }
}

describe('the first source that is present decides:', () => {
  const all: Partial<IdentitySources> = {
    token: 'a.b.c',
    verifier: verifierOf(as('token')),
    asyncContext: as('context'),
    as: as('as'),
    platform,
    platformUser: { identity: 'platform' },
    configured: as('constructor'),
  }
  it('a token, then the async context, then `as`, then the platform, then the constructor', async () => {
    expect(await sources(all).resolve()).toEqual({ sub: 'token', via: 'token' })
    const rest = { ...all, token: undefined }
    expect(sources(rest).resolve()).toEqual({ sub: 'context' })
    expect(sources({ ...rest, asyncContext: undefined }).resolve()).toEqual({ sub: 'as' })
    const onlyPlatform = { ...rest, asyncContext: undefined, as: undefined }
    expect(sources(onlyPlatform).resolve()).toEqual({ sub: 'platform', via: 'platform' })
    expect(sources({ configured: as('constructor') }).resolve()).toEqual({ sub: 'constructor' })
    expect(sources({ configured: () => as('asked') }).resolve()).toEqual({ sub: 'asked' })
  })

  it('without a token there is no promise, so that a clean call stays synchronous', () => {
    expect(sources({ ...all, token: undefined }).resolve()).not.toBeInstanceOf(Promise)
    expect(sources({ ...all, token: '' }).resolve()).toBeInstanceOf(Promise)
  })

  it("the constructor's principal is for nobody where each request has a source of its own", () => {
    const configured = as('constructor')
    expect(sources({ configured, verifier: verifierOf(as('token')) }).resolve()).toBeNull()
    expect(sources({ configured, platform }).resolve()).toBeNull()
  })

  it('a verified principal is frozen and by token, whatever a verifier of your own answers', async () => {
    const principal = await sources({ token: 'a.b.c', verifier: verifierOf({ sub: 'x', via: 'code' }) }).resolve()
    expect(principal).toEqual({ sub: 'x', via: 'token' })
    expect(Object.isFrozen(principal)).toBe(true)
  })

  it('a token may be marked as secret, so that it prints nowhere', async () => {
    const verify = vi.fn(async () => as('token'))
    await sources({ token: secret('a.b.c'), verifier: { verify } }).resolve()
    expect(verify).toHaveBeenCalledWith('a.b.c', { threadId: 't', runId: 'run-1', tenant: 'acme' })
  })
})

describe('a source that is present and not good denies, and the next one is not asked:', () => {
  const next = { asyncContext: as('context'), as: as('as'), configured: as('constructor') }
  const failing = (error: unknown): TokenVerifier => ({ verify: () => Promise.reject(error) })

  it.each<[string, Partial<IdentitySources>, string]>([
    ['a token without a verifier', { token: 'a.b.c' }, 'source'],
    ['a token that is refused', { token: 'a.b.c', verifier: failing(new IdentityError('expired')) }, 'expired'],
    [
      'a token that cannot be told',
      { token: 'a.b.c', verifier: failing(new IdentityUnavailableError('down')) },
      'ERR_IDENTITY_UNAVAILABLE',
    ],
    ['a verifier that fails otherwise', { token: 'a.b.c', verifier: failing(new TypeError('a.b.c')) }, 'source'],
    ['a verifier that answers nobody', { token: 'a.b.c', verifier: verifierOf(undefined as never) }, 'source'],
    ['a verifier that answers no name', { token: 'a.b.c', verifier: verifierOf({ sub: '' }) }, 'source'],
    ['a token that is null', { token: null, verifier: verifierOf(as('x')) }, 'malformed'],
    ['a token that is an object', { token: { expose: () => 'a.b.c' }, verifier: verifierOf(as('x')) }, 'malformed'],
    ['a token that is a list', { token: ['a.b.c'], verifier: verifierOf(as('x')) }, 'malformed'],
    ['a token for another run', { token: 'a', verifier: verifierOf({ sub: 'x', runId: 'run-2' }) }, 'run'],
    ['a token of another tenant', { token: 'a', verifier: verifierOf({ sub: 'x', tenant: 'evil' }) }, 'tenant'],
    ['an async context without a name', { asyncContext: { sub: '' } }, 'source'],
    ["a subject of this package's own", { asyncContext: { sub: 'system:sweeper' } }, 'source'],
    ["an agent of this package's own", { asyncContext: { sub: 'x', act: 'system:vault' } }, 'source'],
    ['a principal for another run', { asyncContext: { sub: 'x', runId: 'run-2' } }, 'run'],
  ])('%s', async (_, given, reason) => {
    const { resolve, reasons } = sources({ ...next, ...given })
    expect(await resolve()).toBeNull()
    expect(reasons()).toEqual([reason])
  })

  it.each<[string, unknown]>([
    ['a bare name', 'alice'],
    ['null', null],
    ['no identity', { name: 'alice' }],
    ['an identity that is no text', { identity: { $ne: '' } }],
    ['somebody who is not authenticated', { identity: 'alice', is_authenticated: false }],
  ])('a platform field with %s', (_, platformUser) => {
    const { resolve, reasons } = sources({ configured: as('constructor'), platform, platformUser })
    expect(resolve()).toBeNull()
    expect(reasons()).toEqual(['source'])
  })

  it('a platform whose mapping refuses, throws, or names another tenant', () => {
    const maps = [() => undefined, () => ({ sub: '' }), () => raise()]
    for (const map of maps) {
      const refusing = sources({ platform: platformAuth({ map }), platformUser: { identity: 'alice' } })
      expect(refusing.resolve()).toBeNull()
      expect(refusing.reasons()).toEqual(['source'])
    }
    const map = () => ({ sub: 'alice', tenant: 'evil' })
    const foreign = sources({ platform: platformAuth({ map }), platformUser: { identity: 'alice' } })
    expect(foreign.resolve()).toBeNull()
    expect(foreign.reasons()).toEqual(['tenant'])
  })

  it('also when who is told about it throws', async () => {
    const onRefused = () => raise()
    expect(await sources({ token: 'a.b.c', onRefused }).resolve()).toBeNull()
  })

  it('a run that is not known has no principal that is for one run', async () => {
    const { resolve, reasons } = sources({ asyncContext: { sub: 'x', runId: 'run-1' }, scope: { threadId: 't' } })
    expect(await resolve()).toBeNull()
    expect(reasons()).toEqual(['run'])
  })
})

function raise(): never {
  throw new Error('no')
}
