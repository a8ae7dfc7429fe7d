import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { concat, hmacSha256, utf8 } from '../seal/bytes.js'

const TAG_BYTES = 16
const NONCE_BYTES = 12
const VERSION = utf8('HPKE-v1')
const NOTHING = new Uint8Array(0)
const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex')
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex')

export const X25519_BYTES = 32

export interface HpkeAead {
  readonly id: number
  readonly keyBytes: number
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm'
}

const AES_256_GCM: HpkeAead = { id: 2, keyBytes: 32, cipher: 'aes-256-gcm' }

interface Sealing {
  readonly info: Uint8Array
  readonly aad: Uint8Array
  /** AES-256-GCM unless told, for the published test vectors only. */
  readonly aead?: HpkeAead
}

/**
 * Single-shot HPKE, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
 * @param ephemeral fresh unless told, for the published test vectors only.
 * @returns the ephemeral public key (32), ciphertext and tag (16).
 * @see RFC 9180 §4.1, §5.1, §6.1
 */
export function hpkeSeal(
  recipient: KeyObject,
  plaintext: Uint8Array,
  { info, aad, aead = AES_256_GCM }: Sealing,
  ephemeral: KeyObject = generateKeyPairSync('x25519').privateKey,
): Uint8Array {
  const enc = rawPublicKey(createPublicKey(ephemeral))
  const secret = sharedSecret(ephemeral, recipient, concat([enc, rawPublicKey(recipient)]))
  const { key, nonce } = keySchedule(secret, info, aead)
  const cipher = createCipheriv(aead.cipher, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(aad)
  return concat([enc, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** @returns undefined for every failure alike: another key, other info or AAD, a changed byte. */
export function hpkeOpen(
  privateKey: KeyObject,
  sealed: Uint8Array,
  { info, aad, aead = AES_256_GCM }: Sealing,
): Uint8Array | undefined {
  if (sealed.length < X25519_BYTES + TAG_BYTES) return undefined
  const enc = sealed.subarray(0, X25519_BYTES)
  try {
    const context = concat([enc, rawPublicKey(createPublicKey(privateKey))])
    const { key, nonce } = keySchedule(sharedSecret(privateKey, publicKeyOf(enc), context), info, aead)
    const decipher = createDecipheriv(aead.cipher, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(aad)
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    return concat([decipher.update(sealed.subarray(X25519_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}

export function rawPublicKey(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(-X25519_BYTES)
}

/** @param raw 32 bytes. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' })
}

/** @param raw 32 bytes. */
export function privateKeyOf(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: 'der', type: 'pkcs8' })
}

/** RFC 9180 §4.1; node refuses a point of low order, as §7.1.4 asks. */
function sharedSecret(privateKey: KeyObject, publicKey: KeyObject, kemContext: Uint8Array): Uint8Array {
  const suite = concat([utf8('KEM'), u16(0x0020)])
  const dh = diffieHellman({ privateKey, publicKey })
  const prk = labeledExtract(suite, NOTHING, 'eae_prk', dh)
  return labeledExpand(suite, prk, 'shared_secret', kemContext, 32)
}

/** RFC 9180 §5.1, mode_base, for the first message. */
function keySchedule(secret: Uint8Array, info: Uint8Array, aead: HpkeAead): { key: Uint8Array; nonce: Uint8Array } {
  const suite = concat([utf8('HPKE'), u16(0x0020), u16(0x0001), u16(aead.id)])
  const context = concat([
    Uint8Array.of(0),
    labeledExtract(suite, NOTHING, 'psk_id_hash', NOTHING),
    labeledExtract(suite, NOTHING, 'info_hash', info),
  ])
  const prk = labeledExtract(suite, secret, 'secret', NOTHING)
  return {
    key: labeledExpand(suite, prk, 'key', context, aead.keyBytes),
    nonce: labeledExpand(suite, prk, 'base_nonce', context, NONCE_BYTES),
  }
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  // HMAC pads a short key with zeros, so that no salt and 32 zero bytes are the same.
  return hmacSha256(salt, VERSION, suite, utf8(label), ikm)
}

/** HKDF-Expand of at most one block: no length here is over 32. */
function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return hmacSha256(prk, u16(length), VERSION, suite, utf8(label), info, Uint8Array.of(1)).subarray(0, length)
}

const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff)
