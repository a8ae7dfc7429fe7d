import { describe, expect, it } from 'vitest'
import { reachOf } from '../../src/detect/pattern-reach.js'

describe('how far an expression reads', () => {
  it.each([
    ['abc', 3],
    ['a[b\\]c]{2,5}\\d?', 7],
    ['(?:ab|cde){3}', 9],
    ['(?<secret>[a-z]{20})(?=["\'])', 21],
    ['(?<!x)\\bab', 4],
    ['\\u0041\\x41\\/', 3],
    ['(?:a{2}){2}?b{3}?', 7],
    ['()a', 1],
    ['(?:){3}a', 1],
    ['a+', Number.POSITIVE_INFINITY],
    ['a{3,}', Number.POSITIVE_INFINITY],
    ['a|b*', Number.POSITIVE_INFINITY],
  ])('of %s is %d characters, those of a look-around and of an assertion counted', (source, reach) => {
    expect(reachOf(source)).toBe(reach)
  })
})
