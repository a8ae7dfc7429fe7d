// AssemblyScript: compiled to WebAssembly by scripts/generate-kernel.ts. It says where in a text the scanner has to look;
// what stands there is decided by src/detect/scanner.ts alone, so that this may report too much and must never miss.

/** Flags of each byte, as in src/detect/chars.ts. */
export const FLAGS: usize = memory.data(512)
/** For each byte the offset of its class in a row of the search, which is twice the class. */
export const CLASSES: usize = memory.data(512)
/** For each byte its class in names: `STOP` where none of a name stands, `SKIP` for what is passed over. */
export const NAME_CLASSES: usize = memory.data(256)
/** Characters of base64, by the low and the high half of a byte. */
export const RUN_LOW: usize = memory.data(16)
export const HALVES: usize = memory.data(16)
/** Characters of a list of numbers, with the same halves. */
export const NUMBERS_LOW: usize = memory.data(16)

// Behind that, tables that the host fills: where they lie is told by `init`.
let table: usize = 0
/** A row of the search's table has as many bytes as this power of two. */
let rowBits: u32 = 0
/** The first state in which a literal ends. */
let firstOutput: u32 = 0
/** For each output state the offset of its places, and the places; see `atAnchor`. */
let places: usize = 0
/** A bit for each byte that a set of characters holds. */
let sets: usize = 0
let names: usize = 0
let nameBits: u32 = 0
let nameStartState: u32 = 0
let firstNameOutput: u32 = 0
/** For each output state of names what it says. */
let nameKinds: usize = 0

let text: usize = 0
let sites: usize = 0
/** A byte for each 16 of the text, set where a mark ends in them. */
let marks: usize = 0
let count: u32 = 0
let capacity: u32 = 0
/** How many bytes ahead of a value a mark may end. */
let reach: u32 = 0
/** True when there was more to report than there is room for. */
let isFull: bool = false

const TOKEN: u32 = 1
const HEX: u32 = 8
const ALPHANUMERIC: u32 = 256
const STOP: u32 = 255
const SKIP: u32 = 254
const MIN_RUN: u32 = 16
const MAX_TOKEN_RUN: u32 = 512
const MIN_BASE64: u32 = 24
const MIN_HEX: u32 = 32
const MIN_NUMBERS: u32 = 24
const MIN_BYTES: u32 = 8
const MAX_NAME: u32 = 64
const MAX_GAP: u32 = 10
const MIN_SPLIT: u32 = 64
const BACKSLASH: u32 = 92

const AT_TEXT: u32 = 1
const AT_NEAR: u32 = 2
const AT_NAME: u32 = 3
const AT_ANCHOR: u32 = 4
const AT_NUMBERS: u32 = 5

const SAYS_TYPE: u32 = 1
const SAYS_VAGUE: u32 = 2
const SAYS_ANYTHING: u32 = 3

const IS_MARK: u32 = 1
const IS_BOUNDED: u32 = 2
const MAY_BE_ESCAPED: u32 = 4
const IS_ANCHOR: u32 = 8

export function heapBase(): usize {
  return (__heap_base + 63) & ~63
}

export function setSearch(at: usize, bits: u32, first: u32, placesAt: usize, setsAt: usize): void {
  table = at
  rowBits = bits
  firstOutput = first
  places = placesAt
  sets = setsAt
}

export function setNames(at: usize, bits: u32, start: u32, first: u32, kinds: usize): void {
  names = at
  nameBits = bits
  nameStartState = start
  firstNameOutput = first
  nameKinds = kinds
}

/**
 * Makes room for texts of up to `size` bytes with `most` sites, from `at` on.
 * @returns where the room ends.
 */
export function place(at: usize, size: u32, most: u32): usize {
  // Names and boundaries are looked for ahead of where a text begins.
  text = (at + 127) & ~15
  sites = (text + size + 127) & ~15
  capacity = most
  marks = sites + <usize>most * 12 + (size >> 4) + 64
  return marks + (size >> 4) + 64
}

export function textAt(): usize {
  return text
}

