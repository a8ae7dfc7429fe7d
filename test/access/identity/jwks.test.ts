import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type JwtVerifierOptions, jwtVerifier, oidcVerifier } from '../../../src/index.js'
import { AUDIENCE, expectRefused, expectUnavailable, Issuer, signingKey } from './issuer.js'

const MINUTE_MS = 60_000

let issuer: Issuer
beforeEach(async () => {
  issuer = await Issuer.open()
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await issuer.close()
})

const remote = (options: Partial<JwtVerifierOptions> = {}) =>
  jwtVerifier({ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri, ...options })
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms)
/** Good for a day, so that only the keys' age decides. */
const lasting = (parts: Parameters<Issuer['sign']>[0] = {}) =>
  issuer.sign({ ...parts, claims: { exp: Math.floor(Date.now() / 1_000) + 86_400, ...parts?.claims } })

describe('the keys of a JWKS endpoint', () => {
  it('are asked for once, by however many tokens at once, and again when they are old', async () => {
    const verifier = remote()
    await Promise.all(Array.from({ length: 50 }, async () => verifier.verify(await lasting())))
    expect(issuer.requests).toHaveLength(1)
    wait(11 * MINUTE_MS)
    await verifier.verify(await lasting())
    expect(issuer.requests).toHaveLength(2)
  })

  it('are renewed for a key that was rotated in', async () => {
    const verifier = remote()
    await verifier.verify(await lasting())
    wait(MINUTE_MS)
    issuer.keys = [await signingKey(), ...issuer.keys]
    expect(await verifier.verify(await lasting())).toMatchObject({ sub: 'alice' })
    expect(issuer.requests).toHaveLength(2)
  })

  it('are renewed for a key without a kid, too', async () => {
    const verifier = remote()
    await verifier.verify(await lasting({ header: { kid: undefined } }))
    wait(MINUTE_MS)
    issuer.keys = [await signingKey()]
    expect(await verifier.verify(await lasting({ header: { kid: undefined } }))).toMatchObject({ sub: 'alice' })
  })

  it('are asked for at most once per cooldown under a flood of unknown kids', async () => {
    const verifier = remote()
    await verifier.verify(await lasting())
    const stranger = await signingKey()
    const flood = async () => {
      for (let i = 0; i < 200; i++) {
        await expectRefused(verifier.verify(await lasting({ key: { ...stranger, kid: `flood-${i}` } })), 'key-unknown')
      }
    }
    await flood()
    expect(issuer.requests).toHaveLength(1)
    wait(MINUTE_MS)
    await flood()
    expect(issuer.requests).toHaveLength(2)
  })

  it('are asked for at growing intervals while the endpoint is down, not at each token', async () => {
    issuer.handler = (_, response) => response.writeHead(503).end()
    const verifier = remote()
    for (let i = 0; i < 50; i++) await expectUnavailable(verifier.verify(await lasting()))
    expect(issuer.requests).toHaveLength(1)
    wait(1_001)
    for (let i = 0; i < 50; i++) await expectUnavailable(verifier.verify(await lasting()))
    expect(issuer.requests).toHaveLength(2)
    wait(1_001)
    await expectUnavailable(verifier.verify(await lasting()))
    expect(issuer.requests).toHaveLength(2)
    issuer.handler = undefined
    wait(1_000)
    expect(await verifier.verify(await lasting())).toMatchObject({ sub: 'alice' })
  })

  it('are used for an hour more while the endpoint is down, and no longer', async () => {
    const verifier = remote()
    const token = await lasting()
    await verifier.verify(token)
    issuer.handler = (_, response) => response.writeHead(500).end()
    wait(60 * MINUTE_MS)
    expect(await verifier.verify(token)).toMatchObject({ sub: 'alice' })
    wait(11 * MINUTE_MS)
    await expectUnavailable(verifier.verify(token), token)
  })

  it('end what they verified once they are removed, also where it was verified before', async () => {
    const verifier = remote()
    const token = await lasting()
    await verifier.verify(token)
    issuer.keys = [await signingKey()]
    expect(await verifier.verify(token)).toMatchObject({ sub: 'alice' })
    wait(11 * MINUTE_MS)
    await expectRefused(verifier.verify(token), 'key-unknown', token)
  })

  it('keep what they verified when they only get another kid', async () => {
    const verifier = remote()
    const token = await lasting()
    await verifier.verify(token)
    issuer.keys = [{ ...issuer.keys[0]!, jwk: { ...issuer.keys[0]!.jwk, kid: 'renamed' } }]
    wait(11 * MINUTE_MS)
    expect(await verifier.verify(token)).toMatchObject({ sub: 'alice' })
  })

  it('may stand among members that are private, shared or unknown, which are passed over', async () => {
    const good = issuer.keys[0]!.jwk
    const shared = { kty: 'oct', k: Buffer.alloc(32, 7).toString('base64url'), kid: good.kid, alg: 'HS256' }
    const others = [shared, { ...good, d: good.x }, { kty: 'new' }, null, 7, { ...good, x: 'not a point' }]
    issuer.handler = (_, response) => issuer.answer(response, { keys: [...others, good] })
    expect(await remote().verify(await lasting())).toMatchObject({ sub: 'alice' })
  })
})

