import { describe, expect, it } from 'vitest'
import { detectorOf } from '../../../src/config/detector-of.js'
import { fillTemplate } from '../../../src/testing/templates.js'
import { toHoldNoSecrets } from '../../../src/testing/to-hold-no-secrets.js'

expect.extend({ toHoldNoSecrets })

const token = () => fillTemplate('{{token:github-pat}}')

describe('expect(dump).toHoldNoSecrets()', () => {
  it.each<[string, (secret: string) => unknown]>([
    ['text', (secret) => `a ${secret} b`],
    ['JSON text', (secret) => JSON.stringify({ a: [secret] })],
    ['bytes', (secret) => Buffer.from(`\0${secret}`)],
    ['an ArrayBuffer', (secret) => new TextEncoder().encode(secret).buffer],
    ['a value', (secret) => ({ a: new Map([['k', [secret]]]) })],
    ['a key', (secret) => ({ [secret]: 1 })],
    ['an error', (secret) => new Error(secret)],
    ['base64 in a value', (secret) => ({ a: btoa(secret) })],
  ])('fails for %s with a secret, and does not print it', (_, make) => {
    const secret = token()
    let message = ''
    try {
      expect(make(secret)).toHoldNoSecrets()
    } catch (error) {
      message = `${(error as Error).message} ${JSON.stringify(error)}`
    }
    expect(message).toContain('github-token')
    expect(message).not.toContain(secret.slice(4))
    expect(make(secret)).not.toHoldNoSecrets()
  })

  it('passes for what is clean, and for what a rule only reports', () => {
    expect({ a: 'text', b: [1, null], c: new Uint8Array(9) }).toHoldNoSecrets()
    expect('').toHoldNoSecrets()
    expect(() => expect('clean').not.toHoldNoSecrets()).toThrow(/found none/)
    const detector = detectorOf({ detector: { rules: { 'github-token': 'report' } } })
    expect(token()).toHoldNoSecrets({ detector })
  })

  it('finds in JSON text what only its structure tells', () => {
    const text = JSON.stringify({ env: [{ name: 'DB_PASSWORD', value: fillTemplate('{{base62:24}}') }] })
    expect(text).not.toHoldNoSecrets()
  })
})
