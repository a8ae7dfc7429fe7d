import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { AIMessage } from '@langchain/core/messages'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'

const read = (name: string) => JSON.parse(readFileSync(`fixtures/vectors/${name}.json`, 'utf8'))
const { kek, vault, branchKey, claims, thread } = read('v1')
const reader = read('reader-v1')
const bytes = (hex: string) => Buffer.from(hex, 'hex')

/** Written from docs/envelope-format.md alone: what a program in another language has to do. */
class OtherReader {
  parts(...parts: (string | number | null)[]): Buffer {
    return Buffer.concat(
      parts.map((part) => {
        if (part === null) return Buffer.from('ffffffff', 'hex')
        const content = Buffer.from(String(part))
        const length = Buffer.alloc(4)
        length.writeUInt32BE(content.length)
        return Buffer.concat([length, content])
      }),
    )
  }

  mac(purpose: string, ...parts: (string | number | null)[]): Buffer {
    const info = `secret-safe naming v1 ${purpose}`
    const key = new Uint8Array(hkdfSync('sha256', bytes(vault.namingRoot), vault.vaultId, info, 32))
    return createHmac('sha256', key)
      .update(this.parts(...parts))
      .digest()
  }

  name(purpose: string, ...parts: (string | number | null)[]): string {
    return this.mac(purpose, ...parts)
      .subarray(0, 16)
      .toString('base64url')
  }

  open(id: string, messageId: string): { kind: number; content: Buffer } | undefined {
    const claim = claims.find(({ row }: { row: { id: string } }) => row.id === id)
    const { tenant, threadId, channel, now, places } = reader
    if (claim === undefined) return undefined
    const { row } = claim
    const mac = this.mac(
      'row',
      ...['claim', row.id, row.tenant, row.threadId, row.mode, row.state, row.generation, row.maxClaims, row.claimed],
      ...[null, row.ruleId, row.branchKeyId, row.ttlMs, row.createdAt, row.expiresAt, row.capAt],
      ...[row.credentialExpiresAt, row.leaseHolder],
    )
    const place = this.name('place', tenant, threadId, channel, messageId)
    const ends = Math.min(row.capAt, Math.max(row.createdAt, thread.usedAt) + row.ttlMs)
    if (row.mode !== 'resume' || row.state !== 'live' || !mac.equals(bytes(claim.mac)) || ends <= now) return undefined
    if (!places.some(([of, tag]: [string, string]) => of === id && tag === place)) return undefined
    const sealed = bytes(claim.envelope)
    const okm = Buffer.from(
      hkdfSync('sha512', bytes(branchKey.key), sealed.subarray(1, 33), 'secret-safe envelope v1', 64),
    )
    if (!okm.subarray(32).equals(sealed.subarray(45, 77))) return undefined
    const { vaultId } = vault
    const aad = this.parts('secret-safe aad v1', 'value', vaultId, tenant, threadId, id, row.generation, row.mode, null)
    const rest = this.parts(row.capAt, row.branchKeyId, null)
    const decipher = createDecipheriv('aes-256-gcm', okm.subarray(0, 32), sealed.subarray(33, 45), {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.concat([aad, rest])).setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(77, -16)), decipher.final()])
    return { kind: plain[0]!, content: plain.subarray(1) }
  }

  text(text: string, messageId: string): unknown {
    const { tenant, threadId } = reader
    let whole: unknown
    const pattern = /claim((?:-text)*):\/\/([a-z2-7]{8})\/v1\/([a-z2-7]{4})\/([\w-]{22})\.([\w-]{22})/g
    const out = text.replace(pattern, (url, escapes: string, vaultId, kid, id: string, tag) => {
      const own = vaultId === vault.vaultId && kid === vault.namingKeyId
      if (!own || tag !== this.name('url', 'v1', tenant, threadId, id)) return url
      if (escapes !== '') return `claim${escapes.slice('-text'.length)}${url.slice('claim'.length + escapes.length)}`
      const opened = this.open(id, messageId)
      if (opened === undefined) return url
      if (opened.kind === 0) return opened.content.toString('utf8')
      if (opened.kind === 4) return opened.content.toString('utf16le')
      if (url === text) whole = JSON.parse(opened.content.toString('utf8'))
      return url
    })
    return whole ?? out
  }

  value(value: unknown, messageId = ''): unknown {
    if (typeof value === 'string') return this.text(value, messageId)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item) => this.value(item, messageId))
    const { lc, kwargs } = value as { lc?: unknown; kwargs?: { id?: unknown } }
    const inner = lc === 1 && typeof kwargs?.id === 'string' ? kwargs.id : messageId
    const entries = Object.entries(value).map(([key, item]) => [this.text(key, inner), this.value(item, inner)])
    return Object.fromEntries(entries)
  }
}

describe('published vectors: reading a checkpoint', () => {
  it('gives a reader that knows the page alone what it says', () => {
    expect(JSON.stringify(new OtherReader().value(JSON.parse(reader.stored)))).toBe(reader.restored)
  })

  it('names revocations', () => {
    const other = new OtherReader()
    const { thread: ofThread, tenant, subject } = reader.revocations
    expect(other.name('revocation', 'thread', 'acme', 'thread-1')).toBe(ofThread)
    expect(other.name('revocation', 'tenant', 'acme')).toBe(tenant)
    expect(other.name('revocation', 'subject', 'acme', subject[0])).toBe(subject[1])
  })

  it('gives our own saver the same', async () => {
    const store = new MemoryClaimStore({ now: () => reader.now })
    await store.setup()
    const { vaultId, namingKeyId, wrappedNamingKeys } = vault
    await store.initVault({ vaultId, namingKeyId, kekId: kek.id, wrappedNamingKeys: bytes(wrappedNamingKeys) })
    const { id, tenant, window, wrapped } = branchKey
    await store.initBranchKey({ id, tenant, window, kekId: kek.id, wrapped: bytes(wrapped) })
    const insert = claims.map((claim: { row: object; fingerprint: string; mac: string; envelope: string }) => ({
      ...claim.row,
      fingerprint: bytes(claim.fingerprint),
      mac: bytes(claim.mac),
      sealed: bytes(claim.envelope),
      sealedMetadata: null,
      sweepAt: null,
    }))
    await store.commit({ insert })
    await store.commit({ places: reader.places })
    const opened = await ClaimVault.open({ store, keys: new KeyRing(bytes(kek.hex)), tenant, sweep: 'manual' })
    const [first, second, rest] = JSON.parse(reader.stored)
    const values = [new AIMessage(first.kwargs), new AIMessage(second.kwargs), rest]
    const inner = new MemorySaver()
    const at = { configurable: { thread_id: reader.threadId, checkpoint_ns: '' } }
    const checkpoint = { ...emptyCheckpoint(), channel_values: { [reader.channel]: values } }
    const stored = await inner.put(at, checkpoint, { source: 'input', step: -1, parents: {} })
    const saver = new SecretSafeSaver(inner, { vault: opened, principal: { sub: 'alice' } })
    const tuple = (await saver.getTuple(stored))!
    const [one, two, plain] = tuple.checkpoint.channel_values[reader.channel] as [AIMessage, AIMessage, object]
    const expected = JSON.parse(reader.restored)
    expect([one.content, two.content, plain]).toEqual([
      expected[0].kwargs.content,
      expected[1].kwargs.content,
      expected[2],
    ])
    await opened.close()
  })
})
