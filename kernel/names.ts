// Names, read backwards from their end: what they may say of the value behind them.

import { AT_NAME, BACKSLASH, byteAt, emit, flagsAt, text, TOKEN, tokensBefore } from './memory'

/** For each byte its class in names: `STOP` where none of a name stands, `SKIP` for what is passed over. */
export const NAME_CLASSES: usize = memory.data(256)

let names: usize = 0
let nameBits: u32 = 0
let nameStartState: u32 = 0
let firstNameOutput: u32 = 0
/** For each output state of names what it says. */
let nameKinds: usize = 0

const STOP: u32 = 255
const SKIP: u32 = 254
const MAX_NAME: u32 = 64
const MAX_GAP: u32 = 10
/** Of a longer name it is not remembered what it says. */
const MAX_KNOWN: u32 = 32

const SAYS_TYPE: u32 = 1
export const SAYS_VAGUE: u32 = 2
export const SAYS_ANYTHING: u32 = 3

/**
 * Names that were read: the last 32 bytes of each, and behind all of them what each says. No name is none, which says
 * nothing.
 */
const KNOWN: usize = memory.data(1024 * 33)
const KNOWN_SAYS: usize = KNOWN + 1024 * 32
/** From the offset `n` on, 32 bytes of which the last `n` are kept. */
const KEEP_LAST: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
])

export function setNames(at: usize, bits: u32, start: u32, first: u32, kinds: usize): void {
  names = at
  nameBits = bits
  nameStartState = start
  firstNameOutput = first
  nameKinds = kinds
}

// @ts-expect-error: decorator
@inline
function isCloser(unit: u32): bool {
  return unit == 34 || unit == 39 || unit == 93 || unit == 42 || unit == 92 || unit == 96
}

/** Behind the last character of the name ahead of a separator; 0 for none. */
export function nameEnd(at: u32): u32 {
  let end = at
  const floor: u32 = at > MAX_GAP ? at - MAX_GAP : 0
  while (end > floor && byteAt(end - 1) == 32) end--
  while (end > floor && isCloser(byteAt(end - 1))) end--
  return end > 0 && (flagsAt(end - 1) & TOKEN) != 0 ? end : 0
}

/** Where the name begins that `says` has read last. */
export let nameFrom: u32 = 0

/** What the name that ends at `end` may mean. Texts repeat their names, so that most were read before. */
export function says(end: u32): u32 {
  const length = <u32>clz(~tokensBefore(end))
  if (length > MAX_KNOWN || (length < end && byteAt(end - length - 1) == BACKSLASH)) return readName(end)
  const from = text + end - MAX_KNOWN
  const first = v128.and(alike(v128.load(from)), v128.load(KEEP_LAST + length))
  const second = v128.and(alike(v128.load(from, 16)), v128.load(KEEP_LAST + length, 16))
  const hash = hashOfName(first, second)
  if (isKnown(hash, first, second)) {
    nameFrom = end - length
    return load<u8>(KNOWN_SAYS + hash)
  }
  const kind = readName(end)
  const known = KNOWN + (hash << 5)
  v128.store(known, first)
  v128.store(known, second, 16)
  store<u8>(KNOWN_SAYS + hash, <u8>kind)
  return kind
}

// @ts-expect-error: decorator
@inline
function hashOfName(first: v128, second: v128): usize {
  const mixed = v128.xor(second, i64x2.shl(first, 7))
  const low = i64x2.extract_lane(mixed, 0)
  const high = i64x2.extract_lane(mixed, 1)
  return <usize>(<u64>((high ^ (low * 0x2545f4914f6cdd1d)) * 0x9e3779b97f4a7c15) >> 54)
}

// @ts-expect-error: decorator
@inline
function isKnown(hash: usize, first: v128, second: v128): bool {
  const known = KNOWN + (hash << 5)
  return !v128.any_true(v128.or(v128.xor(v128.load(known), first), v128.xor(v128.load(known, 16), second)))
}

/** Separators of a chunk's text that may stand behind a name. */
const PLACES: usize = memory.data((4096 + 64) * 4)

/** @returns how many places are noted then. */
// @ts-expect-error: decorator
@inline
export function noteSeparators(base: u32, mask: u64, noted: u32): u32 {
  let left = mask
  let to = PLACES + (<usize>noted << 2)
  while (left != 0) {
    store<u32>(to, base + <u32>ctz(left))
    left &= left - 1
    to += 4
  }
  return <u32>((to - PLACES) >> 2)
}

