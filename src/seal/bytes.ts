import { createHmac, timingSafeEqual } from 'node:crypto'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

const LENGTH_BYTES = 4
const NULL_LENGTH = 0xffffffff

/** UTF-8 takes three bytes at most for each of a string's units. */
const MAX_UNIT_BYTES = 3

/**
 * Canonical bytes of a list: each part is prefixed by its length (4 bytes, big endian), null by 0xffffffff.
 * No two different lists encode alike, so a field cannot flow into its neighbour. Written in one pass into one buffer that
 * is large enough: every row, record and envelope passes here several times.
 */
export function encodeParts(parts: readonly (string | number | Uint8Array | null)[]): Uint8Array {
  let room = 0
  const values: (string | Uint8Array | null)[] = []
  for (const part of parts) {
    const value = typeof part === 'number' ? String(part) : part
    room += LENGTH_BYTES
    if (typeof value === 'string') room += value.length * MAX_UNIT_BYTES
    else if (value !== null) room += value.length
    values.push(value)
  }
  const out = Buffer.allocUnsafe(room)
  let at = 0
  for (const value of values) {
    const start = at + LENGTH_BYTES
    let length = 0
    if (typeof value === 'string') length = out.write(value, start)
    else if (value !== null) {
      out.set(value, start)
      length = value.length
    }
    out.writeUInt32BE(value === null ? NULL_LENGTH : length, at)
    at = start + length
  }
  return new Uint8Array(out.buffer, out.byteOffset, at)
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

export function hmacSha256(key: Uint8Array, ...chunks: readonly Uint8Array[]): Uint8Array {
  const mac = createHmac('sha256', key)
  for (const chunk of chunks) mac.update(chunk)
  return mac.digest()
}

/** Constant time for equal lengths; lengths are not secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

export const toBase64Url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url')

/** Undefined for anything but canonical base64url without padding, of which there is one for each value. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}
