import { Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'

export type Compression = 'gzip' | 'zstd'

/** Why unpacking ended early; what came before is good. */
export type UnpackFailure = 'truncated' | 'damaged' | 'bomb'

export class UnpackError extends Error {
  constructor(readonly failure: UnpackFailure) {
    super(failure)
  }
}

/** A content of a few kilobytes that unpacks to more than both is meant to do harm. A dump that repeats itself packs a hundredfold. */
const BOMB = { bytes: 64 << 20, ratio: 1_000 }
/** What a slice unpacks to comes all at once: a block of four bytes may hold 128 KiB. */
const SLICE_BYTES = 1_024

/** How a content is compressed, by its first bytes. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? 'zstd' : undefined
}

/**
 * The content of compressed bytes.
 * @throws UnpackError when they end too early, are damaged, or are a bomb; and whatever `packed` throws.
 */
export async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  compression: Compression | 'zlib',
): AsyncGenerator<Uint8Array> {
  let read = 0
  let written = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      read += chunk.length
      yield chunk
    }
  }
  for await (const chunk of contentOf(counted(), compression)) {
    written += chunk.length
    if (written > BOMB.bytes && written > read * BOMB.ratio) throw new UnpackError('bomb')
    yield chunk
  }
}

function contentOf(packed: AsyncIterable<Uint8Array>, compression: Compression | 'zlib'): AsyncGenerator<Uint8Array> {
  if (compression === 'zstd') return zstd(packed)
  // In the small chunks that Node makes by itself: what stands in a chunk ahead of damage is lost.
  return through(packed, compression === 'zlib' ? zlib.createInflate() : zlib.createGunzip())
}

async function* through(packed: AsyncIterable<Uint8Array>, decoder: Transform): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed)
  // An error of what is read ends the decoder, too, and is the one to be told.
  let failure: unknown
  source.on('error', (error) => {
    failure = error
    decoder.destroy(error)
  })
  source.pipe(decoder)
  try {
    yield* decoder as AsyncIterable<Uint8Array>
  } catch (error) {
    if (failure !== undefined) throw failure
    throw new UnpackError((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged')
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

/** By a package: Node's own, which it has from 22.15, takes truncated data for whole. */
async function* zstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let ready: Uint8Array[] = []
  const decoder = new Decompress((chunk) => {
    if (chunk.length > 0) ready.push(chunk)
  })
  function* push(bytes: Uint8Array, isLast: boolean): Generator<Uint8Array> {
    let hasFailed = false
    try {
      decoder.push(bytes, isLast)
    } catch {
      hasFailed = true
    }
    yield* ready
    ready = []
    if (hasFailed) throw new UnpackError(isLast ? 'truncated' : 'damaged')
  }
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) yield* push(chunk.subarray(at, at + SLICE_BYTES), false)
  }
  yield* push(new Uint8Array(0), true)
}
