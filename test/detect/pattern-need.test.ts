import { describe, expect, it } from 'vitest'
import { needOf } from '../../src/detect/pattern-need.js'

const unitOf = (source: string, begins: string) => {
  const need = needOf(source, begins)
  return need === undefined ? undefined : String.fromCharCode(need.unit)
}

describe('what a match needs behind its beginning', () => {
  it('is the last character that stands for itself in each match', () => {
    expect(unitOf(':\\/\\/[^\\s/]{0,9}:(?<secret>[^@/]{1,9})@(?=[a-z])', '://')).toBe('@')
    expect(unitOf('st\\.[a-z]{3}\\.[a-z]{5}', 'st.')).toBe('.')
  })

  it('may have before it what the parts between them hold, in groups and where they are optional, too', () => {
    const need = needOf('a(?:b|[c-e]{2})?f{0,3}!', 'a')!
    expect([...'abcdefg!'].filter((unit) => need.across.has(unit.charCodeAt(0))).join('')).toBe('bcdef')
  })

  it('does not count what looks around, is optional, or is one of several', () => {
    expect(unitOf('a[b]{2}(?=x)(?<!y)(?!z)', 'a')).toBeUndefined()
    expect(unitOf('a[b]{2}x?', 'a')).toBeUndefined()
    expect(unitOf('a[b]{2}(?:x|y)', 'a')).toBeUndefined()
    expect(unitOf('a[b]x|a[c]', 'a')).toBeUndefined()
  })

  it('is not known where the beginning is not written out', () => {
    expect(unitOf('(?:a|b)c[d]{3}x', 'ac')).toBeUndefined()
    expect(unitOf('a+b[c]x', 'ab')).toBeUndefined()
  })

  it('is no class of characters, no assertion, and nothing beyond ASCII, which the kernel does not tell apart', () => {
    expect(unitOf('a[b]{2}é', 'a')).toBeUndefined()
    expect(unitOf('a[b]{2}\\d', 'a')).toBeUndefined()
    expect(unitOf('a[b]{2}.$', 'a')).toBeUndefined()
    expect(unitOf('a[b]{2}\\b', 'a')).toBeUndefined()
  })
})