export function sitesAt(): usize {
  return sites
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
 * @param nearBy how many bytes ahead of a value a word may stand that speaks of it.
 * @returns how many sites stand in memory, three numbers each, and from bit 24 on the signs that the text holds: `--`,
 * `%`, an escape that may alter a word, what may be a list of numbers. -1 when there is no room for all sites.
 */
export function scan(length: u32, nearBy: u32): i32 {
  count = 0
  isFull = false
  reach = nearBy
  memory.fill(text + length, 0, 64)
  memory.fill(marks, 0, (length >> 4) + 1)
  search(length)
  const signs = scanBlocks(length)
  return isFull ? -1 : <i32>(count | (signs << 24))
}

function scanBlocks(length: u32): u32 {
  const low = v128.load(RUN_LOW)
  const halves = v128.load(HALVES)
  const colons = i8x16.splat(58)
  const equals = i8x16.splat(61)
  const greaters = i8x16.splat(62)
  const nibble = i8x16.splat(15)
  const zero = i8x16.splat(0)
  const hyphens = i8x16.splat(45)
  const numbersLow = v128.load(NUMBERS_LOW)
  const percents = i8x16.splat(37)
  const backslashes = i8x16.splat(92)
  const commas = i8x16.splat(44)
  const quotes = i8x16.splat(34)
  const apostrophes = i8x16.splat(39)
  let doubles = zero
  let percentSigns = zero
  let lists = false
  let joins = false
  let openNumbers: u32 = 0
  let open: u32 = 0
  for (let base: u32 = 0; base < length; base += 16) {
    const bytes = v128.load(text + base)
    doubles = v128.or(doubles, v128.and(i8x16.eq(bytes, hyphens), i8x16.eq(v128.load(text + base, 1), hyphens)))
    percentSigns = v128.or(percentSigns, i8x16.eq(bytes, percents))
    const comma = i8x16.eq(bytes, commas)
    const lowHalf = v128.and(bytes, nibble)
    const half = i8x16.swizzle(halves, i8x16.shr_u(bytes, 4))
    const member = v128.and(i8x16.swizzle(low, lowHalf), half)
    const numbers = <u32>i8x16.bitmask(i8x16.ne(v128.and(i8x16.swizzle(numbersLow, lowHalf), half), zero))
    if (numbers != 0xffff) {
      if (openNumbers > 0) {
        const ahead = ctz(~numbers)
        if (openNumbers + ahead >= MIN_NUMBERS && atNumbers(base - openNumbers, base + ahead)) lists = true
      }
      openNumbers = clz(~(numbers << 16) & 0xffff0000)
    } else openNumbers += 16
    if (!joins) {
      let escapes = <u32>i8x16.bitmask(i8x16.eq(bytes, backslashes))
      while (escapes != 0) {
        if (mayJoin(base + ctz(escapes))) joins = true
        escapes &= escapes - 1
      }
    }
    const run = <u32>i8x16.bitmask(i8x16.ne(member, zero))
    if (run != 0xffff) {
      if (open > 0) {
        const ahead = ctz(~run)
        if (open + ahead >= MIN_RUN) atRun(base - open, base + ahead)
      }
      open = clz(~(run << 16) & 0xffff0000)
    } else open += 16
    // A comma is one only behind a quote.
    const before = v128.load(text + base - 1)
    const quoted = v128.or(i8x16.eq(before, quotes), i8x16.eq(before, apostrophes))
    let separators = <u32>(
      i8x16.bitmask(
        v128.or(
          v128.or(i8x16.eq(bytes, colons), i8x16.eq(bytes, equals)),
          v128.or(i8x16.eq(bytes, greaters), v128.and(comma, quoted)),
        ),
      )
    )
    while (separators != 0) {
      const at = base + ctz(separators)
      separators &= separators - 1
      if (at < length) atSeparator(at)
    }
  }
  const end = (length + 15) & ~15
  if (open >= MIN_RUN) atRun(end - open, length)
  if (openNumbers >= MIN_NUMBERS && atNumbers(end - openNumbers, length)) lists = true
  return (
    (v128.any_true(doubles) ? 1 : 0) |
    (v128.any_true(percentSigns) ? 2 : 0) |
    (joins ? 4 : 0) |
    (lists ? 8 : 0)
  )
}

/** A run of digits, commas and white space is a list of bytes when it has as many commas; most runs are white space. */
function atNumbers(start: u32, end: u32): bool {
  let commas: u32 = 1
  for (let at = start; at < end && commas < MIN_BYTES; at++) if (byteAt(at) == 44) commas++
  if (commas < MIN_BYTES) return false
  emit(AT_NUMBERS, start, end)
  return true
}

/** False for a backslash behind which a word ends: `\n`, `\"`, or that is followed by another. */
function mayJoin(at: u32): bool {
  const unit = byteAt(at + 1)
  if (unit == 110) return at > 1 && byteAt(at - 1) == BACKSLASH && byteAt(at - 2) == BACKSLASH
  if (unit == 117) return byteAt(at + 2) == 48 && byteAt(at + 3) == 48 && byteAt(at + 4) - 50 < 6
  if (unit == 120 || unit == 10) return true
  return unit > 32 && unit < 127 && unit != 34 && unit != 39 && unit != BACKSLASH && (flagsAt(at + 1) & ALPHANUMERIC) == 0
}

function atRun(start: u32, end: u32): void {
  if (end - start >= MIN_BASE64 && !isUuid(start, end) && mayBeText(start, end)) emit(AT_TEXT, start, end)
  if (end - start <= MAX_TOKEN_RUN && isMarkedAhead(start) && mayBeNear(start)) emit(AT_NEAR, start, 0)
}

function isUuid(start: u32, end: u32): bool {
  if (end - start != 36) return false
  const at = text + start
  return load<u8>(at, 8) == 45 && load<u8>(at, 13) == 45 && load<u8>(at, 18) == 45 && load<u8>(at, 23) == 45
}

function isMarkedAhead(start: u32): bool {
  const last = start >> 4
  for (let block = (start > reach ? start - reach : 0) >> 4; block <= last; block++) {
    if (load<u8>(marks + block) != 0) return true
  }
  return false
}

// Names

// @ts-expect-error: decorator
@inline
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

/** Where the name begins that `says` has read last. */
let nameFrom: u32 = 0

/**
 * Reads a name from its end, and says what it may mean. A type or a vague word must be all of it; an escape ahead of a
 * name may have given it letters.
 */
function says(end: u32): u32 {
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
  if (byteAt(at) == 44 && !isArgument(at)) return
  const end = nameEnd(at)
  if (end == 0) return
  const kind = says(end)
  if (kind == 0) return
  const unit = byteAt(at)
  if (kind == SAYS_TYPE && unit != 61) return
  if (unit == 62 && (nameFrom == 0 || byteAt(nameFrom - 1) != 60)) return
  emit(AT_NAME, at, 0)
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
  return says(end) >= SAYS_VAGUE || (nameFrom > 0 && byteAt(nameFrom - 1) == 32)
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
  const bits = rowBits
  const one = text
  const two = one + part
  const three = two + part
  const four = three + part
  let a: u32 = 0
  let b: u32 = 0
  let c: u32 = 0
  let d: u32 = 0
  for (let at: u32 = 0; at < part; at++) {
    a = step(rows, a << bits, load<u8>(one + at))
    b = step(rows, b << bits, load<u8>(two + at))
    c = step(rows, c << bits, load<u8>(three + at))
    d = step(rows, d << bits, load<u8>(four + at))
    if (a >= first) atAnchor(a, at + 1)
    if (b >= first) atAnchor(b, part + at + 1)
    if (c >= first) atAnchor(c, (part << 1) + at + 1)
    if (d >= first) atAnchor(d, part * 3 + at + 1)
  }
  for (let at = part << 2; at < length; at++) {
    d = step(rows, d << bits, load<u8>(one + at))
    if (d >= first) atAnchor(d, at + 1)
  }
  if (part == 0) return
  follow(a, part, length)
  follow(b, part << 1, length)
  follow(c, part * 3, length)
}

/** A row has a state for each class, and a class is told by a byte. */
// @ts-ignore: decorator
@inline
function step(rows: usize, row: u32, byte: u8): u32 {
  return load<u16>(rows + row + load<u16>(CLASSES + (<usize>byte << 1)))
}

/** Goes on behind the end of a part until nothing that began in it can end any more: the next part began afresh there. */
function follow(state: u32, from: u32, length: u32): void {
  let fresh: u32 = 0
  for (let at = from; at < length; at++) {
    state = step(table, state << rowBits, <u8>byteAt(at))
    fresh = step(table, fresh << rowBits, <u8>byteAt(at))
    if (state == fresh) return
    if (state >= firstOutput) atAnchor(state, at + 1)
  }
}

/**
 * A state's places: how many, and for each of them its length, its flags, and how many sets with which ones. Reported when
 * one of them may be an anchor.
 */
function atAnchor(state: u32, end: u32): void {
  let at = places + load<u32>(places + ((state - firstOutput) << 2))
  let left = <u32>load<u16>(at)
  at += 2
  let mayMatch = false
  for (; left > 0; left--) {
    const flags = <u32>load<u16>(at, 2)
    const size = <u32>load<u16>(at, 4)
    if ((flags & IS_MARK) != 0) store<u8>(marks + (end >> 4), 1)
    if (!mayMatch && (flags & IS_ANCHOR) != 0) mayMatch = mayBegin(end - load<u16>(at), flags, at + 6, size)
    at += 6 + (size << 1)
  }
  if (mayMatch) emit(AT_ANCHOR, end, state)
}

function mayBegin(start: u32, flags: u32, head: usize, size: u32): bool {
  if ((flags & IS_BOUNDED) != 0 && start > 0 && (flagsAt(start - 1) & TOKEN) != 0 && !endsEscape(start)) return false
  for (let i: u32 = 0; i < size; i++) {
    const byte = byteAt(start + i)
    if (byte == BACKSLASH && (flags & MAY_BE_ESCAPED) != 0) return true
    const set = sets + (<usize>load<u16>(head + (i << 1)) << 5)
    if (((load<u8>(set + (byte >> 3)) >> <u8>(byte & 7)) & 1) == 0) return false
    // From here on bytes and units are counted differently.
    if (byte >= 128) return true
  }
  return true
}

/** True when what stands ahead may be an escape: `\n`, `%3D`, `\u003d`. */
function endsEscape(at: u32): bool {
  return (
    (at > 1 && byteAt(at - 2) == BACKSLASH) ||
    (at > 2 && byteAt(at - 3) == 37) ||
    (at > 5 && byteAt(at - 6) == BACKSLASH)
  )
}

// Characters beyond ASCII

/** Turns offsets in UTF-8 into offsets in UTF-16, in all sites found. */
export function toUnits(length: u32): void {
  const index = sites + <usize>count * 12
  let units: u32 = 0
  for (let base: u32 = 0; base <= length; base += 64) {
    store<u32>(index + ((base >> 6) << 2), units)
    for (let at = base; at < base + 64; at += 16) units += unitsIn(v128.load(text + at))
  }
  for (let i: u32 = 0; i < count; i++) {
    const site = sites + <usize>i * 12
    const kind = load<u32>(site)
    store<u32>(site, unitOf(index, load<u32>(site, 4)), 4)
    if (kind == AT_TEXT || kind == AT_NUMBERS) store<u32>(site, unitOf(index, load<u32>(site, 8)), 8)
  }
}

function unitOf(index: usize, at: u32): u32 {
  let units = load<u32>(index + ((at >> 6) << 2))
  for (let from: u32 = at & ~63; from < at; from++) {
    const byte = byteAt(from)
    if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}

/** Every character is one unit, save those of four bytes, which are two; bytes that continue one count for nothing. */
function unitsIn(bytes: v128): u32 {
  const continuing = i8x16.bitmask(i8x16.lt_s(bytes, i8x16.splat(-64)))
  const long = i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(-16)))
  return 16 - popcnt(continuing) + popcnt(long)
}
