/** Character classes of UTF-16 code units; anything beyond ASCII is in none of them. */
export const TOKEN = 1
export const WORD = 2
export const BASE64 = 4
export const HEX = 8
export const NUMBERS = 16
export const URL_CHAR = 32
export const SPACE = 64
export const DIGIT = 128
export const ALPHANUMERIC = 256
/** May stand between a name and its value. */
export const SEPARATOR = 512
export const BACKSLASH_SIGN = 1024
/** Begins an escape. */
export const ESCAPE_SIGN = 2048

/** 128 KiB, so that a lookup needs no range check: the scan's inner loops run on it. */
export const CHARS = new Uint16Array(65_536)

const mark = (characters: string, flags: number) => {
  for (const character of characters) CHARS[character.charCodeAt(0)]! |= flags
}
mark('0123456789', TOKEN | WORD | BASE64 | HEX | NUMBERS | URL_CHAR | DIGIT | ALPHANUMERIC)
mark('abcdefABCDEF', TOKEN | WORD | BASE64 | HEX | URL_CHAR | ALPHANUMERIC)
mark('ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ', TOKEN | WORD | BASE64 | URL_CHAR | ALPHANUMERIC)
mark('_', TOKEN | WORD | BASE64 | URL_CHAR)
mark('-', TOKEN | BASE64 | URL_CHAR)
mark('+/', BASE64 | URL_CHAR)
mark("%.~:?#[]@!$&'()*,;=", URL_CHAR)
mark(',', NUMBERS)
mark(' \t\r\n', NUMBERS | SPACE)
mark(':=>,', SEPARATOR)
mark('\\', BACKSLASH_SIGN)
mark('\\%', ESCAPE_SIGN)

export const has = (text: string, index: number, flag: number): boolean =>
  index >= 0 && index < text.length && (CHARS[text.charCodeAt(index)]! & flag) !== 0

/**
 * Visits every maximal run of at least `minLength` characters of a class. Probes one character in `minLength` and walks
 * back from it, as Boyer and Moore do, so that prose costs a fraction of a pass; linear on any input.
 */
export function forEachRun(
  text: string,
  from: number,
  to: number,
  flag: number,
  minLength: number,
  visit: (start: number, end: number) => void,
): void {
  let floor = from
  let probe = from + minLength - 1
  while (probe < to) {
    let at = probe
    while (at >= floor && (CHARS[text.charCodeAt(at)]! & flag) !== 0) at--
    if (at >= floor) {
      floor = at + 1
      probe = at + minLength
      continue
    }
    let end = probe + 1
    while (end < to && (CHARS[text.charCodeAt(end)]! & flag) !== 0) end++
    visit(floor, end)
    floor = end + 1
    probe = end + minLength
  }
}
