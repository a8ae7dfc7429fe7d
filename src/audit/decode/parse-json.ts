/** A parsed text. `isWhole` is false where the text may hold more than its value does: a field that stands there twice. */
export interface ParsedJson {
  readonly value: unknown
  readonly isWhole: boolean
}

const STRING_OR_NON_NUMBER = /"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g

/** Plain JSON, and what Python's `json` writes for numbers that JSON has not. Undefined when it is neither. */
export function parseJson(text: string): ParsedJson | undefined {
  const value = tryParse(text)
  if (value !== undefined) return { value: value.parsed, isWhole: JSON.stringify(value.parsed).length === text.length }
  if (!/NaN|Infinity/.test(text)) return undefined
  const tolerant = tryParse(text.replace(STRING_OR_NON_NUMBER, (token) => (token.startsWith('"') ? token : 'null')))
  return tolerant === undefined ? undefined : { value: tolerant.parsed, isWhole: false }
}

function tryParse(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
