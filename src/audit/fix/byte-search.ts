import type { RawBytes } from './store.js'

/** Shorter ones stand anywhere. */
const MIN_LENGTH = 8
const FILTER_BITS = 22

interface Needle {
  readonly bytes: Buffer
}

/**
 * Looks for secrets in bytes as they are: raw and in every encoding that a store is likely to hold, so that nothing hides in
 * a column or a free page that no one decodes. One pass over the bytes, however many secrets.
 * @returns how many secrets were seen at each place.
 */
export async function searchRaw(
  raw: AsyncIterable<RawBytes>,
  secrets: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const index = indexOf(secrets)
  const found = new Map<string, Set<string>>()
  for await (const { place, bytes } of raw) {
    for (const secret of index.find(bytes)) found.set(place, (found.get(place) ?? new Set()).add(secret))
  }
  return new Map([...found].map(([place, seen]) => [place, seen.size]))
}

function indexOf(secrets: ReadonlySet<string>) {
  const byAnchor = new Map<number, { readonly secret: string; readonly needle: Needle }[]>()
  const filter = new Uint8Array(1 << (FILTER_BITS - 3))
  for (const secret of secrets) {
    if (secret.length < MIN_LENGTH) continue
    for (const bytes of encodings(secret)) {
      const anchor = anchorOf(bytes)
      const bit = hash(anchor)
      filter[bit >>> 3]! |= 1 << (bit & 7)
      byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), { secret, needle: { bytes } }])
    }
  }
  return {
    find(bytes: Uint8Array): ReadonlySet<string> {
      const seen = new Set<string>()
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      let window = 0
      for (let end = 0; end < bytes.length; end++) {
        window = (window >>> 8) | (bytes[end]! << 24)
        const bit = hash(window)
        if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0 || end < 3) continue
        for (const { secret, needle } of byAnchor.get(window) ?? []) {
          const start = end - 3 - offsetIn(needle.bytes)
          if (start >= 0 && buffer.subarray(start, start + needle.bytes.length).equals(needle.bytes)) seen.add(secret)
        }
      }
      return seen
    },
  }
}

/** From the middle: what a token begins with is the same in all of its kind. */
const offsetIn = (needle: Buffer): number => Math.max(0, (needle.length >>> 1) - 2)
const anchorOf = (needle: Buffer): number => needle.readInt32LE(offsetIn(needle))
const hash = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - FILTER_BITS)

function encodings(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const json = JSON.stringify(secret).slice(1, -1)
  const texts = new Set([
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    hex,
    hex.toUpperCase(),
    bytes.join(','),
    bytes.join(', '),
    ...percent(secret),
    ...base64(bytes),
  ])
  return [...[...texts].map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

/** `encodeURIComponent` throws on a lone surrogate, and a secret may hold one. */
function percent(secret: string): readonly string[] {
  return secret.isWellFormed() ? [encodeURIComponent(secret)] : []
}

/** The characters that depend on the secret alone, for each of the three places where it may begin. */
function base64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
    const core = padded.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((padded.length * 8) / 6))
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
