import { AwsKmsKeys } from '../../../src/seal/keys/aws-kms.js'
import { TransitKeys, type TransitKeysOptions } from '../../../src/seal/keys/transit.js'
import type { FakeKms } from '../../services/fake-kms.js'
import type { FakeTransit } from '../../services/fake-transit.js'

export const KMS_SECRET = 'SECRETFORTHEFAKE'

/** The real SDK client, told where the fake listens. */
export function kmsKeys(kms: FakeKms, keyArn: string, old: readonly string[] = [], timeoutMs?: number): AwsKmsKeys {
  return new AwsKmsKeys({
    keyArn,
    old,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    client: {
      endpoint: kms.url,
      maxAttempts: 1,
      credentials: { accessKeyId: 'fake', secretAccessKey: KMS_SECRET },
    },
  })
}

export function transitKeys(
  transit: FakeTransit,
  key = 'secret-safe',
  options: Partial<TransitKeysOptions> = {},
): TransitKeys {
  return new TransitKeys({ address: transit.url, token: transit.token, key, ...options })
}
