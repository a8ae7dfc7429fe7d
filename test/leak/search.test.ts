import { Buffer } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'

const token = createCanary('token')
const canaries = new Map([['the token', token]])
const bytes = Buffer.from(token)
const hex = bytes.toString('hex')

function stored(content: string | Uint8Array): StoredBytes[] {
  return [{ area: 'file', place: 'here', bytes: typeof content === 'string' ? Buffer.from(content) : content }]
}

describe('search for canaries in stored bytes', () => {
  it.each([
    ['raw', `x${token}x`],
    ['base64', Buffer.from(`${token}tail`).toString('base64')],
    ['base64', Buffer.from(`a${token}tail`).toString('base64')],
    ['base64', Buffer.from(`ab${token}`).toString('base64')],
    ['hex', `0${hex}`],
    ['hex', hex.toUpperCase()],
    ['percent', hex.replace(/../g, (pair) => `%${pair}`)],
    ['percent', hex.replace(/../g, (pair) => `%${pair.toUpperCase()}`)],
    ['unicode escapes', hex.replace(/../g, (pair) => `\\u00${pair}`)],
    ['unicode escapes', hex.replace(/../g, (pair) => `\\\\u00${pair.toUpperCase()}`)],
    ['decimal bytes', JSON.stringify([...bytes])],
    ['decimal bytes', JSON.stringify([...bytes], null, 1).replaceAll(/,\n /g, ', ')],
    ['decimal bytes', [...bytes].join(' ')],
  ])('finds %s: %#', (encoding, content) => {
    expect(findCanaries(stored(content), canaries).map((found) => found.encoding)).toContain(encoding)
  })

  it('finds UTF-16', () => {
    expect(findCanaries(stored(Buffer.from(token, 'utf16le')), canaries)).toMatchObject([{ encoding: 'utf16le' }])
  })

  it('finds base64url where it differs from base64', () => {
    const spiky = 'secret>>>???secret>>>???secret'
    const found = findCanaries(stored(Buffer.from(spiky).toString('base64url')), new Map([['spiky', spiky]]))
    expect(found.map(({ encoding }) => encoding)).toContain('base64url')
  })

  it('finds a secret with line breaks in JSON, and in JSON inside JSON', () => {
    const pem = '-----BEGIN KEY-----\nMIIE"quoted"\\x\n-----END KEY-----\n'
    const once = JSON.stringify({ pem })
    for (const [content, encoding] of [
      [once, 'json'],
      [JSON.stringify(once), 'json in json'],
    ] as const) {
      const found = findCanaries(stored(content), new Map([['pem', pem]]))
      expect(found.map((sighting) => sighting.encoding)).toContain(encoding)
    }
  })

  it.each([
    ['raw', createHash('sha256').update(token).digest()],
    ['hex', createHash('sha1').update(token).digest('hex')],
    ['base64', createHash('sha512').update(token).digest('base64')],
  ])('finds a hash of the secret without a key: %s', (_, content) => {
    expect(findCanaries(stored(content), canaries)).toHaveLength(1)
  })

  it('finds one half, when a page ends within the secret or when the other half was replaced', () => {
    const page = Buffer.concat([bytes.subarray(0, 25), randomBytes(64), bytes.subarray(25)])
    expect(findCanaries(stored(page), canaries)).toMatchObject([{ canary: 'the token', encoding: 'raw' }])
    expect(findCanaries(stored(`…${token.slice(-20)}`), canaries)).toHaveLength(1)
  })

  it('finds a secret at the very start and the very end', () => {
    expect(findCanaries(stored(bytes), canaries)).toHaveLength(1)
    expect(findCanaries(stored(Buffer.concat([randomBytes(9), bytes])), canaries)).toHaveLength(1)
  })

  it('stays silent on random bytes and on another token', () => {
    expect(findCanaries(stored(randomBytes(1 << 20)), canaries)).toEqual([])
    expect(findCanaries(stored(createCanary('token')), canaries)).toEqual([])
  })

  it('names the canary and the place, and never shows the secret', () => {
    const found = findCanaries(stored(token), canaries)
    expect(found).toEqual([{ canary: 'the token', area: 'file', place: 'here', encoding: 'raw' }])
    expect(JSON.stringify(found)).not.toContain(token.slice(4, 16))
  })

  it('searches for a hundred canaries in one pass', () => {
    const many = new Map(Array.from({ length: 100 }, (_, i) => [`canary ${i}`, createCanary('token')]))
    const content = Buffer.concat([...many.values()].flatMap((text) => [randomBytes(100_000), Buffer.from(text)]))
    expect(findCanaries(stored(content), many)).toHaveLength(100)
  })
})
