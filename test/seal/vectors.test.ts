import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { describe, expect, it } from 'vitest'
import { ClaimVault, isSecret, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'
import { encodeParts } from '../../src/seal/bytes.js'
import { openEnvelope, sealWith } from '../../src/seal/envelope.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { encodeAad, type UnsealedRow } from '../../src/vault/claim-row.js'
import type { ClaimRow, ClaimStore } from '../../src/vault/claim-store.js'
import { NamingKeys } from '../../src/vault/naming-keys.js'
import { decodePayload } from '../../src/vault/payload.js'
import { cli } from '../cli/cli.js'
import { configDir } from '../config/config-dir.js'

interface Vectors {
  readonly kek: { readonly hex: string; readonly id: string }
  readonly vault: Readonly<
    Record<'vaultId' | 'namingKeyId' | 'namingRoot' | 'namingContext' | 'wrappedNamingKeys', string>
  >
  readonly branchKey: Readonly<Record<'id' | 'tenant' | 'key' | 'context' | 'wrapped', string>> & { window: number }
  readonly place: Readonly<Record<'channel' | 'messageId' | 'tag', string>>
  readonly thread: { readonly usedAt: number; readonly mac: string }
  readonly encodeParts: readonly { readonly parts: (string | number | null)[]; readonly hex: string }[]
  readonly claims: readonly (Readonly<
    Record<'name' | 'fingerprint' | 'url' | 'mac' | 'aad' | 'salt' | 'nonce' | 'envelope', string>
  > & {
    readonly payload: { readonly kind: string; readonly hex: string }
    readonly row: Omit<UnsealedRow, 'fingerprint'>
  })[]
}

const vectors = JSON.parse(readFileSync('fixtures/vectors/v1.json', 'utf8')) as Vectors
const { kek, vault, branchKey, claims } = vectors
const scope = { tenant: 'acme', threadId: 'thread-1' }
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')
const naming = new NamingKeys(vault.vaultId, vault.namingKeyId, bytes(vault.namingRoot))
const named = claims.map((claim) => [claim.name, claim] as const)

function rowOf(claim: Vectors['claims'][number]): ClaimRow {
  return {
    ...claim.row,
    fingerprint: bytes(claim.fingerprint),
    mac: bytes(claim.mac),
    sealed: bytes(claim.envelope),
    sealedMetadata: null,
    sweepAt: null,
  }
}

describe('published vectors: the building blocks', () => {
  it('encodes lists of parts', () => {
    for (const { parts, hex: expected } of vectors.encodeParts) expect(hex(encodeParts(parts))).toBe(expected)
  })

  it('names the key and unwraps both data keys', async () => {
    const ring = new KeyRing(bytes(kek.hex))
    expect(await ring.currentId()).toBe(kek.id)
    const unwrap = async (wrapped: string, context: string) =>
      hex((await ring.unwrap({ keyId: kek.id, bytes: bytes(wrapped) }, bytes(context)))!)
    expect(await unwrap(vault.wrappedNamingKeys, vault.namingContext)).toBe(vault.namingRoot)
    expect(await unwrap(branchKey.wrapped, branchKey.context)).toBe(branchKey.key)
  })

  it('names places and threads', () => {
    const { channel, messageId, tag } = vectors.place
    expect(naming.place(scope, channel, messageId)).toBe(tag)
    expect(hex(naming.threadMac({ ...scope, usedAt: vectors.thread.usedAt, held: false }))).toBe(vectors.thread.mac)
  })

  it.each(named)('seals and opens the same envelope: %s', (_, claim) => {
    const aad = encodeAad(vault.vaultId, { ...claim.row, fingerprint: null }, 'value')
    expect(hex(aad)).toBe(claim.aad)
    const key = bytes(branchKey.key)
    const sealed = sealWith(key, bytes(claim.payload.hex), aad, bytes(claim.salt), bytes(claim.nonce))
    expect(hex(sealed)).toBe(claim.envelope)
    expect(hex(openEnvelope(key, sealed, aad))).toBe(claim.payload.hex)
  })

  it.each(named)('gives the same URL, MAC and fingerprint: %s', (_, claim) => {
    expect(naming.url(scope, claim.row.id)).toBe(claim.url)
    expect(hex(naming.claimMac(claim.row))).toBe(claim.mac)
    if (claim.row.mode === 'resume') expect(naming.resumeId(scope, bytes(claim.payload.hex))).toBe(claim.row.id)
    const payload = decodePayload(bytes(claim.payload.hex))
    if (payload.kind === 'text') expect(hex(naming.fingerprint(payload.text, scope))).toBe(claim.fingerprint)
  })
})

describe('published vectors: a reader that knows docs/envelope-format.md alone', () => {
  it.each(named)('opens %s', (_, claim) => {
    const envelope = Buffer.from(claim.envelope, 'hex')
    expect(envelope[0]).toBe(1)
    const derived = Buffer.from(
      hkdfSync('sha512', bytes(branchKey.key), envelope.subarray(1, 33), 'secret-safe envelope v1', 64),
    )
    expect(derived.subarray(32).equals(envelope.subarray(45, 77))).toBe(true)
    const decipher = createDecipheriv('aes-256-gcm', derived.subarray(0, 32), envelope.subarray(33, 45))
    decipher.setAAD(bytes(claim.aad)).setAuthTag(envelope.subarray(-16))
    expect(hex(Buffer.concat([decipher.update(envelope.subarray(77, -16)), decipher.final()]))).toBe(claim.payload.hex)
  })

  it('computes a claim URL’s tag', () => {
    const [claim] = claims
    const key = hkdfSync('sha256', bytes(vault.namingRoot), vault.vaultId, 'secret-safe naming v1 url', 32)
    const parts = ['v1', 'acme', 'thread-1', claim!.row.id].map((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(Buffer.byteLength(part))
      return Buffer.concat([length, Buffer.from(part)])
    })
    const mac = createHmac('sha256', new Uint8Array(key)).update(Buffer.concat(parts)).digest()
    expect(claim!.url.split('.').at(-1)).toBe(mac.subarray(0, 16).toString('base64url'))
  })
})

/** The vectors' claims in a store, as their own vault would have left them, with their lives shifted to now. */
async function fill(store: ClaimStore): Promise<ClaimStore> {
  await store.setup()
  await store.initVault({
    vaultId: vault.vaultId,
    namingKeyId: vault.namingKeyId,
    kekId: kek.id,
    wrappedNamingKeys: bytes(vault.wrappedNamingKeys),
  })
  const { id, tenant, window } = branchKey
  await store.initBranchKey({ id, tenant, window, kekId: kek.id, wrapped: bytes(branchKey.wrapped) })
  const { committed } = await store.commit({ insert: claims.map(rowOf) })
  expect(committed).toBe(true)
  const places = claims.map(({ row }) => [row.id, naming.place(scope, 'login', '')] as const)
  await store.commit({ places })
  return store
}

describe.each([
  ['memory', () => new MemoryClaimStore()],
  ['SQLite', () => SqliteClaimStore.fromConnString(':memory:')],
] as const)('published vectors: through a vault in %s', (_, open) => {
  it('gives out each claim by its own path: restored by a saver, or claimed', async () => {
    const opened = await ClaimVault.open({
      store: await fill(open()),
      keys: new KeyRing(bytes(kek.hex)),
      tenant: 'acme',
      sweep: 'manual',
    })
    const principal = { sub: 'alice' }
    const inner = new MemorySaver()
    const saver = new SecretSafeSaver(inner, { vault: opened, principal })
    const config = { configurable: { thread_id: 'thread-1', checkpoint_ns: '' } }
    for (const claim of claims) {
      const payload = decodePayload(bytes(claim.payload.hex))
      const content = payload.kind === 'bytes' ? payload.bytes : payload.kind === 'text' ? payload.text : payload.json
      if (claim.row.mode === 'handoff') {
        expect(await opened.claim(claim.url, { principal, threadId: 'thread-1' })).toEqual(content)
        continue
      }
      const checkpoint = { ...emptyCheckpoint(), channel_values: { login: claim.url } }
      const stored = await inner.put(config, checkpoint, { source: 'input', step: -1, parents: {} })
      const value: unknown = (await saver.getTuple(stored))?.checkpoint.channel_values.login
      expect(isSecret(value) ? JSON.stringify(value.expose()) : value).toEqual(
        payload.kind === 'json' ? JSON.parse(payload.json) : content,
      )
    }
    await opened.close()
  })
})

describe('published vectors: through the command', () => {
  it('opens their vault', async () => {
    const cwd = configDir({})
    const store = await fill(SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db')))
    await store.close()
    const env = { SECRET_SAFE_KEY: Buffer.from(kek.hex, 'hex').toString('base64') }
    const { code, stdout } = await cli(cwd, ['status', '--vault', 'vault.db', '--tenant', 'acme'], env)
    expect(code).toBe(0)
    expect(stdout).toContain(`vault    ${vault.vaultId}\nkey      ${kek.id} (current)`)
  })
})
