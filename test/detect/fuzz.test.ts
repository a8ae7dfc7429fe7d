import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDetector, stockRules } from '../../src/detect-entry.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'

const detector = createDetector()
const ALL = stockRules.map((rule) => fillExample(rule.examples[0]!, seededRandom(3)).text)
const PIECES = [
  ...[
    'token=',
    'password: "',
    '"api_key":"',
    'Bearer ',
    'Basic ',
    '://',
    '@',
    '%25',
    '%',
    '\\',
    '\\"',
    '\\u0061',
    '\n',
    '{"',
    '"}',
  ],
  ...[
    '-----BEGIN ',
    'PRIVATE KEY-----',
    'Set-Cookie: ',
    '; ',
    ' ',
    '115,107,',
    'YWFhYWFhYWFhYWFh',
    '6161616161616161',
    '\ud83d',
    '密码',
  ],
]

/** Anchors, halves of tokens and syntax in any order, with any characters between. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      fc.constantFrom(...stockRules.flatMap((rule) => rule.definition.anchors)),
      fc.constantFrom(...ALL),
      fc.tuple(fc.constantFrom(...ALL), fc.nat(60)).map(([example, length]) => example.slice(0, length)),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

describe('scanning any text', () => {
  it('reports spans inside the text, in order and apart', () => {
    fc.assert(
      fc.property(
        text,
        fc.option(fc.constantFrom('password', 'id', 'cohere_api_key', 'cookie'), { nil: undefined }),
        (value, key) => {
          let reached = 0
          for (const { start, end, ruleId } of detector.scanText(value, { key })) {
            expect(start, ruleId).toBeGreaterThanOrEqual(reached)
            expect(end, ruleId).toBeGreaterThan(start)
            reached = end
          }
          expect(reached).toBeLessThanOrEqual(value.length)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('gives the same answer each time: no state stays between scans', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const first = detector.scanText(one)
        detector.scanText(other)
        expect(detector.scanText(one)).toEqual(first)
      }),
      { numRuns: 300 },
    )
  })

  it('finds in a value what it finds in its only string', () => {
    fc.assert(
      fc.property(text, (value) => {
        const spans = (of: readonly { ruleId: string; start: number; end: number }[]) =>
          of.map(({ ruleId, start, end }) => [ruleId, start, end])
        expect(spans(detector.scanValue(value))).toEqual(spans(detector.scanText(value)))
      }),
      { numRuns: 300 },
    )
  })
})
