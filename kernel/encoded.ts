// Encoded text: runs of base64 and hex, lists of bytes, escapes.

import { ALPHANUMERIC, AT_NUMBERS, BACKSLASH, byteAt, emit, flagsAt, HEX, sixteen, text } from './memory'

export const MIN_BASE64: u32 = 24
const MIN_HEX: u32 = 32
const MIN_BYTES: u32 = 8

let pending: u32 = 0

function accepts(byte: u32): bool {
  if (pending > 0) {
    pending--
    return byte >= 0x80 && byte < 0xc0
  }
  if (byte < 0x80) return (byte >= 32 && byte < 127) || byte == 9 || byte == 10 || byte == 13
  if (byte < 0xc2 || byte > 0xf4) return false
  pending = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
  return true
}

/** For each byte its value as a digit of base64. */
export const SEXTETS: usize = memory.data(256)

// @ts-expect-error: decorator
@inline
function sextet(at: u32): u32 {
  return load<u8>(SEXTETS + byteAt(at))
}

function beginsText(from: u32): bool {
  return mayBegin(from) && isText(from)
}

/** What is added to a digit of base64 for its value, by its high half; and besides, to one of `+-/` by its low half. */
const BY_HIGH: usize = memory.data<i8>([0, 0, 16, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0])
const BY_LOW: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 0, 0])

/** Three bytes in each lane, the first one the highest, of four digits. */
// @ts-expect-error: decorator
@inline
function decoded(digits: v128): v128 {
  const sign = v128.and(i8x16.swizzle(v128.load(BY_LOW), v128.and(digits, i8x16.splat(15))), i8x16.lt_u(digits, i8x16.splat(48)))
  const values = i8x16.add(
    i8x16.add(digits, i8x16.swizzle(v128.load(BY_HIGH), i8x16.shr_u(digits, 4))),
    v128.or(sign, v128.and(i8x16.eq(digits, i8x16.splat(95)), i8x16.splat(33))),
  )
  return v128.or(
    v128.or(i32x4.shl(values, 18), i32x4.shl(v128.and(values, i32x4.splat(0x3f00)), 4)),
    v128.or(i32x4.shr_u(v128.and(values, i32x4.splat(0x3f0000)), 10), i32x4.shr_u(values, 24)),
  )
}

/** A bit for each byte at which what is read cannot be text: a control character, or a part of one that is cut. */
// @ts-expect-error: decorator
@inline
function breaks(bytes: v128): u32 {
  const high = <u32>i8x16.bitmask(bytes)
  const leads = <u32>i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(-62)))
  const controls = <u32>i8x16.bitmask(
    v128.or(i8x16.lt_u(bytes, i8x16.splat(9)), i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(14)), i8x16.splat(18))),
  )
  const goesOn = high & ~leads
  return controls | (goesOn & ~(high << 1)) | ((leads << 1) & ~goesOn)
}

/** All of what `isText` looks at, at once: no text that begins there is refused, and hardly anything else is not. */
function mayBegin(from: u32): bool {
  const chunks = decoded(v128.load(text + from))
  if (isWide(i32x4.extract_lane(chunks, 0), i32x4.extract_lane(chunks, 1))) return true
  const bytes = i8x16.shuffle(chunks, chunks, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 2, 1, 0, 6)
  return (breaks(bytes) & 0xfff) == 0
}

/** A bit in four for each of four places one behind the other, at which three bytes may begin a text. */
// @ts-expect-error: decorator
@inline
function mayBeginNear(from: u32): u32 {
  const digits = v128.load(text + from)
  const chunks = decoded(i8x16.shuffle(digits, digits, 0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6))
  const blank = i8x16.splat(32)
  const bytes = i8x16.shuffle(chunks, blank, 2, 1, 0, 16, 6, 5, 4, 16, 10, 9, 8, 16, 14, 13, 12, 16)
  const broken = breaks(bytes)
  const zeros = <u32>i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0)))
  const isWide = (zeros >> 1) & ~zeros & ~(zeros >> 2)
  return (~(broken | (broken >> 1) | (broken >> 2)) | isWide) & 0x1111
}

// @ts-expect-error: decorator
@inline
function chunkAt(at: u32): u32 {
  return (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3)
}

/** @param chunk three bytes, of which the first is the highest. */
// @ts-expect-error: decorator
@inline
function isWide(chunk: u32, next: u32): bool {
  return (chunk & 0xff00) == 0 && ((chunk >> 16) & 255) != 0 && (chunk & 255) != 0 && ((next >> 16) & 255) == 0
}

