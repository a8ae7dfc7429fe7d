/**
 * How a JSON string was written where that is not as `JSON.stringify` writes it: runs of [first code unit, how many, form].
 * So that a string can be put back byte for byte; it tells nothing of what the string says.
 */
export type TokenStyle = readonly (readonly [start: number, count: number, form: number])[]

const LITERAL = 1
const SHORT = 2
/** Plus four bits: which of the four hexadecimal digits are capital letters. */
const UNICODE = 16
const SHORT_ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['\b', 'b'],
  ['\f', 'f'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
])

/** @param token with its quotes, valid JSON. @returns undefined when it is written as `JSON.stringify` would. */
export function styleOf(token: string): TokenStyle | undefined {
  if (JSON.stringify(JSON.parse(token)) === token) return undefined
  const runs: [number, number, number][] = []
  let unit = 0
  for (let at = 1; at < token.length - 1; unit++) {
    const [form, length] = formAt(token, at)
    const last = runs.at(-1)
    if (last !== undefined && last[2] === form && last[0] + last[1] === unit) last[1]++
    else runs.push([unit, 1, form])
    at += length
  }
  return runs
}

/** The token that `style` was taken from, given what it says. */
export function writeToken(text: string, style: TokenStyle | undefined): string {
  if (style === undefined) return JSON.stringify(text)
  let out = ''
  for (const [start, count, form] of style) {
    for (let i = start; i < start + count; i++) out += writeUnit(text.charAt(i), form)
  }
  return `"${out}"`
}

function formAt(token: string, at: number): readonly [form: number, length: number] {
  if (token[at] !== '\\') return [LITERAL, 1]
  if (token[at + 1] !== 'u') return [SHORT, 2]
  let capitals = 0
  for (let i = 0; i < 4; i++) if (/[A-F]/.test(token[at + 2 + i]!)) capitals |= 1 << i
  return [UNICODE + capitals, 6]
}

function writeUnit(unit: string, form: number): string {
  if (form === LITERAL) return unit
  if (form === SHORT) return `\\${SHORT_ESCAPES.get(unit) ?? unit}`
  const digits = Array.from(unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return `\\u${digits.map((digit, i) => ((form - UNICODE) & (1 << i) ? digit.toUpperCase() : digit)).join('')}`
}
