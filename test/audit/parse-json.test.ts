import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/audit/decode/parse-json.js'

describe('parsed JSON is whole', () => {
  it.each([
    ['an object', '{"a":1,"b":{"c":[{"d":"e"}]}}'],
    ['blanks behind names', '{ "a" : 1, "b"\t:\n2 }'],
    ['JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: 'd' }) }) })],
    ['text with quotes and colons', JSON.stringify({ a: 'he said: "no": and ":" ', ':': '":' })],
    ['names that end with a backslash', JSON.stringify({ 'a\\': 1, 'b\\\\': 2, 'c"': 3 })],
    ['no object', '["a","b:",":"]'],
  ])('for %s', (_, text) => {
    expect(parseJson(text)).toEqual({ value: JSON.parse(text), isWhole: true })
  })

  it.each([
    ['a name that stands there twice, of which one value is hidden', '{"a":"hidden","a":2}'],
    ['one behind a name that ends with a backslash', '{"a\\\\":1,"a":"hidden","a":3}'],
    ['one behind an escaped quote', '{"a\\"":1,"a":"hidden","a":3}'],
    ['one that is written in two ways', '{"a":"hidden","\\u0061":2}'],
    ['one deep inside, with blanks', '{"x":[{"a" : "hidden", "a" : 2}]}'],
    ['numbers that JSON has not, which were replaced', '{"a":NaN}'],
  ])('not for %s', (_, text) => {
    expect(parseJson(text)?.isWhole).toBe(false)
  })
})
