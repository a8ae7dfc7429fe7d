import type { Rule } from '../../../src/detect/types.js'
import { fillExample, seededRandom } from '../../../src/testing/templates.js'

/** A text of some length, made to be slow. */
export type Hostile = (length: number) => string

const repeated =
  (unit: string): Hostile =>
  (length) =>
    unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

const nested: Hostile = (length) => {
  let text = 'x'
  while (text.length < length) text = JSON.stringify({ a: text, b: text })
  return text.slice(0, length)
}

const PREFIXES = [
  'sk-',
  ' sk-proj-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'eyJ',
  'eyJhbGciOiJI.',
  '://',
  'a://a:a',
  '://:a@',
]
const SHORT = [
  'pat',
  ':AA',
  '8Q~',
  ' ',
  '\n',
  'abcd',
  '\u00e9',
  '\u4e2d',
  '"name":"password","value":"',
  '<input name="key" ',
]
const NAMES = [
  'token=',
  'token=a1 ',
  'secret:',
  'password="',
  "api_key='",
  'password=`"',
  'password="\\',
  'cookie: a',
  'key=\\"',
]
const HEADERS = [
  '--token ',
  'authorization: bearer ',
  'bearer aaaaaaaaaaaaaaaa',
  'basic aaaaaaaa',
  'x-api-key: ',
  'set-cookie: a=b; ',
]
const WORDS = ['aws_secret ', 'datadog', '<secret>', 'password is ', 'api key ', 'const token: string = ']
const ESCAPES = ['%', '%25', '%4', '%E2%82', '\\', '\\u0061', '\\"', '\\u', '\\\n', '&#x61;']
const BLOCKS = ['-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----aaaa ', '-----BEGIN ']
const RUNS = [
  'YWFhYWFhYWFh',
  '/YWFhYWFhYWFhYWFhYWFhYWFhYWFh',
  'deadbeef',
  '6161',
  '115,',
  '115, 107,\n',
  'YWFhYWFhYWFhYWFhYWFhYWFh ',
]

/** What begins a match everywhere, what decodes to more of itself, what never closes. */
export const HOSTILE: Readonly<Record<string, Hostile>> = {
  ...Object.fromEntries(
    [PREFIXES, SHORT, NAMES, HEADERS, WORDS, ESCAPES, BLOCKS, RUNS]
      .flat()
      .map((unit) => [JSON.stringify(unit), repeated(unit)]),
  ),
  'nested JSON': nested,
  'base64 of base64': (length) =>
    Buffer.from(Buffer.from('a'.repeat(length)).toString('base64'))
      .toString('base64')
      .slice(0, length),
  'names without a value': repeated('password=\napi_key:\n"token" : \n'),
}

/** A rule's anchors lead to the same pattern; a few stand for all. */
const MOST_ANCHORS = 2

/** Texts against one rule: its anchors, what nearly matches it, a match that does not end, its words, its window. */
export function hostileTo(rule: Rule): Readonly<Record<string, Hostile>> {
  const { anchors, before = 0 } = rule.definition
  const { text } = fillExample(rule.examples[0]!, seededRandom(5))
  const texts: Record<string, Hostile> = {
    'its example but for the last character': repeated(`${text.slice(0, -1)} `),
    'its example and one character more': repeated(`${text}A_`),
    'its example without an end': (length) => text.slice(0, 40) + text.at(-1)!.repeat(Math.max(0, length - 40)),
  }
  for (const anchor of anchors.slice(0, MOST_ANCHORS)) {
    texts[`anchor ${anchor}`] = repeated(anchor)
    texts[`anchor ${anchor} and a little`] = repeated(`${anchor}a1B2 `)
    if (before > 0) texts[`window before ${anchor}`] = repeated('a1'.repeat(Math.ceil(before / 2)) + anchor)
  }
  const { keys = [], near = [] } = rule.context ?? {}
  for (const word of near.slice(0, 1)) {
    texts[`word ${word}`] = repeated(`${word} `)
    texts[`word ${word} before what nearly matches`] = repeated(`${word} ${text.slice(0, -1)} `)
  }
  for (const key of keys.slice(0, 1)) texts[`name ${key}`] = repeated(`${key}=${text.slice(0, -1)},`)
  return texts
}
