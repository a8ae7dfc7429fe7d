import { describe, expect, it } from 'vitest'
import { KnownValues } from '../../src/detect/known-values.js'
import { Scanner } from '../../src/detect/scanner.js'

const SECRET = 'kN0wn+secret/Value=42 "q"'
const scanner = new Scanner([])

function runs(text: string, ...secrets: string[]) {
  const known = new KnownValues()
  for (const secret of secrets) known.add(secret)
  return scanner.scan(text, undefined, known).map((hit) => [text.slice(hit.start, hit.end), hit.rule.id, hit.secret])
}

describe('known values', () => {
  it.each<[string, string]>([
    ['raw', SECRET],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['JSON-escaped', JSON.stringify(SECRET).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['hex', Buffer.from(SECRET).toString('hex')],
    ['upper-case hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['base64 behind one byte', Buffer.from(`:${SECRET}`).toString('base64')],
    ['base64 behind two bytes', Buffer.from(`ab${SECRET}cd`).toString('base64')],
    ['decimal bytes', [...Buffer.from(SECRET)].join(',')],
  ])('are found %s, and the run is all of it', (_, run) => {
    expect(runs(`before (${run}) after`, SECRET)).toEqual([[run, 'known-value', SECRET]])
  })

  it('are found although no rule matches, inside other words too', () => {
    expect(runs('xxfluffy-bunny-9yy', 'fluffy-bunny-9')).toEqual([['fluffy-bunny-9', 'known-value', 'fluffy-bunny-9']])
  })

  it('keep apart values with a common beginning', () => {
    expect(runs('a tokenA-1111 b tokenA-2222', 'tokenA-1111', 'tokenA-2222').map(([run]) => run)).toEqual([
      'tokenA-1111',
      'tokenA-2222',
    ])
  })

  it.each([
    'short',
    'password',
    'password123',
    '12345678',
    'aaaaaaaaaa',
    'administrator',
    'changeme',
    '<secret-value>',
    'localhost',
  ])('refuse %s, which would blank out ordinary text', (value) => {
    const known = new KnownValues()
    expect(known.add(value)).toBe(false)
    expect(known.version).toBe(0)
  })

  it('are bounded in number and in length, and count versions', () => {
    const known = new KnownValues({ maxCount: 2 })
    expect([
      known.add('value-000-1'),
      known.add('value-000-1'),
      known.add('value-000-2'),
      known.add('value-000-3'),
    ]).toEqual([true, false, true, false])
    expect(known.version).toBe(2)
    expect(new KnownValues({ maxTotalLength: 10 }).add('value-000-11')).toBe(false)
    expect(new KnownValues().add('x1'.repeat(5000))).toBe(false)
  })

  it('survive a lone surrogate', () => {
    expect(runs('a bad\ud800secret-1 b', 'bad\ud800secret-1').length).toBe(1)
  })
})
