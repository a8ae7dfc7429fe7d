/** As SQL stores order text: by its UTF-8 bytes, which differs from JavaScript's order beyond U+FFFF. */
export const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Of what is stored anyway, such as the mac of a compare and swap: not in constant time. */
export const sameBytes = (a: Uint8Array | null | undefined, b: Uint8Array): boolean =>
  a !== null && a !== undefined && Buffer.compare(a, b) === 0
