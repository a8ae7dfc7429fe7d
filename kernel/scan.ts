// AssemblyScript: compiled to WebAssembly by scripts/generate-kernel.ts. It says where in a text the scanner has to look;
// what stands there is decided by src/detect/scanner.ts alone, so that this may report too much and must never miss.

import { noteAnchors, setAnchors, tryAnchors } from './anchors'
import {
  BACKSLASHES,
  CHUNK,
  COMMA,
  HALVES,
  HYPHEN,
  MASKS,
  NUMBERS,
  NUMBERS_LOW,
  ODD,
  ODD_ENDS,
  PERCENT,
  QUOTE,
  readBlocks,
  RUN,
  RUN_LOW,
  SEPARATOR,
  STRIDE,
  TOKEN_LOW,
} from './blocks'
import { atNumbers, mayBeText, mayJoin, MIN_BASE64, SEXTETS } from './encoded'
import {
  AT_NEAR,
  AT_OPTION,
  AT_TEXT,
  begin,
  byteAt,
  count,
  emit,
  FLAGS,
  flagsAt,
  heapBase,
  HEX,
  isFull,
  place,
  sitesAt,
  sixteen,
  SPACE,
  text,
  textAt,
  TOKEN,
  tokens,
  wideAt,
} from './memory'
import { NAME_CLASSES, noteSeparators, readName, SAYS_ANYTHING, setNames, trySeparators } from './names'
import { beginWords, isWordAhead, mayBeNear, setWords, STEM_BITS, STEMS } from './near'
import { narrow } from './units'

export {
  FLAGS,
  HALVES,
  heapBase,
  NAME_CLASSES,
  NUMBERS_LOW,
  ODD,
  place,
  RUN_LOW,
  setAnchors,
  setNames,
  setWords,
  SEXTETS,
  sitesAt,
  STEM_BITS,
  STEMS,
  textAt,
  TOKEN_LOW,
  wideAt,
}

const MIN_RUN: u32 = 16
const MAX_TOKEN_RUN: u32 = 512
const MIN_NUMBERS: u32 = 24
const MAX_OPTION: u32 = 64

/**
 * Reads the text in blocks of 64 bytes, of which each kind of character becomes a bit mask.
 * @param reach how many characters ahead of a value a word may begin that speaks of it.
 * @param isWide the text stands at `wideAt` in UTF-16, rather than in bytes at `textAt`.
 * @returns how many sites stand in memory, three numbers each, and from bit 24 on the signs that the text holds:
 * `%`, an escape that may alter a word, what may be a list of numbers. -1 when there is no room for all sites.
 */
