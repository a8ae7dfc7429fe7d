/** A parsed text. `isWhole` is false where the text may hold more than its value does: a field that stands there twice. */
export interface ParsedJson {
  readonly value: unknown
  readonly isWhole: boolean
}

const STRING_AND_COLON = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g
/** A name may be followed by blanks; then the quick count says nothing. */
const MARKS = ['" ', '"\t', '"\n', '"\r']
const STRING_OR_NON_NUMBER = /"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g

/** Plain JSON, and what Python's `json` writes for numbers that JSON has not. Undefined when it is neither. */
export function parseJson(text: string): ParsedJson | undefined {
  const value = tryParse(text)
  if (value !== undefined) return { value: value.parsed, isWhole: isWhole(text, value.parsed) }
  if (!/NaN|Infinity/.test(text)) return undefined
  const tolerant = tryParse(text.replace(STRING_OR_NON_NUMBER, (token) => (token.startsWith('"') ? token : 'null')))
  return tolerant === undefined ? undefined : { value: tolerant.parsed, isWhole: false }
}

/** As many fields as names with colons, which is the quick way; else as long as written again, or as many fields as are read in it. */
function isWhole(text: string, parsed: unknown): boolean {
  try {
    if (MARKS.every((mark) => !text.includes(mark)) && countOf(text, '":') === fieldsOf(parsed)) return true
    return JSON.stringify(parsed).length === text.length || fieldsIn(text) === fieldsOf(parsed)
  } catch {
    // Nested too deep to be written.
    return true
  }
}

function countOf(text: string, mark: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) count++
  return count
}

function fieldsIn(text: string): number {
  let fields = 0
  for (const match of text.matchAll(STRING_AND_COLON)) if (match[1] !== undefined) fields++
  return fields
}

function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let fields = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const item of Object.values(value)) fields += fieldsOf(item)
  return fields
}

function tryParse(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
