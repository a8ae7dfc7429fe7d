// Anchors of rules: looked up by the hash of four bytes, where one may begin.

import { AT_ANCHOR, BACKSLASH, byteAt, emit, flagsAt, text, TOKEN } from './memory'

/** A bit for each hash of four bytes that begin an anchor. */
let bits: usize = 0
/**
 * For each 32 hashes where their entries begin; an entry is four bytes, where the anchor is described, its last four
 * bytes, and how far behind its key they stand.
 */
let slots: usize = 0
let entries: usize = 0
/** How an anchor is described; see `atAnchor`. */
let anchors: usize = 0
/** A bit for each byte that a set of characters holds. */
let sets: usize = 0

const IS_BOUNDED: u32 = 2
const MAY_BE_ESCAPED: u32 = 4

export function setAnchors(bitsAt: usize, slotsAt: usize, entriesAt: usize, anchorsAt: usize, setsAt: usize): void {
  bits = bitsAt
  slots = slotsAt
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

/** @param mask has a bit for each of 64 bytes from `from` on at which an anchor may begin, or its key. */
export function tryAnchors(from: u32, mask: u64): void {
  let left = mask
  const base = text + from
  const table = bits
  while (left != 0) {
    const at = <u32>ctz(left)
    left &= left - 1
    const key = keyAt(base + at)
    const hash = hashOf(key)
    if (hasBit(table, hash)) atKey(from + at, key, hash)
  }
}

function atKey(at: u32, key: u32, hash: u32): void {
  const slot = slots + ((hash >> 5) << 2)
  const end = entries + load<u32>(slot, 4)
  for (let entry = entries + load<u32>(slot); entry < end; entry += 16) {
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

/** An anchor: its number, length, how far into it its key stands, flags, how many sets with which ones, its bytes. */
function atAnchor(keyAt: u32, anchor: usize): void {
  const length = <u32>load<u16>(anchor, 2)
  const inner = <u32>load<u16>(anchor, 4)
  const size = <u32>load<u16>(anchor, 8)
  if (inner > keyAt) return
  const start = keyAt - inner
  const bytes = anchor + 10 + (size << 1)
  for (let i: u32 = 0; i < length; i++) if (folded(byteAt(start + i)) != <u32>load<u8>(bytes + i)) return
  if (mayBegin(start, load<u16>(anchor, 6), anchor + 10, size)) emit(AT_ANCHOR, start + length, load<u16>(anchor))
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
