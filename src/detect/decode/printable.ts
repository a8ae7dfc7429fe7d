const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })
const SAMPLE_BYTES = 1024

/** True for a byte that text holds: printable ASCII, tab, line ends, or part of a multi-byte character. */
export const isTextByte = (byte: number): boolean =>
  (byte >= 32 && byte < 127) ||
  byte === 9 ||
  byte === 10 ||
  byte === 13 ||
  byte >= 0xc2 ||
  (byte >= 0x80 && byte < 0xc0)

/** Text of decoded bytes, or undefined when they are not mostly printable. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined
  if (bytes[1] === 0 && bytes[3] === 0 && bytes.length % 2 === 0) return utf16.decode(bytes)
  const sample = Math.min(bytes.length, SAMPLE_BYTES)
  let odd = 0
  for (let i = 0; i < sample; i++) {
    const byte = bytes[i]!
    if (byte >= 0x80 || !isTextByte(byte)) odd++
  }
  if (odd * 10 > sample * 3) {
    const text = utf8.decode(bytes)
    return text.includes('\ufffd') ? undefined : text
  }
  return utf8.decode(bytes)
}

/** UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
export const utf8Text = (bytes: Uint8Array): string => utf8.decode(bytes)
