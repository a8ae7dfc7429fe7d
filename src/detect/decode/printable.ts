const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })
const sampler = new TextDecoder('utf-8', { ignoreBOM: true })
const REPLACEMENT = '\ufffd'

/** True for a byte that plain text holds: printable ASCII, tab, line ends. */
const isPlainByte = (byte: number): boolean => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13

/** Length of a UTF-8 character from its first byte; 0 for a byte that begins none. */
export function characterBytes(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}

/** Told one byte after the other, says whether they can begin a text: plain bytes and well-formed characters. */
export class TextProbe {
  #pending = 0

  accepts(byte: number): boolean {
    if (this.#pending > 0) {
      this.#pending--
      return byte >= 0x80 && byte < 0xc0
    }
    if (byte < 0x80) return isPlainByte(byte)
    this.#pending = characterBytes(byte) - 1
    return this.#pending > 0
  }
}

/** So many bytes tell whether what they begin may be text. */
export const SAMPLE_BYTES = 1024

/** Text of decoded bytes, or undefined when they are not mostly printable. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined
  if (isWide(bytes) && bytes.length % 2 === 0) return utf16.decode(bytes)
  const text = utf8.decode(bytes)
  return !isMostlyPlain(bytes) && text.includes(REPLACEMENT) ? undefined : text
}

/** @param first at least `SAMPLE_BYTES` bytes. @returns false when `textOf` all of them is undefined. */
export function mayBeText(first: Uint8Array): boolean {
  if (isWide(first) || isMostlyPlain(first)) return true
  // The last of them may be a part of a character.
  const text = sampler.decode(first, { stream: true })
  sampler.decode()
  return !text.includes(REPLACEMENT)
}

/** UTF-16, as far as two characters tell. */
const isWide = (bytes: Uint8Array): boolean => bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0

function isMostlyPlain(bytes: Uint8Array): boolean {
  const sample = Math.min(bytes.length, SAMPLE_BYTES)
  let odd = 0
  for (let i = 0; i < sample; i++) if (!isPlainByte(bytes[i]!)) odd++
  return odd * 10 <= sample * 3
}

/** UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
export const utf8Text = (bytes: Uint8Array): string => utf8.decode(bytes)
