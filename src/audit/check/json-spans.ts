type Path = readonly (string | number)[]

/** Where a value or a key stands in the text; of a string, what is between its quotes. */
export interface JsonSpan {
  readonly start: number
  readonly end: number
}

export const valueAt = (path: Path): string => JSON.stringify(path)
export const keyAt = (path: Path, key: string): string => `key ${JSON.stringify([...path, key])}`

/**
 * Finds some values and keys again in the text that `JSON.parse` read them from.
 * @param text valid JSON. @param wanted of `valueAt` and `keyAt`. Of a key that stands there twice, the last counts.
 */
export function jsonSpans(text: string, wanted: ReadonlySet<string>): Map<string, JsonSpan> {
  const spans = new Map<string, JsonSpan>()
  const path: (string | number)[] = []
  let expectsKey = false
  const note = (name: string, start: number, end: number) => {
    if (wanted.has(name)) spans.set(name, { start, end })
  }
  for (let at = 0; at < text.length; ) {
    const char = text[at]!
    if (char === '{' || char === '[') {
      path.push(char === '{' ? '' : 0)
      expectsKey = char === '{'
      at++
    } else if (char === '}' || char === ']') {
      path.pop()
      expectsKey = false
      at++
    } else if (char === ',') {
      const step = path.at(-1)!
      if (typeof step === 'number') path[path.length - 1] = step + 1
      else expectsKey = true
      at++
    } else if (char === '"') {
      const end = stringEnd(text, at + 1)
      if (expectsKey) {
        const key = JSON.parse(text.slice(at, end + 1)) as string
        note(keyAt(path.slice(0, -1), key), at + 1, end)
        path[path.length - 1] = key
        expectsKey = false
      } else note(valueAt(path), at + 1, end)
      at = end + 1
    } else if (/[\s:]/.test(char)) {
      at++
    } else {
      const start = at
      while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at++
      note(valueAt(path), start, at)
    }
  }
  return spans
}

function stringEnd(text: string, from: number): number {
  for (let at = from; ; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 92) at++
    else if (unit === 34 || Number.isNaN(unit)) return at
  }
}

/** Where the character at `offset` of a decoded string stands in the text, whose string begins at `start`. */
export function offsetInJson(text: string, start: number, offset: number): number {
  let at = start
  for (let i = 0; i < offset; i++) {
    if (text[at] !== '\\') at++
    else at += text[at + 1] === 'u' ? 6 : 2
  }
  return at
}
