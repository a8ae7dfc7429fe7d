import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type OpaOptions, opaAuthorizer } from '../../../src/index.js'
import { opaqueSecret } from '../../support/secrets.js'
import { type RequestParts, request } from './requests.js'

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly input: Record<string, unknown>
}

type Answer = (sent: Sent, response: ServerResponse) => void

/**
 * A server that speaks OPA's documented protocol over a real socket. No OPA itself: its binary comes from no package
 * registry.
 */
async function startOpa(answer: Answer) {
  const sent: Sent[] = []
  const server = createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    const { input } = JSON.parse(body) as { input: Record<string, unknown> }
    const one = { method: incoming.method!, url: incoming.url!, headers: incoming.headers, input }
    sent.push(one)
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const authorizer = (more: Partial<OpaOptions> = {}) => opaAuthorizer({ url, path: 'secret_safe/decision', ...more })
  const decide = (parts: RequestParts = {}, more: Partial<OpaOptions> = {}) => authorizer(more).decide(request(parts))
  return { url, sent, authorizer, decide }
}

const json =
  (body: unknown, status = 200): Answer =>
  (_sent, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const UNAVAILABLE = { allowed: false, reason: 'policy unavailable', forbidden: true }

describe('OPA', () => {
  it('is asked over its data API, with names and ids, and what is known of the rule', async () => {
    const { sent, decide } = await startOpa(json({ result: true }))
    const principal = { sub: 'alice', act: 'bot', claims: { role: 'dev' }, via: 'token' } as const
    expect(await decide({ principal }, { environment: 'production' })).toEqual({
      allowed: true,
      reason: 'OPA allows it',
    })
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: '/v1/data/secret_safe/decision',
        headers: { 'content-type': 'application/json' },
        input: {
          principal,
          verb: 'restore',
          claim: {
            tenant: 'default',
            threadId: 'thread-1',
            ruleId: 'github-token',
            provider: 'github',
            kind: 'private',
            severity: 'critical',
          },
          at: {
            now: expect.any(Number),
            time: '2026-06-17T12:00:00.000Z',
            channel: 'messages',
            node: 'agent',
            runId: 'run-1',
          },
          environment: 'production',
        },
      },
    ])
    expect(sent[0]!.headers.authorization).toBeUndefined()
  })

  it('takes a boolean, or an object with a reason, an approval and whether a grant may lift it', async () => {
    const results: [unknown, object][] = [
      [false, { allowed: false, reason: 'OPA denies it', forbidden: true }],
      [
        { allow: true, reason: 'team-rule' },
        { allowed: true, reason: 'OPA allows it', rule: 'team-rule' },
      ],
      [
        { allow: false, forbidden: false },
        { allowed: false, reason: 'OPA denies it', forbidden: false },
      ],
      [
        { allow: true, approval: { approvers: ['lead'], needed: 2 } },
        { allowed: true, reason: 'needs approval', approval: { approvers: ['lead'], needed: 2 } },
      ],
    ]
    for (const [result, decision] of results) {
      const { decide } = await startOpa(json({ result }))
      expect(await decide()).toEqual(decision)
    }
  })

  it('never repeats what it says beyond an identifier', async () => {
    const secret = opaqueSecret()
    for (const reason of [`token ${secret}`, `${secret}\n`, 'x'.repeat(200), { secret }]) {
      const { decide } = await startOpa(json({ result: { allow: false, reason, more: secret } }))
      expect(inspect(await decide(), { depth: 9 })).not.toContain(secret)
    }
  })

  it.each<[string, Answer]>([
    ['an undefined decision', json({})],
    ['null', json({ result: null })],
    ['a text', json({ result: 'true' })],
    ['a number', json({ result: 1 })],
    ['a list', json({ result: [true] })],
    ['an object without allow', json({ result: { allowed: true } })],
    ['allow as a text', json({ result: { allow: 'true' } })],
    ['an approval without approvers', json({ result: { allow: true, approval: {} } })],
    ['an approval of nobody', json({ result: { allow: true, approval: { approvers: [] } } })],
    ['an approval that needs none', json({ result: { allow: true, approval: { approvers: ['a'], needed: 0 } } })],
    ['forbidden as a text', json({ result: { allow: false, forbidden: 'no' } })],
    ['a server error that says yes', json({ result: true }, 500)],
    ['not authorized', json({ code: 'unauthorized' }, 401)],
    ['created', json({ result: true }, 201)],
    ['HTML', (_sent, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>true</html>')],
    ['no JSON', (_sent, response) => response.end('{"result": tru')],
    ['JSON that is null', (_sent, response) => response.end('null')],
    ['nothing', (_sent, response) => response.end()],
    ['a cut connection', (_sent, response) => response.destroy()],
    [
      'a cut answer',
      (_sent, response) =>
        response.writeHead(200, { 'content-length': '99' }).write('{"result":', () => response.destroy()),
    ],
    ['a megabyte', (_sent, response) => response.end(JSON.stringify({ result: true, pad: 'x'.repeat(1_000_000) }))],
    [
      'an endless answer',
      (_sent, response) => {
        const write = (): void => void (response.destroyed || response.write('x'.repeat(65_536), write))
        write()
      },
    ],
  ])('is denied for %s', async (_what, answer) => {
    const { decide } = await startOpa(answer)
    expect(await decide()).toEqual(UNAVAILABLE)
  })

  it('is denied when it hangs, before it answers or in the middle', async () => {
    const silent = await startOpa(() => undefined)
    expect(await silent.decide({}, { timeoutMs: 50 })).toEqual(UNAVAILABLE)
    const slow = await startOpa((_sent, response) => void response.writeHead(200).write('{"result": true'))
    expect(await slow.decide({}, { timeoutMs: 50 })).toEqual(UNAVAILABLE)
  })

  it('is denied when nobody listens', async () => {
    const authorizer = opaAuthorizer({ url: 'http://127.0.0.1:1', path: 'a' })
    expect(await authorizer.decide(request())).toEqual(UNAVAILABLE)
  })

  it('is not followed elsewhere: a redirect would carry the request, and its token, to somebody else', async () => {
    const elsewhere = await startOpa(json({ result: true }))
    for (const status of [301, 302, 303, 307, 308]) {
      const { decide } = await startOpa((_sent, response) =>
        response.writeHead(status, { location: `${elsewhere.url}/v1/data/x` }).end(),
      )
      expect(await decide({}, { token: opaqueSecret() })).toEqual(UNAVAILABLE)
    }
    expect(elsewhere.sent).toEqual([])
  })

  it('gets a token, asked for anew each time, and one that cannot be had denies', async () => {
    const { sent, authorizer } = await startOpa(json({ result: true }))
    const token = opaqueSecret()
    const bearing = authorizer({ token })
    await bearing.decide(request())
    await authorizer({ token: async () => `${token}-2` }).decide(request())
    expect(sent.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`, `Bearer ${token}-2`])
    expect(inspect(bearing, { depth: 9, showHidden: true })).not.toContain(token)
    const broken = authorizer({ token: () => Promise.reject(new Error(token)) })
    expect(await broken.decide(request())).toEqual(UNAVAILABLE)
    expect(await authorizer({ token: `${token}\r\nx: y` }).decide(request())).toEqual(UNAVAILABLE)
  })

  it('answers again from memory where that is asked for, for an equal request and never a failure', async () => {
    let fails = true
    const { sent, authorizer } = await startOpa((one, response) =>
      fails ? json({}, 500)(one, response) : json({ result: true })(one, response),
    )
    const cached = authorizer({ cacheMs: 60_000 })
    expect(await cached.decide(request())).toEqual(UNAVAILABLE)
    fails = false
    for (const at of [{ now: 1 }, { now: 2 }])
      expect(await cached.decide(request({ at }))).toMatchObject({ allowed: true })
    expect(sent).toHaveLength(2)
    await cached.decide(request({ principal: { sub: 'bob' } }))
    expect(sent).toHaveLength(3)
    const uncached = authorizer()
    for (let i = 0; i < 2; i++) await uncached.decide(request())
    expect(sent).toHaveLength(5)
  })

  it('goes behind the tenant and the allow list, which does not hide what is forbidden', async () => {
    const yes = await startOpa(json({ result: true }))
    expect(await yes.decide({ principal: { sub: 'alice', tenant: 'other' } })).toMatchObject({ reason: 'tenant' })
    expect(yes.sent).toEqual([])
    expect(await yes.decide({ claim: { allow: ['bob'] } })).toEqual({ allowed: false, reason: 'not on the allow list' })
    const no = await startOpa(json({ result: false }))
    expect(await no.decide({ claim: { allow: ['bob'] } })).toMatchObject({ forbidden: true })
    const asks = await startOpa(json({ result: { allow: true, approval: { approvers: ['lead'] } } }))
    expect(await asks.decide({ claim: { allow: ['bob'] } })).toMatchObject({ allowed: false, forbidden: true })
  })

  it('denies a request that cannot be sent', async () => {
    const { decide } = await startOpa(json({ result: true }))
    const cyclic: Record<string, unknown> = {}
    cyclic.again = cyclic
    expect(await decide({ principal: { sub: 'alice', claims: cyclic } })).toEqual(UNAVAILABLE)
    expect(await decide({ principal: { sub: 'alice', claims: { n: 1n } } })).toEqual(UNAVAILABLE)
    expect(await decide({ at: { now: Number.NaN } })).toEqual(UNAVAILABLE)
  })

  it.each([
    ['http://opa.example:8181', 'https'],
    ['http://127.0.0.1.evil.test', 'https'],
    ['http://user:hunter2@127.0.0.1', 'without a user'],
    ['https://opa.example/?token=hunter2', 'without a user'],
    ['file:///etc/passwd', 'https'],
    ['opa', 'the address of an OPA server'],
  ])('refuses the address %s', (url, expected) => {
    const make = () => opaAuthorizer({ url, path: 'a' })
    expect(make).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID', message: expect.stringContaining(expected) }),
    )
    expect(make).not.toThrow(/hunter2/)
  })

  it('refuses a path that leads elsewhere, and times that are none', () => {
    const make = (more: Partial<OpaOptions>) => () =>
      opaAuthorizer({ url: 'https://opa.example', path: 'a/b', ...more })
    for (const path of ['', '/', 'a//b', '../policies', 'a?b', 'a#b', 'a%2fb', 'a b'])
      expect(make({ path })).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
    for (const more of [{ timeoutMs: 0 }, { timeoutMs: 0.5 }, { cacheMs: -1 }, { cacheMs: Number.NaN }])
      expect(make(more)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
    expect(make({})).not.toThrow()
  })
})
