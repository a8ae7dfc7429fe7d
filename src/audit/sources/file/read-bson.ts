import { missingPeer } from '../../../load-optional.js'
import type { StoredItem, Warn } from '../row.js'

/** The longest document that MongoDB stores, and some room. */
const MAX_DOCUMENT_BYTES = 17 << 20

/** Documents as `mongodump` writes them, one behind the other. @throws DependencyError without `bson` */
export async function* readBson(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const { deserialize } = await import('bson').catch(
    missingPeer('A BSON dump needs the package bson', 'npm install bson'),
  )
  let pending: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const items: StoredItem[] = []
    while (pending.length >= 4) {
      const length = Buffer.from(pending.buffer, pending.byteOffset, pending.length).readInt32LE(0)
      if (length < 5 || length > MAX_DOCUMENT_BYTES) {
        warn('file-damaged', 'A BSON file is damaged; it was read as bytes from there on.')
        yield [...items, { type: 'text', stream: { file }, chunk: pending, isLast: false }]
        yield* restAsText(chunks, file)
        return
      }
      if (pending.length < length) break
      items.push(documentOf(pending.subarray(0, length), file, warn, deserialize))
      pending = pending.subarray(length)
    }
    if (items.length > 0) yield items
  }
  if (pending.length === 0) return
  warn('file-truncated', 'A BSON file ends within a document.')
  yield [{ type: 'text', stream: { file }, chunk: pending, isLast: true }]
}

type Deserialize = (bytes: Uint8Array, options: { promoteBuffers: boolean; useBigInt64: boolean }) => unknown

function documentOf(bytes: Uint8Array, file: string, warn: Warn, deserialize: Deserialize): StoredItem {
  try {
    const value = deserialize(bytes, { promoteBuffers: true, useBigInt64: true })
    return { type: 'document', value, file, line: 0, bytes: bytes.length }
  } catch {
    warn('document-undecodable', 'Documents are not valid BSON; they were read as bytes.')
    return { type: 'text', stream: { file }, chunk: bytes, isLast: true }
  }
}

async function* restAsText(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<readonly StoredItem[]> {
  for await (const chunk of chunks) yield [{ type: 'text', stream: { file }, chunk, isLast: false }]
}
