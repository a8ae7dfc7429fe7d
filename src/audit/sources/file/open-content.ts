import { createReadStream } from 'node:fs'
import { type Compression, compressionOf, UnpackError, unpack } from '../../unpack.js'
import type { Warn } from '../row.js'

const READ_BYTES = 256 << 10
const HEAD_BYTES = 64 << 10
/** Archives in archives; deeper ones are scanned as they are. */
const MAX_LAYERS = 3

/** A content without its compression, in chunks. */
export interface Content {
  readonly head: Uint8Array
  readonly isPacked: boolean
  readonly chunks: AsyncIterable<Uint8Array>
}

/**
 * Opens a file or a stream and takes its compression away, layer by layer. A damaged or truncated one ends early with a
 * warning: what was unpacked until then is read.
 */
export async function openContent(from: string | NodeJS.ReadableStream, warn: Warn): Promise<Content> {
  const input = typeof from === 'string' ? createReadStream(from, { highWaterMark: READ_BYTES }) : from
  let chunks: AsyncIterable<Uint8Array> = guarded(input as AsyncIterable<Uint8Array>, warn, 'file-unreadable')
  for (let layer = 0; ; layer++) {
    const content = { ...(await withHead(chunks)), isPacked: layer > 0 }
    const compression = compressionOf(content.head)
    if (compression === undefined || layer >= MAX_LAYERS) return content
    chunks = unpackChunks(content.chunks, compression, warn)
  }
}

async function withHead(chunks: AsyncIterable<Uint8Array>): Promise<Pick<Content, 'head' | 'chunks'>> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let bytes = 0
  while (bytes < HEAD_BYTES) {
    const { value, done } = await iterator.next()
    if (done) break
    const chunk = typeof value === 'string' ? Buffer.from(value as string) : value
    first.push(chunk)
    bytes += chunk.length
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first
      for (;;) {
        const { value, done } = await iterator.next()
        if (done) return
        yield typeof value === 'string' ? Buffer.from(value as string) : value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(first).subarray(0, HEAD_BYTES), chunks: all() }
}

/** Ends where reading fails, and says so. */
async function* guarded(chunks: AsyncIterable<Uint8Array>, warn: Warn, code: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch {
    warn(code, 'A file could not be read, or not to its end.')
  }
}

/** Ends early with a warning where the content is damaged, or unpacks to far more than it could hold. */
export async function* unpackChunks(
  packed: AsyncIterable<Uint8Array>,
  compression: Compression | 'zlib',
  warn: Warn,
): AsyncGenerator<Uint8Array> {
  try {
    yield* unpack(packed, compression)
  } catch (error) {
    if (error instanceof UnpackError && error.failure === 'bomb') {
      warn('decompression-stopped', 'A file unpacks to far more than its size; it was not read on.')
    } else warn('file-truncated', 'A compressed file is truncated or damaged; what could be unpacked was read.')
  }
}