describe('an endpoint that is hostile or slow denies, and its answer is not quoted:', () => {
  const endless = (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
    }
    response.on('drain', more)
    more()
  }
  it.each<[string, (response: ServerResponse) => void]>([
    ['endless bytes', endless],
    ['a body that never ends', (response) => response.writeHead(200).write('{"keys":[')],
    ['no answer', () => {}],
    ['HTML', (response) => issuer.answer(response, '<html>sign in</html>')],
    ['an empty body', (response) => response.writeHead(200).end()],
    ['no content', (response) => response.writeHead(204).end()],
    ['text that is no UTF-8', (response) => response.writeHead(200).end(Buffer.from([0x22, 0xff, 0x22]))],
    ['null', (response) => issuer.answer(response, 'null')],
    ['a number', (response) => issuer.answer(response, '7')],
    ['keys that are an object', (response) => issuer.answer(response, { keys: { length: 1 } })],
    ['thousands of keys', (response) => issuer.answer(response, { keys: Array(2_000).fill({ kty: 'EC' }) })],
    ['a connection that is cut', (response) => void response.socket?.destroy()],
  ])('%s', async (_, answer) => {
    issuer.handler = (_request, response) => answer(response)
    const token = await issuer.sign()
    await expectUnavailable(remote({ timeoutMs: 300 }).verify(token), token)
  })

  it('a redirect to keys of somebody else, which is not followed', async () => {
    const evil = await Issuer.open()
    try {
      for (const status of [301, 302, 303, 307, 308]) {
        issuer.handler = (_, response) => response.writeHead(status, { Location: evil.jwksUri }).end()
        await expectUnavailable(remote().verify(await issuer.sign({ key: evil.keys[0]! })))
      }
      expect(evil.requests).toEqual([])
    } finally {
      await evil.close()
    }
  })

  it('a good key set in an answer that is too large, counted after decompression', async () => {
    const { gzipSync } = await import('node:zlib')
    const large = `${JSON.stringify({ keys: [issuer.keys[0]!.jwk] })}${' '.repeat(300 * 1024)}`
    issuer.handler = (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(large))
    await expectUnavailable(remote().verify(await issuer.sign()))
    issuer.handler = (_, response) => response.writeHead(200).end(large)
    await expectUnavailable(remote().verify(await issuer.sign()))
    issuer.handler = (_, response) => response.writeHead(200).end(large.trimEnd())
    expect(await remote().verify(await issuer.sign())).toMatchObject({ sub: 'alice' })
  })
})

describe('discovery', () => {
  const discovered = () => oidcVerifier({ issuer: issuer.url, audience: AUDIENCE })

  it('finds the keys of the issuer, and asks once', async () => {
    const verifier = discovered()
    for (let i = 0; i < 5; i++) await verifier.verify(await lasting())
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/jwks'])
  })

  it('finds them below an issuer with a path', async () => {
    const base = issuer.url
    issuer.url = `${base}/realms/acme`
    issuer.handler = (request, response) =>
      issuer.answer(
        response,
        request.url === '/realms/acme/.well-known/openid-configuration'
          ? { issuer: issuer.url, jwks_uri: `${base}/jwks` }
          : { keys: issuer.keys.map(({ jwk }) => jwk) },
      )
    expect(await discovered().verify(await lasting())).toMatchObject({ sub: 'alice' })
  })

  it.each<[string, (evil: Issuer) => unknown]>([
    ['of another issuer', (evil) => ({ issuer: evil.url, jwks_uri: evil.jwksUri })],
    ['whose issuer only has a slash more', (evil) => ({ issuer: `${issuer.url}/`, jwks_uri: evil.jwksUri })],
    ['without an issuer', (evil) => ({ jwks_uri: evil.jwksUri })],
    ['without keys', () => ({ issuer: issuer.url })],
    ['whose keys come over plain http', () => ({ issuer: issuer.url, jwks_uri: 'http://issuer.example/jwks' })],
    ['whose keys are a file', () => ({ issuer: issuer.url, jwks_uri: 'file:///etc/passwd' })],
    ['that is a list', () => []],
  ])('refuses a document %s', async (_, document) => {
    const evil = await Issuer.open()
    try {
      issuer.handler = (_request, response) => issuer.answer(response, document(evil))
      await expectUnavailable(discovered().verify(await lasting({ key: evil.keys[0]! })))
      expect(evil.requests).toEqual([])
    } finally {
      await evil.close()
    }
  })

  it('refuses an issuer that is not https, before anything is asked', () => {
    expect(() => oidcVerifier({ issuer: 'http://issuer.example', audience: AUDIENCE })).toThrow('https')
  })
})
