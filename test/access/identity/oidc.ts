import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { AUDIENCE } from './issuer.js'

const REDIRECT_URI = 'https://app.example/callback'

/** A real OpenID provider on loopback: a web client for users, and a worker with credentials of its own. */
export class Oidc {
  url = ''
  readonly #secrets = { web: randomBytes(24).toString('hex'), worker: randomBytes(24).toString('hex') }
  #close = async (): Promise<void> => {}

  static async open(): Promise<Oidc> {
    const oidc = new Oidc()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    oidc.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', new Provider(oidc.url, await oidc.#configuration()).callback())
    oidc.#close = async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
    return oidc
  }

  close(): Promise<void> {
    return this.#close()
  }

  /** Authorization code flow with PKCE, as a browser walks it: sign in, consent, back with a code, code for token. */
  async userToken(login: string, resource = AUDIENCE): Promise<{ accessToken: string; idToken: string }> {
    const verifier = randomBytes(32).toString('base64url')
    const browser = new Browser(this.url)
    const query = new URLSearchParams({
      client_id: 'web',
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      resource,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const signIn = await browser.follow(`/auth?${query}`)
    const consent = await browser.follow(signIn, { prompt: 'login', login, password: 'any' })
    const back = await browser.follow(consent, { prompt: 'consent' })
    const code = new URL(back).searchParams.get('code')!
    const answer = await this.#token('web', {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: REDIRECT_URI,
      resource,
    })
    return { accessToken: answer.access_token!, idToken: answer.id_token! }
  }

  /** Client credentials flow: the workload speaks for itself. */
  async workloadToken(resource = AUDIENCE): Promise<string> {
    return (await this.#token('worker', { grant_type: 'client_credentials', resource })).access_token!
  }

  async #token(client: 'web' | 'worker', form: Record<string, string>): Promise<Record<string, string | undefined>> {
    const body = new URLSearchParams({ ...form, client_id: client, client_secret: this.#secrets[client] })
    const response = await fetch(`${this.url}/token`, { method: 'POST', body })
    if (!response.ok) throw new Error(`The provider answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Record<string, string | undefined>
  }

  async #configuration(): Promise<Readonly<Record<string, unknown>>> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256', kid: 'provider' }
    return {
      jwks: { keys: [key] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      clients: [
        {
          client_id: 'web',
          client_secret: this.#secrets.web,
          redirect_uris: [REDIRECT_URI],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
        },
        {
          client_id: 'worker',
          client_secret: this.#secrets.worker,
          redirect_uris: [],
          response_types: [],
          grant_types: ['client_credentials'],
          token_endpoint_auth_method: 'client_secret_post',
          id_token_signed_response_alg: 'ES256',
        },
      ],
      findAccount: async (_: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
      ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: async () => true,
          getResourceServerInfo: async (_: unknown, resource: string) => ({
            scope: '',
            audience: resource,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
    }
  }
}

/** Follows redirects inside the provider and keeps its cookies; stops at a page, or at a redirect to elsewhere. */
class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()

  constructor(origin: string) {
    this.#origin = origin
  }

  async follow(address: string, form?: Record<string, string>): Promise<string> {
    let url = new URL(address, this.#origin)
    let body = form && new URLSearchParams(form)
    for (let hops = 0; hops < 10; hops++) {
      const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ')
      const init = { redirect: 'manual', headers: { cookie }, ...(body && { method: 'POST', body }) } as const
      const response = await fetch(url, init)
      for (const line of response.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0]!.split('=') as [string, string]
        this.#cookies.set(name, value)
      }
      const location = response.headers.get('location')
      if (location === null) {
        if (!response.ok) throw new Error(`The provider answered ${response.status}: ${await response.text()}`)
        return url.href
      }
      url = new URL(location, url)
      if (url.origin !== this.#origin) return url.href
      body = undefined
    }
    throw new Error('The provider redirects without end.')
  }
}
