import type { StoredItem, Warn } from '../row.js'
import { type ArchiveToc, Fields, readToc } from './archive-toc.js'
import { ByteReader, ShortContent } from './byte-reader.js'
import { copyRow, copyTable } from './copy-row.js'
import { unpackChunks } from './open-content.js'
import { readText } from './read-text.js'
import { splitLines } from './split-lines.js'

const BLOCK = { data: 1, blobs: 3 } as const
const MAX_LINE_BYTES = 24 << 20
const END_OF_COPY = '\\.'

/** An archive of `pg_dump -Fc`, read from its first byte to its last; `pg_restore` is not needed. */
export async function* readArchive(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const reader = new ByteReader(chunks)
  try {
    const toc = await readToc(reader)
    for (const { definition } of toc.entries.values()) {
      if (definition !== '') yield [{ type: 'text', stream: { file }, chunk: Buffer.from(definition), isLast: true }]
    }
    if (toc.compression === 'lz4') {
      warn(
        'archive-unreadable',
        'An archive is compressed by lz4, which is not read: pipe it through pg_restore -f - into audit -.',
      )
      return
    }
    yield* readBlocks(reader, toc, file, warn)
  } catch (error) {
    if (!(error instanceof ShortContent)) throw error
    warn('file-truncated', 'An archive of pg_dump is truncated, damaged or of an unknown version.')
    yield* readText(reader.rest(), file)
  }
}

async function* readBlocks(
  reader: ByteReader,
  toc: ArchiveToc,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const fields = new Fields(reader, toc.intBytes)
  const dataBlocks = [...toc.entries.values()].filter(({ copy }) => copy !== '').length
  for (let block = 0; ; block++) {
    const type = await reader.read(1).catch((error: unknown) => {
      // Behind the last block there is nothing; before it, something is missing.
      if (error instanceof ShortContent && block >= dataBlocks) return undefined
      throw error
    })
    if (type === undefined) return
    const entry = toc.entries.get(await fields.int())
    if (type[0] === BLOCK.blobs) {
      while ((await fields.int()) !== 0) yield* readText(blockChunks(reader, fields, toc, warn), file)
    } else if (type[0] === BLOCK.data) {
      yield* readRows(blockChunks(reader, fields, toc, warn), entry?.copy ?? '', file, warn)
    } else throw new ShortContent()
  }
}

function blockChunks(
  reader: ByteReader,
  fields: Fields,
  { compression }: ArchiveToc,
  warn: Warn,
): AsyncIterable<Uint8Array> {
  const packed = packedChunks(reader, fields)
  if (compression === 'none') return packed
  return unpackChunks(packed, compression === 'zlib' ? 'zlib' : 'zstd', warn)
}

async function* packedChunks(reader: ByteReader, fields: Fields): AsyncGenerator<Uint8Array> {
  for (let length = await fields.int(); length !== 0; length = await fields.int()) {
    if (length < 0 || length > 1 << 30) throw new ShortContent()
    yield await reader.read(length)
  }
}

async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  copy: string,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const table = copyTable(copy)
  if (table === undefined) {
    yield* readText(chunks, file)
    return
  }
  for await (const { bytes, number, isPiece, isEnd } of splitLines(chunks, MAX_LINE_BYTES)) {
    if (isPiece) {
      if (isEnd) warn('line-too-long', 'Rows of a dump are too long to be decoded; they were read as text.')
      yield [{ type: 'text', stream: { file, table: table.name }, chunk: bytes, isLast: isEnd }]
      continue
    }
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    if (text !== END_OF_COPY && text !== '') yield [copyRow(table, text, file, number)]
  }
}
