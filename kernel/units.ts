// UTF-16 becomes a byte a unit, so that offsets are the same in both.

import { text, wide } from './memory'

/** What is not ASCII is one byte, whatever it was: no table tells it apart. */
export function narrow(length: u32): void {
  const most = i16x8.splat(255)
  const zero = i8x16.splat(0)
  for (let at: usize = 0; at < <usize>length; at += 16) {
    const units = wide + (at << 1)
    const bytes = i8x16.narrow_i16x8_u(i16x8.min_u(v128.load(units), most), i16x8.min_u(v128.load(units, 16), most))
    v128.store(text + at, v128.or(bytes, i8x16.lt_s(bytes, zero)))
  }
}
