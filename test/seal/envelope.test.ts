import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvelopeError, KeyRing } from '../../src/index.js'
import { encodeParts } from '../../src/seal/bytes.js'
import { ENVELOPE_OVERHEAD_BYTES, openEnvelope, sealEnvelope } from '../../src/seal/envelope.js'

const KEY = randomBytes(32)
const AAD = encodeParts(['tenant', 'thread', 1, null])

describe('an envelope', () => {
  it('opens to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (plaintext) => {
        const envelope = sealEnvelope(KEY, plaintext, AAD)
        expect(envelope).toHaveLength(plaintext.length + ENVELOPE_OVERHEAD_BYTES)
        expect(Buffer.from(openEnvelope(KEY, envelope, AAD)).equals(plaintext)).toBe(true)
      }),
    )
  })

  it('fails for every flipped bit, alike', () => {
    const envelope = sealEnvelope(KEY, randomBytes(8), AAD)
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const flipped = Uint8Array.from(envelope)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => openEnvelope(KEY, flipped, AAD), `bit ${bit}`).toThrow(EnvelopeError)
    }
  })

  it('fails when it is cut short, under another key, and under other associated data', () => {
    const envelope = sealEnvelope(KEY, randomBytes(40), AAD)
    for (let length = 0; length < envelope.length; length++) {
      expect(() => openEnvelope(KEY, envelope.subarray(0, length), AAD)).toThrow(EnvelopeError)
    }
    expect(() => openEnvelope(randomBytes(32), envelope, AAD)).toThrow(EnvelopeError)
    expect(() => openEnvelope(KEY, envelope, encodeParts(['tenant', 'other', 1, null]))).toThrow(EnvelopeError)
  })
})

describe('canonical bytes', () => {
  it('differ for different lists: no field flows into its neighbour, and null is not empty', () => {
    const lists = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['abc', null], ['', 'abc'], [1, 2], ['1', '2', '']]
    const encoded = lists.map((list) => Buffer.from(encodeParts(list)).toString('hex'))
    expect(new Set(encoded)).toHaveProperty('size', lists.length)
  })
})

describe('a key ring', () => {
  it('unwraps what it wrapped, what an old key wrapped, and answers null for another’s', async () => {
    const oldKey = KeyRing.generate()
    const context = encodeParts(['context'])
    const wrapped = await new KeyRing(oldKey).wrap(KEY, context)
    const ring = new KeyRing(KeyRing.generate(), [oldKey])
    expect(Buffer.from((await ring.unwrap(wrapped, context))!).equals(KEY)).toBe(true)
    expect(await new KeyRing(KeyRing.generate()).unwrap(wrapped, context)).toBeNull()
  })

  it('throws for what is its own but broken: another context, any flipped bit', async () => {
    const ring = new KeyRing(KeyRing.generate())
    const context = encodeParts(['context'])
    const wrapped = await ring.wrap(KEY, context)
    await expect(ring.unwrap(wrapped, encodeParts(['other']))).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER' })
    for (let bit = 0; bit < wrapped.bytes.length * 8; bit++) {
      const bytes = Uint8Array.from(wrapped.bytes)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      await expect(ring.unwrap({ ...wrapped, bytes }, context)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER' })
    }
  })

  it('never prints a key', async () => {
    const key = KeyRing.generate()
    const ring = new KeyRing(key)
    const { inspect } = await import('node:util')
    for (const text of [JSON.stringify(ring), String(ring), inspect(ring, { depth: 9, showHidden: true })]) {
      expect(text).not.toContain(key)
      expect(text).toContain(await ring.currentId())
    }
  })
})
