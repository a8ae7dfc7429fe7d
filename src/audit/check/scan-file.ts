import { compressionOf, UnpackError, type UnpackFailure, unpack } from '../unpack.js'
import { FileScan, type FileScanOptions } from './file-scan.js'
import type { Target } from './target.js'
import { UnreadError, type WarningCode } from './warnings.js'

export interface FileTotals {
  /** Of content: what was decompressed counts as it came out. */
  readonly bytes: number
  /** Findings that the configuration's allow list let stay. */
  readonly allowed: number
}

/** Enough to tell UTF-16 from bytes. */
const HEAD_BYTES = 512
const FAILURES: Readonly<Record<UnpackFailure, WarningCode>> = {
  truncated: 'file-truncated',
  damaged: 'file-corrupt',
  bomb: 'file-bomb',
}
/** zip, xz, bzip2, 7z. */
const ARCHIVES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x42, 0x5a, 0x68],
  [0x37, 0x7a, 0xbc, 0xaf],
]

/**
 * Reads one file in bounded memory and reports what it finds; what could not be read is a warning.
 * @param unpacks false to read compressed data as it stands.
 */
export async function scanFile(target: Target, options: FileScanOptions, unpacks = true): Promise<FileTotals> {
  const { warnings } = options
  let scan: FileScan | undefined
  let bytes = 0
  let isDamaged = false
  try {
    const packed = await withHead(target.open())
    const packing = unpacks ? compressionOf(packed.head) : undefined
    if (isArchive(packed.head)) warnings.add('archive-not-opened', target.name)
    const content = packing === undefined ? packed : await withHead(unpack(packed.all(), packing))
    if (packing !== undefined && compressionOf(content.head) !== undefined)
      warnings.add('archive-not-opened', target.name)
    scan = new FileScan(target, content.head, packing !== undefined, options)
    for await (const chunk of content.all()) {
      bytes += chunk.length
      scan.push(chunk)
    }
  } catch (error) {
    if (error instanceof UnpackError) isDamaged = error.failure !== 'bomb'
    else if (!(error instanceof UnreadError)) throw error
    warnings.add(error instanceof UnpackError ? FAILURES[error.failure] : error.warning, target.name)
  }
  const totals = { bytes, allowed: scan?.end() ?? 0 }
  if (!isDamaged) return totals
  // What only looks like compressed data hides nothing.
  const raw = await scanFile(target, options, false)
  return { bytes: bytes + raw.bytes, allowed: totals.allowed + raw.allowed }
}

const isArchive = (head: Uint8Array): boolean => ARCHIVES.some((magic) => magic.every((byte, i) => head[i] === byte))

interface Headed {
  readonly head: Uint8Array
  all(): AsyncIterable<Uint8Array>
}

/** Looks at the first bytes of a stream without taking them from it. */
async function withHead(chunks: AsyncIterable<Uint8Array>): Promise<Headed> {
  const rest = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  let failure: unknown
  while (length < HEAD_BYTES) {
    try {
      const { value, done } = await rest.next()
      if (done) break
      first.push(value)
      length += value.length
    } catch (error) {
      // What came before it is read first.
      failure = error
      break
    }
  }
  return {
    head: Buffer.concat(first),
    async *all() {
      try {
        yield* first
        if (failure !== undefined) throw failure
        yield* { [Symbol.asyncIterator]: () => rest }
      } finally {
        // Also when nobody read on from the first bytes: it holds a file open.
        await rest.return?.()
      }
    },
  }
}