function isText(from: u32): bool {
  pending = 0
  for (let at = from; at < from + 16; at += 4) {
    const chunk = chunkAt(at)
    if (!(accepts(chunk >> 16) && accepts((chunk >> 8) & 255) && accepts(chunk & 255))) {
      return at == from && isWide(chunk, chunkAt(at + 4))
    }
  }
  return true
}

function hexDigit(unit: u32): u32 {
  return unit <= 57 ? unit - 48 : (unit | 32) - 87
}

function beginsHexText(from: u32): bool {
  const digits = v128.load(text + from)
  const isLetter = i8x16.ge_u(digits, i8x16.splat(64))
  const values = i8x16.add(v128.and(digits, i8x16.splat(15)), v128.and(isLetter, i8x16.splat(9)))
  const bytes = v128.or(i16x8.shl(values, 4), i16x8.shr_u(values, 8))
  if ((breaks(i8x16.narrow_i16x8_u(v128.and(bytes, i16x8.splat(255)), i16x8.splat(32))) & 0xff) != 0) return false
  pending = 0
  for (let at = from; at < from + 24; at += 2) {
    if (!accepts((hexDigit(byteAt(at)) << 4) | hexDigit(byteAt(at + 1)))) return false
  }
  return true
}

export function mayBeText(start: u32, end: u32): bool {
  for (let left = mayBeginNear(start); left != 0; left &= left - 1) if (beginsText(start + (<u32>ctz(left) >> 2))) return true
  if (end > start + MIN_BASE64 + 4 && hasTextBehindSeparator(start, end)) return true
  if (end - start < MIN_HEX) return false
  return end - start > 64 ? hasHexText(start, end) : hasHexTextWithin(start, end)
}

/** What is encoded may begin behind a character that is no letter and no digit, of which only the first few are tried. */
function hasTextBehindSeparator(start: u32, end: u32): bool {
  let left: u32 = 8
  const most = end - MIN_BASE64 < start + 256 ? end - MIN_BASE64 : start + 256
  for (let from = start + 3; from + 1 < most; from += 16) {
    const bytes = v128.load(text + from)
    let found = <u32>i8x16.bitmask(v128.or(i8x16.lt_u(bytes, i8x16.splat(48)), i8x16.eq(bytes, i8x16.splat(95))))
    for (; found != 0; found &= found - 1) {
      const at = from + <u32>ctz(found) + 1
      if (at >= most || left == 0) return false
      left--
      if (beginsText(at)) return true
    }
  }
  return false
}

/** In no more than 64 characters one run is long enough, if any. */
function hasHexTextWithin(start: u32, end: u32): bool {
  let digits: u64 = 0
  for (let at: u32 = 0; at < 64; at += 16) {
    const bytes = v128.load(text + start + at)
    const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10))
    const isLetter = i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(6))
    digits |= <u64>(<u32>i8x16.bitmask(v128.or(isDigit, isLetter))) << at
  }
  const long = sixteen(digits & (~(<u64>0) >> (64 - (end - start))))
  const begins = long & (long >> 16)
  return begins != 0 && beginsHexText(start + <u32>ctz(begins))
}

/** Probes one character in as many as the shortest run has, and walks back from it. */
function hasHexText(start: u32, end: u32): bool {
  let floor = start
  let probe = start + MIN_HEX - 1
  while (probe < end) {
    let at = probe + 1
    while (at > floor && (flagsAt(at - 1) & HEX) != 0) at--
    if (at > floor) {
      floor = at
      probe = at + MIN_HEX - 1
      continue
    }
    if (beginsHexText(floor)) return true
    while (probe < end && (flagsAt(probe) & HEX) != 0) probe++
    floor = probe + 1
    probe = floor + MIN_HEX - 1
  }
  return false
}

/** A run of digits, commas and white space is a list of bytes when it has as many commas; most runs are white space. */
export function atNumbers(start: u32, end: u32): bool {
  let commas: u32 = 1
  for (let at = start; at < end && commas < MIN_BYTES; at++) if (byteAt(at) == 44) commas++
  if (commas < MIN_BYTES) return false
  emit(AT_NUMBERS, start, end)
  return true
}

/** False for a backslash behind which a word ends: `\n`, `\"`, or that is followed by another. */
export function mayJoin(at: u32): bool {
  const unit = byteAt(at + 1)
  if (unit == 110) return at > 1 && byteAt(at - 1) == BACKSLASH && byteAt(at - 2) == BACKSLASH
  if (unit == 117) return byteAt(at + 2) == 48 && byteAt(at + 3) == 48 && byteAt(at + 4) - 50 < 6
  if (unit == 120 || unit == 10) return true
  return unit > 32 && unit < 127 && unit != 34 && unit != 39 && unit != BACKSLASH && (flagsAt(at + 1) & ALPHANUMERIC) == 0
}
