// What all parts of the kernel share: the text, tables of characters, and where sites are written.

/** Flags of each byte, as in src/detect/chars.ts. */
export const FLAGS: usize = memory.data(512)

/** Where the text begins, a byte for each of its UTF-16 units; at least 112 zero bytes stand before it. */
export let text: usize = 0
/** Where its units are put that are not bytes yet. */
export let wide: usize = 0
export let sites: usize = 0
/** A bit for each byte of the text that a token may hold. */
export let tokens: usize = 0
export let count: u32 = 0
let capacity: u32 = 0
/** True when there was more to report than there is room for. */
export let isFull: bool = false

export const TOKEN: u32 = 1
export const HEX: u32 = 8
export const SPACE: u32 = 64
export const ALPHANUMERIC: u32 = 256
export const BACKSLASH: u32 = 92

export const AT_TEXT: u32 = 1
export const AT_NEAR: u32 = 2
export const AT_NAME: u32 = 3
export const AT_ANCHOR: u32 = 4
export const AT_NUMBERS: u32 = 5
export const AT_OPTION: u32 = 6

/** What is read behind a text, in whole blocks and beyond. */
const PADDING: usize = 192

export function heapBase(): usize {
  return (__heap_base + 63) & ~63
}

/**
 * Makes room for texts of up to `size` bytes with `most` sites, from `at` on.
 * @returns where the room ends.
 */
export function place(at: usize, size: u32, most: u32): usize {
  // Names and boundaries are looked for ahead of where a text begins.
  text = (at + 127) & ~15
  tokens = (text + size + PADDING + 31) & ~15
  sites = tokens + (((size >> 6) + 4) << 3)
  capacity = most
  wide = (sites + <usize>most * 12 + 15) & ~15
  return wide + (size << 1) + 64
}

export function textAt(): usize {
  return text
}

export function wideAt(): usize {
  return wide
}

export function sitesAt(): usize {
  return sites
}

/** Forgets the sites of the text before, and ends the text in memory with zero bytes. */
export function begin(length: u32): void {
  count = 0
  isFull = false
  // No token ends ahead of the text.
  store<u64>(tokens - 8, 0)
  const end = text + length
  const zero = i8x16.splat(0)
  for (let at: usize = 0; at < PADDING; at += 16) v128.store(end + at, zero)
}

// @ts-expect-error: decorator
@inline
export function emit(kind: u32, at: u32, detail: u32): void {
  if (count == capacity) {
    isFull = true
    return
  }
  const to = sites + <usize>count * 12
  store<u32>(to, kind)
  store<u32>(to, at, 4)
  store<u32>(to, detail, 8)
  count++
}

// @ts-expect-error: decorator
@inline
export function byteAt(at: u32): u32 {
  return load<u8>(text + at)
}

// @ts-expect-error: decorator
@inline
export function flagsAt(at: u32): u32 {
  return load<u16>(FLAGS + (byteAt(at) << 1))
}

/** Whether each of at least 57 characters ahead of `end` may stand in a token, the nearest one in the highest bit. */
// @ts-expect-error: decorator
@inline
export function tokensBefore(end: u32): u64 {
  const last = end - 1
  return load<u64>(tokens + (<i32>last >> 3) - 7) << (7 - (last & 7))
}

/** A bit wherever sixteen set ones begin. */
// @ts-expect-error: decorator
@inline
export function sixteen(mask: u64): u64 {
  const two = mask & (mask >> 1)
  const four = two & (two >> 2)
  const eight = four & (four >> 4)
  return eight & (eight >> 8)
}
