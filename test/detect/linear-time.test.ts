import { describe, expect, it } from 'vitest'
import { KnownValues } from '../../src/detect/known-values.js'
import { Scanner } from '../../src/detect/scanner.js'
import { stockRules } from '../../src/rules/index.js'

const scanner = new Scanner(stockRules)
const known = new KnownValues()
known.add('abcdabcdabcdabcdX1')
known.add('sk-sk-sk-known-1')
const SMALL = 40_000
const GROWTH = 8

const nested = (length: number) => {
  let text = 'x'
  while (text.length < length) text = JSON.stringify({ a: text, b: text })
  return text.slice(0, length)
}

/** Texts made to be slow: what begins a match everywhere, what decodes to more of itself, what never closes. */
const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
  ...Object.fromEntries(
    [
      ...[
        'sk-',
        ' sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'eyJ',
        'eyJhbGciOiJI.',
        '://',
        'a://a:a',
        '://:a@',
        'pat',
        ':AA',
        '8Q~',
      ],
      ...[
        'token=',
        'token=a1 ',
        'secret:',
        'password="',
        "api_key='",
        'password=`"',
        'password="\\',
        'cookie: a',
        'key=\\"',
        '--token ',
      ],
      ...[
        'authorization: bearer ',
        'bearer aaaaaaaaaaaaaaaa',
        'basic aaaaaaaa',
        'aws_secret ',
        'datadog',
        '<secret>',
        'x-api-key: ',
      ],
      ...[
        '%',
        '%25',
        '%4',
        '%E2%82',
        '\\',
        '\\u0061',
        '\\"',
        '\\u',
        '-----BEGIN PRIVATE KEY-----',
        '-----BEGIN PRIVATE KEY-----aaaa ',
      ],
      ...[
        'YWFhYWFhYWFh',
        '/YWFhYWFhYWFhYWFhYWFhYWFhYWFh',
        'deadbeef',
        '6161',
        '115,',
        '115, 107,\n',
        ' ',
        '\n',
        'abcd',
        '\u00e9',
        '\u4e2d',
      ],
    ].map((unit) => [
      JSON.stringify(unit),
      (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length),
    ]),
  ),
  'nested JSON': nested,
  'base64 of base64': (length) =>
    Buffer.from(Buffer.from('a'.repeat(length)).toString('base64'))
      .toString('base64')
      .slice(0, length),
}

function milliseconds(text: string): number {
  const started = performance.now()
  scanner.scan(text, undefined, known)
  return performance.now() - started
}

/** The best of several rounds: what other processes do only ever adds. */
const best = (text: string) => Math.min(...[1, 2, 3, 4, 5].map(() => milliseconds(text)))

describe('scanning takes time in proportion to the text, whatever the text', () => {
  it.each(Object.entries(HOSTILE))('%s', (_, make) => {
    const small = make(SMALL)
    const large = make(SMALL * GROWTH)
    milliseconds(small)
    expect(best(large) / Math.max(best(small), 1)).toBeLessThan(GROWTH * 3)
  })
})
