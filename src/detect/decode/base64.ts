const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** For each unit of ASCII its value as a digit of base64 or base64url. */
export const BASE64_VALUES = new Uint8Array(128)
for (let i = 0; i < 64; i++) BASE64_VALUES[ALPHABET.charCodeAt(i)] = i
BASE64_VALUES['-'.charCodeAt(0)] = 62
BASE64_VALUES['_'.charCodeAt(0)] = 63

export const base64Value = (text: string, at: number): number => BASE64_VALUES[text.charCodeAt(at) & 127]!

/** Decodes base64 or base64url without padding; `atob` would refuse one alphabet and any stray tail. */
export function decodeBase64(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(((end - start) * 3) / 4))
  let buffer = 0
  let bits = 0
  let length = 0
  for (let i = start; i < end; i++) {
    buffer = ((buffer << 6) | BASE64_VALUES[text.charCodeAt(i) & 127]!) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = (buffer >> bits) & 255
  }
  return bytes
}

/** Encodes as standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const chunk = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text +=
      ALPHABET[chunk >> 18]! + ALPHABET[(chunk >> 12) & 63]! + ALPHABET[(chunk >> 6) & 63]! + ALPHABET[chunk & 63]!
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing)
}
