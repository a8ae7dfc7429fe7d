import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { KeyInvalidError } from '../errors.js'

/** An auditor's X25519 key: writers hold the public half and cannot open what they sealed to it. */
export interface AuditorPublicKey {
  readonly id: string
  readonly key: KeyObject
}

/** An Ed25519 key that signs roots, or the public half that checks them. */
export interface SealingKey {
  readonly id: string
  readonly key: KeyObject
}

/** @param pem SPKI, as `secret-safe ledger keygen --auditor` writes it. @throws KeyInvalidError */
export function parseAuditorPublicKey(pem: string): AuditorPublicKey {
  return publicHalf(pem, 'x25519', 'auditor')
}

/** @param pem PKCS#8. @throws KeyInvalidError */
export function parseAuditorPrivateKey(pem: string): AuditorPublicKey & { readonly privateKey: KeyObject } {
  const privateKey = privateHalf(pem, 'x25519', 'auditor')
  const key = createPublicKey(privateKey)
  return { id: keyIdOf('auditor', key), key, privateKey }
}

/** @param pem PKCS#8, Ed25519. @throws KeyInvalidError */
export function parseSigningKey(pem: string): SealingKey {
  const key = privateHalf(pem, 'ed25519', 'signing')
  return { id: keyIdOf('ed25519', createPublicKey(key)), key }
}

/** @param pem SPKI, Ed25519; a private key gives its public half. @throws KeyInvalidError */
export function parseVerifyingKey(pem: string): SealingKey {
  return publicHalf(pem, 'ed25519', 'signing')
}

function publicHalf(pem: string, type: 'x25519' | 'ed25519', name: string): SealingKey {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === type) return { id: keyIdOf(type === 'x25519' ? 'auditor' : type, key), key }
  } catch {
    // The error may quote what it was given.
  }
  throw new KeyInvalidError(`The ledger's ${name} key is not a public key in PEM of type ${type}. ${HOW[type]}`)
}

function privateHalf(pem: string, type: 'x25519' | 'ed25519', name: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === type) return key
  } catch {
    // As above.
  }
  throw new KeyInvalidError(
    `The ledger's ${name} key is not a private key in PEM (PKCS#8) of type ${type}. ${HOW[type]}`,
  )
}

const HOW = {
  x25519: 'Run: secret-safe ledger keygen --auditor',
  ed25519: 'Run: secret-safe ledger keygen',
} as const

/** Tells keys apart: the kind, and 16 hex characters of the public key's digest. */
function keyIdOf(kind: string, key: KeyObject): string {
  const digest = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
  return `${kind}:${digest.slice(0, 16)}`
}
