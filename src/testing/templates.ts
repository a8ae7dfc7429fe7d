import { encodeBase64 } from '../detect/decode/base64.js'
import { base62, base64Crc32, crc32, hex32, littleEndianHex } from '../rules/checks.js'

/** A source of numbers in [0, 1); a seeded one makes a run repeatable. */
export type Random = () => number

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
const ALPHABETS: Readonly<Record<string, string>> = {
  base62: UPPER + LOWER + DIGITS,
  base64: `${UPPER + LOWER + DIGITS}+/`,
  base64url: `${UPPER + LOWER + DIGITS}-_`,
  hex: `${DIGITS}abcdef`,
  upper16: `${DIGITS}ABCDEF`,
  upper32: `${UPPER}234567`,
  lower32: `${LOWER}234567`,
  upper36: UPPER + DIGITS,
  lower36: LOWER + DIGITS,
  digits: DIGITS,
  base58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  lowerBech32: 'qpzry9x8gf2tvdw0s3jn54khce6mua7l',
}
const utf8 = new TextEncoder()

/** A small generator with a seed (mulberry32), so that a failing test can be run again. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Fills a template such as `ghp_{{base62:36}}` or `{{token:npm}}`, so that no test holds a secret that a push
 * protection would stop at.
 * @throws RangeError for an unknown placeholder.
 */
export function fillTemplate(template: string, random: Random = Math.random): string {
  return template.replace(/\{\{(\w+)(?::([^}]*))?\}\}/g, (_, name: string, argument = '') =>
    fill(name, argument, random),
  )
}

/** A filled example and the secret in it, which `<<` and `>>` mark where the rest of the example is context. */
export function fillExample(
  example: string,
  random: Random = Math.random,
): { readonly text: string; readonly secret: string } {
  const filled = fillTemplate(example, random)
  const marked = /<<([\s\S]*)>>/.exec(filled)
  if (marked === null) return { text: filled, secret: filled }
  return { text: filled.replace('<<', '').replace('>>', ''), secret: marked[1]! }
}

function fill(name: string, argument: string, random: Random): string {
  const alphabet = ALPHABETS[name]
  if (alphabet !== undefined) return characters(alphabet, Number(argument), random)
  const make = MAKERS[name === 'token' ? argument : name]
  if (make === undefined)
    throw new RangeError(`Unknown placeholder {{${name}${argument === '' ? '' : `:${argument}`}}}.`)
  return make(random, argument)
}

/** Where the alphabet allows it, the first characters are an upper-case letter, a lower-case one and a digit. */
function characters(alphabet: string, length: number, random: Random): string {
  const pick = (from: string) => from[Math.floor(random() * from.length)]!
  const first = [UPPER, LOWER, DIGITS].map((kind) => [...kind].filter((unit) => alphabet.includes(unit)).join(''))
  return Array.from({ length }, (_, i) => pick(first[i] || alphabet)).join('')
}

const MAKERS: Readonly<Record<string, (random: Random, argument: string) => string>> = {
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => characters(`${DIGITS}abcdef`, length, random)).join('-'),
  'github-pat': (random) => withCrc32('ghp_', random),
  npm: (random) => withCrc32('npm_', random),
  grafana: (random) => {
    const body = `glsa_${characters(ALPHABETS.base62!, 32, random)}`
    return `${body}_${littleEndianHex(crc32(body))}`
  },
  jwt: (random) => {
    const part = (value: object) => base64url(JSON.stringify(value))
    const payload = { sub: characters(DIGITS, 12, random), iat: 1_700_000_000 }
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${characters(ALPHABETS.base64url!, 43, random)}`
  },
  basic: (random) => encodeBase64(utf8.encode(`service:${characters(ALPHABETS.base62!, 18, random)}`)),
  pem: (random, label) => {
    const lines = Array.from({ length: 6 }, () => characters(ALPHABETS.base64!, 64, random))
    return [
      `-----BEGIN ${label}-----`,
      ...lines,
      `${characters(ALPHABETS.base64!, 30, random)}==`,
      `-----END ${label}-----`,
    ].join('\n')
  },
  cloudflare: (random) => {
    const body = characters(ALPHABETS.base62!, 40, random)
    return `cfut_${body}${hex32(crc32(body))}`
  },
  confluent: (random) => {
    const body = characters(ALPHABETS.base62!, 54, random)
    return `cflt${body}${base64Crc32(body)}`
  },
  // The first base-32 character behind the prefix holds the set bit, the next one the top of an account id below 10^12.
  aws: (random) => `AKIA${characters('QRSTUVWXYZ234567', 1, random)}A${characters(ALPHABETS.upper32!, 14, random)}`,
  atlassian: (random) => {
    const body = `ATATT3xFfGF0${characters(ALPHABETS.base64url!, 171, random)}=`
    return body + hex32(crc32(body)).toUpperCase()
  },
  zuplo: (random) => {
    const body = `zpka_${characters(ALPHABETS.hex!, 32, random)}`
    return `${body}_${hex32(crc32(body))}`
  },
  'sentry-org': (random) => {
    const claims = { iat: 1_700_000_000.5, url: 'https://sentry.example.com', region_url: null, org: 'acme' }
    return `sntrys_${encodeBase64(utf8.encode(JSON.stringify(claims)))}_${characters(ALPHABETS.base64!, 43, random)}`
  },
  'discord-bot': (random) => {
    const id = base64url(`1${characters(DIGITS, 18, random)}`)
    return `${id}.${characters(ALPHABETS.base64url!, 6, random)}.${characters(ALPHABETS.base64url!, 38, random)}`
  },
  'nx-cloud': (random) => encodeBase64(utf8.encode(`${fill('uuid', '', random)}|read-write`)),
  intercom: (random) =>
    encodeBase64(utf8.encode(`tok:${characters(ALPHABETS.hex!, 8, random)}_${characters(ALPHABETS.hex!, 31, random)}`)),
  // Stands for a phrase: words of three to eight letters, each of them once.
  mnemonic: (random, count) =>
    Array.from({ length: Number(count) }, (_, i) => {
      const consonants = [...'bdfgklmnprst']
      return (
        consonants[i % 12]! +
        pickOf('aeiou', random) +
        pickOf('lmnrst', random) +
        (i < 12 ? pickOf('aeo', random) : 'y')
      )
    }).join(' '),
  workos: (random) => {
    const key = `key_01${characters(ALPHABETS.upper32!, 24, random)},${characters(ALPHABETS.base62!, 27, random)}`
    return `sk_live_${encodeBase64(utf8.encode(key))}`
  },
}

function withCrc32(prefix: string, random: Random): string {
  const body = characters(ALPHABETS.base62!, 30, random)
  return prefix + body + base62(crc32(body))
}

const base64url = (text: string): string =>
  encodeBase64(utf8.encode(text)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

const pickOf = (from: string, random: Random): string => from[Math.floor(random() * from.length)]!
