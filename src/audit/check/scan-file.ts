import { FileScan, type FileScanOptions } from './file-scan.js'
import type { Target } from './target.js'
import { isArchive, packingOf, unpacked } from './unpack.js'
import { UnreadError } from './warnings.js'

export interface FileTotals {
  /** Of content: what was decompressed counts as it came out. */
  readonly bytes: number
  /** Findings that the configuration's allow list let stay. */
  readonly allowed: number
}

/** Enough to tell UTF-16 from bytes. */
const HEAD_BYTES = 512

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
    const packing = unpacks ? packingOf(packed.head) : undefined
    if (isArchive(packed.head)) warnings.add('archive-not-opened', target.name)
    const content = packing === undefined ? packed : await withHead(unpacked(packing, packed.all()))
    if (packing !== undefined && packingOf(content.head) !== undefined) warnings.add('archive-not-opened', target.name)
    scan = new FileScan(target, content.head, packing !== undefined, options)
    for await (const chunk of content.all()) {
      bytes += chunk.length
      scan.push(chunk)
    }
  } catch (error) {
    if (!(error instanceof UnreadError)) throw error
    warnings.add(error.warning, target.name)
    isDamaged = error.warning === 'file-corrupt' || error.warning === 'file-truncated'
  }
  const totals = { bytes, allowed: scan?.end() ?? 0 }
  if (!isDamaged) return totals
  // What only looks like compressed data hides nothing.
  const raw = await scanFile(target, options, false)
  return { bytes: bytes + raw.bytes, allowed: totals.allowed + raw.allowed }
}

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
