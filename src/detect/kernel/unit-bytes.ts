/** What stands for each character beyond ASCII. */
const OTHER = 255

/** A byte for each UTF-16 unit, as `kernel/units.ts` makes them. */
export function unitBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  putUnits(text, bytes)
  return bytes
}

export function putUnits(text: string, to: Uint8Array): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    to[i] = unit < 128 ? unit : OTHER
  }
}
