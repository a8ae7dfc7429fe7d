import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ConfigError, type JwtVerifierOptions, jwtVerifier } from '../../../src/index.js'
import { AUDIENCE, expectRefused, expectUnavailable, Issuer, signingKey } from './issuer.js'

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

let issuer: Issuer
beforeAll(async () => {
  issuer = await Issuer.open('ES256', 'RS256', 'EdDSA')
})
afterAll(() => issuer.close())
afterEach(() => vi.useRealTimers())

const verifierWith = (options: Partial<JwtVerifierOptions> = {}) =>
  jwtVerifier({
    issuer: issuer.url,
    audience: AUDIENCE,
    keys: { keys: issuer.keys.map(({ jwk }) => ({ ...jwk, kty: jwk.kty! })) },
    ...options,
  })
const seconds = (offset = 0) => Math.floor(Date.now() / 1_000) + offset

describe('a token that is good', () => {
  it('names a frozen principal of the default tenant, established by token', async () => {
    const principal = await verifierWith().verify(await issuer.sign())
    expect(principal).toEqual({ sub: 'alice', tenant: 'default', claims: {}, via: 'token' })
    expect(Object.isFrozen(principal)).toBe(true)
  })

  it.each([0, 1, 2])('may be signed by any algorithm of the default set (key %i)', async (i) => {
    const token = await issuer.sign({ key: issuer.keys[i]! })
    expect(await verifierWith().verify(token)).toMatchObject({ sub: 'alice' })
  })

  it('may be verified by a single key, a KeyObject, or an HMAC whose secret has 32 bytes', async () => {
    const { jwk } = issuer.keys[0]!
    const token = await issuer.sign()
    const keys = { ...jwk, kty: jwk.kty! }
    expect(await verifierWith({ keys }).verify(token)).toMatchObject({ sub: 'alice' })
    const keyObject = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    expect(await verifierWith({ keys: keyObject }).verify(token)).toMatchObject({ sub: 'alice' })
    const secret = randomBytes(32)
    const shared = await new SignJWT({ sub: 'alice' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(issuer.url)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(secret)
    expect(await verifierWith({ keys: secret }).verify(shared)).toMatchObject({ sub: 'alice' })
  })

  it('says who acts for the subject: the outermost actor is the present one', async () => {
    const act = { sub: 'agent-b', act: { sub: 'agent-a' } }
    expect(await verifierWith().verify(await issuer.sign({ claims: { act } }))).toMatchObject({ act: 'agent-b' })
    const token = await issuer.sign({ claims: { client_id: 'agent-c' } })
    expect(await verifierWith({ claims: { act: 'client_id' } }).verify(token)).toMatchObject({ act: 'agent-c' })
  })

  it('says tenant and run by claims that are configured, and exposes no other claim', async () => {
    const verifier = verifierWith({ claims: { tenant: 'org', runId: 'run' }, exposeClaims: ['roles', 'absent'] })
    const claims = { org: 'acme', run: 'run-1', roles: ['deploy'], email: 'alice@example.com' }
    const principal = await verifier.verify(await issuer.sign({ claims }))
    expect(principal).toMatchObject({ tenant: 'acme', runId: 'run-1', claims: { roles: ['deploy'] } })
    expect(Object.keys(principal.claims!)).toEqual(['roles'])
    expect(Object.isFrozen(principal.claims!.roles)).toBe(true)
  })

  it('may be a minute late where clocks may differ by that', async () => {
    const token = await issuer.sign({ claims: { exp: seconds(-30), nbf: seconds(30) } })
    expect(await verifierWith({ clockToleranceMs: 60_000 }).verify(token)).toMatchObject({ sub: 'alice' })
  })
})

describe('a token that is not good is refused, and not quoted:', () => {
  const refused: readonly [string, Parameters<Issuer['sign']>[0], Parameters<typeof expectRefused>[1]][] = [
    ['another issuer', { claims: { iss: 'https://evil.example' } }, 'issuer'],
    ['an issuer with a slash more', { claims: { iss: 'http://127.0.0.1/' } }, 'issuer'],
    ['no issuer', { claims: { iss: undefined } }, 'claims'],
    ['another audience', { claims: { aud: 'https://other.example' } }, 'audience'],
    ['an audience that only begins like ours', { claims: { aud: `${AUDIENCE}.evil.example` } }, 'audience'],
    ['no audience', { claims: { aud: undefined } }, 'claims'],
    ['expired', { claims: { exp: 1_000 } }, 'expired'],
    ['no expiry', { claims: { exp: undefined } }, 'claims'],
    ['an expiry that is text', { claims: { exp: '9999999999' } }, 'claims'],
    ['not yet valid', { claims: { nbf: 99_999_999_999 } }, 'not-yet-valid'],
    ['an ID token of a logout', { header: { typ: 'logout+jwt' } }, 'type'],
    ['no type', { header: { typ: undefined } }, 'type'],
    ['no subject', { claims: { sub: undefined } }, 'claims'],
    ['an empty subject', { claims: { sub: '' } }, 'claims'],
    ['a subject that is a list', { claims: { sub: ['alice'] } }, 'claims'],
    ["a subject of this package's own", { claims: { sub: 'system:sweeper' } }, 'claims'],
    ["an actor of this package's own", { claims: { act: { sub: 'system:sweeper' } } }, 'claims'],
    ['an endless subject', { claims: { sub: 'a'.repeat(2_000) } }, 'claims'],
    ['an actor as text', { claims: { act: 'agent' } }, 'claims'],
    ['an actor as list', { claims: { act: [{ sub: 'agent' }] } }, 'claims'],
    ['an actor without a subject', { claims: { act: {} } }, 'claims'],
    ['actors in a circle', { claims: { act: { sub: 'a', act: { sub: 'b', act: { sub: 'a' } } } } }, 'claims'],
    ['a jti that is a number', { claims: { jti: 7 } }, 'claims'],
    ['a kid that is an object', { header: { kid: { $ne: null } } }, 'malformed'],
    ['a kid that is a path', { header: { kid: '../../../../dev/null' } }, 'key-unknown'],
    ['a kid that is a query', { header: { kid: "x' UNION SELECT 'secret" } }, 'key-unknown'],
    ['a kid of a built-in property', { header: { kid: '__proto__' } }, 'key-unknown'],
  ]
  it.each(refused)('%s', async (_, parts, reason) => {
    const token = await issuer.sign(parts)
    await expectRefused(verifierWith().verify(token), reason, token)
  })

  it('more actors than anybody needs', async () => {
    let act: Record<string, unknown> = { sub: 'agent-0' }
    for (let i = 1; i < 20; i++) act = { sub: `agent-${i}`, act }
    await expectRefused(verifierWith().verify(await issuer.sign({ claims: { act } })), 'claims')
  })

  it('without the tenant or the run that it has to name', async () => {
    const token = await issuer.sign()
    await expectRefused(verifierWith({ claims: { tenant: 'org' } }).verify(token), 'claims')
    await expectRefused(verifierWith({ claims: { runId: 'run' } }).verify(token), 'claims')
    await expectRefused(verifierWith({ requiredClaims: ['scope'] }).verify(token), 'claims')
  })

  it('older than it may be, also when it was good before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const verifier = verifierWith({ maxAgeMs: 60_000, clockToleranceMs: 0 })
    const token = await issuer.sign()
    await verifier.verify(token)
    vi.setSystemTime(Date.now() + 61_000)
    await expectRefused(verifier.verify(token), 'expired', token)
    await expectRefused(verifier.verify(await issuer.sign({ claims: { iat: undefined } })), 'claims')
  })

  it('expired since it was last used', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const verifier = verifierWith()
    const token = await issuer.sign()
    await verifier.verify(token)
    vi.setSystemTime(Date.now() + 606_000)
    await expectRefused(verifier.verify(token), 'expired', token)
  })

  it.each([
    ['no text', 7],
    ['an object', { toString: () => 'a.b.c' }],
    ['empty', ''],
    ['two parts', 'a.b'],
    ['encrypted (five parts)', 'a.b.c.d.e'],
    ['not base64url', 'a+b.c.d'],
    ['a header that is no JSON', 'AAAA.AAAA.AAAA'],
    ['longer than any token', `${'a'.repeat(16 * 1024)}.b.c`],
  ])('malformed: %s', async (_, token) => {
    await expectRefused(verifierWith().verify(token as string), 'malformed')
  })

  it('a changed byte in header, claims or signature', async () => {
    const token = await issuer.sign()
    const [header, claims, signature] = token.split('.') as [string, string, string]
    const other = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: 'mallory' }
    await expectRefused(verifierWith().verify(`${header}.${base64url(other)}.${signature}`), 'signature', token)
    const flipped = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
    await expectRefused(verifierWith().verify(`${header}.${claims}.${flipped}`), 'signature', token)
    await expectRefused(verifierWith().verify(`${header}.${claims}.`), 'signature', token)
  })

  it('signed by a key of its own under the kid of ours', async () => {
    const token = await issuer.sign({ key: await signingKey('ES256', issuer.keys[0]!.kid) })
    await expectRefused(verifierWith().verify(token), 'signature', token)
  })
})

