/** A byte for each UTF-16 unit, as `kernel/units.ts` makes them. */
export function unitBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  putUnits(text, bytes)
  return bytes
}

/** Beyond ASCII several characters share a byte: a word of them is told from others, and not for certain. */
export function putUnits(text: string, to: Uint8Array): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    to[i] = unit < 128 ? unit : 128 | ((unit ^ (unit >> 7)) & 127)
  }
}
