import { type CredentialExpiry, plausibleTime } from '../credential-expiry.js'

/** Fields whose value is what an expiry beside them describes. A refresh token outlives it. */
const ACCESS_TOKEN = /^(?:(?:access|auth|bearer|session|security)_?)?token$/i
const IN_SECONDS = ['expires_in', 'expiresIn']
const AT = ['expires_at', 'expiresAt', 'expiry', 'expires_on', 'expiresOn', 'expiry_date', 'expiration', 'Expiration']
const MAX_SECONDS = 10 * 366 * 86_400
/** Seconds have 10 digits from 2001 to 2286, milliseconds 13. */
const FIRST_SECONDS = 1e9
const FIRST_MS = 1e11

/**
 * What an object says of the access token that it holds under `key`: `expires_in` (seconds), or a time in seconds, in
 * milliseconds or as text. A time goes before a duration, which would count anew each time that it is read.
 */
export function siblingExpiry(
  key: string | undefined,
  parent: Readonly<Record<string, unknown>> | undefined,
): CredentialExpiry | undefined {
  if (key === undefined || parent === undefined || !ACCESS_TOKEN.test(key)) return undefined
  for (const name of AT) {
    const at = timeOf(ownData(parent, name))
    if (at !== null) return { at }
  }
  for (const name of IN_SECONDS) {
    const seconds = numberOf(ownData(parent, name))
    if (seconds !== undefined && seconds > 0 && seconds <= MAX_SECONDS) return { inMs: Math.floor(seconds * 1000) }
  }
  return undefined
}

function timeOf(value: unknown): number | null {
  if (value instanceof Date) return plausibleTime(value.getTime())
  const number = numberOf(value)
  if (number !== undefined) {
    if (number < FIRST_SECONDS) return null
    return plausibleTime(number < FIRST_MS ? number * 1000 : number)
  }
  return typeof value === 'string' && value.length <= 64 ? plausibleTime(Date.parse(value)) : null
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,16}(?:\.\d{1,6})?$/.test(value) ? Number(value) : undefined
}

/** Accessors are the application's code. */
function ownData(parent: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(parent, name)?.value
}
