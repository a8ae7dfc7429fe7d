const [QUOTE, BACKSLASH, OPEN, CLOSE] = [34, 92, 123, 125]

/** Behind the object that begins at `at`; undefined where it does not end. */
export function endOfObject(text: string, at: number): number | undefined {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) {
      i = endOfString(text, i)
      if (i < 0) return undefined
    } else if (unit === OPEN) depth++
    else if (unit === CLOSE && --depth === 0) return i + 1
  }
  return undefined
}

/** Of the quote that closes the string; negative without one. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return at
  }
  return -1
}
