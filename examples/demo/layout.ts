import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Parts of a text that are shown in a style. */
export type Highlights = readonly (readonly [pattern: RegExp, style: Style])[]

const useColor =
  !process.env.NO_COLOR && (process.env.FORCE_COLOR !== undefined || process.stdout.hasColors?.() === true)
const GAP = '  '
const MAX_WIDTH = 100
const MIN_WIDTH = 60

/** Of the terminal; a pipe gets the width that suits a page. */
export const width = Math.max(MIN_WIDTH, Math.min(process.stdout.columns ?? MAX_WIDTH, MAX_WIDTH))
export const columnWidth = Math.floor((width - GAP.length) / 2)

export function paint(style: Style, text: string): string {
  return useColor ? styleText(style, text) : text
}

/** Two texts side by side, each wrapped in its own column. */
export function columns(left: string, right: string, highlights: Highlights = []): string {
  const [a, b] = [wrap(left, columnWidth), wrap(right, columnWidth)]
  const [styledLeft, styledRight] = [styled(a, highlights), styled(b, highlights)]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
    const padding = ' '.repeat(columnWidth - (a[i]?.length ?? 0))
    return `${styledLeft[i] ?? ''}${padding}${GAP}${styledRight[i] ?? ''}`.trimEnd()
  }).join('\n')
}

/** Rows of cells under headings, each column as wide as it must be. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join(GAP)
      .trimEnd()
  return [paint('dim', line(headings)), ...rows.map(line)].join('\n')
}

/** At spaces where there are any, else anywhere: JSON and URLs have none. */
function wrap(text: string, max: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let rest = paragraph
    while (rest.length > max) {
      const space = rest.lastIndexOf(' ', max)
      const at = space > max / 2 ? space : max
      lines.push(rest.slice(0, at))
      rest = rest.slice(at).trimStart()
    }
    return [...lines, rest]
  })
}

/** Styles what a pattern finds in the wrapped lines, also where it runs over a line's end. */
function styled(lines: readonly string[], highlights: Highlights): string[] {
  const text = lines.join('')
  const styles = new Array<Style | undefined>(text.length)
  for (const [pattern, style] of highlights) {
    for (const match of text.matchAll(pattern)) styles.fill(style, match.index, match.index + match[0].length)
  }
  let offset = 0
  return lines.map((line) => {
    let out = ''
    for (let i = 0; i < line.length; ) {
      const style = styles[offset + i]
      let end = i + 1
      while (end < line.length && styles[offset + end] === style) end++
      out += style === undefined ? line.slice(i, end) : paint(style, line.slice(i, end))
      i = end
    }
    offset += line.length
    return out
  })
}
