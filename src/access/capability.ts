import { InputError } from '../errors.js'
import { equalBytes, fromBase64Url, hmacSha256, toBase64Url, utf8 } from '../seal/bytes.js'
import { checkAudience, checkNarrowing, type Limits, type Narrowing, narrow, widened } from './limits.js'

const PREFIX = 'sscap1'
const MAX_STEPS = 8
const MAX_LENGTH = 16_384
const TAG_BYTES = 32

/** What a capability is about, and who made it; signed with its first step. */
export interface CapabilityRoot {
  readonly vaultId: string
  readonly tenant: string
  readonly threadId: string
  readonly claimId: string
  /** Random; uses are counted under it. */
  readonly jti: string
  readonly by: { readonly sub: string; readonly act?: string }
}

/** One step of a capability: its limits, and a name under which the vault counts its uses. */
export interface CapabilityStep {
  readonly limits: Limits
  readonly useId: string
}

export interface Capability {
  readonly root: CapabilityRoot
  /** From the one who made it to the last who narrowed it. */
  readonly steps: readonly CapabilityStep[]
}

/** Of a root's bytes, under a key that only the vault has. */
export type RootMac = (bytes: Uint8Array) => Uint8Array

/**
 * A capability is a chain of MACs (Birgisson et al., "Macaroons", NDSS 2014): the vault signs the first step, and each
 * tag is the key of the next step. Whoever holds one can narrow it without the vault and nobody can take a step back.
 * It opens nothing by itself: the one who presents it must be of its audience, and prove that some other way.
 */
export function signCapability(root: CapabilityRoot, limits: Limits, mac: RootMac): string {
  const body = encodeStep({ ...root, ...limits })
  return [PREFIX, body, toBase64Url(mac(utf8(body)))].join('.')
}

/**
 * A narrower capability, made offline.
 * @param to what is not told stays as it was; `audience` is a part of what it was.
 * @param now ms since the epoch; the vault's clock decides when it is used.
 * @throws InputError for what is no capability, and for a step that would widen it.
 */
export function attenuate(
  capability: string,
  to: Narrowing & { readonly audience?: readonly string[] },
  now = Date.now(),
): string {
  const { bodies, tag } = split(capability)
  if (bodies.length >= MAX_STEPS) throw new InputError(`A capability is narrowed ${MAX_STEPS - 1} times at most.`)
  checkNarrowing(to)
  const last = limitsOf(bodies)
  const audience = to.audience === undefined ? last.audience : checkAudience(to.audience)
  if (!audience.every((subject) => last.audience.includes(subject)))
    throw new InputError('What is handed on can only be narrowed, and audience would be wider.')
  const body = encodeStep(narrow(last, to, audience, now))
  return [PREFIX, ...bodies, body, toBase64Url(hmacSha256(tag, utf8(body)))].join('.')
}

/** Null for anything that was not made with this key, was changed, or goes further than the step before. */
export function openCapability(capability: string, mac: RootMac): Capability | null {
  try {
    const { bodies, tag } = split(capability)
    const [first, ...rest] = bodies
    const tags = [mac(utf8(first!))]
    for (const body of rest) tags.push(hmacSha256(tags.at(-1)!, utf8(body)))
    if (!equalBytes(tags.at(-1)!, tag)) return null
    const limits = bodies.map((body) => parseLimits(decodeStep(body)))
    if (limits.some((next, i) => i > 0 && isWider(next, limits[i - 1]!))) return null
    const root = parseRoot(decodeStep(first!))
    const steps = limits.map((step, i) => ({ limits: step, useId: useId(root.jti, tags[i]!) }))
    return { root, steps }
  } catch {
    return null
  }
}

const isWider = (next: Limits, limits: Limits): boolean =>
  widened(next, limits) !== undefined || !next.audience.every((subject) => limits.audience.includes(subject))

/** A step's own tag names it; what is derived from the tag tells nothing of it. */
const useId = (jti: string, tag: Uint8Array): string =>
  `${jti}.${toBase64Url(hmacSha256(tag, utf8('secret-safe capability use v1')).subarray(0, 16))}`

function limitsOf(bodies: readonly string[]): Limits {
  return parseLimits(decodeStep(bodies.at(-1)!))
}

function split(capability: string): { readonly bodies: readonly string[]; readonly tag: Uint8Array } {
  const parts = typeof capability === 'string' && capability.length <= MAX_LENGTH ? capability.split('.') : []
  const tag = parts.length >= 3 && parts[0] === PREFIX ? fromBase64Url(parts.at(-1)!) : undefined
  if (tag?.length !== TAG_BYTES || parts.length > MAX_STEPS + 2)
    throw new InputError('Expected a capability, as ClaimVault.capability makes it.')
  return { bodies: parts.slice(1, -1), tag }
}

const encodeStep = (fields: object): string => toBase64Url(utf8(JSON.stringify(fields)))

function decodeStep(body: string): Readonly<Record<string, unknown>> {
  const bytes = fromBase64Url(body)
  const fields: unknown = bytes === undefined ? undefined : parseJson(bytes)
  if (typeof fields !== 'object' || fields === null) throw new InputError('Expected a capability; this one is damaged.')
  return fields as Readonly<Record<string, unknown>>
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function parseRoot(fields: Readonly<Record<string, unknown>>): CapabilityRoot {
  const { vaultId, tenant, threadId, claimId, jti, by } = fields as unknown as CapabilityRoot
  const texts = [vaultId, tenant, threadId, claimId, jti, by?.sub]
  if (!texts.every((text) => typeof text === 'string' && text !== '')) throw damaged()
  return { vaultId, tenant, threadId, claimId, jti, by }
}

function parseLimits(fields: Readonly<Record<string, unknown>>): Limits {
  const { audience, verbs, expiresAt, count, runId, task } = fields as unknown as Limits
  checkNarrowing({ verbs, ...(count === null ? {} : { count }) })
  if (!Number.isSafeInteger(expiresAt) || !isTextOrNull(runId) || !isTextOrNull(task)) throw damaged()
  return { audience: checkAudience(audience), verbs, expiresAt, count, runId, task }
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string'
const damaged = () => new InputError('Expected a capability; this one is damaged.')
