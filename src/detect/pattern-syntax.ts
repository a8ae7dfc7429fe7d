/** A class of characters, `[…]`. */
export const CLASS = /\[(?:[^\]\\]|\\[\s\S])*\]/y
/** Its sign, or the least, a comma, and the most of it. */
export const QUANTIFIER = /(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/y
/** Up to where its content begins. */
export const GROUP = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y

/** @param sticky an expression that is tried at `at` alone. */
export function execAt(sticky: RegExp, source: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(source)
}
