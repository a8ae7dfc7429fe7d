import type { LineRanges } from './target.js'

/** Longer lines are content; headers are shorter, but for names of 4 KB in octal escapes. */
const MAX_HEADER = 20_000
const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/

/**
 * The lines that a patch without context (`git diff -U0 --src-prefix=a/ --dst-prefix=b/`) adds, by file. Content is
 * skipped as it streams by: only the beginnings of lines are looked at.
 */
export async function addedLines(patch: AsyncIterable<Uint8Array>): Promise<Map<string, LineRanges>> {
  const added = new Map<string, [number, number][]>()
  let current: [number, number][] | undefined
  let isHeader = true
  for await (const line of lineBeginnings(patch)) {
    if (line.startsWith('diff --git ')) {
      isHeader = true
      current = undefined
    } else if (isHeader && line.startsWith('+++ ')) {
      const name = nameOf(line.slice(4))
      if (name === undefined) continue
      current = []
      added.set(name, current)
    } else if (line.startsWith('@@ ')) {
      isHeader = false
      const match = HUNK.exec(line)
      const first = Number(match?.[1])
      const count = Number(match?.[2] ?? 1)
      if (match !== null && count > 0) current?.push([first, first + count - 1])
    }
  }
  return added
}

async function* lineBeginnings(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let line = ''
  for await (const chunk of chunks) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      yield line.length < MAX_HEADER ? line + text.slice(at, Math.min(end, at + MAX_HEADER)) : line
      line = ''
      at = end + 1
    }
    if (line.length < MAX_HEADER) line += text.slice(at, at + MAX_HEADER)
  }
  if (line !== '') yield line
}

/** Git puts a tab behind a name with a space, and quotes as C does. Undefined for what was deleted. */
function nameOf(header: string): string | undefined {
  const text = header.replace(/\t$/, '')
  const name = text.startsWith('"') ? unquoted(text.slice(1, -1)) : text
  return name.startsWith('b/') ? Buffer.from(name.slice(2), 'latin1').toString('utf8') : undefined
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }

function unquoted(text: string): string {
  return text.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  )
}
