import { describe, expect, it } from 'vitest'
import { headOf, MAX_HEAD } from '../../src/detect/pattern-head.js'
import { stockRules } from '../../src/rules/index.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'

const holds = (source: string, text: string, isFolded = false) =>
  headOf(source, isFolded).every((set, i) => i >= text.length || set.has(text.charCodeAt(i)))

describe('the head of a pattern', () => {
  it('reaches as far as the shortest match, and no farther than a bound', () => {
    expect(headOf('ab[0-9]{3}', false)).toHaveLength(5)
    expect(headOf('ab?(?:cd|e){2}', false)).toHaveLength(3)
    expect(headOf('a{0,4}', false)).toHaveLength(0)
    expect(headOf('x{100}', false)).toHaveLength(MAX_HEAD)
  })

  it('refutes what cannot begin a match, in every part of the syntax', () => {
    expect(holds('SEC[A-Z]{4}', 'SECU')).toBe(true)
    expect(holds('SEC[A-Z]{4}', 'sec')).toBe(false)
    expect(holds('SEC[A-Z]{4}', 'sec', true)).toBe(true)
    expect(holds('SEC[A-Z]{4}', 'SEC1')).toBe(false)
    expect(holds('[^\\s"]{3}', 'ab"')).toBe(false)
    expect(holds('(?:a|\\x62|\\u0063)\\d', 'c7')).toBe(true)
    expect(holds('(?:a|\\x62|\\u0063)\\d', 'd7')).toBe(false)
    expect(holds('(?<=x)(?!q)\\ba$', 'a')).toBe(true)
    expect(holds('a{0,2}b', 'aab')).toBe(true)
    expect(holds('a(?:[)(|]|\\))c', 'a|c')).toBe(true)
  })

  it('refutes no match of a stock rule: a head may allow too much and never too little', () => {
    const random = seededRandom(31)
    let matches = 0
    for (const { id, definition, examples } of stockRules) {
      const isFolded = definition.caseInsensitive === true
      const regex = new RegExp(definition.pattern, isFolded ? 'gi' : 'g')
      for (const example of examples) {
        const { text } = fillExample(example, random)
        for (const [match] of text.matchAll(regex)) {
          matches++
          expect(holds(definition.pattern, match, isFolded), id).toBe(true)
        }
      }
    }
    expect(matches).toBeGreaterThan(stockRules.length)
  })
})
