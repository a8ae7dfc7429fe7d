import type { Narrowing } from '../access/limits.js'
import type { Principal } from '../access/principal.js'
import { ClaimUrlError, InputError } from '../errors.js'
import { utf8 } from '../seal/bytes.js'
import { type ClaimUrlParts, parseClaimUrl } from './claim-url.js'
import { jwtExpiry, plausibleTime } from './credential-expiry.js'

const DEFAULT_HANDOFF_TTL_MS = 60 * 60_000
const MAX_CONSUMERS = 1_000

/** What `create` and `createFor` share. */
export interface HandoffOptions {
  /** The thread in which the URL will be claimed. */
  readonly threadId: string
  /** How often it may be claimed; 1 unless told. */
  readonly maxClaims?: number
  /** One hour unless told. */
  readonly ttlMs?: number
  /** `lease`: the first claim opens a window for the same principal and run, for a retry after a crash. */
  readonly mode?: 'handoff' | 'lease'
  /** How long a lease stays open from its first claim, in ms; until it expires unless told. */
  readonly leaseMs?: number
  /** When the credential itself ends, ms since the epoch; a JWT's own `exp` unless told. No claim outlives it. */
  readonly credentialExpiresAt?: number
  /** Sealed beside the value. JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly runId?: string
  /** Recorded as who created it; needs the right to `grant`. */
  readonly principal?: Principal
}

export interface CreateOptions extends HandoffOptions {
  /** Subjects (`sub` or `act`) that may claim it; everyone of the tenant unless told. */
  readonly allow?: readonly string[]
}

/** Who gets a claim of its own of a shared secret, and how far it goes; what is not told is the options'. */
export interface Consumer {
  /** As `sub` or `act`. */
  readonly sub: string
  readonly maxClaims?: number
  readonly ttlMs?: number
}

export interface ClaimOptions {
  readonly principal: Principal
  readonly threadId: string
  readonly runId?: string
  /** What it is for, such as a node's name: a grant may be for one task alone. */
  readonly task?: string
  /** Decides instead of the principal's own right and grants; uses of it are counted. */
  readonly capability?: string
}

/** To whom a part of what the principal has goes, and how far; what is not told stays as the principal has it. */
export interface GrantOptions extends Narrowing {
  readonly principal: Principal
  readonly threadId: string
  /** A `sub` or an `act`. */
  readonly to: string
  /** Id of a grant that the principal holds; its own right unless told. */
  readonly from?: string
}

export interface CapabilityOptions extends Narrowing {
  readonly principal: Principal
  readonly threadId: string
  /** Who may present it: subjects, each a `sub` or an `act`. */
  readonly audience: readonly string[]
}

export interface ReplaceOptions extends ClaimOptions {
  /** When the new credential ends, ms since the epoch; a JWT's own `exp` unless told. */
  readonly credentialExpiresAt?: number
}

/**
 * What to end. A claim and a value end with every claim of the same secret; a grant is one claim alone. `grantId` and
 * `capability` end what was handed on, and all that was narrowed from it. A subject (`sub` or `act`) and the tenant get
 * nothing from then on, nor does anybody by what the subject handed on.
 */
export type RevokeTarget =
  | { readonly claim: string }
  | { readonly grant: string }
  | { readonly grantId: string }
  | { readonly capability: string }
  | { readonly value: string }
  | { readonly threadId: string }
  | { readonly runId: string }
  | { readonly sub: string }
  | { readonly tenant: true }

/** A run's end cannot be lifted: what it ended is minted again when it is stored again. What was handed on is handed on anew. */
export type ReinstateTarget = Exclude<
  RevokeTarget,
  { readonly runId: string } | { readonly grantId: string } | { readonly capability: string }
>

/** The options as they are stored. @throws InputError */
export function checkHandoff(value: unknown, options: HandoffOptions, consumers: readonly ConsumerGrant[]) {
  const { mode = 'handoff', leaseMs, metadata, runId, credentialExpiresAt } = options
  if (typeof value !== 'string' && !(value instanceof Uint8Array))
    throw new InputError(`create expects a string or a Uint8Array, got ${typeof value}.`)
  if (mode !== 'handoff' && mode !== 'lease') throw new InputError("mode is 'handoff' or 'lease'.")
  if (leaseMs !== undefined && mode !== 'lease') throw new InputError("leaseMs needs mode 'lease'.")
  if (runId !== undefined) requireText('runId', runId)
  return {
    secret: value,
    mode,
    leaseMs: leaseMs === undefined ? null : requireCount('leaseMs', leaseMs),
    metadata: metadata === undefined ? null : utf8(stringifyMetadata(metadata)),
    runId,
    credentialExpiresAt: checkTime(credentialExpiresAt) ?? jwtExpiry(value),
    grants: consumers.map(({ allow, ...own }) => ({
      maxClaims: requireCount('maxClaims', own.maxClaims ?? options.maxClaims ?? 1),
      ttlMs: requireCount('ttlMs', own.ttlMs ?? options.ttlMs ?? DEFAULT_HANDOFF_TTL_MS),
      allow: checkAllow(allow),
    })),
  } as const
}

type ConsumerGrant = Omit<Consumer, 'sub'> & { readonly allow: readonly string[] | null }

/** @throws InputError */
export function checkConsumers(consumers: readonly Consumer[]): readonly ConsumerGrant[] {
  if (!Array.isArray(consumers) || consumers.length === 0 || consumers.length > MAX_CONSUMERS)
    throw new InputError(`consumers is a list of 1 to ${MAX_CONSUMERS} of { sub, maxClaims?, ttlMs? }.`)
  return consumers.map(({ sub, ...own }) => ({ ...own, allow: [requireText('sub', sub)] }))
}

/** A text as allow list would admit every part of it. */
function checkAllow(allow: readonly string[] | null): readonly string[] | null {
  if (allow !== null && !(Array.isArray(allow) && allow.every((subject) => typeof subject === 'string')))
    throw new InputError('allow is a list of subjects, each a string.')
  return allow
}

/** @throws InputError */
export function checkTime(ms: number | undefined): number | undefined {
  if (ms === undefined) return undefined
  const time = typeof ms === 'number' ? plausibleTime(ms) : null
  if (time === null) throw new InputError('credentialExpiresAt is a time in milliseconds since the epoch.')
  return time
}

/** What JSON.stringify throws may quote the metadata. */
function stringifyMetadata(metadata: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(metadata)
  } catch {
    json = undefined
  }
  if (json !== undefined) return json
  throw new InputError('metadata is not JSON: it holds a BigInt, a cycle or a throwing toJSON.')
}

/** @throws ClaimUrlError */
export function parseUrl(url: string): ClaimUrlParts {
  const parts = typeof url === 'string' ? parseClaimUrl(url) : null
  if (parts === null) throw new ClaimUrlError('Expected one claim URL: claim://<vault>/v1/<kid>/<id>.<tag>.')
  return parts
}

/** @throws InputError */
export function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new InputError(`${name} is required: a non-empty string.`)
  return value
}

function requireCount(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value
  throw new InputError(`${name} is a whole number of 1 or more${name.endsWith('Ms') ? ' (milliseconds)' : ''}.`)
}
