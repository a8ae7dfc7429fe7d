import { parseJson } from '../../decode/parse-json.js'
import type { StoredItem, StoredText, Warn } from '../row.js'
import type { Content } from './open-content.js'
import { readText } from './read-text.js'
import { splitElements } from './split-elements.js'
import { splitLines } from './split-lines.js'

/** A document is parsed as a whole up to this size; a larger one is read as text, in which long values keep no path. */
const MAX_DOCUMENT_BYTES = 16 << 20
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** One document a line. A line that is no document is read as text. */
export async function* readJsonLines(
  { chunks }: Content,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  for await (const { bytes, number, offset, isPiece, isEnd } of splitLines(chunks, MAX_DOCUMENT_BYTES)) {
    const from = { offset, line: number }
    if (isPiece) {
      if (isEnd) warn('line-too-long', 'Lines are too long to be read as one document; they were read as text.')
      yield [{ type: 'text', stream: { file }, chunk: bytes, from, isLast: isEnd }]
      continue
    }
    if (bytes.length === 0) continue
    yield [documentOf(bytes, file, from, warn, 'line-undecodable', 'Lines are not JSON; they were read as text.')]
  }
}

/** A document, or a list of documents, whose elements are read one by one. */
export async function* readJson(content: Content, file: string, warn: Warn): AsyncGenerator<readonly StoredItem[]> {
  const start = Buffer.from(content.head)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (start.startsWith('[')) {
    for await (const { bytes, offset, line, isPiece, isEnd } of splitElements(content.chunks, MAX_DOCUMENT_BYTES)) {
      const from = { offset, line: line + blankLines(bytes) }
      if (isPiece) yield [{ type: 'text', stream: { file }, chunk: bytes, from, isLast: isEnd }]
      else
        yield [
          documentOf(bytes, file, from, warn, 'document-undecodable', 'Parts are not JSON; they were read as text.'),
        ]
    }
    return
  }
  yield* wholeDocument(content.chunks, file, warn)
}

async function* wholeDocument(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  const iterator = chunks[Symbol.asyncIterator]()
  for (;;) {
    const { value, done } = await iterator.next()
    if (done) break
    pieces.push(value)
    bytes += value.length
    if (bytes <= MAX_DOCUMENT_BYTES) continue
    warn('document-too-large', 'A document is too large to be parsed as a whole; it was read as text.')
    const rest = { [Symbol.asyncIterator]: () => iterator }
    yield* readText(
      (async function* () {
        yield* pieces.splice(0)
        yield* rest
      })(),
      file,
    )
    return
  }
  const from = { offset: 0, line: 1 }
  yield [
    documentOf(
      Buffer.concat(pieces),
      file,
      from,
      warn,
      'document-undecodable',
      'A file is not the JSON that it seems to be; it was read as text.',
    ),
  ]
}

function documentOf(
  bytes: Uint8Array,
  file: string,
  from: NonNullable<StoredText['from']>,
  warn: Warn,
  code: string,
  message: string,
): StoredItem {
  const text = decode(bytes)
  const parsed = text === undefined ? undefined : parseJson(text.trim())
  if (parsed !== undefined) return { type: 'document', value: parsed.value, file, line: from.line, bytes: bytes.length }
  warn(
    text === undefined ? 'text-not-utf8' : code,
    text === undefined ? 'Text is not valid UTF-8; it was read as bytes.' : message,
  )
  return { type: 'text', stream: { file }, chunk: bytes, from, isLast: true }
}

/** Line breaks before the value itself. */
function blankLines(bytes: Uint8Array): number {
  let lines = 0
  for (let i = 0; i < bytes.length && bytes[i]! <= 32; i++) if (bytes[i] === 10) lines++
  return lines
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
