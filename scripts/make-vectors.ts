import { createCipheriv, hkdfSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { concat, encodeParts, hmacSha256, utf8 } from '../src/seal/bytes.js'
import { sealWith } from '../src/seal/envelope.js'
import { encodeAad, type UnsealedRow } from '../src/vault/claim-row.js'
import type { ClaimId } from '../src/vault/claim-store.js'
import { NamingKeys } from '../src/vault/naming-keys.js'
import { encodePayload, type Payload } from '../src/vault/payload.js'

/**
 * Wrote fixtures/vectors/v1.json from fixed inputs. Published vectors are append-only: a new format gets a new file, so
 * this refuses to overwrite one.
 */
const file = new URL('../fixtures/vectors/v1.json', import.meta.url)
if (existsSync(file)) throw new Error('fixtures/vectors/v1.json is published and append-only; write a new version.')

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** Bytes that nobody would take for random ones. */
const fixed = (label: string, length: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', utf8(`secret-safe vectors v1: ${label}`), '', '', length))

// Far ahead, so that the vectors can be opened by the clock of any store; of window 3484.
const CREATED_AT = 9_000_000_000_000
const CAP_AT = 9_031_536_000_000

const kek = fixed('kek', 32)
const kekId = hex(hmacSha256(kek, utf8('secret-safe kek id v1'))).slice(0, 16)
const vaultId = 'abcdefgh'
const namingKeyId = 'k234'
const branch = { id: 'AAAAAAAAAAAAAAAAAAAAAA', tenant: 'acme', window: 3484, key: fixed('branch key', 32) }
const root = fixed('naming root', 32)
const naming = new NamingKeys(vaultId, namingKeyId, root)
const scope = { tenant: 'acme', threadId: 'thread-1' }

const wrap = (key: Uint8Array, context: Uint8Array, nonce: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-256-gcm', kek, nonce, { authTagLength: 16 })
  cipher.setAAD(context)
  return concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

const namingContext = encodeParts(['secret-safe naming keys v1', vaultId, namingKeyId])
const branchContext = encodeParts(['secret-safe branch key v1', vaultId, branch.id, branch.tenant, branch.window])

const PAYLOADS: readonly (readonly [name: string, payload: Payload, secret: string | Uint8Array])[] = [
  ['text', { kind: 'text', text: 'correct horse battery staple' }, 'correct horse battery staple'],
  ['text beyond ASCII', { kind: 'text', text: 'пароль ✓ 🔑' }, 'пароль ✓ 🔑'],
  ['text with a lone surrogate', { kind: 'text', text: 'half \ud83d' }, 'half \ud83d'],
  ['bytes', { kind: 'bytes', bytes: Uint8Array.of(0, 1, 127, 128, 255) }, Uint8Array.of(0, 1, 127, 128, 255)],
  ['json', { kind: 'json', json: '{"user":"u","pass":"p"}' }, '{"user":"u","pass":"p"}'],
  ['secret', { kind: 'secret', json: '"correct horse"' }, 'correct horse'],
]

const claims = PAYLOADS.map(([name, payload, secret], i) => {
  const bytes = encodePayload(payload)
  const isHandoff = i % 2 === 1
  const id = isHandoff
    ? (Buffer.from(fixed(`id ${i}`, 16)).toString('base64url') as ClaimId)
    : naming.resumeId(scope, bytes)
  const row: UnsealedRow = {
    id,
    ...scope,
    mode: isHandoff ? 'handoff' : 'resume',
    state: 'live',
    generation: 1 + i,
    maxClaims: isHandoff ? 3 : null,
    claimed: 0,
    allow: isHandoff ? ['alice', 'agent-7'] : null,
    ruleId: 'marked-secret',
    branchKeyId: branch.id,
    ttlMs: isHandoff ? null : 2_592_000_000,
    createdAt: CREATED_AT,
    expiresAt: isHandoff ? CAP_AT : null,
    capAt: CAP_AT,
    credentialExpiresAt: null,
    leaseHolder: null,
    fingerprint: naming.fingerprint(secret, scope),
  }
  const aad = encodeAad(vaultId, row, 'value')
  const [salt, nonce] = [fixed(`salt ${i}`, 32), fixed(`nonce ${i}`, 12)]
  const { fingerprint, ...fields } = row
  return {
    name,
    payload: { kind: payload.kind, hex: hex(bytes) },
    row: fields,
    fingerprint: hex(fingerprint!),
    url: naming.url(scope, id),
    mac: hex(naming.claimMac(row)),
    aad: hex(aad),
    salt: hex(salt),
    nonce: hex(nonce),
    envelope: hex(sealWith(branch.key, bytes, aad, salt, nonce)),
  }
})

const vectors = {
  kek: { hex: hex(kek), id: kekId },
  vault: {
    vaultId,
    namingKeyId,
    namingRoot: hex(root),
    namingContext: hex(namingContext),
    wrappedNamingKeys: hex(wrap(root, namingContext, fixed('naming nonce', 12))),
  },
  branchKey: {
    id: branch.id,
    tenant: branch.tenant,
    window: branch.window,
    key: hex(branch.key),
    context: hex(branchContext),
    wrapped: hex(wrap(branch.key, branchContext, fixed('branch nonce', 12))),
  },
  place: { channel: 'messages', messageId: 'm1', tag: naming.place(scope, 'messages', 'm1') },
  thread: { usedAt: CREATED_AT, mac: hex(naming.threadMac({ ...scope, usedAt: CREATED_AT, held: false })) },
  encodeParts: [
    { parts: ['a', 1, null], hex: hex(encodeParts(['a', 1, null])) },
    { parts: ['', 'é'], hex: hex(encodeParts(['', 'é'])) },
    { parts: [], hex: hex(encodeParts([])) },
  ],
  claims,
}

writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`)