describe('the token chooses neither its algorithm nor its key:', () => {
  const claims = () => ({ iss: issuer.url, aud: AUDIENCE, sub: 'alice', exp: seconds(600), jti: randomUUID() })

  it.each(['none', 'None', 'NONE', ''])('alg %j is refused', async (alg) => {
    const token = `${base64url({ alg, typ: 'JWT' })}.${base64url(claims())}.`
    await expectRefused(verifierWith().verify(token), 'algorithm', token)
    const signed = `${base64url({ alg, typ: 'JWT' })}.${base64url(claims())}.${(await issuer.sign()).split('.')[2]}`
    await expectRefused(verifierWith().verify(signed), 'algorithm')
  })

  it('an HMAC under the public key as secret is refused', async () => {
    const { jwk, kid } = issuer.keys[1]!
    const publicKey = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
    ]
    for (const secret of secrets) {
      const input = `${base64url({ alg: 'HS256', typ: 'JWT', kid })}.${base64url(claims())}`
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      await expectRefused(verifierWith().verify(token), 'algorithm', token)
    }
  })

  it('an algorithm of the key that is not among those configured is refused', async () => {
    const token = await issuer.sign({ key: issuer.keys[1]! })
    await expectRefused(verifierWith({ algorithms: ['ES256'] }).verify(token), 'algorithm', token)
  })

  it('a crit header is refused, whatever it names', async () => {
    const input = `${base64url({ alg: 'ES256', typ: 'JWT', crit: ['exp'], exp: seconds(60) })}.${base64url(claims())}`
    await expectRefused(verifierWith().verify(`${input}.AAAA`), 'malformed')
    const b64 = `${base64url({ alg: 'ES256', typ: 'JWT', crit: ['b64'], b64: false })}.${base64url(claims())}`
    await expectRefused(verifierWith().verify(`${b64}.AAAA`), 'malformed')
  })

  it('jwk, jku, x5u and x5c of the header are never looked at, nor fetched', async () => {
    const evil = await Issuer.open()
    try {
      const key = { ...evil.keys[0]!, kid: issuer.keys[0]!.kid }
      const header = { jwk: evil.keys[0]!.jwk, jku: evil.jwksUri, x5u: evil.jwksUri, x5c: ['AAAA'] }
      const verifier = jwtVerifier({ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri })
      const token = await issuer.sign({ key, header })
      await expectRefused(verifier.verify(token), 'signature', token)
      const unknown = await issuer.sign({ key: evil.keys[0]!, header })
      await expectRefused(verifier.verify(unknown), 'key-unknown', unknown)
      expect(evil.requests).toEqual([])
    } finally {
      await evil.close()
    }
  })

  it('options under which it could are refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const unsafe: Partial<JwtVerifierOptions>[] = [
      { algorithms: ['none'] },
      { algorithms: [] },
      { algorithms: ['ES256', 'HS256'] },
      { keys: randomBytes(31) },
      { keys: randomBytes(32), algorithms: ['RS256'] },
      { keys: privateKey },
      { keys: { keys: [] } },
      { keys: { keys: [{ kty: 'oct', k: randomBytes(32).toString('base64url') }] } },
      { keys: { ...privateKey.export({ format: 'jwk' }), kty: 'EC' } },
      { jwksUri: 'https://issuer.example/jwks' },
      { issuer: '' },
      { audience: [] },
      { claims: { tenant: 'org' }, tenant: 'acme' },
      { clockToleranceMs: Number.NaN },
    ]
    for (const options of unsafe) expect(() => verifierWith(options), JSON.stringify(options)).toThrow(ConfigError)
    const rest = { issuer: issuer.url, audience: AUDIENCE }
    expect(() => jwtVerifier(rest)).toThrow(ConfigError)
    for (const jwksUri of [
      'http://issuer.example/jwks',
      'file:///etc/jwks',
      'https://user:pw@issuer.example/',
      'jwks',
    ]) {
      expect(() => jwtVerifier({ ...rest, jwksUri }), jwksUri).toThrow(ConfigError)
    }
  })
})

