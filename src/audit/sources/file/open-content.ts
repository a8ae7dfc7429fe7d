import { createReadStream } from 'node:fs'
import { pipeline, Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Warn } from '../row.js'
import { type Compression, compressionOf } from './sniff.js'

const READ_BYTES = 256 << 10
const HEAD_BYTES = 64 << 10
/** A file of a few kilobytes that unpacks to more than this is meant to do harm. */
const MAX_RATIO = 1_000
const MAX_UNPACKED_FREE = 64 << 20
const SLICE_BYTES = 1_024
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
  let bytesIn = 0
  let bytesOut = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      bytesIn += chunk.length
      yield chunk
    }
  }
  try {
    for await (const chunk of unpackerOf(compression)(counted())) {
      bytesOut += chunk.length
      if (bytesOut > MAX_UNPACKED_FREE && bytesOut > bytesIn * MAX_RATIO) {
        warn('decompression-stopped', `A file unpacks to more than ${MAX_RATIO} times its size; it was not read on.`)
        return
      }
      yield chunk
    }
  } catch {
    warn('file-truncated', 'A compressed file is truncated or damaged; what could be unpacked was read.')
  }
}

type Unpacker = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

function unpackerOf(compression: Compression | 'zlib'): Unpacker {
  if (compression === 'zlib') return through(() => zlib.createInflate({ chunkSize: READ_BYTES }))
  if (compression === 'gzip') return through(() => zlib.createGunzip({ chunkSize: READ_BYTES }))
  const native = (zlib as unknown as { createZstdDecompress?: () => Transform }).createZstdDecompress
  return native === undefined ? zstd : through(native)
}

function through(create: () => Transform): Unpacker {
  return (packed) => pipeline(Readable.from(packed), create(), () => undefined) as unknown as AsyncIterable<Uint8Array>
}

/** For a Node without zstd. In slices, because what a slice unpacks to comes all at once. */
async function* zstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = []
  const decompress = new Decompress((chunk) => {
    if (chunk.length > 0) unpacked.push(chunk)
  })
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      decompress.push(chunk.subarray(at, at + SLICE_BYTES))
      const ready = unpacked
      unpacked = []
      yield* ready
    }
  }
  decompress.push(new Uint8Array(0), true)
  yield* unpacked
}
