import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'

/** One way in which a text may stand in bytes. */
export interface Needle {
  readonly encoding: string
  readonly bytes: Uint8Array
}

/**
 * All encodings of a text that the search knows. Long texts are looked for in two halves: a database splits a value at a
 * page's end, and half a secret is a leak as well.
 */
export function needlesOf(text: string): Needle[] {
  const middle = Math.ceil(text.length / 2)
  const fragments = text.length < 24 ? [text] : [text.slice(0, middle), text.slice(middle)]
  const needles = new Map<string, Needle>()
  for (const fragment of fragments) {
    for (const [encoding, encoded] of encodings(fragment)) {
      const bytes = Buffer.from(encoded, encoding === 'utf16le' ? 'utf16le' : 'utf8')
      const key = bytes.toString('latin1')
      // The first name wins: what needs no escape is raw, not JSON.
      if (!needles.has(key)) needles.set(key, { encoding, bytes })
    }
  }
  for (const needle of digests(text)) needles.set(Buffer.from(needle.bytes).toString('latin1'), needle)
  return [...needles.values()]
}

/** A plain hash gives a guessable secret away to whoever tries; only a keyed one may be stored. */
function* digests(text: string): Generator<Needle> {
  for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5']) {
    const digest = createHash(algorithm).update(text).digest()
    const encoding = `${algorithm} of the secret`
    yield { encoding, bytes: digest.subarray(0, 16) }
    yield { encoding, bytes: Buffer.from(digest.toString('hex').slice(0, 32)) }
    yield { encoding, bytes: Buffer.from(digest.toString('base64').slice(0, 21)) }
    yield { encoding, bytes: Buffer.from(digest.toString('base64url').slice(0, 21)) }
  }
}

function* encodings(text: string): Generator<readonly [string, string]> {
  const bytes = Buffer.from(text, 'utf8')
  const hex = bytes.toString('hex')
  yield ['raw', text]
  let json = text
  for (const depth of ['json', 'json in json', 'json in json in json']) {
    json = JSON.stringify(json).slice(1, -1)
    yield [depth, json]
  }
  for (const digits of [hex, hex.toUpperCase()]) {
    const pairs = digits.match(/../g) ?? []
    yield ['hex', digits]
    yield ['percent', pairs.map((pair) => `%${pair}`).join('')]
  }
  yield ['percent', encodeURIComponent(text)]
  for (const backslash of ['\\', '\\\\', '\\\\\\\\']) {
    const units = Array.from(text, (char) => char.charCodeAt(0).toString(16).padStart(4, '0'))
    yield ['unicode escapes', units.map((unit) => `${backslash}u${unit}`).join('')]
    yield ['unicode escapes', units.map((unit) => `${backslash}u${unit.toUpperCase()}`).join('')]
  }
  for (const separator of [',', ', ', ',\n', ' ']) yield ['decimal bytes', [...bytes].join(separator)]
  yield ['utf16le', text]
  for (const run of base64Runs(bytes)) {
    yield ['base64', run]
    yield ['base64url', run.replaceAll('+', '-').replaceAll('/', '_')]
  }
}

/** The part of a base64 text that depends on these bytes alone, for each of the three places where they may start. */
function base64Runs(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
    const whole = Math.floor((padded.length * 8) / 6)
    return padded.toString('base64').slice(Math.ceil((offset * 8) / 6), whole)
  })
}
