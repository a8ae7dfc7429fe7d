import { ConfigError } from '../../errors.js'
import { checkEndpoint } from './endpoint.js'
import type { KeySource } from './key-set.js'
import type { ClaimNames } from './principal-claims.js'
import { RemoteKeys, type RemoteKeysOptions, resolveRemoteOptions } from './remote-keys.js'
import { FixedKeys, type StaticKeys } from './static-keys.js'

const ASYMMETRIC = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512']
const SYMMETRIC = ['HS256', 'HS384', 'HS512']
const DEFAULT_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256']
const DEFAULT_TYPES = ['at+jwt', 'JWT']
const DEFAULT_TENANT = 'default'
const DEFAULT_MAX_TOKENS = 20_000

/** What every verifier of JSON Web Tokens takes, wherever its keys come from. */
export interface TokenRules extends RemoteKeysOptions {
  /** What `iss` must be, exactly. */
  readonly issuer: string
  /** `aud` must hold one of these: this service, not the client that the token was given to. */
  readonly audience: string | readonly string[]
  /** EdDSA, ES256, RS256 and PS256 unless told; HS256 with a shared secret. The token never chooses beyond these. */
  readonly algorithms?: readonly string[]
  /** Accepted `typ`; `at+jwt` and `JWT` unless told. Null accepts a token that states none. */
  readonly typ?: readonly (string | null)[]
  /** For clocks that differ, in ms; 5,000 unless told. */
  readonly clockToleranceMs?: number
  /** Tokens that were issued (`iat`) longer ago are refused, in ms. */
  readonly maxAgeMs?: number
  /** Beside `iss`, `aud`, `exp` and what `claims` names. */
  readonly requiredClaims?: readonly string[]
  readonly claims?: ClaimNames
  /** The tenant of every token, where no claim says it; `'default'` unless told. No token is of every tenant. */
  readonly tenant?: string
  /** Claims that policies may see; none unless told. */
  readonly exposeClaims?: readonly string[]
  /** Asked at every use, also of a token that is known already; a token without a `jti` is refused then. */
  readonly revoked?: (jti: string, claims: Readonly<Record<string, unknown>>) => boolean | Promise<boolean>
  /** A token is good for the first thread and run that use it, and for no other in this process; it needs a `jti`. */
  readonly oneRun?: boolean
  /** Tokens remembered at once; 20,000 unless told. */
  readonly maxTokens?: number
}

export interface JwtVerifierOptions extends TokenRules {
  /** Of the issuer's key set; `https`, or `http` on loopback. */
  readonly jwksUri?: string | URL
  /** In place of `jwksUri`. */
  readonly keys?: StaticKeys
}

export interface ResolvedRules {
  readonly issuer: string
  readonly audience: string[]
  readonly algorithms: readonly string[]
  /** Lower case, without `application/`; null for none. */
  readonly types: ReadonlySet<string | null>
  readonly clockToleranceMs: number
  readonly maxAgeMs: number | undefined
  readonly requiredClaims: string[]
  readonly names: ClaimNames
  readonly tenant: string
  readonly exposeClaims: readonly string[]
  readonly revoked: TokenRules['revoked']
  readonly revokedTimeoutMs: number
  readonly oneRun: boolean
  readonly maxTokens: number
}

/** @throws ConfigError */
export function keySourceOf({ jwksUri, keys, ...options }: JwtVerifierOptions): KeySource & { isSecret?: boolean } {
  if ((jwksUri === undefined) === (keys === undefined))
    throw new ConfigError('jwtVerifier needs one of jwksUri and keys.')
  if (keys !== undefined) return new FixedKeys(keys)
  const url = checkEndpoint(jwksUri!, 'jwksUri')
  return new RemoteKeys(() => url, resolveRemoteOptions(options))
}

/** @param isSecret true when the key is a shared secret. @throws ConfigError */
export function resolveRules(rules: TokenRules, isSecret: boolean): ResolvedRules {
  const { issuer, audience, claims: names = {}, oneRun = false, revoked } = rules
  if (!isText(issuer)) throw new ConfigError('issuer is the exact "iss" of the tokens.')
  const audiences = typeof audience === 'string' ? [audience] : [...(audience ?? [])]
  if (audiences.length === 0 || !audiences.every(isText)) throw new ConfigError('audience names this service.')
  const algorithms = rules.algorithms ?? (isSecret ? ['HS256'] : DEFAULT_ALGORITHMS)
  const allowed = isSecret ? SYMMETRIC : ASYMMETRIC
  if (algorithms.length === 0 || !algorithms.every((algorithm) => allowed.includes(algorithm))) {
    throw new ConfigError(`algorithms with ${isSecret ? 'a shared secret' : 'public keys'}: ${allowed.join(', ')}.`)
  }
  if (names.tenant !== undefined && rules.tenant !== undefined) {
    throw new ConfigError('The tenant is said by claims.tenant or by tenant, not by both.')
  }
  if (!isText(rules.tenant ?? DEFAULT_TENANT)) throw new ConfigError('tenant is a name.')
  return {
    issuer,
    audience: audiences,
    algorithms,
    types: new Set((rules.typ ?? DEFAULT_TYPES).map((typ) => typ && normalizeType(typ))),
    clockToleranceMs: checkMs(rules.clockToleranceMs ?? 5_000, 'clockToleranceMs'),
    maxAgeMs: rules.maxAgeMs === undefined ? undefined : checkMs(rules.maxAgeMs, 'maxAgeMs'),
    requiredClaims: ['exp', ...(rules.requiredClaims ?? []), ...(oneRun || revoked !== undefined ? ['jti'] : [])],
    names,
    tenant: rules.tenant ?? DEFAULT_TENANT,
    exposeClaims: rules.exposeClaims ?? [],
    revoked,
    revokedTimeoutMs: rules.timeoutMs ?? 5_000,
    oneRun,
    maxTokens: rules.maxTokens ?? DEFAULT_MAX_TOKENS,
  }
}

/** RFC 7515 §4.1.9: `at+jwt` stands for `application/at+jwt`, in any case. */
export const normalizeType = (typ: string): string => typ.toLowerCase().replace(/^application\//, '')

const isText = (text: unknown): text is string => typeof text === 'string' && text !== ''

function checkMs(ms: number, name: string): number {
  if (!Number.isFinite(ms) || ms < 0) throw new ConfigError(`${name} is a number of milliseconds.`)
  return ms
}
