// Anchors of rules: looked up by the hash of four bytes, where one may begin.

import { AT_ANCHOR, BACKSLASH, byteAt, emit, flagsAt, text, TOKEN } from './memory'

/** A bit for each hash of four bytes that begin an anchor. */
let bits: usize = 0
/** The keys of anchors, as src/detect/kernel/key-table.ts lays them out. */
let slots: usize = 0
let records: usize = 0
let entries: usize = 0
/** How an anchor is described; see `atAnchor`. */
let anchors: usize = 0
/** A bit for each byte that a set of characters holds. */
let sets: usize = 0

const IS_BOUNDED: u32 = 2
const MAY_BE_ESCAPED: u32 = 4
const MAX_NEED: u32 = 128

export function setAnchors(
  bitsAt: usize,
  slotsAt: usize,
  recordsAt: usize,
  entriesAt: usize,
  anchorsAt: usize,
  setsAt: usize,
): void {
  bits = bitsAt
  slots = slotsAt
  records = recordsAt
  entries = entriesAt
  anchors = anchorsAt
  sets = setsAt
}

// @ts-expect-error: decorator
@inline
export function keyAt(at: usize): u32 {
  return load<u32>(at) | 0x20202020
}

// @ts-expect-error: decorator
@inline
export function hashOf(key: u32): u32 {
  return (key * 0x9e3779b1) >>> 15
}

// @ts-expect-error: decorator
@inline
export function hasBit(table: usize, hash: u32): bool {
  return ((load<u8>(table + (hash >> 3)) >> <u8>(hash & 7)) & 1) != 0
}

/** Where anchors may begin, or their keys: of a chunk's characters, at most all. */
const PLACES: usize = memory.data((4096 + 64) * 4)

/**
 * Notes places whose hash has its bit. It does not branch on what it finds, which is guessed wrong too often.
 * @param mask has a bit for each of 64 bytes from `from` on.
 * @param noted how many places are noted already.
 * @returns how many are then.
 */
// @ts-expect-error: decorator
@inline
export function noteAnchors(from: u32, mask: u64, noted: u32): u32 {
  let left = mask
  let to = PLACES + (<usize>noted << 2)
  const base = text + from
  const table = bits
  while (left != 0) {
    const at = <u32>ctz(left)
    left &= left - 1
    store<u32>(to, from + at)
    to += <usize>hasBit(table, hashOf(keyAt(base + at))) << 2
  }
  return <u32>((to - PLACES) >> 2)
}

/** Keeps those of the places that are noted of which nothing speaks against, and looks at each of them. */
export function tryAnchors(noted: u32): void {
  let kept = PLACES
  for (let place = PLACES, end = PLACES + (<usize>noted << 2); place < end; place += 4) {
    const at = load<u32>(place)
    store<u32>(kept, at)
    kept += <usize>(recordAt(slots, records, at, hashOf(keyAt(text + at))) != 0) << 2
  }
  for (let place = PLACES; place < kept; place += 4) atKey(load<u32>(place))
}

/**
 * What is known of a hash that has its bit: 0 where none of its literals stands at `at`. Most words that begin as a
 * literal does go on otherwise, and are told by one comparison.
 */
// @ts-expect-error: decorator
@inline
export function recordAt(table: usize, list: usize, at: u32, hash: u32): usize {
  const record = list + <usize>load<u16>(table + ((hash >> 3) << 1)) * 40
  const bytes = v128.or(v128.load(text + at - 4), i8x16.splat(32))
  const differs = v128.and(v128.xor(bytes, v128.load(record, 24)), v128.load(record, 8))
  return select<usize>(0, record, v128.any_true(differs))
}

function atKey(at: u32): void {
  const key = keyAt(text + at)
  const record = recordAt(slots, records, at, hashOf(key))
  const end = entries + load<u32>(record, 4)
  for (let entry = entries + load<u32>(record); entry < end; entry += 16) {
    if (load<u32>(entry) == key && endsWith(entry, at)) atAnchor(at, anchors + load<u32>(entry, 4))
  }
}

/** Compares the last four bytes first, since many literals begin alike. */
// @ts-expect-error: decorator
@inline
export function endsWith(entry: usize, at: u32): bool {
  return keyAt(text + at + load<u32>(entry, 12)) == load<u32>(entry, 8)
}

// @ts-expect-error: decorator
@inline
export function folded(byte: u32): u32 {
  return byte - 65 < 26 ? byte | 32 : byte
}

/**
 * An anchor: its number, length, how far into it its key stands, flags, how many sets it has, a character that follows
 * and the set of those before it, its sets, its bytes.
 */
function atAnchor(keyAt: u32, anchor: usize): void {
  const length = <u32>load<u16>(anchor, 2)
  const inner = <u32>load<u16>(anchor, 4)
  const size = <u32>load<u16>(anchor, 8)
  if (inner > keyAt) return
  const start = keyAt - inner
  const bytes = anchor + 14 + (size << 1)
  for (let i: u32 = 0; i < length; i++) if (folded(byteAt(start + i)) != <u32>load<u8>(bytes + i)) return
  if (!mayBegin(start, load<u16>(anchor, 6), anchor + 14, size)) return
  const need = <u32>load<u16>(anchor, 10)
  if (need != 0 && !isFollowed(start + length, need, load<u16>(anchor, 12))) return
  emit(AT_ANCHOR, start + length, load<u16>(anchor))
}

function mayBegin(start: u32, flags: u32, head: usize, size: u32): bool {
  if ((flags & IS_BOUNDED) != 0 && start > 0 && (flagsAt(start - 1) & TOKEN) != 0 && !endsEscape(start)) return false
  for (let i: u32 = 0; i < size; i++) {
    const byte = byteAt(start + i)
    if (byte == BACKSLASH && (flags & MAY_BE_ESCAPED) != 0) return true
    if (!hasBit(sets + (<usize>load<u16>(head + (i << 1)) << 5), byte)) return false
  }
  return true
}

/** False when a character that every match holds does not stand behind `from`, or behind another that none does. */
function isFollowed(from: u32, need: u32, set: u32): bool {
  const table = sets + (<usize>set << 5)
  for (let at = from; at < from + MAX_NEED; at++) {
    const byte = byteAt(at)
    if (byte == need) return true
    if (!hasBit(table, byte)) return false
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
