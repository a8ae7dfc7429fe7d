import { IdentityUnavailableError } from '../../errors.js'
import { checkEndpoint } from './endpoint.js'
import { fetchJson } from './fetch-json.js'
import { resolveRules, type TokenRules } from './jwt-options.js'
import { JwtVerifier } from './jwt-verifier.js'
import { RemoteDocument } from './remote-document.js'
import { RemoteKeys, type ResolvedRemoteOptions, resolveRemoteOptions } from './remote-keys.js'
import type { TokenVerifier } from './token-verifier.js'

/** The issuer's address, to which `/.well-known/openid-configuration` is added; `https`, or `http` on loopback. */
export type OidcVerifierOptions = TokenRules

/**
 * Verifies the tokens of an OpenID provider, whose keys it finds by discovery. Nothing is asked before the first token, so
 * that a process starts while the provider is down.
 * @throws ConfigError for options that are not usable or not safe.
 * @see OpenID Connect Discovery 1.0 §4
 */
export function oidcVerifier(options: OidcVerifierOptions): TokenVerifier {
  const rules = resolveRules(options, false)
  const discovery = new Discovery(options.issuer, resolveRemoteOptions(options))
  return new JwtVerifier(discovery.keys, rules)
}

class Discovery {
  readonly keys: RemoteKeys
  readonly #issuer: string
  readonly #document: RemoteDocument<URL>

  constructor(issuer: string, remote: ResolvedRemoteOptions) {
    const base = checkEndpoint(issuer, 'issuer')
    const url = new URL(`${base.pathname.replace(/\/$/, '')}/.well-known/openid-configuration`, base)
    this.#issuer = issuer
    this.#document = new RemoteDocument(async () => this.#read(await fetchJson(url, remote.fetch), url), remote.limits)
    this.keys = new RemoteKeys(() => this.#document.get(), remote)
  }

  /** A document of another issuer is refused: one provider's keys would make another one's tokens good (§4.3). */
  #read(document: unknown, url: URL): URL {
    const { issuer, jwks_uri: jwksUri } = (document ?? {}) as { readonly issuer?: unknown; readonly jwks_uri?: unknown }
    if (issuer !== this.#issuer || typeof jwksUri !== 'string') {
      throw new IdentityUnavailableError(`${url.host} describes another issuer, or names no keys.`)
    }
    return checkEndpoint(jwksUri, 'jwks_uri')
  }
}
