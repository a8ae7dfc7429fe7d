import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonSpans, keyAt, offsetInJson, valueAt } from '../../../src/audit/check/json-spans.js'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, placesOf, warningsOf } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')
const opaque = () => fillTemplate('{{base62:24}}')

describe('check of JSON', () => {
  it('knows the path, and the place in the file', async () => {
    const text = JSON.stringify({ a: [{ note: `é "x" \n ${token()}` }] }, undefined, 2)
    const { report } = await check(directory({ 'a.json': text }))
    const [secret] = report.secrets
    expect(secret!.places).toMatchObject([{ path: ['a', 0, 'note'], line: 4, column1: 16 + 'é \\"x\\" \\n '.length }])
    expect(Buffer.from(text).subarray(secret!.places[0]!.start, secret!.places[0]!.end).toString()).toMatch(
      /^ghp_\w{36}$/,
    )
  })

  it('finds what only structure tells: fields that the configuration names, and names that stand beside a value', async () => {
    const cwd = directory({
      'a.json': JSON.stringify({ auth: { pin: '4711-x' }, env: [{ name: 'DB_PASSWORD', value: opaque() }] }),
      'secret-safe.config.yml': 'detector:\n  fields: [auth.pin]\n',
    })
    expect(placesOf(await check(cwd)).map((place) => place.split(' ')[1])).toEqual(['field-path', 'named-field'])
  })

  it('reads bytes that are written as a list of numbers', async () => {
    const secret = token()
    const text = `{"data":\n ${JSON.stringify([...Buffer.from(`t=${secret}`)])}}`
    expect(placesOf(await check(directory({ 'a.json': text })))).toEqual([
      `a.json:2:${'[116,61,'.length + 2} github-token`,
    ])
  })

  it('reads a key that is a secret, and a name that stands there twice', async () => {
    const [first, second] = [token(), token()]
    const { report } = await check(directory({ 'a.json': `{"a":"${first}","a":"x","${second}":1}` }))
    expect(report.secrets).toHaveLength(2)
    expect(report.secrets.flatMap(({ places }) => places.map(({ inKey }) => inKey)).sort()).toEqual([false, true])
  })

  it.each(['a.jsonl', 'a.ndjson', 'a.json', 'dump'])(
    'reads %s line by line, half a line at its end as text',
    async (name) => {
      const lines = [1, 2, 3].map((i) => JSON.stringify({ i, env: { name: 'api_key', value: opaque() } }))
      const result = await check(directory({ [name]: `${lines.join('\n')}\n{"half": "${token()}` }))
      expect(placesOf(result).map((place) => place.split(':')[1])).toEqual(['1', '2', '3', '4'])
      expect(warningsOf(result)).toEqual(name === 'dump' ? [] : ['json-as-text'])
    },
  )

  it('reads a large file of lines with structure to its end, in any split', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => {
      const filler = 'lorem ipsum '.repeat(i % 50)
      return JSON.stringify(i % 500 === 499 ? { filler, e: [{ name: 'DB_PASSWORD', value: opaque() }] } : { i, filler })
    })
    const result = await check(directory({ 'a.jsonl': lines.join('\n') }))
    expect(
      placesOf(result)
        .map((place) => Number(place.split(':')[1]))
        .sort((a, b) => a - b),
    ).toEqual([500, 1000, 1500, 2000, 2500, 3000])
  })

  it.each([
    ['nested too deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['with a comment', '{ // why\n "a": 1 }'],
    ['cut off', '{"a": '],
  ])('reads a document %s as text, and says so', async (_, text) => {
    const result = await check(directory({ 'a.json': `${text}\n${token()}` }))
    expect(result.failing).toBe(1)
    expect(warningsOf(result)).toEqual(['json-as-text'])
  })

  it('revives nothing: a serialized constructor and a prototype are plain data', async () => {
    const text = `{"lc":1,"type":"constructor","id":["x"],"kwargs":{"content":"${token()}"},"__proto__":{"t":"${token()}"},"toJSON":"x"}`
    expect((await check(directory({ 'a.json': text }))).report.secrets).toHaveLength(2)
  })
})

describe('places in JSON', () => {
  it('are found again for every string and key of every document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space)
        const parsed = JSON.parse(text) as unknown
        const wanted = new Map<string, string>()
        collect(parsed, [], wanted)
        const spans = jsonSpans(text, new Set(wanted.keys()))
        for (const [name, content] of wanted) {
          const { start, end } = spans.get(name)!
          expect(JSON.parse(`"${text.slice(start, end)}"`)).toBe(content)
          for (let i = 0; i <= content.length; i++) {
            expect(JSON.parse(`"${text.slice(start, offsetInJson(text, start, i))}"`)).toBe(content.slice(0, i))
          }
        }
      }),
    )
  })
})

function collect(value: unknown, path: (string | number)[], into: Map<string, string>): void {
  if (typeof value === 'string') into.set(valueAt(path), value)
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) collect(item, [...path, i], into)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      into.set(keyAt(path, key), key)
      collect(item, [...path, key], into)
    }
  }
}
