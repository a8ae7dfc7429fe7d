import { IdentityError, type IdentityReason } from '../../errors.js'

const BY_CLAIM: Readonly<Record<string, IdentityReason>> = {
  iss: 'issuer',
  aud: 'audience',
  exp: 'expired',
  nbf: 'not-yet-valid',
  iat: 'not-yet-valid',
}

const BY_CODE: Readonly<Record<string, IdentityReason>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'algorithm',
  ERR_JWS_INVALID: 'malformed',
  ERR_JWT_INVALID: 'malformed',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWT_EXPIRED: 'expired',
}

/** What jose says, as a reason of ours: its errors hold the whole claims set. A key that jose will not use has no signature. */
export function refusalOf(error: unknown): IdentityError {
  const { code, claim, reason } = error as {
    readonly code?: unknown
    readonly claim?: unknown
    readonly reason?: unknown
  }
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    // A claim that is missing or of the wrong type, against one that says no.
    const isNo = reason === 'check_failed' && typeof claim === 'string' && Object.hasOwn(BY_CLAIM, claim)
    return new IdentityError(isNo ? BY_CLAIM[claim]! : 'claims')
  }
  return new IdentityError((typeof code === 'string' ? BY_CODE[code] : undefined) ?? 'signature')
}
