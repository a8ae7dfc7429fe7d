import { Readable } from 'node:stream'
import zlib from 'node:zlib'
import { UnreadError } from './warnings.js'

/** Above both, output is no dump but a bomb: text that repeats itself compresses a hundredfold. */
const BOMB = { bytes: 64 * 1024 * 1024, ratio: 250 }
/** One push of zstd's blocks may grow 32,000-fold before anybody can look. */
const PUSH_BYTES = 4_096

export type Packing = 'gzip' | 'zstd'

/** How a file is compressed, by its first bytes. */
export function packingOf(head: Uint8Array): Packing | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip'
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? 'zstd' : undefined
}

const ARCHIVES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x42, 0x5a, 0x68],
  [0x37, 0x7a, 0xbc, 0xaf],
]

/** zip, xz, bzip2, 7z. */
export const isArchive = (head: Uint8Array): boolean =>
  ARCHIVES.some((magic) => magic.every((byte, i) => head[i] === byte))

/**
 * The content of compressed bytes.
 * @throws UnreadError when the data ends too early, is damaged, or is a bomb; what came before is good.
 */
export async function* unpacked(packing: Packing, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let read = 0
  let written = 0
  const counted = async function* () {
    for await (const chunk of packed) {
      read += chunk.length
      yield chunk
    }
  }
  const content = packing === 'gzip' ? through(zlib.createGunzip(), counted()) : zstdContent(counted())
  for await (const chunk of content) {
    written += chunk.length
    if (written > BOMB.bytes && written > read * BOMB.ratio) throw new UnreadError('file-bomb')
    yield chunk
  }
}

async function* through(decoder: zlib.Gunzip, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed)
  // An error of the file itself ends the decoder, too, and is the one to be told.
  let failure: unknown
  source.on('error', (error) => {
    failure = error
    decoder.destroy(error)
  })
  source.pipe(decoder)
  try {
    yield* decoder as AsyncIterable<Uint8Array>
  } catch (error) {
    if (failure instanceof UnreadError) throw failure
    throw new UnreadError((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'file-truncated' : 'file-corrupt')
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

/** Node has it from 22.15. */
async function* zstdContent(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => zlib.Gunzip }
  if (createZstdDecompress !== undefined) return yield* through(createZstdDecompress(), packed)
  const { Decompress } = await import('fzstd')
  let out: Uint8Array[] = []
  let waiting = 0
  const decoder = new Decompress((chunk) => {
    out.push(chunk.slice())
    waiting += chunk.length
    if (waiting > BOMB.bytes) throw new UnreadError('file-bomb')
  })
  const push = function* (bytes: Uint8Array, isLast: boolean): Generator<Uint8Array> {
    let failure: unknown
    try {
      decoder.push(bytes, isLast)
    } catch (error) {
      failure = error
    }
    yield* out
    out = []
    waiting = 0
    if (failure === undefined) return
    throw failure instanceof UnreadError ? failure : new UnreadError(isLast ? 'file-truncated' : 'file-corrupt')
  }
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += PUSH_BYTES) yield* push(chunk.subarray(at, at + PUSH_BYTES), false)
  }
  yield* push(new Uint8Array(0), true)
}
