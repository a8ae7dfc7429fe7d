import { describe, expect, it } from 'vitest'
import type { AllowEntry } from '../../src/detect/allow-entry.js'
import { type Allowed, AllowList } from '../../src/detect/allow-list.js'
import { createDetector, type DetectorOptions } from '../../src/detect-entry.js'
import { ConfigError } from '../../src/errors.js'
import { linearMatcher } from '../../src/linear.js'
import { fillTemplate } from '../../src/testing/templates.js'

const reason = 'a sandbox key that opens nothing'
const token = fillTemplate('{{token:github-pat}}')
const other = fillTemplate('{{token:npm}}')
const ruleOf = (text: string): string => createDetector().scanText(text)[0]!.ruleId
const detector = (allow: readonly AllowEntry[], options: DetectorOptions = {}) => createDetector({ allow, ...options })
const messageOf = (entry: unknown, options?: DetectorOptions): string => {
  try {
    detector([entry as AllowEntry], options)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  throw new Error('it was accepted')
}
const literally = (text: string): string => text.replace(/[^A-Za-z0-9_]/g, '\\$&')

describe('an entry of an allow list', () => {
  it('lets a rule’s findings stay, and others not', () => {
    const own = detector([{ rule: ruleOf(token), reason }])
    expect(own.scanText(`${token} ${other}`).map(({ ruleId }) => ruleId)).toEqual([ruleOf(other)])
  })

  it('lets what matches its pattern as a whole stay, whatever encodes it', () => {
    const own = detector([{ pattern: `(?:x|${literally(token)})`, reason }])
    const base64 = Buffer.from(token).toString('base64')
    for (const text of [token, `use ${token}.`, base64, JSON.stringify({ a: JSON.stringify({ token }) })]) {
      expect(own.scanText(text), text).toEqual([])
    }
    expect(detector([{ pattern: token.slice(0, -4), reason }]).scanText(token)).toHaveLength(1)
  })

  it('lets what it fingerprints stay', () => {
    const fingerprint = (secret: string) => `f:${secret.length}:${secret.slice(0, 4)}`
    const own = detector([{ fingerprint: fingerprint(token), reason }], { fingerprint })
    expect(own.scanText(`${token} ${other}`)).toHaveLength(1)
  })

  it('holds for a path, at the end of a value’s own', () => {
    const own = detector([{ path: 'debug.*', reason }])
    expect(
      own.scanValue({ debug: { note: token }, note: token, a: { debug: [token] } }).map(({ path }) => path),
    ).toEqual([['note']])
    expect(own.scanText(token)).toHaveLength(1)
  })

  it('asks for all of its criteria', () => {
    const own = detector([{ rule: ruleOf(token), path: 'debug', pattern: 'ghp_.*', reason }])
    expect(own.scanValue({ debug: `${token} ${other}`, note: token }).map(({ path }) => path)).toEqual([
      ['debug'],
      ['note'],
    ])
    expect(own.scanValue({ debug: token })).toEqual([])
  })

  it('applies to the last moment of its last day in UTC, then no longer', () => {
    let now = Date.UTC(2027, 0, 31, 23, 59, 59, 999)
    const entries = [{ rule: 'acme-key', until: '2027-01-31', reason }]
    const list = new AllowList({ entries, ruleIds: new Set(['acme-key']), matcher: linearMatcher, now: () => now })
    const hit = { rule: { id: 'acme-key' }, secret: 's', encodings: [] } as never
    expect(list.forScan(undefined).end([hit])).toEqual([])
    const { version } = list
    now++
    expect(list.forScan(undefined).end([hit])).toEqual([hit])
    expect(list.version).not.toBe(version)
  })

  it('hides nothing beside what it allows: in the same run, in the same encoding, in a named field', () => {
    const own = detector([
      { pattern: literally(token), reason },
      { rule: 'named-field', reason },
    ])
    const pair = JSON.stringify({ a: token, b: other })
    for (const text of [pair, Buffer.from(pair).toString('base64'), Buffer.from(pair).toString('hex')]) {
      const found = own.scanText(text)
      expect(found, text).toHaveLength(1)
      expect(found[0]!.ruleId).toBe(ruleOf(other))
    }
    expect(own.scanValue({ password: `prefix-${other}-suffix ${other}` }).map(({ ruleId }) => ruleId)).toContain(
      ruleOf(other),
    )
  })

  it('never covers a field path, also when it covers the path that is marked', () => {
    const own = detector([{ path: 'note', reason }], { fields: ['note'] })
    expect(own.scanValue({ note: 'plain' }).map(({ ruleId }) => ruleId)).toEqual(['field-path'])
  })

  it('is counted, and told of without the secret', () => {
    const told: Allowed[] = []
    const own = detector([{ path: 'debug', reason }], { onAllowed: (allowed) => told.push(allowed) })
    own.scanValue({ debug: `${token} and ${other}`, note: token })
    expect(own.allowedCount).toBe(2)
    expect(told).toMatchObject([
      { entry: 0, reason, finding: { path: ['debug'], start: 0 } },
      { entry: 0, reason, finding: { path: ['debug'] } },
    ])
    expect(JSON.stringify(told)).not.toContain(token)
  })

  it.each([
    ['only a reason', { reason }, /^Allow entry 0: needs a rule, a path, a pattern or a fingerprint/],
    ['no reason', { rule: 'named-field' }, /needs a reason/],
    ['a blank reason', { rule: 'named-field', reason: ' ' }, /needs a reason/],
    ['a rule that is not there', { rule: 'no-such-rule', reason }, /names no known rule/],
    ['what is known from a mark', { rule: 'known-value', reason }, /always sealed/],
    ['what is marked', { rule: 'marked-secret', path: 'a.b', reason }, /always sealed/],
    ['a fingerprint without a key', { fingerprint: 'x', reason }, /SECRET_SAFE_FINGERPRINT_KEY/],
    ['a date that is none', { rule: 'named-field', until: '2027-02-30', reason }, /a date such as/],
    ['a time', { rule: 'named-field', until: '2027-01-31T10:00:00Z', reason }, /a date such as/],
    ['a path to everything', { path: '*', reason }, /matches every value/],
    ['a back reference', { pattern: '(a)\\1', reason }, /"allow entry 0" has a back reference/],
    ['a pattern in two halves', { pattern: 'a)|(?:b', reason }, /not a regular expression/],
    ['an empty pattern', { pattern: '', reason }, /must be the source/],
  ])('is refused for %s', (_, entry, expected) => {
    expect(messageOf(entry)).toMatch(expected)
  })

  it.each(['.*', '.+', '[\\s\\S]*', '\\S{4,}', '|.*', '[^ ]+', '\\w+|.*=', '.{1,64}'])(
    'is refused when it is the pattern %s alone, and may narrow another criterion',
    (pattern) => {
      expect(messageOf({ pattern, reason })).toContain('would allow almost any value')
      expect(() => detector([{ pattern, rule: 'named-field', reason }])).not.toThrow()
    },
  )

  it('cannot stop the process with its pattern', () => {
    const own = detector([{ pattern: '(a+)+b', rule: 'named-field', reason }])
    const started = performance.now()
    own.scanValue({ password: 'a'.repeat(10_000) })
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
