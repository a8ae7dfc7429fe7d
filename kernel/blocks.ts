// The text as bit masks: a bit for each byte of 64 and each kind of character.

import { text, tokens } from './memory'

/** Characters of tokens, of base64 and of lists of numbers, by the low half of a byte: a bit for each high half. */
export const TOKEN_LOW: usize = memory.data(16)
export const RUN_LOW: usize = memory.data(16)
export const NUMBERS_LOW: usize = memory.data(16)
export const HALVES: usize = memory.data(16)
/** Of anchors that begin anywhere: what each of their first three bytes may be, by its low and its high half. */
export const ODD: usize = memory.data(96)

/** So many bytes of text are read before any of them is looked at again: their masks stay in the nearest cache. */
export const CHUNK: u32 = 4096
/** Bytes that the masks of 64 bytes of text take up. */
export const STRIDE: u32 = 80
export const MASKS: usize = memory.data((4096 >> 6) * 80)

// Where each mask stands among them.
export const RUN: usize = 0
export const NUMBERS: usize = 8
export const SEPARATOR: usize = 16
export const COMMA: usize = 24
export const QUOTE: usize = 32
export const HYPHEN: usize = 40
export const BACKSLASHES: usize = 48
export const PERCENT: usize = 56
export const ODD_ENDS: usize = 64

// @ts-expect-error: decorator
@inline
function put(at: usize, mask: usize, bytes: v128): void {
  store<u16>(at + mask, <u16>i8x16.bitmask(bytes))
}

/** Fills the masks of up to `CHUNK` bytes, in whole blocks of 64, and `tokens` in memory. */
export function readBlocks(from: u32, to: u32): void {
  const low = v128.load(RUN_LOW)
  const tokenLow = v128.load(TOKEN_LOW)
  const numbersLow = v128.load(NUMBERS_LOW)
  const halves = v128.load(HALVES)
  const nibble = i8x16.splat(15)
  const zero = i8x16.splat(0)
  const firstLow = v128.load(ODD)
  const firstHigh = v128.load(ODD, 16)
  const secondLow = v128.load(ODD, 32)
  const secondHigh = v128.load(ODD, 48)
  const thirdLow = v128.load(ODD, 64)
  const thirdHigh = v128.load(ODD, 80)
  let before = v128.load(text + from - 16)
  let firstBefore = pass(before, firstLow, firstHigh)
  let secondBefore = pass(before, secondLow, secondHigh)
  for (let base = from; base < to; base += 16) {
    const at = MASKS + <usize>((base - from) >> 6) * STRIDE + ((base & 48) >> 3)
    const bytes = v128.load(text + base)
    const lowHalf = v128.and(bytes, nibble)
    const highHalf = i8x16.shr_u(bytes, 4)
    const half = i8x16.swizzle(halves, highHalf)
    // Where a bit is missing in these three, the character is one.
    store<u16>(tokens + (base >> 3), <u16>~i8x16.bitmask(i8x16.eq(v128.and(i8x16.swizzle(tokenLow, lowHalf), half), zero)))
    put(at, RUN, i8x16.eq(v128.and(i8x16.swizzle(low, lowHalf), half), zero))
    put(at, NUMBERS, i8x16.eq(v128.and(i8x16.swizzle(numbersLow, lowHalf), half), zero))
    put(
      at,
      SEPARATOR,
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(58)), i8x16.eq(bytes, i8x16.splat(61))),
        i8x16.eq(bytes, i8x16.splat(62)),
      ),
    )
    put(at, COMMA, i8x16.eq(bytes, i8x16.splat(44)))
    put(at, QUOTE, v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(39))))
    put(at, HYPHEN, i8x16.eq(bytes, i8x16.splat(45)))
    put(at, BACKSLASHES, i8x16.eq(bytes, i8x16.splat(92)))
    put(at, PERCENT, i8x16.eq(bytes, i8x16.splat(37)))
    const first = v128.and(i8x16.swizzle(firstLow, lowHalf), i8x16.swizzle(firstHigh, highHalf))
    const second = v128.and(i8x16.swizzle(secondLow, lowHalf), i8x16.swizzle(secondHigh, highHalf))
    const third = v128.and(i8x16.swizzle(thirdLow, lowHalf), i8x16.swizzle(thirdHigh, highHalf))
    const two = i8x16.shuffle(secondBefore, second, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
    const one = i8x16.shuffle(firstBefore, first, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
    put(at, ODD_ENDS, i8x16.ne(v128.and(v128.and(one, two), third), zero))
    firstBefore = first
    secondBefore = second
  }
}

/** For each byte the groups of literals that allow it. */
// @ts-expect-error: decorator
@inline
export function pass(bytes: v128, low: v128, high: v128): v128 {
  return v128.and(i8x16.swizzle(low, v128.and(bytes, i8x16.splat(15))), i8x16.swizzle(high, i8x16.shr_u(bytes, 4)))
}
