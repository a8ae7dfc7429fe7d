import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { createDetector, type Finding, type Rule, stockRules } from '../../src/detect-entry.js'
import { ConfigError, InputError } from '../../src/errors.js'
import { fillExample, fillTemplate, seededRandom } from '../../src/testing/templates.js'

const detector = createDetector({ fields: ['auth.note', 'users.*.pin'] })
const random = seededRandom(9)
const token = () => fillTemplate('ghp_{{base62:36}}', random)

const rule = (changes: Partial<Rule> & Partial<Rule['definition']> = {}): Rule => ({
  id: 'acme-key',
  provider: 'Acme',
  title: 'Acme key',
  link: 'https://example.com',
  kind: 'private',
  severity: 'high',
  confidence: 'high',
  action: 'seal',
  definition: { anchors: changes.anchors ?? ['acme_'], pattern: changes.pattern ?? 'acme_[a-z]{8}' },
  examples: [],
  nonExamples: [],
  ...(changes.id === undefined ? {} : { id: changes.id }),
  ...(changes.action === undefined ? {} : { action: changes.action }),
})

describe('findings', () => {
  it('have no field that could hold the secret', () => {
    expectTypeOf<keyof Finding>().toEqualTypeOf<
      'ruleId' | 'kind' | 'severity' | 'confidence' | 'action' | 'path' | 'inKey' | 'start' | 'end' | 'encodings'
    >()
  })

  it('never hold the secret, whatever is scanned and however', () => {
    const examples = stockRules.filter((one) => one.definition.anchors.length > 0).flatMap((one) => one.examples)
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.string(), (example, noise) => {
        const { text: filled, secret } = fillExample(example, random)
        const text = `${noise} ${filled} ${noise}`
        // A word beside a seed phrase makes it a list of thirteen words.
        fc.pre(detector.scanText(text).length > 0)
        const findings = [
          ...detector.scanText(text),
          ...detector.scanValue({ [text]: { list: [text, { [filled]: text }] }, map: new Map([[filled, filled]]) }),
          ...detector.scanBytes(Buffer.from(text)),
        ]
        expect(findings.length).toBeGreaterThan(0)
        expect(JSON.stringify(findings)).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })
})

describe('scanValue', () => {
  it('reports path, key and offsets, with a secret key shown as [redacted]', () => {
    const secret = token()
    const value = {
      messages: [{ content: `use ${secret} now` }],
      login: { password: 'hunter2' },
      [secret]: { access_token: 'opaque-value-1' },
      bytes: new TextEncoder().encode(`b ${secret}`),
      auth: { note: 'anything' },
      users: [{ pin: '0000' }],
      usage: { total_tokens: 5, token_type: 'Bearer' },
    }
    const found = detector
      .scanValue(value)
      .map(({ ruleId, path, inKey, start, end }) => [ruleId, path.join('.'), inKey, start, end])
    expect(found).toEqual([
      ['github-token', 'messages.0.content', false, 4, 44],
      ['named-field', 'login.password', false, 0, 7],
      ['github-token', '', true, 0, 40],
      ['named-field', '[redacted].access_token', false, 0, 14],
      ['github-token', 'bytes', false, 2, 42],
      ['field-path', 'auth.note', false, 0, 8],
      ['field-path', 'users.0.pin', false, 0, 4],
    ])
  })

  it('hands the field name down through arrays', () => {
    expect(detector.scanValue({ passwords: ['hunter2'] }).map((one) => one.path)).toEqual([['passwords', 0]])
  })
})

describe('rules', () => {
  it('given by the user replace the stock ones, and may spread them', () => {
    const own = createDetector({ rules: [rule()] })
    expect(own.scanText(`acme_abcdefgh ${token()}`).map((one) => one.ruleId)).toEqual(['acme-key'])
    const both = createDetector({ rules: [...stockRules, rule()] })
    expect(both.scanText(`acme_abcdefgh ${token()}`).map((one) => one.ruleId)).toEqual(['acme-key', 'github-token'])
  })

  it('that are ignored find nothing', () => {
    expect(createDetector({ rules: [rule({ action: 'ignore' })] }).scanText('acme_abcdefgh')).toEqual([])
  })

  it('with an anchor and a context need both: a field of the name, or a word before it', () => {
    const own = createDetector({ rules: [{ ...rule(), context: { keys: ['acme'], near: ['acme inc'] } }] })
    expect(own.scanText('acme_abcdefgh')).toEqual([])
    expect(own.scanText('by ACME Inc: acme_abcdefgh')).toHaveLength(1)
    expect(own.scanValue({ 'My-Acme_Thing': 'x acme_abcdefgh' })).toHaveLength(1)
    expect(own.scanner.isContextual('My-Acme_Thing')).toBe(true)
  })

  it('that a word ahead tells find a value at the beginning of a line, in JSON too', () => {
    const own = createDetector({
      rules: [{ ...rule({ anchors: [], pattern: '[0-9a-f]{16}' }), context: { keys: ['acme'], near: ['acme inc'] } }],
    })
    const value = '0f1e2d3c4b5a6978'
    for (const text of [`ACME Inc\n${value}`, JSON.stringify(`ACME Inc\n${value}\n`)]) {
      expect(own.scanText(text).map(({ start, end }) => text.slice(start, end))).toEqual([value])
    }
  })

  it('keep their case and their boundaries', () => {
    const own = createDetector({ rules: [rule()] })
    for (const text of ['ACME_abcdefgh', 'xacme_abcdefgh', 'acme_abcdefghi', 'acme_abcdefgh-x', 'acme_abc']) {
      expect(own.scanText(text), text).toEqual([])
    }
  })

  it.each<[string, Rule[]]>([
    ['an anchor of two characters', [rule({ anchors: ['ac'] })]],
    ['no anchor and no context', [rule({ anchors: [] })]],
    ['a back reference', [rule({ pattern: 'acme_(a)\\1' })]],
    ['a broken expression', [rule({ pattern: 'acme_(' })]],
    ['an id in another style', [rule({ id: 'Acme Key' })]],
    ['the same id twice', [rule(), rule()]],
  ])('are refused for %s', (_, rules) => {
    expect(() => createDetector({ rules })).toThrow(ConfigError)
  })

  it('may hold what merely looks unbounded', () => {
    const own = createDetector({ rules: [rule({ pattern: 'acme_[*+{2,}]{1,3}\\+\\*(?:ab){2}' })] })
    expect(own.scanText('acme_*+*abab')).toHaveLength(1)
  })
})

describe('arguments', () => {
  it('of another type are refused without quoting them', () => {
    expect(() => detector.scanText(5 as unknown as string)).toThrow(InputError)
    expect(() => detector.scanBytes('x' as unknown as Uint8Array)).toThrow(InputError)
  })

  it('without a secret give the same frozen array', () => {
    expect(detector.scanner.scan('nothing here')).toBe(detector.scanner.scan('nor here'))
    expect(Object.isFrozen(detector.scanner.scan('nothing'))).toBe(true)
  })
})