/** Passes over those whose name is known to say nothing, without branches, and looks at all others. */
export function trySeparators(noted: u32): void {
  let kept = PLACES
  for (let place = PLACES, end = PLACES + (<usize>noted << 2); place < end; place += 4) {
    const at = load<u32>(place)
    store<u32>(kept, at)
    kept += <usize>!isSilent(at) << 2
  }
  for (let place = PLACES; place < kept; place += 4) atSeparator(load<u32>(place))
}

/** True when no name ends here, or one that was read before and says nothing. */
// @ts-expect-error: decorator
@inline
function isSilent(at: u32): bool {
  const before = tokensBefore(at)
  const gap = <u32>clz(before)
  const length = <u32>clz(~(before << gap))
  const end = at - gap
  // Farther back than a name is long, whatever stands there is cut off.
  const kept = KEEP_LAST + min(length, MAX_KNOWN)
  const from = text + end - MAX_KNOWN
  const first = v128.and(alike(v128.load(from)), v128.load(kept))
  const second = v128.and(alike(v128.load(from, 16)), v128.load(kept, 16))
  const hash = hashOfName(first, second)
  const isRead = <u32>isKnown(hash, first, second) & <u32>(load<u8>(KNOWN_SAYS + hash) == 0)
  const isWhole = <u32>(length <= MAX_KNOWN) & <u32>(load<u8>(text + end - length - 1) != BACKSLASH)
  return <bool>(<u32>(gap > MAX_GAP) | (isRead & isWhole))
}

/** Digits stand for each other, so that all times and dates are one name. */
// @ts-expect-error: decorator
@inline
function alike(bytes: v128): v128 {
  const isDigit = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10))
  return v128.bitselect(i8x16.splat(48), bytes, isDigit)
}

/** A type or a vague word must be all of a name; an escape ahead of a name may have given it letters. */
export function readName(end: u32): u32 {
  const floor: u32 = end > MAX_NAME ? end - MAX_NAME : 0
  let state = nameStartState
  let found: u32 = 0
  let foundAt: u32 = 0
  let at = end
  for (; at > floor; at--) {
    const unitClass = <u32>load<u8>(NAME_CLASSES + byteAt(at - 1))
    if (unitClass >= SKIP) {
      if (unitClass == STOP) break
      continue
    }
    state = load<u16>(names + (((state << nameBits) + unitClass) << 1))
    if (state < firstNameOutput) continue
    const kind = <u32>load<u8>(nameKinds + state - firstNameOutput)
    if (found == SAYS_ANYTHING) continue
    found = kind
    foundAt = at - 1
  }
  nameFrom = at
  if (found == SAYS_ANYTHING || found == 0) return found
  const isEscaped = at > 0 && byteAt(at - 1) == BACKSLASH
  return foundAt == at || (isEscaped && foundAt <= at + 5) ? found : 0
}

/** True when the quote that closes ahead of a comma was not opened as the value of a name. */
function isArgument(comma: u32): bool {
  let at = quoteBefore(comma - 1)
  if (at == 0) return false
  at--
  while (at > 0 && (byteAt(at - 1) == 92 || byteAt(at - 1) == 32)) at--
  return at == 0 || (byteAt(at - 1) != 58 && byteAt(at - 1) != 61)
}

/** Behind the nearest quote ahead of `at`, no farther than a name is long; 0 for none. */
function quoteBefore(at: u32): u32 {
  const quotes = i8x16.splat(34)
  const apostrophes = i8x16.splat(39)
  for (let back: u32 = 16; back <= MAX_NAME + 32; back += 16) {
    const bytes = v128.load(text + at - back)
    const found = <u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, apostrophes)))
    if (found != 0) return at + 16 - back - (clz(found) - 16)
  }
  return 0
}

function atSeparator(at: u32): void {
  const unit = byteAt(at)
  // Most commas stand behind a value, and each of them is another.
  if (unit == 44 && !isArgument(at)) return
  const end = nameEnd(at)
  if (end == 0) return
  const kind = says(end)
  if (kind == 0 || (kind == SAYS_TYPE && unit != 61)) return
  if (unit == 62 && (nameFrom == 0 || byteAt(nameFrom - 1) != 60)) return
  emit(AT_NAME, at, 0)
}
