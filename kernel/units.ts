// UTF-16 becomes a byte a unit, so that offsets are the same in both.

import { text, wide } from './memory'

/** As src/detect/kernel/unit-bytes.ts does it: ASCII stays what it is, all else is seven bits of it behind a set one. */
export function narrow(length: u32): void {
  for (let at: usize = 0; at < <usize>length; at += 16) {
    const units = wide + (at << 1)
    v128.store(text + at, i8x16.narrow_i16x8_u(byteOf(v128.load(units)), byteOf(v128.load(units, 16))))
  }
}

// @ts-expect-error: decorator
@inline
function byteOf(units: v128): v128 {
  const low = v128.and(v128.xor(units, i16x8.shr_u(units, 7)), i16x8.splat(127))
  return v128.or(low, v128.and(i16x8.gt_u(units, i16x8.splat(127)), i16x8.splat(128)))
}
