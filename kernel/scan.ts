// AssemblyScript: compiled to WebAssembly by scripts/generate-kernel.ts. It says where in a text the scanner has to look;
// what stands there is decided by src/detect/scanner.ts alone, so that this may report too much and must never miss.

/** Flags of each byte, as in src/detect/chars.ts. */
export const FLAGS: usize = memory.data(512)
/** For each byte the offset of its class in a row. */
export const CLASSES: usize = memory.data(512)
/** Names that say nothing: a length and up to 31 characters each. */
export const NAMES: usize = memory.data(65536)
export const NAME_SLOTS: u32 = 2048
/** Characters of base64, by the low and the high half of a byte. */
export const RUN_LOW: usize = memory.data(16)
export const HALVES: usize = memory.data(16)
/** Behind everything else: the search's table, the text, what is found. Set by the host, which also makes room. */
export let table: usize = 0
export let text: usize = 0
export let sites: usize = 0
let count: u32 = 0
let capacity: u32 = 0
let signs: u32 = 0
/** True when there was more to report than there is room for. */
let isFull: bool = false

/** A row of the table has as many bytes as this power of two. */
let rowBits: u32 = 0
let firstOutput: u32 = 0
let longest: u32 = 0
/** For each output state: the length of its anchor where nothing may stand before that, else 0. */
export let bounded: usize = 0

const TOKEN: u32 = 1
const HEX: u32 = 8
const ALPHANUMERIC: u32 = 256
const MIN_RUN: u32 = 16
const MAX_TOKEN_RUN: u32 = 512
const MIN_BASE64: u32 = 24
const MIN_HEX: u32 = 32
const MAX_NAME: u32 = 64
const MAX_GAP: u32 = 10
const MIN_SPLIT: u32 = 256

const AT_TEXT: u32 = 1
const AT_NEAR: u32 = 2
const AT_NAME: u32 = 3
const AT_ANCHOR: u32 = 4

/** Room for the search's table, behind all that is fixed. */
export function placeTable(states: u32, bits: u32, first: u32, most: u32): void {
  table = (__heap_base + 63) & ~63
  bounded = table + (<usize>states << bits)
  rowBits = bits
  firstOutput = first << bits
  longest = most
  // Names and boundaries are looked for ahead of where a text begins.
  text = (bounded + (states - first) + 127) & ~15
}

/** @returns how many bytes of memory a text of `size` bytes with `most` sites needs. */
export function placeText(size: u32, most: u32): usize {
  sites = (text + size + 127) & ~15
  capacity = most
  return sites + <usize>most * 12 + (size >> 4) + 64
}

