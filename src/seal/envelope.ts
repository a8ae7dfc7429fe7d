import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { EnvelopeError } from '../errors.js'
import { concat, equalBytes, utf8 } from './bytes.js'

const VERSION = 1
const SALT_BYTES = 32
const NONCE_BYTES = 12
const COMMITMENT_BYTES = 32
const TAG_BYTES = 16
const KEY_BYTES = 32
const HEADER_BYTES = 1 + SALT_BYTES + NONCE_BYTES + COMMITMENT_BYTES
const INFO = utf8('secret-safe envelope v1')

/** How many bytes an envelope adds to its plaintext. */
export const ENVELOPE_OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES

/**
 * Seals plaintext under a claim key derived from the branch key and a fresh salt.
 * @param branchKey 32 bytes.
 * @param aad canonical bytes from `encodeAad`; must be identical at `openEnvelope`.
 * @returns envelope v1: version (1), salt (32), nonce (12), key commitment (32), ciphertext, tag (16).
 * @see docs/envelope-format.md; NIST SP 800-38D §8 (a fresh key for each message, so a nonce never repeats under a key)
 */
export function sealEnvelope(branchKey: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  return sealWith(branchKey, plaintext, aad, salt, nonce)
}

/** As `sealEnvelope`, with salt and nonce given: for the published test vectors only. */
export function sealWith(
  branchKey: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
  salt: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const { key, commitment } = deriveClaimKey(branchKey, salt)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(aad)
  const ciphertext = concat([cipher.update(plaintext), cipher.final()])
  return concat([Uint8Array.of(VERSION), salt, nonce, commitment, ciphertext, cipher.getAuthTag()])
}

/**
 * @returns the plaintext, in memory of its own.
 * @throws EnvelopeError for every failure alike: a wrong key, other associated data, a changed or missing byte.
 */
export function openEnvelope(branchKey: Uint8Array, envelope: Uint8Array, aad: Uint8Array): Uint8Array {
  if (envelope.length < HEADER_BYTES + TAG_BYTES || envelope[0] !== VERSION) throw new EnvelopeError()
  const salt = envelope.subarray(1, 1 + SALT_BYTES)
  const nonce = envelope.subarray(1 + SALT_BYTES, 1 + SALT_BYTES + NONCE_BYTES)
  const committed = envelope.subarray(1 + SALT_BYTES + NONCE_BYTES, HEADER_BYTES)
  const name = Buffer.from(salt).toString('latin1')
  const known = derivedKeys.get(branchKey)?.get(name)
  const { key, commitment } = known ?? deriveClaimKey(branchKey, salt)
  if (!equalBytes(commitment, committed)) throw new EnvelopeError()
  if (known === undefined) remember(branchKey, name, { key, commitment })
  // Node accepts tags of 4 bytes unless told the length.
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(aad)
  decipher.setAuthTag(envelope.subarray(-TAG_BYTES))
  try {
    return concat([decipher.update(envelope.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new EnvelopeError()
  }
}

interface DerivedKey {
  readonly key: Uint8Array
  readonly commitment: Uint8Array
}

const MAX_DERIVED_KEYS = 4096
/**
 * A thread's reads open the same envelopes again and again, and deriving is most of the cost. Held by the branch key's own
 * object, so that they are gone with it; only for envelopes that hold the right commitment, so that nobody can fill it.
 */
const derivedKeys = new WeakMap<Uint8Array, Map<string, DerivedKey>>()

function remember(branchKey: Uint8Array, salt: string, derived: DerivedKey): void {
  const keys = derivedKeys.get(branchKey) ?? new Map<string, DerivedKey>()
  if (keys.size >= MAX_DERIVED_KEYS) keys.clear()
  derivedKeys.set(branchKey, keys.set(salt, derived))
}

/** The commitment binds the envelope to one key: AES-GCM alone opens under several keys that an attacker chooses. */
function deriveClaimKey(branchKey: Uint8Array, salt: Uint8Array): DerivedKey {
  const derived = new Uint8Array(hkdfSync('sha512', branchKey, salt, INFO, KEY_BYTES + COMMITMENT_BYTES))
  return { key: derived.subarray(0, KEY_BYTES), commitment: derived.subarray(KEY_BYTES) }
}
