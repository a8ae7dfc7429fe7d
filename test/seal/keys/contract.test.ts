import { afterAll, beforeAll, describe } from 'vitest'
import { combineKeys } from '../../../src/seal/keys/combined-keys.js'
import { KeyRing } from '../../../src/seal/keys/key-ring.js'
import { Pkcs11Keys } from '../../../src/seal/keys/pkcs11.js'
import { describeKeyProvider } from '../../../src/testing/describe-key-provider.js'
import { fakeKms } from '../../services/fake-kms.js'
import { fakeTransit } from '../../services/fake-transit.js'
import { type SoftToken, softToken, softTokenSkip } from '../../services/softhsm.js'
import { KMS_SECRET, kmsKeys, transitKeys } from './providers.js'

describeKeyProvider('KeyRing', () => {
  const [key, other] = [KeyRing.generate(), KeyRing.generate()]
  return { open: () => new KeyRing(key), openOther: () => new KeyRing(other), secrets: [key, other] }
})

describeKeyProvider('AwsKmsKeys, against a fake of KMS', async () => {
  const kms = await fakeKms()
  return {
    open: () => kmsKeys(kms, kms.arns[0]!),
    openOther: () => kmsKeys(kms, kms.arns[1]!),
    secrets: [KMS_SECRET],
    dispose: () => kms.close(),
  }
})

describeKeyProvider('TransitKeys, against a fake of transit', async () => {
  const transit = await fakeTransit()
  return {
    open: () => transitKeys(transit),
    openOther: () => transitKeys(transit, 'other'),
    secrets: [transit.token],
    dispose: () => transit.close(),
  }
})

describe.skipIf(softTokenSkip !== '')(`a real token${softTokenSkip}`, () => {
  let token: SoftToken
  beforeAll(() => {
    token = softToken(['kek', 'other'])
  })
  afterAll(() => token.dispose())

  describeKeyProvider('Pkcs11Keys, on softhsm2', () => ({
    open: () => new Pkcs11Keys({ ...token, object: 'kek' }),
    openOther: () => new Pkcs11Keys({ ...token, object: 'other' }),
    secrets: [token.pin],
  }))
})

describeKeyProvider('a KMS combined with the key ring before it', async () => {
  const kms = await fakeKms()
  const key = KeyRing.generate()
  return {
    open: () => combineKeys(kmsKeys(kms, kms.arns[0]!), new KeyRing(key)),
    openOther: () => combineKeys(new KeyRing(KeyRing.generate()), kmsKeys(kms, kms.arns[1]!)),
    secrets: [key],
    dispose: () => kms.close(),
  }
})
