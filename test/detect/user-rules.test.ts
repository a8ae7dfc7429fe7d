import { describe, expect, it } from 'vitest'
import { createLinearMatcher } from '../../src/detect/linear-matcher.js'
import { createSourceMatcher, type Matcher } from '../../src/detect/matcher.js'
import type { Rule } from '../../src/detect/types.js'
import { createDetector, stockRules } from '../../src/detect-entry.js'
import { ConfigError } from '../../src/errors.js'
import { linearMatcher } from '../../src/linear.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'

const rule = (definition: Partial<Rule['definition']>, rest: Partial<Rule> = {}): Rule => ({
  id: 'acme-key',
  provider: 'acme',
  title: 'Acme key',
  link: 'https://example.com',
  kind: 'private',
  severity: 'high',
  confidence: 'high',
  action: 'seal',
  definition: { anchors: ['acme_'], pattern: 'acme_[a-z]{8}', ...definition },
  examples: [],
  nonExamples: [],
  ...rest,
})
const messageOf = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
  throw new Error('it was accepted')
}
const milliseconds = (work: () => unknown): number => {
  const started = performance.now()
  work()
  return performance.now() - started
}

describe('a rule of a user’s own', () => {
  it('may repeat without a bound: its matcher takes linear time, and its length is bounded', () => {
    const own = createDetector({ rules: [rule({ pattern: 'acme_(?:[a-z]+-?)+', maxLength: 20 })] })
    expect(own.scanText('use acme_abc-def now')).toMatchObject([{ start: 4, end: 16 }])
    expect(own.scanText(`acme_${'a'.repeat(16)}`)).toEqual([])
  })

  it('cannot stop the process with nested repetitions', () => {
    const own = createDetector({ rules: [rule({ anchors: ['aaa'], pattern: '(a+)+$', leftBoundary: 'none' })] })
    expect(milliseconds(() => own.scanText(`${'a'.repeat(3_000)}!`))).toBeLessThan(10_000)
    const spaced = createDetector({ rules: [rule({ pattern: 'acme_(x+x+)+y' })] })
    expect(milliseconds(() => spaced.scanText(`acme_${'x'.repeat(100_000)} `.repeat(5)))).toBeLessThan(2_000)
  })

  it('takes time in proportion to the text, also where it nearly matches everywhere', () => {
    const own = createDetector({ rules: [rule({ pattern: 'acme_[\\s\\S]{0,200}!' })] })
    const near = (count: number) =>
      Math.min(...[1, 2, 3].map(() => milliseconds(() => own.scanText('acme_ '.repeat(count)))))
    expect(near(8_000) / Math.max(near(1_000), 1)).toBeLessThan(24)
  })

  it('is refused when it is too large to run fast', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `acme_${(i * 7_919).toString(36)}`).join('|')
    expect(messageOf(() => createDetector({ rules: [rule({ pattern: many })] }))).toContain('use several rules')
    const wide = `acme_(?:${[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}?`).join('')}){99}`
    expect(messageOf(() => createDetector({ rules: [rule({ pattern: wide })] }))).toContain('is too large')
  })

  it.each([
    ['looks ahead', 'acme_[a-z]{8}(?=x)', /"acme-key" looks ahead or behind.*leftBoundary/],
    ['looks ahead for what may not be there', 'acme_(?!test)[a-z]{8}', /looks ahead or behind/],
    ['looks behind', '(?<=x)acme_[a-z]{8}', /looks ahead or behind/],
    ['refers back', '(acme_)[a-z]{8}\\1', /has a back reference.*write it out/],
    ['refers back by name', '(?<a>acme_)\\k<a>', /has a back reference/],
    ['does not close', 'acme_(', /not a regular expression/],
    ['closes what it did not open', 'acme_)(x', /not a regular expression/],
    ['repeats too often', 'acme_[a-z]{2000}', /goes up to \{1000\}/],
    ['is empty', '', /must be the source/],
  ])('is refused when it %s, and the message says what to do', (_, pattern, expected) => {
    const message = messageOf(() => createDetector({ rules: [rule({ pattern })] }))
    expect(message).toMatch(expected)
    if (pattern.length > 3) expect(message).not.toContain(pattern)
  })

  it('may hold what merely looks like a lookahead or a back reference', () => {
    const own = createDetector({ rules: [rule({ pattern: 'acme_[(?=!<]{3}\\(\\?=\\\\1' })] })
    expect(own.scanText('acme_(?=(?=\\1')).toHaveLength(1)
  })

  it('may name the secret inside what it matches', () => {
    const own = createDetector({ rules: [rule({ anchors: ['acme:'], pattern: 'acme:(?<secret>[a-z]{8});' })] })
    expect(own.scanText('x acme:abcdefgh; y')).toMatchObject([{ start: 7, end: 15 }])
  })

  it('may rest on a context alone', () => {
    const context = { keys: ['acme'], near: ['acme'] }
    const own = createDetector({ rules: [rule({ anchors: [], pattern: '[a-f0-9]{32}' }, { context })] })
    const value = fillExample('{{hex:32}}', seededRandom(1)).text
    expect(own.scanText(value)).toEqual([])
    expect(own.scanText(value, { key: 'acmeToken' }).map(({ ruleId }) => ruleId)).toContain('acme-key')
    expect(own.scanText(`my acme one is ${value}.`)).toHaveLength(1)
  })

  it('is found beside the stock rules, which keep their own matcher whatever their action', () => {
    const reported = stockRules.map((one) => ({ ...one, action: 'report' as const }))
    const never = () => {
      throw new Error('a stock rule was compiled for the linear matcher')
    }
    expect(() => createDetector({ rules: reported, matcher: never })).not.toThrow()
    expect(() => createDetector({ rules: [...reported, rule({})], matcher: never })).toThrow(/stock rule/)
    expect(createDetector({ rules: [...reported, rule({})] }).scanText('acme_abcdefgh')).toHaveLength(1)
  })

  it('runs with a matcher that is passed along, where none can be loaded', () => {
    const own = createDetector({ rules: [rule({})], matcher: linearMatcher })
    expect(own.scanText('acme_abcdefgh')).toHaveLength(1)
  })
})

/** What runs on V8 in the stock rules and on RE2 in a user's must match alike. */
describe('the two matchers', () => {
  const both = (one: Rule): readonly [Matcher, Matcher] => [createSourceMatcher(one), linearMatcher(one)]

  it.each([
    ['acme_[a-z]{4,8}', 'token'],
    ['acme_(?:a|ab|abc)', 'token'],
    ['acme_(?:a|ab|abc)', 'word'],
    ['acme_(?:a|ab|abc)', 'none'],
    ['acme_[a-z]{0,4}?', 'token'],
    ['acme_(?<secret>[a-z]{1,4})-?', 'token'],
    ['\\bacme_\\w{1,5}\\b', 'none'],
    ['^acme_[a-z]{1,4}$', 'none'],
    ['acme_\\u0061{1,3}', 'token'],
    ['acme_(?:(?<secret>a)|b){1}', 'token'],
  ] as const)('agree on %s with the boundary %s', (pattern, rightBoundary) => {
    const [source, linear] = both(rule({ pattern, rightBoundary, maxLength: 12 }))
    const random = seededRandom(11)
    const units = ['acme_', 'a', 'b', 'c', '-', '_', ' ', '"', 'é', '😀', '\n', '.']
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: 8 }, () => units[Math.floor(random() * units.length)]!).join('')
      for (let at = text.indexOf('acme_'); at !== -1; at = text.indexOf('acme_', at + 1)) {
        expect(linear.exec(text, at), `${JSON.stringify(text)} at ${at}`).toEqual(source.exec(text, at))
      }
    }
  })

  it('agree on the stock rules’ own examples', async () => {
    const { RE2JS } = await import('re2js')
    const random = seededRandom(3)
    let compared = 0
    for (const stock of stockRules) {
      let linear: Matcher
      try {
        linear = createLinearMatcher(stock, RE2JS)
      } catch {
        continue
      }
      const source = createSourceMatcher(stock)
      for (const example of stock.examples) {
        const { text } = fillExample(example, random)
        for (const surrounded of [text, `${text}.`, `"${text}" `, `${text}x`]) {
          const at = Math.max(0, surrounded.indexOf(stock.definition.anchors[0] ?? text))
          expect(linear.exec(surrounded, at), stock.id).toEqual(source.exec(surrounded, at))
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(200)
  })
})

describe('a stock rule', () => {
  it.each([
    ['an unbounded star', 'acme_[a-z]*'],
    ['an unbounded plus', 'acme_[a-z]+'],
    ['an open range', 'acme_[a-z]{4,}'],
    ['a repeated group that repeats', 'acme_(?:[a-z]{1,9}){1,9}'],
    ['a broken expression', 'acme_('],
  ])('is refused for %s, since V8 backtracks', (_, pattern) => {
    expect(() => createSourceMatcher(rule({ pattern }))).toThrow(ConfigError)
  })
})
