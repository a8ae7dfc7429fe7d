import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { combineKeys, type KeyProvider, KeyProviderError, KeyRing, keyProviderFrom } from '../../../src/index.js'
import { utf8 } from '../../../src/seal/bytes.js'

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd'
const CONTEXT = utf8('context')

describe('keyProviderFrom', () => {
  it('takes the key ring of the environment unless told', async () => {
    const key = KeyRing.generate()
    expect(await keyProviderFrom(undefined, { SECRET_SAFE_KEY: key }).currentId()).toBe(
      await new KeyRing(key).currentId(),
    )
    expect(() => keyProviderFrom(undefined, {})).toThrow(expect.objectContaining({ code: 'ERR_KEY_INVALID' }))
  })

  it('lets the environment go before the configuration', async () => {
    expect(await keyProviderFrom(`awskms:${ARN}`, {}).currentId()).toBe(ARN)
    const other = `${ARN}5`
    expect(await keyProviderFrom(`awskms:${ARN}`, { SECRET_SAFE_KEY_PROVIDER: `awskms:${other}` }).currentId()).toBe(
      other,
    )
  })

  it('takes several side by side, of which the first wraps: so a vault moves from a file to a KMS', async () => {
    const key = KeyRing.generate()
    const wrapped = await new KeyRing(key).wrap(randomBytes(32), CONTEXT)
    const keys = keyProviderFrom(`awskms:${ARN} env`, { SECRET_SAFE_KEY: key })
    expect(await keys.currentId()).toBe(ARN)
    expect(await keys.unwrap(wrapped, CONTEXT)).toBeInstanceOf(Uint8Array)
  })

  it('refuses to start without what its provider needs, and an address that it does not know', () => {
    const refused = [
      'transit+https://vault.example:8200/transit/kek',
      'transit+https://vault.example:8200/kek',
      'transit+http://vault.example:8200/transit/kek',
      'pkcs11:token=t;object=o?module-path=/lib/x.so',
      'pkcs11:token=t;object=o',
      'awskms:alias/kek',
      'gcpkms:projects/x',
    ]
    for (const address of refused) {
      expect(() => keyProviderFrom(address, {}), address).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
      )
    }
    const env = { VAULT_TOKEN: 'token', SECRET_SAFE_PKCS11_PIN: '1234' }
    for (const address of [refused[0], refused[3]]) expect(() => keyProviderFrom(address, env)).not.toThrow()
    const user = ['user', 'word'].join(':')
    expect(() => keyProviderFrom(`transit+https://${user}@v/transit/kek`, env)).toThrow('without user')
  })
})

describe('combineKeys', () => {
  it('stops at a provider whose own key is broken: the next one is asked for what is not the first one’s alone', async () => {
    const ring = new KeyRing(KeyRing.generate())
    const asked: string[] = []
    const last: KeyProvider = {
      currentId: async () => 'last',
      wrap: async () => ({ keyId: 'last', bytes: new Uint8Array() }),
      unwrap: async ({ keyId }) => {
        asked.push(keyId)
        return null
      },
    }
    const keys = combineKeys(ring, last)
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT)
    await expect(keys.unwrap(wrapped, utf8('another'))).rejects.toBeInstanceOf(KeyProviderError)
    expect(asked).toEqual([])
    expect(await keys.unwrap({ ...wrapped, keyId: 'unknown' }, CONTEXT)).toBeNull()
    expect(asked).toEqual(['unknown'])
  })
})
