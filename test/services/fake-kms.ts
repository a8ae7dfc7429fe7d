import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type HttpServer, serve } from '../support/http-server.js'

export interface FakeKms extends HttpServer {
  readonly arns: readonly string[]
  /** Every request, as KMS would log it. */
  readonly requests: { readonly operation: string; readonly body: Record<string, unknown> }[]
  /** Answers every request with this error from now on; undefined to work again. */
  fail(error: { readonly type: string; readonly status?: number } | undefined): void
  /** Answers with another key's ARN. */
  lieAboutKey(lie: boolean): void
}

/**
 * A fake: AWS KMS cannot be had in tests. Speaks KMS's JSON 1.1 protocol over HTTP for the real SDK client, checks no
 * signature, and really encrypts: AES-256-GCM with the key's ARN and the encryption context as associated data.
 */
export async function fakeKms(keys = 2): Promise<FakeKms> {
  const account = String(100_000_000_000 + Math.floor(Math.random() * 8e11))
  const material = new Map(
    Array.from({ length: keys }, (_, i) => [`arn:aws:kms:eu-central-1:${account}:key/fake-${i}`, randomBytes(32)]),
  )
  const requests: FakeKms['requests'] = []
  let failure: { readonly type: string; readonly status?: number } | undefined
  let lie = false

  const error = (type: string, status = 400) =>
    Response.json({ __type: type, message: `${type} from the fake` }, { status, headers: JSON_HEADERS })
  const aadOf = (arn: string, context: unknown) =>
    Buffer.from(`${arn} ${JSON.stringify(Object.entries((context ?? {}) as object).sort())}`)

  function answer(operation: string, body: Record<string, unknown>): Response {
    const arn = String(body.KeyId)
    const key = material.get(arn)
    if (key === undefined) return error('NotFoundException')
    const shown = lie ? [...material.keys()].find((other) => other !== arn)! : arn
    const aad = aadOf(arn, body.EncryptionContext)
    if (operation === 'TrentService.Encrypt') {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(aad)
      const data = Buffer.concat([cipher.update(Buffer.from(String(body.Plaintext), 'base64')), cipher.final()])
      const blob = Buffer.concat([Buffer.of(1), nonce, data, cipher.getAuthTag()])
      return Response.json({ KeyId: shown, CiphertextBlob: blob.toString('base64') }, { headers: JSON_HEADERS })
    }
    const blob = Buffer.from(String(body.CiphertextBlob), 'base64')
    if (blob.length < 30 || blob[0] !== 1) return error('InvalidCiphertextException')
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(1, 13), { authTagLength: 16 })
      decipher.setAAD(aad).setAuthTag(blob.subarray(-16))
      const data = Buffer.concat([decipher.update(blob.subarray(13, -16)), decipher.final()])
      return Response.json({ KeyId: shown, Plaintext: data.toString('base64') }, { headers: JSON_HEADERS })
    } catch {
      return error('InvalidCiphertextException')
    }
  }

  const server = await serve(async (request) => {
    const operation = request.headers.get('x-amz-target') ?? ''
    const body = (await request.json()) as Record<string, unknown>
    requests.push({ operation, body })
    return failure === undefined ? answer(operation, body) : error(failure.type, failure.status)
  })
  return {
    ...server,
    arns: [...material.keys()],
    requests,
    fail: (next) => {
      failure = next
    },
    lieAboutKey: (next) => {
      lie = next
    },
  }
}

const JSON_HEADERS = { 'Content-Type': 'application/x-amz-json-1.1' }
