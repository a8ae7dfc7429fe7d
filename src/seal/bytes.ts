import { createHmac, timingSafeEqual } from 'node:crypto'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/**
 * Canonical bytes of a list: each part is prefixed by its length (4 bytes, big endian), null by 0xffffffff.
 * No two different lists encode alike, so a field cannot flow into its neighbour.
 */
export function encodeParts(parts: readonly (string | number | Uint8Array | null)[]): Uint8Array {
  const chunks: Uint8Array[] = []
  for (const part of parts) {
    const bytes = part === null ? null : part instanceof Uint8Array ? part : utf8(String(part))
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, bytes === null ? 0xffffffff : bytes.length)
    chunks.push(length)
    if (bytes !== null) chunks.push(bytes)
  }
  return concat(chunks)
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
