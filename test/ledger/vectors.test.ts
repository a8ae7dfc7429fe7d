import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ChainKeys } from '../../src/ledger/chain-keys.js'
import type { LedgerRecord } from '../../src/ledger/event.js'
import { openFirstKey } from '../../src/ledger/first-key.js'
import { privateKeyOf } from '../../src/ledger/hpke.js'
import { parseSigningKey } from '../../src/ledger/ledger-keys.js'
import { leafHash, MerkleTree } from '../../src/ledger/merkle.js'
import { encodeEntry, encodeRecord } from '../../src/ledger/record-bytes.js'
import { ed25519Signer, encodeRoot, rootDigest } from '../../src/ledger/root.js'
import { hmacSha256 } from '../../src/seal/bytes.js'

const vectors = JSON.parse(readFileSync('fixtures/vectors/ledger-v1.json', 'utf8'))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

describe('the published vectors of the ledger', () => {
  const { vaultId, writer, records, head, root } = vectors
  const row = { ...writer, keyId: 'auditor:vector', sealedTo: 'auditor', sealedKey: bytes(writer.sealedKey) }
  const opener = {
    vaultId,
    keys: undefined,
    auditors: [{ id: 'auditor:vector', privateKey: privateKeyOf(bytes(writer.auditorPrivateKey)) }],
    registrationMac: (data: Uint8Array) => hmacSha256(bytes(writer.registrationKey), data),
  }

  it('open a first key that was sealed to an auditor, for its own writer and vault alone', async () => {
    expect(hex((await openFirstKey(opener, row)) as Uint8Array)).toBe(writer.firstKey)
    expect(await openFirstKey(opener, { ...row, startedAt: 1 })).toBe('damaged')
    expect(await openFirstKey({ ...opener, vaultId: 'other' }, row)).toBe('damaged')
    expect(await openFirstKey({ ...opener, auditors: [] }, row)).toBe('absent')
    const alone = { ...opener, registrationMac: undefined }
    expect(hex((await openFirstKey(alone, row)) as Uint8Array)).toBe(writer.firstKey)
    expect(await openFirstKey({ ...alone, vaultId: 'other' }, row)).toBe('damaged')
  })

  it('sign each record, and the head, with the keys of the chain', () => {
    const keys = new ChainKeys(bytes(writer.firstKey))
    for (const { record, bytes: encoded, mac } of records) {
      const key = keys.next()
      expect(hex(encodeRecord(record))).toBe(encoded)
      expect(hex(hmacSha256(key, bytes(encoded)))).toBe(mac)
    }
    expect(hex(keys.headMac(writer.writer, head))).toBe(head.mac)
  })

  it('seal the records under a root', () => {
    const tree = new MerkleTree()
    for (const [i, { record, mac }] of (records as { record: LedgerRecord; mac: string }[]).entries()) {
      tree.append(leafHash(encodeEntry({ ...record, seq: i + 1, mac: bytes(mac) })))
    }
    expect(hex(tree.root())).toBe(root.row.root)
    const signed = {
      ...root.row,
      root: tree.root(),
      previous: bytes(root.row.previous),
      signature: bytes(root.row.signature),
    }
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
    const key = createPrivateKey({ key: Buffer.concat([prefix, bytes(root.signingKey)]), format: 'der', type: 'pkcs8' })
    const signer = ed25519Signer(parseSigningKey(key.export({ format: 'pem', type: 'pkcs8' }).toString()))
    expect(signer.keyId).toBe(root.row.keyId)
    expect(hex(signer.sign(encodeRoot(vaultId, signed)))).toBe(root.row.signature)
    expect(hex(rootDigest(vaultId, signed))).toBe(root.digest)
  })
})
