// Characters beyond ASCII.

import { AT_NUMBERS, AT_TEXT, byteAt, count, sites, text } from './memory'

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
