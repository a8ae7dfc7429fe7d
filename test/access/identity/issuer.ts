import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { expect } from 'vitest'
import { IdentityError, type IdentityReason, IdentityUnavailableError } from '../../../src/index.js'

export const AUDIENCE = 'https://vault.example'

export interface SigningKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

export async function signingKey(alg = 'ES256', kid: string = randomUUID()): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

export interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly key?: SigningKey
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A minimal issuer on loopback: real keys, real signatures, a key set over HTTP that a test may break. */
export class Issuer {
  readonly requests: string[] = []
  keys: SigningKey[] = []
  /** In place of the key set. */
  handler: Handler | undefined
  url = ''
  readonly #server = createServer((request, response) => {
    this.requests.push(request.url ?? '')
    if (this.handler !== undefined) return this.handler(request, response)
    if (request.url === '/.well-known/openid-configuration') {
      return this.answer(response, { issuer: this.url, jwks_uri: this.jwksUri })
    }
    this.answer(response, { keys: this.keys.map(({ jwk }) => jwk) })
  })

  static async open(...algorithms: string[]): Promise<Issuer> {
    const issuer = new Issuer()
    issuer.keys = await Promise.all((algorithms.length === 0 ? ['ES256'] : algorithms).map((alg) => signingKey(alg)))
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve))
    issuer.url = `http://127.0.0.1:${(issuer.#server.address() as AddressInfo).port}`
    return issuer
  }

  get jwksUri(): string {
    return `${this.url}/jwks`
  }

  answer(response: ServerResponse, body: unknown): void {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

  /** A good token for Alice, but for what is given; a claim or header that is undefined is left out. */
  sign({ claims = {}, header = {}, key = this.keys[0]! }: TokenParts = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    const payload = {
      iss: this.url,
      aud: AUDIENCE,
      sub: 'alice',
      iat: now,
      exp: now + 600,
      jti: randomUUID(),
      ...claims,
    }
    return new SignJWT(payload)
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
      .sign(key.privateKey)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** Refused for exactly this reason, by an error that quotes nothing of the token. */
export async function expectRefused(attempt: Promise<unknown>, reason: IdentityReason, token = ''): Promise<void> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(IdentityError)
  expect(error).toMatchObject({ code: 'ERR_IDENTITY_INVALID', reason, retryable: false })
  expectQuotesNothing(error as Error, token)
}

export async function expectUnavailable(attempt: Promise<unknown>, token = ''): Promise<void> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(IdentityUnavailableError)
  expect(error).toMatchObject({ code: 'ERR_IDENTITY_UNAVAILABLE', retryable: true })
  expectQuotesNothing(error as Error, token)
}

function expectQuotesNothing(error: Error, token: string): void {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } }
  expect(Object.keys(cause ?? {}).filter((key) => key !== 'code')).toEqual([])
  const text = `${error.message} ${error.stack} ${JSON.stringify(cause)}`
  for (const part of token.split('.').filter((part) => part !== '')) expect(text).not.toContain(part)
}
