import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AwsKmsKeys, Pkcs11Keys, TransitKeys } from '../../../src/index.js'
import { softToken, softTokenSkip } from '../../services/softhsm.js'
import { serve } from '../../support/http-server.js'

const vectors = JSON.parse(readFileSync('fixtures/vectors/keys-v1.json', 'utf8')) as {
  readonly key: string
  readonly context: string
  readonly awsKms: { readonly encryptionContext: Readonly<Record<string, string>> }
  readonly transit: {
    readonly request: Readonly<Record<'plaintext' | 'associated_data', string>>
    readonly answer: { readonly ciphertext: string }
    readonly wrapped: { readonly keyId: string; readonly bytes: string }
  } & Readonly<Record<'mount' | 'key' | 'namespace', string>>
  readonly pkcs11: Readonly<Record<'kek' | 'wrapped', string>>
}
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array | null): string => Buffer.from(value ?? []).toString('hex')
const [key, context] = [bytes(vectors.key), bytes(vectors.context)]

/** Answers every request alike, and keeps what came. */
async function recorder(answer: object) {
  const bodies: Record<string, unknown>[] = []
  const server = await serve(async (request) => {
    bodies.push((await request.json()) as Record<string, unknown>)
    return Response.json(answer, { headers: { 'Content-Type': 'application/x-amz-json-1.1' } })
  })
  return { ...server, bodies }
}

describe('published vectors: wrapped keys', () => {
  it('AWS KMS is given this encryption context', async () => {
    const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd'
    const kms = await recorder({ KeyId: keyArn, CiphertextBlob: 'AAAA' })
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
    await new AwsKmsKeys({ keyArn, client: { endpoint: kms.url, credentials } }).wrap(key, context)
    expect(kms.bodies).toMatchObject([{ EncryptionContext: vectors.awsKms.encryptionContext }])
    await kms.close()
  })

  it('a transit engine is given this plaintext and associated data, and its answer is stored as bytes', async () => {
    const { mount, key: name, namespace, request, answer, wrapped } = vectors.transit
    const engine = await recorder({ data: { batch_results: [answer] } })
    const keys = new TransitKeys({ address: engine.url, token: 'none', mount, key: name, namespace })
    const made = await keys.wrap(key, context)
    expect({ ...made, bytes: hex(made.bytes) }).toEqual(wrapped)
    await engine.close()

    const opening = await recorder({ data: { batch_results: [{ plaintext: request.plaintext }] } })
    const again = new TransitKeys({ address: opening.url, token: 'none', mount, key: name, namespace })
    expect(hex(await again.unwrap({ keyId: wrapped.keyId, bytes: bytes(wrapped.bytes) }, context))).toBe(vectors.key)
    const { associated_data } = request
    expect(engine.bodies).toEqual([{ batch_input: [request] }])
    expect(opening.bodies).toEqual([{ batch_input: [{ ciphertext: answer.ciphertext, associated_data }] }])
    await opening.close()
  })

  it.skipIf(softTokenSkip !== '')(
    `a PKCS#11 token opens what a key ring wraps under the same key${softTokenSkip}`,
    async () => {
      const token = softToken([])
      const { graphene } = token
      const module = graphene.Module.load(token.modulePath)
      module.initialize()
      const slots = module.getSlots(true)
      const slot = Array.from({ length: slots.length }, (_, i) => slots.items(i)).find(
        (item) => item.getToken().label.trimEnd() === token.token,
      )!
      const session = slot.open(graphene.SessionFlag.SERIAL_SESSION | graphene.SessionFlag.RW_SESSION)
      session.login(token.pin)
      session.create({
        class: graphene.ObjectClass.SECRET_KEY,
        keyType: graphene.KeyType.AES,
        value: Buffer.from(vectors.pkcs11.kek, 'hex'),
        label: 'kek',
        token: true,
        private: true,
        encrypt: true,
        decrypt: true,
      })
      session.logout()
      session.close()
      const keys = new Pkcs11Keys({ ...token, object: 'kek' })
      const wrapped = { keyId: await keys.currentId(), bytes: bytes(vectors.pkcs11.wrapped) }
      expect(wrapped.keyId).toBe(`pkcs11:${token.token}/object=kek`)
      expect(hex(await keys.unwrap(wrapped, context))).toBe(vectors.key)
      token.dispose()
    },
  )
})
