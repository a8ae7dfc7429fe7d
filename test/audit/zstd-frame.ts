const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
/** One segment, with its size in four bytes; no checksum. */
const DESCRIPTOR = 0xa0
const MAX_BLOCK = 128 << 10

/** A frame of raw blocks, as RFC 8878 has it: Node 20 cannot write zstd. */
export function zstdFrame(content: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  const blocks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < content.length; at += MAX_BLOCK) {
    const block = content.subarray(at, at + MAX_BLOCK)
    const isLast = at + MAX_BLOCK >= content.length ? 1 : 0
    const header = Buffer.alloc(3)
    header.writeUIntLE((block.length << 3) | isLast, 0, 3)
    blocks.push(header, block)
  }
  return Buffer.concat([MAGIC, Buffer.from([DESCRIPTOR]), size, ...blocks])
}
