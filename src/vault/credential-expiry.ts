/** When a credential says that it ends: ms since the epoch, or ms from now. */
export type CredentialExpiry = { readonly at: number } | { readonly inMs: number }

/** By the store's clock; null for "does not say". */
export function expiryAt(expiry: CredentialExpiry | undefined, now: number): number | null {
  if (expiry === undefined) return null
  return 'at' in expiry ? expiry.at : now + expiry.inMs
}

const JWT = /^[A-Za-z0-9_-]{4,2048}\.([A-Za-z0-9_-]{4,16384})\.[A-Za-z0-9_-]*$/

/** The `exp` of a JSON Web Token in ms since the epoch; null for anything else. The signature is not looked at. */
export function jwtExpiry(secret: string | Uint8Array): number | null {
  if (typeof secret !== 'string' || !secret.startsWith('eyJ')) return null
  const payload = JWT.exec(secret)?.[1]
  if (payload === undefined) return null
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp?: unknown }
    return typeof exp === 'number' ? plausibleTime(exp * 1000) : null
  } catch {
    return null
  }
}

/** What a date can hold, in whole ms: a store keeps integers. */
export function plausibleTime(ms: number): number | null {
  return ms > 0 && ms <= 8.64e15 ? Math.floor(ms) : null
}