describe('a token that was used before', () => {
  it('is asked about at every use when tokens can be revoked, and ends between two uses', async () => {
    const revokedIds = new Set<string>()
    const asked: string[] = []
    const verifier = verifierWith({
      revoked: (jti) => {
        asked.push(jti)
        return revokedIds.has(jti)
      },
    })
    const token = await issuer.sign({ claims: { jti: 'token-1' } })
    await verifier.verify(token)
    await verifier.verify(token)
    revokedIds.add('token-1')
    await expectRefused(verifier.verify(token), 'revoked', token)
    expect(asked).toEqual(['token-1', 'token-1', 'token-1'])
    await expectRefused(verifier.verify(await issuer.sign({ claims: { jti: undefined } })), 'claims')
  })

  it('is denied when revocations cannot be told, and what they threw is not passed on', async () => {
    const token = await issuer.sign()
    const failing = verifierWith({ revoked: () => Promise.reject(new Error(`no answer for ${token}`)) })
    await expectUnavailable(failing.verify(token), token)
    const hanging = verifierWith({ revoked: () => new Promise(() => {}), timeoutMs: 20 })
    await expectUnavailable(hanging.verify(token), token)
    const vague = verifierWith({ revoked: () => undefined as never })
    await expectRefused(vague.verify(token), 'revoked', token)
  })

  it('is replayed when another one comes with its jti', async () => {
    const verifier = verifierWith()
    const first = await issuer.sign({ claims: { jti: 'same' } })
    await verifier.verify(first)
    const second = await issuer.sign({ claims: { jti: 'same', sub: 'mallory' } })
    await expectRefused(verifier.verify(second), 'replayed', second)
    expect(await verifier.verify(first)).toMatchObject({ sub: 'alice' })
  })

  it('stays with the first thread and run that used it, when it is for one', async () => {
    const verifier = verifierWith({ oneRun: true })
    const token = await issuer.sign()
    await verifier.verify(token, { threadId: 't1', runId: 'r1' })
    await verifier.verify(token, { threadId: 't1', runId: 'r1' })
    await expectRefused(verifier.verify(token, { threadId: 't1', runId: 'r2' }), 'replayed', token)
    await expectRefused(verifier.verify(token, { threadId: 't2', runId: 'r1' }), 'replayed', token)
    await expectRefused(verifier.verify(token, { threadId: 't1' }), 'replayed', token)
    await expectRefused(verifier.verify(token), 'run', token)
    await expectRefused(
      verifier.verify(await issuer.sign({ claims: { jti: undefined } }), { threadId: 't1' }),
      'claims',
    )
  })

  it('is won by one of many runs that use it at once, when it is for one', async () => {
    const verifier = verifierWith({ oneRun: true })
    const token = await issuer.sign()
    const runs = Array.from({ length: 20 }, (_, i) => verifier.verify(token, { threadId: 't', runId: `r${i}` }))
    const won = (await Promise.allSettled(runs)).filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
  })

  it('is not forgotten under a flood of others, when it is for one run: those are refused', async () => {
    const verifier = verifierWith({ oneRun: true, maxTokens: 2 })
    const token = await issuer.sign()
    await verifier.verify(token, { threadId: 't1' })
    await verifier.verify(await issuer.sign(), { threadId: 't2' })
    await expectUnavailable(verifier.verify(await issuer.sign(), { threadId: 't3' }))
    await expectRefused(verifier.verify(token, { threadId: 't2' }), 'replayed', token)
  })
})
