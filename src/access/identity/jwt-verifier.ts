import { createHash } from 'node:crypto'
import { IdentityError, IdentityUnavailableError } from '../../errors.js'
import type { Principal } from '../principal.js'
import { refusalOf } from './jose-refusal.js'
import { type JwtVerifierOptions, keySourceOf, normalizeType, type ResolvedRules, resolveRules } from './jwt-options.js'
import { type KeySet, type KeySource, loadJose, type TokenHeader } from './key-set.js'
import { deepFreeze, principalFrom } from './principal-claims.js'
import { TokenUses } from './token-uses.js'
import type { IdentityScope, TokenVerifier } from './token-verifier.js'
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js'

const MAX_TOKEN_LENGTH = 16 * 1024
const MAX_JTI_LENGTH = 512
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/

/**
 * Verifies JSON Web Tokens through the optional peer `jose`: fixed algorithms, `typ`, `iss`, `aud`, `exp`, and keys that come
 * from the configuration or the issuer's JWKS endpoint alone, never from the token.
 * @throws ConfigError for options that are not usable or not safe.
 * @see RFC 8725, JSON Web Token Best Current Practices
 */
export function jwtVerifier(options: JwtVerifierOptions): TokenVerifier {
  const keys = keySourceOf(options)
  return new JwtVerifier(keys, resolveRules(options, keys.isSecret === true))
}

export class JwtVerifier implements TokenVerifier {
  readonly #keys: KeySource
  readonly #rules: ResolvedRules
  readonly #verified: VerifiedTokens
  readonly #uses: TokenUses

  constructor(keys: KeySource, rules: ResolvedRules) {
    this.#keys = keys
    this.#rules = rules
    this.#verified = new VerifiedTokens(rules.maxTokens)
    this.#uses = new TokenUses(rules.maxTokens, rules.oneRun)
  }

  async verify(token: string, scope: IdentityScope = {}): Promise<Principal> {
    if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH || !COMPACT_JWS.test(token)) {
      throw new IdentityError('malformed')
    }
    const hash = createHash('sha256').update(token).digest('base64url')
    const keys = await this.#keys.current()
    let verified = this.#verified.get(hash, keys.ids)
    if (verified === undefined) {
      verified = await this.#verifyAnew(token, keys)
      this.#verified.set(hash, verified)
    }
    const { jti, endsAt, principal } = verified
    await this.#checkRevoked(verified)
    if (jti !== undefined) this.#uses.record(jti, hash, endsAt, scope)
    return principal
  }

  async #verifyAnew(token: string, keys: KeySet): Promise<VerifiedToken> {
    const header = await this.#headerOf(token)
    const first = await this.#tryKeys(token, header, keys)
    if (first instanceof IdentityError) {
      // A key that has come since then; without a `kid` it may also be the one that would have fitted.
      if (first.reason !== 'key-unknown' && !(first.reason === 'signature' && header.kid === undefined)) throw first
      const renewed = await this.#keys.renewed()
      if (renewed === keys) throw first
      const second = await this.#tryKeys(token, header, renewed)
      if (second instanceof IdentityError) throw second
      return second
    }
    return first
  }

  /** What can be refused before any key is looked for, so that it costs the issuer nothing. */
  async #headerOf(token: string): Promise<TokenHeader> {
    const { decodeProtectedHeader } = await loadJose()
    const { algorithms, types } = this.#rules
    let header: ReturnType<typeof decodeProtectedHeader>
    try {
      header = decodeProtectedHeader(token)
    } catch {
      throw new IdentityError('malformed')
    }
    const {
      alg,
      kid,
      typ = null,
    } = header as { readonly alg?: unknown; readonly kid?: unknown; readonly typ?: unknown }
    // No extension that an issuer may call critical is known here.
    if ('crit' in header || (kid !== undefined && typeof kid !== 'string')) throw new IdentityError('malformed')
    if (typeof alg !== 'string' || !algorithms.includes(alg)) throw new IdentityError('algorithm')
    if (!types.has(typeof typ === 'string' ? normalizeType(typ) : null) || (typ !== null && typeof typ !== 'string')) {
      throw new IdentityError('type')
    }
    return { alg, ...(kid === undefined ? {} : { kid }) }
  }

  async #tryKeys(token: string, header: TokenHeader, { keys }: KeySet): Promise<VerifiedToken | IdentityError> {
    const { jwtVerify } = await loadJose()
    const { algorithms, issuer, audience, clockToleranceMs, maxAgeMs, requiredClaims } = this.#rules
    let refusal = new IdentityError('key-unknown')
    for (const { id, select } of keys) {
      const key = await select(header)
      if (key === null) continue
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [...algorithms],
          issuer,
          audience,
          clockTolerance: clockToleranceMs / 1_000,
          requiredClaims,
          ...(maxAgeMs === undefined ? {} : { maxTokenAge: maxAgeMs / 1_000 }),
        })
        return this.#accept(payload, id)
      } catch (error) {
        refusal = error instanceof IdentityError ? error : refusalOf(error)
        // Only a signature may be another key's.
        if (refusal.reason !== 'signature') return refusal
      }
    }
    return refusal
  }

  #accept(payload: Readonly<Record<string, unknown>>, keyId: string): VerifiedToken {
    const { names, tenant, exposeClaims, clockToleranceMs, maxAgeMs } = this.#rules
    const { exp, iat, jti } = payload as { readonly exp: number; readonly iat?: number; readonly jti?: unknown }
    if (jti !== undefined && (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH)) {
      throw new IdentityError('claims')
    }
    const principal = principalFrom(payload, names, tenant, exposeClaims)
    const ageEndsAt = maxAgeMs === undefined ? Number.POSITIVE_INFINITY : iat! * 1_000 + maxAgeMs
    const endsAt = Math.min(exp * 1_000, ageEndsAt) + clockToleranceMs
    return { principal, claims: deepFreeze(payload), keyId, jti, endsAt }
  }

  async #checkRevoked({ jti, claims }: VerifiedToken): Promise<void> {
    const { revoked, revokedTimeoutMs } = this.#rules
    if (revoked === undefined) return
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), revokedTimeoutMs)
    })
    let answer: unknown
    try {
      answer = await Promise.race([revoked(jti!, claims), late])
    } catch {
      // A foreign error may quote what it was given.
      throw new IdentityUnavailableError('Whether a token is revoked cannot be told now.')
    } finally {
      clearTimeout(timer)
    }
    if (answer !== false) throw new IdentityError('revoked')
  }
}
