/** A parsed text. `isWhole` is false where the text may hold more than its value does: a field that stands there twice. */
export interface ParsedJson {
  readonly value: unknown
  readonly isWhole: boolean
}

const STRING_AND_COLON = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g
const [SPACE, COLON, BACKSLASH] = [32, 58, 92]
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
    if (namesIn(text) === fieldsOf(parsed)) return true
    return JSON.stringify(parsed).length === text.length || fieldsIn(text) === fieldsOf(parsed)
  } catch {
    // Nested too deep to be written.
    return true
  }
}

/**
 * Quotes that a colon follows, at least as many as names; -1 where a blank follows one, which may be a name's, so that the
 * quick count says nothing.
 */
function namesIn(text: string): number {
  let names = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text.charCodeAt(at - 1) === BACKSLASH && isEscaped(text, at)) continue
    const next = text.charCodeAt(at + 1)
    if (next === COLON) names++
    else if (next <= SPACE) return -1
  }
  return names
}

/** Of the quote at `at`: a name may end with a backslash of its own, which is escaped itself. */
function isEscaped(text: string, at: number): boolean {
  let escapes = 0
  while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++
  return escapes % 2 === 1
}

function fieldsIn(text: string): number {
  let fields = 0
  for (const match of text.matchAll(STRING_AND_COLON)) if (match[1] !== undefined) fields++
  return fields
}

function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let fields = 0
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') fields += fieldsOf(item)
    return fields
  }
  const record = value as Readonly<Record<string, unknown>>
  for (const name of Object.keys(record)) {
    fields++
    if (typeof record[name] === 'object') fields += fieldsOf(record[name])
  }
  return fields
}

function tryParse(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
