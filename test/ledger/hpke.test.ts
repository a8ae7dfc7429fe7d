import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hpkeOpen, hpkeSeal, privateKeyOf, publicKeyOf } from '../../src/ledger/hpke.js'
import { utf8 } from '../../src/seal/bytes.js'

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex')

/** RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. */
const VECTOR = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  skEm: hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
  pkEm: hex('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'),
  skRm: hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
  pkRm: hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
  plaintext: hex('4265617574792069732074727574682c20747275746820626561757479'),
  aad: hex('436f756e742d30'),
  ciphertext: hex('f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'),
}
const AES_128_GCM = { id: 1, keyBytes: 16, cipher: 'aes-128-gcm' } as const

describe('HPKE', () => {
  it("gives RFC 9180's bytes for RFC 9180's keys, so that any other implementation opens what is sealed here", () => {
    const { info, aad, plaintext } = VECTOR
    const sealing = { info, aad, aead: AES_128_GCM }
    const sealed = hpkeSeal(publicKeyOf(VECTOR.pkRm), plaintext, sealing, privateKeyOf(VECTOR.skEm))
    expect(Buffer.from(sealed)).toEqual(Buffer.concat([VECTOR.pkEm, VECTOR.ciphertext]))
    expect(hpkeOpen(privateKeyOf(VECTOR.skRm), sealed, sealing)).toEqual(new Uint8Array(plaintext))
  })

  it('opens nothing with another key, info or AAD, or with any bit flipped', () => {
    const { publicKey, privateKey } = generateKeyPairSync('x25519')
    const sealing = { info: utf8('info'), aad: utf8('aad') }
    const plaintext = new Uint8Array(randomBytes(32))
    const sealed = hpkeSeal(publicKey, plaintext, sealing)
    expect(hpkeOpen(privateKey, sealed, sealing)).toEqual(plaintext)
    expect(hpkeOpen(generateKeyPairSync('x25519').privateKey, sealed, sealing)).toBeUndefined()
    expect(hpkeOpen(privateKey, sealed, { ...sealing, info: utf8('other') })).toBeUndefined()
    expect(hpkeOpen(privateKey, sealed, { ...sealing, aad: utf8('other') })).toBeUndefined()
    expect(hpkeOpen(privateKey, sealed.subarray(0, 40), sealing)).toBeUndefined()
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      // X25519 ignores the top bit of a point, but the key schedule does not.
      expect(hpkeOpen(privateKey, changed, sealing)).toBeUndefined()
    }
  })
})
