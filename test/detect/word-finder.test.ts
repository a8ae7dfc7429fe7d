import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordFinder } from '../../src/detect/word-finder.js'

describe('words in a short text', () => {
  it('are found in any case, each where it ends, those that lie in others too', () => {
    const words = ['cohere key', 'cohere', 'key']
    const found = new WordFinder(words).find('my Cohere KEY', 0, 13)
    expect(found?.map(({ index, end }) => [words[index], end])).toEqual([
      ['cohere', 9],
      ['cohere key', 13],
      ['key', 13],
    ])
  })

  it('are not found where they reach over an edge of the part that is asked for', () => {
    const finder = new WordFinder(['token'])
    expect(finder.find('a token b', 2, 7)).toHaveLength(1)
    expect(finder.find('a token b', 3, 9)).toBeUndefined()
    expect(finder.find('a token b', 0, 6)).toBeUndefined()
  })

  it('are those that a search for each of them finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '_', '\u0161'), minLength: 3, maxLength: 6 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 8 }), fc.array(word, { maxLength: 12 }), (words, parts) => {
        const text = parts.join('')
        const count = words.reduce((sum, each) => {
          let at = text.indexOf(each)
          let times = 0
          for (; at >= 0; at = text.indexOf(each, at + 1)) times++
          return sum + times
        }, 0)
        expect(new WordFinder(words).find(text, 0, text.length)?.length ?? 0).toBe(count)
      }),
    )
  })
})
