// Values without a format of their own, which a word ahead of them tells.

import { endsWith, folded, hashOf, hasBit, keyAt, recordAt } from './anchors'
import { pass } from './blocks'
import { byteAt, text } from './memory'
import { nameEnd, nameFrom, says, SAYS_VAGUE } from './names'

/** A bit for each hash of four bytes that begin a word. */
let bits: usize = 0
let slots: usize = 0
let records: usize = 0
let entries: usize = 0
/** For each word its length and its bytes. */
let words: usize = 0
/** How many bytes ahead of a value a word may begin. */
let reach: u32 = 0

export function setWords(
  bitsAt: usize,
  slotsAt: usize,
  recordsAt: usize,
  entriesAt: usize,
  wordsAt: usize,
  stemAt: u32,
): void {
  bits = bitsAt
  slots = slotsAt
  records = recordsAt
  entries = entriesAt
  words = wordsAt
  back = stemAt
}

/** Of a stem in each word: what its first three bytes may be, by their low and their high halves. */
export const STEMS: usize = memory.data(96)

/** A bit for each hash of three bytes that begin a stem. */
export const STEM_BITS: usize = memory.data(512)

/** How far into a word its stem begins, at most. */
let back: u32 = 0
/** Up to where stems and words were looked for in this text, and behind where the last word begins; 0 for none. */
let stemsTo: u32 = 0
let wordsTo: u32 = 0
let lastWord: u32 = 0

export function beginWords(characters: u32): void {
  reach = characters
  stemsTo = 0
  wordsTo = 0
  lastWord = 0
}

/** True when a word begins within reach ahead of a value; most often it also ends there. */
export function isWordAhead(start: u32): bool {
  const floor = start > reach ? start - reach : 0
  if (start > stemsTo) findStems(floor, start)
  return lastWord > floor
}

/** As `hashOf`, for three bytes. */
// @ts-expect-error: decorator
@inline
function hashOfStem(key: u32): u32 {
  return ((key << 8) * 0x9e3779b1) >>> 20
}

/** Sixteen bytes at a time, and each of them once. */
function findStems(floor: u32, to: u32): void {
  const firstLow = v128.load(STEMS)
  const firstHigh = v128.load(STEMS, 16)
  const secondLow = v128.load(STEMS, 32)
  const secondHigh = v128.load(STEMS, 48)
  const thirdLow = v128.load(STEMS, 64)
  const thirdHigh = v128.load(STEMS, 80)
  const none = i8x16.splat(0)
  let at = max(floor, stemsTo)
  for (; at < to; at += 16) {
    const bytes = text + at
    const first = pass(v128.load(bytes), firstLow, firstHigh)
    const second = pass(v128.load(bytes, 1), secondLow, secondHigh)
    const third = pass(v128.load(bytes, 2), thirdLow, thirdHigh)
    const begins = v128.and(v128.and(first, second), third)
    if (!v128.any_true(begins)) continue
    for (let left = <u32>i8x16.bitmask(i8x16.ne(begins, none)); left != 0; left &= left - 1) {
      const stem = at + <u32>ctz(left)
      if (hasBit(STEM_BITS, hashOfStem(keyAt(text + stem)))) findWord(stem)
    }
  }
  stemsTo = at
}

function findWord(stem: u32): void {
  for (let at = max(wordsTo, stem > back ? stem - back : 0); at <= stem; at++) {
    const key = keyAt(text + at)
    const hash = hashOf(key)
    if (hasBit(bits, hash) && isWord(at, key, hash)) lastWord = at + 1
  }
  wordsTo = stem + 1
}

function isWord(at: u32, key: u32, hash: u32): bool {
  const record = recordAt(slots, records, at, hash)
  if (record == 0) return false
  const end = entries + load<u32>(record, 4)
  for (let entry = entries + load<u32>(record); entry < end; entry += 16) {
    if (load<u32>(entry) == key && endsWith(entry, at) && stands(words + load<u32>(entry, 4), at)) return true
  }
  return false
}

function stands(word: usize, at: u32): bool {
  const length = <u32>load<u16>(word)
  for (let i: u32 = 0; i < length; i++) if (folded(byteAt(at + i)) != <u32>load<u8>(word + i, 2)) return false
  return true
}

/** False for what stands under a name that says nothing. */
export function mayBeNear(start: u32): bool {
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