// @ts-expect-error: decorator
@inline
function emit(kind: u32, at: u32, detail: u32): void {
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
function byteAt(at: u32): u32 {
  return load<u8>(text + at)
}

// @ts-expect-error: decorator
@inline
function flagsAt(at: u32): u32 {
  return load<u16>(FLAGS + (byteAt(at) << 1))
}

/**
 * @returns how many sites stand in memory, three numbers each, and from bit 24 on the signs that the text holds: `--`,
 * `%`, a backslash, a comma. -1 when there is no room for all sites.
 */
export function scan(length: u32): i32 {
  count = 0
  isFull = false
  signs = 0
  memory.fill(text + length, 0, 64)
  scanBlocks(length)
  if (firstOutput != 0) search(length)
  return isFull ? -1 : <i32>(count | (signs << 24))
}

function scanBlocks(length: u32): void {
  const low = v128.load(RUN_LOW)
  const halves = v128.load(HALVES)
  const colons = i8x16.splat(58)
  const equals = i8x16.splat(61)
  const greaters = i8x16.splat(62)
  const nibble = i8x16.splat(15)
  const zero = i8x16.splat(0)
  const hyphens = i8x16.splat(45)
  const percents = i8x16.splat(37)
  const backslashes = i8x16.splat(92)
  const commas = i8x16.splat(44)
  let doubles = zero
  let percentSigns = zero
  let escapes = zero
  let lists = zero
  let open: u32 = 0
  for (let base: u32 = 0; base < length; base += 16) {
    const bytes = v128.load(text + base)
    doubles = v128.or(doubles, v128.and(i8x16.eq(bytes, hyphens), i8x16.eq(v128.load(text + base, 1), hyphens)))
    percentSigns = v128.or(percentSigns, i8x16.eq(bytes, percents))
    escapes = v128.or(escapes, i8x16.eq(bytes, backslashes))
    const comma = i8x16.eq(bytes, commas)
    lists = v128.or(lists, comma)
    const member = v128.and(
      i8x16.swizzle(low, v128.and(bytes, nibble)),
      i8x16.swizzle(halves, i8x16.shr_u(bytes, 4)),
    )
    const run = <u32>i8x16.bitmask(i8x16.ne(member, zero))
    if (run != 0xffff) {
      if (open > 0) {
        const ahead = ctz(~run)
        if (open + ahead >= MIN_RUN) atRun(base - open, base + ahead)
      }
      open = clz(~(run << 16) & 0xffff0000)
    } else open += 16
    let separators = <u32>(
      i8x16.bitmask(
        v128.or(
          v128.or(i8x16.eq(bytes, colons), i8x16.eq(bytes, equals)),
          v128.or(i8x16.eq(bytes, greaters), comma),
        ),
      )
    )
    while (separators != 0) {
      const at = base + ctz(separators)
      separators &= separators - 1
      if (at < length) atSeparator(at)
    }
  }
  signs =
    (v128.any_true(doubles) ? 1 : 0) |
    (v128.any_true(percentSigns) ? 2 : 0) |
    (v128.any_true(escapes) ? 4 : 0) |
    (v128.any_true(lists) ? 8 : 0)
  if (open >= MIN_RUN) atRun(((length + 15) & ~15) - open, length)
}

function atRun(start: u32, end: u32): void {
  if (end - start >= MIN_BASE64 && !isUuid(start, end) && mayBeText(start, end)) emit(AT_TEXT, start, end)
  if (end - start <= MAX_TOKEN_RUN && mayBeNear(start)) emit(AT_NEAR, start, 0)
}

function isUuid(start: u32, end: u32): bool {
  if (end - start != 36) return false
  const at = text + start
  return load<u8>(at, 8) == 45 && load<u8>(at, 13) == 45 && load<u8>(at, 18) == 45 && load<u8>(at, 23) == 45
}

// Names

function isCloser(unit: u32): bool {
  return unit == 34 || unit == 39 || unit == 93 || unit == 42 || unit == 92 || unit == 96
}

/** Behind the last character of the name ahead of a separator; 0 for none. */
function nameEnd(at: u32): u32 {
  let end = at
  const floor: u32 = at > MAX_GAP ? at - MAX_GAP : 0
  while (end > floor && byteAt(end - 1) == 32) end--
  while (end > floor && isCloser(byteAt(end - 1))) end--
  return end > 0 && (flagsAt(end - 1) & TOKEN) != 0 ? end : 0
}

function nameStart(end: u32): u32 {
  const floor: u32 = end > MAX_NAME ? end - MAX_NAME : 0
  let start = end
  while (start > floor && (flagsAt(start - 1) & TOKEN) != 0) start--
  return start
}

/** True for a name that the host has judged, and found to say nothing. */
function isKnownPlain(start: u32, end: u32): bool {
  const length = end - start
  if (length < 2) return true
  if (length > 31) return false
  let hash: u32 = length
  let letters: u32 = 0
  for (let at = start; at < end; at++) {
    const unit = byteAt(at)
    hash = hash * 31 + unit
    letters |= unit > 64 && unit != 84 ? unit : 0
  }
  // A date or a time.
  if (letters == 0) return true
  const slot = NAMES + <usize>(((hash ^ (hash >>> 15)) & (NAME_SLOTS - 1)) << 5)
  if (load<u8>(slot) != length) return false
  for (let i: u32 = 0; i < length; i++) if (load<u8>(slot + 1 + i) != byteAt(start + i)) return false
  return true
}

function isPlainName(start: u32, end: u32): bool {
  if (!isKnownPlain(start, end)) return false
  if (start == 0 || byteAt(start - 1) != 92) return true
  const unit = byteAt(start)
  const behind = start + (unit == 117 ? 5 : unit == 120 ? 3 : 1)
  return behind >= end || isKnownPlain(behind, end)
}

/** True for a quoted name that is no value of another. */
function isArgument(start: u32): bool {
  let at = start
  while (at > 0 && byteAt(at - 1) == 45) at--
  if (at == 0 || (byteAt(at - 1) != 34 && byteAt(at - 1) != 39)) return false
  at--
  while (at > 0 && (byteAt(at - 1) == 92 || byteAt(at - 1) == 32)) at--
  return at == 0 || (byteAt(at - 1) != 58 && byteAt(at - 1) != 61)
}

function atSeparator(at: u32): void {
  if (byteAt(at) == 44 && (at == 0 || (byteAt(at - 1) != 34 && byteAt(at - 1) != 39))) return
  const end = nameEnd(at)
  if (end == 0) return
  const start = nameStart(end)
  if (byteAt(at) == 62 && (start == 0 || byteAt(start - 1) != 60)) return
  if (byteAt(at) == 44 && !isArgument(start)) return
  if (!isPlainName(start, end)) emit(AT_NAME, at, 0)
}

/** False for what stands under a name that says nothing. */
function mayBeNear(start: u32): bool {
  if (start == 0) return false
  let at = start
  const floor: u32 = start > 12 ? start - 12 : 0
  for (; at > floor; at--) {
    const unit = byteAt(at - 1)
    if (unit == 58 || unit == 61) break
    if (unit != 32 && unit != 34 && unit != 39 && unit != 96 && unit != 92) return true
  }
  if (at <= 1) return true
  const end = nameEnd(at - 1)
  if (end == 0) return true
  const from = nameStart(end)
  return (from > 0 && byteAt(from - 1) == 32) || !isPlainName(from, end)
}

// Encoded text

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

function sextet(unit: u32): u32 {
  if (unit >= 97) return unit - 71
  if (unit >= 65 && unit <= 90) return unit - 65
  if (unit >= 48 && unit <= 57) return unit + 4
  return unit == 43 || unit == 45 ? 62 : 63
}

function beginsText(from: u32): bool {
  pending = 0
  for (let at = from; at < from + 16; at += 4) {
    const chunk =
      (sextet(byteAt(at)) << 18) |
      (sextet(byteAt(at + 1)) << 12) |
      (sextet(byteAt(at + 2)) << 6) |
      sextet(byteAt(at + 3))
    const second = (chunk >> 8) & 255
    if (!(accepts(chunk >> 16) && accepts(second) && accepts(chunk & 255))) {
      return at == from && second == 0 && chunk >> 16 != 0
    }
  }
  return true
}

function hexDigit(unit: u32): u32 {
  return unit <= 57 ? unit - 48 : (unit | 32) - 87
}

function beginsHexText(from: u32): bool {
  pending = 0
  for (let at = from; at < from + 24; at += 2) {
    if (!accepts((hexDigit(byteAt(at)) << 4) | hexDigit(byteAt(at + 1)))) return false
  }
  return true
}

function mayBeText(start: u32, end: u32): bool {
  for (let at: u32 = 0; at < 4; at++) if (end - start - at >= MIN_BASE64 - 3 && beginsText(start + at)) return true
  let left: u32 = 8
  const most = end - MIN_BASE64 < start + 256 ? end - MIN_BASE64 : start + 256
  for (let at = start + 4; at < most && left > 0; at++) {
    if ((flagsAt(at - 1) & ALPHANUMERIC) != 0) continue
    left--
    if (beginsText(at)) return true
  }
  return hasHexText(start, end)
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

// Anchors

/** Four parts of the text at once: each step waits for the one before it, and the processor for none of them. */
function search(length: u32): void {
  const part: u32 = length < MIN_SPLIT ? 0 : length >> 2
  const first = firstOutput
  // Kept in locals: a global would be read again at every step.
  const rows = table
  const classes = CLASSES
  const one = text
  const two = one + part
  const three = two + part
  const four = three + part
  let a: u32 = 0
  let b = enter(part)
  let c = enter(part << 1)
  let d = enter(part * 3)
  for (let at: u32 = 0; at < part; at++) {
    a = step(rows, a, load<u16>(classes + (<usize>load<u8>(one + at) << 1)))
    b = step(rows, b, load<u16>(classes + (<usize>load<u8>(two + at) << 1)))
    c = step(rows, c, load<u16>(classes + (<usize>load<u8>(three + at) << 1)))
    d = step(rows, d, load<u16>(classes + (<usize>load<u8>(four + at) << 1)))
    if (a >= first) atAnchor(a, at + 1)
    if (b >= first) atAnchor(b, part + at + 1)
    if (c >= first) atAnchor(c, (part << 1) + at + 1)
    if (d >= first) atAnchor(d, part * 3 + at + 1)
  }
  for (let at = part << 2; at < length; at++) {
    d = step(rows, d, load<u16>(classes + (<usize>load<u8>(one + at) << 1)))
    if (d >= first) atAnchor(d, at + 1)
  }
}

/** A state is the offset of its row, and a class that of its entry. */
// @ts-ignore: decorator
@inline
function step(rows: usize, state: u32, entry: u32): u32 {
  return load<u32>(rows + state + entry)
}

/** The state in which the text before `at` leaves the search. */
function enter(at: u32): u32 {
  let state: u32 = 0
  for (let from: u32 = at > longest ? at - longest : 0; from < at; from++) {
    state = step(table, state, load<u16>(CLASSES + (<usize>byteAt(from) << 1)))
  }
  return state
}

function atAnchor(state: u32, end: u32): void {
  const length = <u32>load<u8>(bounded + ((state - firstOutput) >> rowBits))
  if (length != 0 && end > length && (flagsAt(end - length - 1) & TOKEN) != 0 && !nearEscape(end - length)) return
  emit(AT_ANCHOR, end, state >> rowBits)
}

function nearEscape(at: u32): bool {
  for (let back: u32 = 2; back <= 6 && back <= at; back++) {
    const unit = byteAt(at - back)
    if (unit == 92 || unit == 37) return true
  }
  return false
}

// Characters beyond ASCII

/** Turns offsets in UTF-8 into offsets in UTF-16, in all sites found. */
export function toUnits(length: u32): void {
  const index = sites + <usize>count * 12
  let units: u32 = 0
  for (let base: u32 = 0; base <= length; base += 64) {
    store<u32>(index + ((base >> 6) << 2), units)
    const to = base + 64 < length ? base + 64 : length
    units += unitsBetween(base, to)
  }
  for (let i: u32 = 0; i < count; i++) {
    const site = sites + <usize>i * 12
    const kind = load<u32>(site)
    store<u32>(site, unitOf(index, load<u32>(site, 4)), 4)
    if (kind == AT_TEXT) store<u32>(site, unitOf(index, load<u32>(site, 8)), 8)
  }
}

function unitOf(index: usize, at: u32): u32 {
  return load<u32>(index + ((at >> 6) << 2)) + unitsBetween(at & ~63, at)
}

/** Every character is one unit, save those of four bytes, which are two; bytes that continue one count for nothing. */
function unitsBetween(from: u32, to: u32): u32 {
  let units: u32 = 0
  for (let at = from; at < to; at++) {
    const byte = byteAt(at)
    if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}
