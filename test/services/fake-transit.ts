import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type HttpServer, serve } from '../support/http-server.js'

export interface FakeTransit extends HttpServer {
  readonly token: string
  readonly requests: { readonly path: string; readonly namespace: string | null; readonly items: number }[]
  /** Adds a version to a key. */
  rotate(key: string): void
  /** What an engine does with associated data: checks it, ignores it (Vault before 1.13), or takes it in rewrap too. */
  associatedData: 'checked' | 'ignored' | 'rewrapped'
  /** Answers every request so; undefined to work again. */
  status: number | undefined
  hangs: boolean
}

/**
 * A fake: no Vault or OpenBao server can be had in tests. Speaks the documented HTTP interface of the transit engine,
 * batches, status codes and refusals as in its source, and really encrypts with AES-256-GCM.
 * @see https://openbao.org/api-docs/secret/transit/
 */
export async function fakeTransit(): Promise<FakeTransit> {
  const keys = new Map<string, Buffer[]>()
  const versionsOf = (name: string): Buffer[] => {
    const versions = keys.get(name) ?? [randomBytes(32)]
    keys.set(name, versions)
    return versions
  }
  const server = await serve(async (request) => {
    const url = new URL(request.url)
    const [, path, operation = '', name = ''] =
      /^\/v1\/(.+)\/(encrypt|decrypt|rewrap)\/([\w.-]+)$/.exec(url.pathname) ?? []
    const { batch_input: items } = (await request.json()) as { batch_input: Item[] }
    fake.requests.push({ path: url.pathname, namespace: request.headers.get('x-vault-namespace'), items: items.length })
    if (fake.hangs) await new Promise(() => undefined)
    if (fake.status !== undefined) return Response.json({ errors: ['as told'] }, { status: fake.status })
    if (request.headers.get('x-vault-token') !== fake.token)
      return Response.json({ errors: ['permission denied'] }, { status: 403 })
    if (path === undefined) return Response.json({ errors: ['no handler for route'] }, { status: 404 })
    const versions = versionsOf(name)
    const results = items.map((item) => answer(operation, versions, item))
    return Response.json(
      { data: { batch_results: results } },
      { status: results.some((r) => 'error' in r) ? 400 : 200 },
    )
  })

  function answer(operation: string, versions: readonly Buffer[], item: Item): Record<string, unknown> {
    const checked = fake.associatedData !== 'ignored' && !(operation === 'rewrap' && fake.associatedData === 'checked')
    const aad = Buffer.from(checked ? (item.associated_data ?? '') : '', 'base64')
    if (operation === 'encrypt') return encrypt(versions, Buffer.from(item.plaintext ?? '', 'base64'), aad)
    const plaintext = decrypt(versions, item.ciphertext ?? '', aad)
    if (typeof plaintext === 'string') return { error: plaintext }
    return operation === 'rewrap' ? encrypt(versions, plaintext, aad) : { plaintext: plaintext.toString('base64') }
  }

  const fake: FakeTransit = {
    ...server,
    token: `s.${randomBytes(18).toString('base64url')}`,
    requests: [],
    rotate: (name) => {
      versionsOf(name).push(randomBytes(32))
    },
    associatedData: 'checked',
    status: undefined,
    hangs: false,
  }
  return fake
}

interface Item {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly associated_data?: string
}

function encrypt(versions: readonly Buffer[], plaintext: Buffer, aad: Buffer): Record<string, unknown> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', versions.at(-1)!, nonce, { authTagLength: 16 }).setAAD(aad)
  const bytes = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  return { ciphertext: `vault:v${versions.length}:${bytes.toString('base64')}`, key_version: versions.length }
}

function decrypt(versions: readonly Buffer[], ciphertext: string, aad: Buffer): Buffer | string {
  const [, version, text = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? []
  const key = versions[Number(version) - 1]
  const bytes = Buffer.from(text, 'base64')
  if (key === undefined || bytes.length < 28) return 'invalid ciphertext'
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(aad).setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  } catch {
    return 'cipher: message authentication failed'
  }
}
