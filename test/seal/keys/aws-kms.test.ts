import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AwsKmsKeys } from '../../../src/index.js'
import { utf8 } from '../../../src/seal/bytes.js'
import { type FakeKms, fakeKms } from '../../services/fake-kms.js'
import { kmsKeys } from './providers.js'

const CONTEXT = utf8('tenant acme-corporation')
let kms: FakeKms
beforeEach(async () => {
  kms = await fakeKms()
})
afterEach(() => kms.close())

describe('AwsKmsKeys, against a fake of KMS', () => {
  it('sends a digest as encryption context: CloudTrail logs it, and the context names a tenant', async () => {
    const keys = kmsKeys(kms, kms.arns[0]!)
    await keys.unwrap(await keys.wrap(randomBytes(32), CONTEXT), CONTEXT)
    const contexts = kms.requests.map(({ body }) => body.EncryptionContext as Record<string, string>)
    expect(contexts).toHaveLength(2)
    expect(contexts[0]).toEqual(contexts[1])
    expect(contexts[0]).toEqual({ 'secret-safe': expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) })
    expect(JSON.stringify(contexts)).not.toContain('acme')
  })

  it('names the key at each decryption, and refuses an answer for another one', async () => {
    const keys = kmsKeys(kms, kms.arns[0]!)
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT)
    kms.lieAboutKey(true)
    await expect(keys.unwrap(wrapped, CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: false })
    await expect(keys.wrap(randomBytes(32), CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER' })
    expect(kms.requests.every(({ body }) => body.KeyId === kms.arns[0])).toBe(true)
  })

  it('asks for no key that it was not told of: a row in the database does not choose under whose key it opens', async () => {
    const attacker = kmsKeys(kms, kms.arns[1]!)
    const planted = await attacker.wrap(randomBytes(32), CONTEXT)
    kms.requests.length = 0
    expect(await kmsKeys(kms, kms.arns[0]!).unwrap(planted, CONTEXT)).toBeNull()
    expect(kms.requests).toEqual([])
    expect(await kmsKeys(kms, kms.arns[0]!, [kms.arns[1]!]).unwrap(planted, CONTEXT)).toBeInstanceOf(Uint8Array)
  })

  it.each([
    ['throttles', { type: 'ThrottlingException' }],
    ['is down', { type: 'KMSInternalException', status: 500 }],
    ['refuses', { type: 'AccessDeniedException' }],
    ['has disabled the key', { type: 'DisabledException' }],
    ['waits to delete the key', { type: 'KMSInvalidStateException' }],
  ])('may be asked again when KMS %s: the wrapped key may be sound', async (_what, failure) => {
    const keys = kmsKeys(kms, kms.arns[0]!)
    const wrapped = await keys.wrap(randomBytes(32), CONTEXT)
    kms.fail(failure)
    const error = await keys.unwrap(wrapped, CONTEXT).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true, cause: { code: failure.type } })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('from the fake')
    kms.fail(undefined)
    expect(await keys.unwrap(wrapped, CONTEXT)).toBeInstanceOf(Uint8Array)
  })

  it('may be asked again when nobody listens', async () => {
    const keys = kmsKeys(kms, kms.arns[0]!)
    await kms.close()
    await expect(keys.wrap(randomBytes(32), CONTEXT)).rejects.toMatchObject({
      code: 'ERR_KEY_PROVIDER',
      retryable: true,
    })
    kms = await fakeKms()
  })

  it('takes a key’s ARN alone: whoever may repoint an alias would choose the vault’s key', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333'
    for (const keyArn of [`${arn}:alias/vault`, 'alias/vault', '1234abcd-12ab', '', `${arn}:key/a b`]) {
      expect(() => new AwsKmsKeys({ keyArn })).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
    }
    expect(() => new AwsKmsKeys({ keyArn: `${arn}:key/mrk-1234abcd` })).not.toThrow()
  })
})
