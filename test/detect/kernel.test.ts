import { afterEach, describe, expect, it, vi } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'
import type { Hit } from '../../src/detect/types.js'
import { stockRules } from '../../src/rules/index.js'
import { fillExample, type Random, seededRandom } from '../../src/testing/templates.js'
import { CONTEXTS, SERVICE_API_KEY } from '../rules/contexts.js'

const withKernel = new Scanner(stockRules)
const without = new Scanner(stockRules, undefined, undefined, Number.POSITIVE_INFINITY)
const shape = (hits: readonly Hit[]) =>
  hits.map(({ rule, start, end, encodings, confidence, secret }) => ({
    rule,
    start,
    end,
    encodings,
    confidence,
    secret,
  }))

/** Characters of one, two, three and four bytes, escapes, ids, data and names: all that moves an offset or a boundary. */
const NOISE = [
  'é',
  '漢字 ',
  '😀 ',
  '\ud800',
  'the quick brown fox ',
  '{"id":"0190163d-8694-739b-aea5-966c26f8ad90"} ',
  '\\n',
  'C:\\x ',
  'key: value = ',
  `${'x'.repeat(40)} `,
  'https://a.b/c?d=e&f=g ',
  '12:30 ',
  'QUJD'.repeat(200),
]

function sample(random: Random): string {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const noise = () => Array.from({ length: Math.floor(random() * 8) }, () => pick(NOISE)).join('')
  const rule = pick(stockRules)
  const secret = fillExample(pick(rule.examples), random).text
  return noise() + pick(CONTEXTS).text(secret, SERVICE_API_KEY) + noise()
}

describe('a scanner that prepares its kernel later', () => {
  it('finds the same before and after, also when it does so in the midst of what it decodes', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 20; round++) {
      const later = new Scanner(stockRules, undefined, undefined, 3_000)
      for (let i = 0; i < 20; i++) {
        const text = sample(random)
        const encoded = `data: ${Buffer.from(text).toString('base64')} end`
        for (const each of [text, encoded]) expect(shape(later.scan(each))).toEqual(shape(withKernel.scan(each)))
      }
    }
  })
})

describe('the kernel', () => {
  it('finds what the scanner finds without it: rule, span, steps and order', () => {
    const random = seededRandom(20)
    let found = 0
    for (let round = 0; round < 12_000; round++) {
      const text = sample(random)
      const hits = withKernel.scan(text)
      found += hits.length
      expect(shape(hits), text).toEqual(shape(without.scan(text)))
    }
    expect(found).toBeGreaterThan(6000)
  })

  it('misses nothing at the borders of the blocks in which it reads', () => {
    const random = seededRandom(23)
    const edges = [64, 128, 4096, 8192]
    let found = 0
    for (const edge of edges) {
      for (let back = 70; back >= -2; back--) {
        const text = `${'word '.repeat(edge).slice(0, edge - back)} ${sample(random)}`
        const hits = withKernel.scan(text)
        found += hits.length
        expect(shape(hits), `${edge - back}: ${text.slice(-200)}`).toEqual(shape(without.scan(text)))
      }
    }
    expect(found).toBeGreaterThan(100)
  })

  it('tells a name from others that look like it, however many it has read before', () => {
    const secret = fillExample('{{base62:24}}', seededRandom(24)).text
    for (let round = 0; round < 3000; round++) {
      const name = ['token', 'taken', 'tok3n', 'key', 'k3y', 'api_key'][round % 6]!
      const text = `2024-01-${round}T12:00 a${round}="x" ${name}${round % 97}="${secret}" oauth${round % 7}: ${secret}`
      expect(shape(withKernel.scan(text)), text).toEqual(shape(without.scan(text)))
    }
  })

  it('reads options as the scanner does, also those with hyphens inside', () => {
    const secret = fillExample('{{base62:24}}', seededRandom(25)).text
    const names = ['token', 'api-key', 'x--token', 'x---token', 'a--b--password', 'verbose', `${'n'.repeat(70)}-token`]
    for (const name of names) {
      for (const before of ['', 'run ', 'a', '-', '\u00e9']) {
        for (const gap of [' ', '\t', '\n', '=', '']) {
          const text = `${before}--${name}${gap}${secret} --${name} ${secret}`
          expect(shape(withKernel.scan(text)), text).toEqual(shape(without.scan(text)))
        }
      }
    }
  })

  it('gives up on a text that is nothing but places to look at, and the scanner looks by itself', () => {
    const text = 'a1='.repeat(200_000)
    expect(withKernel.scan(text)).toEqual(without.scan(text))
  })

  it('reads long texts, and short ones after them', () => {
    const random = seededRandom(21)
    const long = Array.from({ length: 400 }, () => sample(random)).join('\n')
    expect(shape(withKernel.scan(long))).toEqual(shape(without.scan(long)))
    const short = sample(random)
    expect(shape(withKernel.scan(short))).toEqual(shape(without.scan(short)))
  })
})

describe('where there is no WebAssembly', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('the scanner finds the same', async () => {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', undefined)
    const module = await import('../../src/detect/scanner.js')
    const scanner = new module.Scanner(stockRules)
    const random = seededRandom(22)
    for (let round = 0; round < 200; round++) {
      const text = sample(random)
      expect(shape(scanner.scan(text))).toEqual(shape(withKernel.scan(text)))
    }
  })
})
