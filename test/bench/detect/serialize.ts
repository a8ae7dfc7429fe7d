/** JSON text of a value, and where each of some strings begins in it, by their path. */
export function serializeWithOffsets(
  value: unknown,
  wanted: ReadonlySet<string>,
): { text: string; offsets: Map<string, number> } {
  const offsets = new Map<string, number>()
  let text = ''
  const write = (item: unknown, path: string): void => {
    if (Array.isArray(item)) {
      text += '['
      item.forEach((one, i) => {
        if (i > 0) text += ','
        write(one, `${path}/${i}`)
      })
      text += ']'
    } else if (typeof item === 'object' && item !== null) {
      text += '{'
      Object.entries(item).forEach(([key, one], i) => {
        text += `${i > 0 ? ',' : ''}${JSON.stringify(key)}:`
        write(one, `${path}/${key}`)
      })
      text += '}'
    } else {
      if (wanted.has(path)) offsets.set(path, text.length + 1)
      text += JSON.stringify(item)
    }
  }
  write(value, '')
  return { text, offsets }
}
