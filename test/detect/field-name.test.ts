import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { walkStored } from '../../src/audit/decode/walk-stored.js'
import { parseJson } from '../../src/detect/json/parse-json.js'
import { rewriteJson } from '../../src/detect/json/rewrite-json.js'
import { type RewriteVisitor, rewrite } from '../../src/detect/rewrite.js'
import { createDetector } from '../../src/detect-entry.js'
import { opaqueSecret } from '../support/secrets.js'

const detector = createDetector()
const found = (value: unknown) => detector.scanValue(value).map(({ path, ruleId }) => [path.join('.'), ruleId])
const paths = (value: unknown) => detector.scanValue(value).map(({ path }) => path.join('.'))

/** Writes down what it is called for. */
const visitor = (calls: unknown[]): RewriteVisitor => ({
  text: (text, at) => {
    calls.push([at.key, text])
    return text
  },
  key: (key) => key,
  whole: (content, _at, kept) => {
    calls.push([...content])
    return kept
  },
})

describe('the name that speaks for a value', () => {
  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 }), ['d', 'p', 'q', 'dp', 'dq', 'qi']],
    ['EC', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }), ['d']],
    ['OKP', () => generateKeyPairSync('ed25519'), ['d']],
  ] as const)('is that of a private key for the letters of a JSON Web Key in state (%s)', (_, make, letters) => {
    const { publicKey, privateKey } = make()
    const rows = letters.map((letter) => [`keys.0.${letter}`, 'private-key-jwk-field'])
    expect(found({ keys: [privateKey.export({ format: 'jwk' })] }).sort()).toEqual(rows.sort())
    expect(found({ keys: [publicKey.export({ format: 'jwk' })] })).toEqual([])
  })

  it('is nobody’s for the same letters elsewhere', () => {
    const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
    expect(
      found([
        { d, x },
        { kty: 'EC', k: d },
        { kty: 1, d },
      ]),
    ).toEqual([])
  })

  it('stands ahead of the value in a command’s arguments, a pair, and raw headers', () => {
    const secret = opaqueSecret()
    expect(paths({ args: ['deploy', '--api-key', secret, '--yes'] })).toEqual(['args.2'])
    expect(paths({ headers: [['x-api-key', secret]] })).toEqual(['headers.0.1'])
    expect(paths({ rawHeaders: ['Accept', '*/*', 'Authorization', `Bearer ${secret}`] })).toEqual(['rawHeaders.3'])
    expect(paths({ args: ['--api-key', '--verbose'], words: ['password', 'token', 'secret'] })).toEqual([])
  })

  it('is that of the object for a `value` that nothing beside it names', () => {
    const secret = opaqueSecret()
    expect(paths({ db_password: { value: secret, sensitive: true } })).toEqual(['db_password.value'])
    expect(paths({ password: { name: 'city', value: 'Berlin-Mitte 10117' } })).toEqual([])
  })

  it('is the same in state that is walked as it is stored', () => {
    const secret = opaqueSecret()
    const d = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }).d!
    const bytes = Object.fromEntries([...Buffer.from(secret)].entries())
    const value = { a: ['--token', secret], b: { kty: 'OKP', d }, c: { db_password: { value: secret } }, e: { bytes } }
    const live: unknown[] = []
    const stored: unknown[] = []
    const json: unknown[] = []
    walkStored(
      value,
      {
        text: (text, at) => stored.push([at.key, text]),
        key: (key) => key,
        bytes: (content) => stored.push([...content]),
      },
      [],
    )
    rewriteJson(parseJson(new TextEncoder().encode(JSON.stringify(value)))!, visitor(json))
    rewrite(value, visitor(live))
    expect(stored).toEqual(live)
    expect(json).toEqual(live)
  })
})

describe('bytes that JSON wrote as an object', () => {
  it('are read as bytes, and found as a whole', () => {
    const text = `password=${opaqueSecret()}\n`
    const [finding] = detector.scanValue({ data: { ...new TextEncoder().encode(text) } })
    expect(finding).toMatchObject({ path: ['data'], start: 9, end: text.length - 1 })
  })

  it('are nothing but numbers where a name or a value is none', () => {
    const bytes = { ...new TextEncoder().encode(`password=${opaqueSecret()}\n`) }
    expect(
      found([
        { ...bytes, length: 35 },
        { ...bytes, 3: 256 },
        { ...bytes, 3: 'a' },
      ]),
    ).toEqual([])
  })
})
