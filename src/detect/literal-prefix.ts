const MIN_ANCHOR = 3

/**
 * The literals that every match of a pattern begins with, one for each alternative; empty when one of them is shorter
 * than an anchor may be.
 */
export function anchorsOf(pattern: string): readonly string[] {
  const anchors = alternatives(pattern).map(literalPrefix)
  return anchors.every((anchor) => anchor.length >= MIN_ANCHOR) ? [...new Set(anchors)] : []
}

/** Split at `|` outside of groups and classes. */
function alternatives(pattern: string): string[] {
  const parts: string[] = []
  let from = 0
  let depth = 0
  for (const { 0: token, index } of pattern.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()|]/g)) {
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (token === '|' && depth === 0) {
      parts.push(pattern.slice(from, index))
      from = index + 1
    }
  }
  return [...parts, pattern.slice(from)]
}

/** Letters, digits, `_` and escaped punctuation; not a character that a quantifier makes optional. */
function literalPrefix(pattern: string): string {
  let prefix = ''
  for (let i = 0; i < pattern.length; ) {
    const [unit = ''] = /^(?:\\[^A-Za-z0-9]|[^\\^$.*+?()[\]{}|])/.exec(pattern.slice(i, i + 2)) ?? []
    if (unit === '') break
    i += unit.length
    if (/^(?:[*?]|\{)/.test(pattern.slice(i, i + 1))) break
    prefix += unit.at(-1)!
    if (pattern[i] === '+') break
  }
  return prefix
}