export function scan(length: u32, reach: u32, isWide: bool): i32 {
  if (isWide) narrow(length)
  begin(length)
  beginWords(reach)
  let tokenBefore: u64 = 0
  let startsBefore: u64 = 0
  let quoteBefore: u64 = 0
  let hyphenBefore: u64 = 0
  let backslashBefore: u64 = 0
  let percentBefore: u64 = 0
  let places: u32 = 0
  let separators: u32 = 0
  let openRun: u32 = 0
  let openNumbers: u32 = 0
  let isPercent = false
  let joins = false
  let lists = false
  // Two bytes more, since an anchor is seen at its third.
  for (let base: u32 = 0; base < length + 2; base += 64) {
    if (base % CHUNK == 0) {
      if (base != 0) {
        tryAnchors(places)
        trySeparators(separators)
        places = 0
        separators = 0
      }
      readBlocks(base, min(base + CHUNK, length + 2))
    }
    const masks = MASKS + <usize>((base % CHUNK) >> 6) * STRIDE
    const token = load<u64>(tokens + (base >> 3))
    const run = ~load<u64>(masks, RUN)
    const numbers = ~load<u64>(masks, NUMBERS)
    const comma = load<u64>(masks, COMMA)
    const quote = load<u64>(masks, QUOTE)
    const hyphen = load<u64>(masks, HYPHEN)
    const backslash = load<u64>(masks, BACKSLASHES)
    const percent = load<u64>(masks, PERCENT)
    const odd = load<u64>(masks, ODD_ENDS)
    let starts = token & ~((token << 1) | tokenBefore)
    if ((backslash | backslashBefore | percent | percentBefore) != 0) {
      const behindEscape =
        (backslash << 2) | (backslashBefore >> 62) | (backslash << 6) | (backslashBefore >> 58) | (percent << 3) | (percentBefore >> 61)
      starts |= token & behindEscape
      let left = percent
      while (left != 0 && !isPercent) {
        const at = base + <u32>ctz(left)
        isPercent = (flagsAt(at + 1) & HEX) != 0 && (flagsAt(at + 2) & HEX) != 0
        left &= left - 1
      }
      left = backslash
      while (left != 0 && !joins) {
        joins = mayJoin(base + <u32>ctz(left))
        left &= left - 1
      }
    }
    places = noteAnchors(base - 2, (starts << 2) | startsBefore | odd, places)

    if (run != ~(<u64>0)) {
      const ahead = <u32>ctz(~run)
      if (openRun > 0 && openRun + ahead >= MIN_RUN) atRun(base - openRun, base + ahead)
      const behind = <u32>clz(~run)
      let inner = withinEnds(run, openRun > 0 ? ahead : 0, behind)
      let long = sixteen(inner)
      while (long != 0) {
        const at = <u32>ctz(long)
        const size = <u32>ctz(~(inner >> at))
        atRun(base + at, base + at + size)
        long &= ~(((<u64>1 << size) - 1) << at)
      }
      openRun = behind
    } else openRun += 64

    if (numbers != ~(<u64>0)) {
      const ahead = <u32>ctz(~numbers)
      if (openNumbers > 0 && openNumbers + ahead >= MIN_NUMBERS && atNumbers(base - openNumbers, base + ahead)) lists = true
      const behind = <u32>clz(~numbers)
      if (comma != 0) {
        const inner = withinEnds(numbers, openNumbers > 0 ? ahead : 0, behind)
        let long = sixteen(inner)
        while (long != 0) {
          const at = <u32>ctz(long)
          const size = <u32>ctz(~(inner >> at))
          if (size >= MIN_NUMBERS && atNumbers(base + at, base + at + size)) lists = true
          long &= ~(((<u64>1 << size) - 1) << at)
        }
      }
      openNumbers = behind
    } else openNumbers += 64

    // A comma is one only behind a quote.
    let separator = load<u64>(masks, SEPARATOR) | (comma & ((quote << 1) | quoteBefore))
    separators = noteSeparators(base, separator, separators)
    let options = hyphen & ((hyphen << 1) | (hyphenBefore >> 63))
    while (options != 0) {
      atHyphens(base + <u32>ctz(options))
      options &= options - 1
    }
    tokenBefore = token >> 63
    startsBefore = starts >> 62
    quoteBefore = quote >> 63
    hyphenBefore = hyphen
    backslashBefore = backslash
    percentBefore = percent
  }
  tryAnchors(places)
  trySeparators(separators)
  // The zero bytes behind the text have ended what was open.
  if (isFull) return -1
  return <i32>(count | ((<u32>isPercent | (<u32>joins << 1) | (<u32>lists << 2)) << 24))
}

/** Without the bits of runs that began in a block before or may go on in the next. */
// @ts-expect-error: decorator
@inline
function withinEnds(mask: u64, ahead: u32, behind: u32): u64 {
  return ((mask << behind) >> behind) & (~(<u64>0) << ahead)
}

function atRun(start: u32, end: u32): void {
  if (end - start >= MIN_BASE64 && !isUuid(start, end) && mayBeText(start, end)) emit(AT_TEXT, start, end)
  if (end - start <= MAX_TOKEN_RUN && mayBeNear(start) && isWordAhead(start)) emit(AT_NEAR, start, 0)
}

function isUuid(start: u32, end: u32): bool {
  if (end - start != 36) return false
  const at = text + start
  return load<u8>(at, 8) == 45 && load<u8>(at, 13) == 45 && load<u8>(at, 18) == 45 && load<u8>(at, 23) == 45
}

/** @param second hyphen of at least two; exactly two begin an option, of which a name is told if a space follows. */
function atHyphens(second: u32): void {
  if ((second > 1 && byteAt(second - 2) == 45) || byteAt(second + 1) == 45) return
  let end = second + 1
  for (const most = end + MAX_OPTION; end < most && (flagsAt(end) & TOKEN) != 0; end++) {}
  const isLong = end == second + 1 + MAX_OPTION
  if (isLong || ((flagsAt(end) & SPACE) != 0 && readName(end) == SAYS_ANYTHING)) emit(AT_OPTION, second + 1, 0)
}
