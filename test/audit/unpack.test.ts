import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Compression, compressionOf, unpack } from '../../src/audit/unpack.js'
import { zstdFrame } from './zstd-frame.js'

const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(300_000, 'x')])

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(bytes: Uint8Array, compression: Compression, size = 1_000) {
  const chunks: Uint8Array[] = []
  let failure: unknown
  try {
    for await (const chunk of unpack(inPieces(bytes, size), compression)) chunks.push(Buffer.from(chunk))
  } catch (error) {
    failure = (error as { failure?: unknown }).failure ?? error
  }
  return { content: Buffer.concat(chunks), failure }
}

const WAYS: readonly [Compression, (bytes: Uint8Array) => Uint8Array][] = [
  ['gzip', gzipSync],
  ['zstd', zstdFrame],
]

describe.each(WAYS)('unpack, of %s', (compression, pack) => {
  it('gives the content, however it comes in', async () => {
    const packed = pack(content)
    expect(compressionOf(packed)).toBe(compression)
    for (const size of [7, 1_000, packed.length]) {
      const read = await collect(packed, compression, size)
      expect(read.failure).toBeUndefined()
      expect(read.content.equals(content)).toBe(true)
    }
  })

  it('gives what came before the end, and says that it came too early', async () => {
    const packed = pack(content)
    const read = await collect(packed.subarray(0, packed.length - 6), compression)
    expect(read.failure).toBe('truncated')
    expect(read.content.length).toBeGreaterThan(200_000)
    expect(content.subarray(0, read.content.length).equals(read.content)).toBe(true)
  })

  it('takes no part for the whole, wherever it is cut off', async () => {
    const packed = pack(randomBytes(300))
    for (let length = 4; length < packed.length; length++) {
      expect((await collect(packed.subarray(0, length), compression)).failure).toBe('truncated')
    }
  })

  it('throws what reading throws, as it is', async () => {
    const broken = new Error('the disk is gone')
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield pack(content).subarray(0, 100)
      throw broken
    }
    const reading = async () => {
      for await (const chunk of unpack(failing(), compression)) void chunk
    }
    await expect(reading()).rejects.toBe(broken)
  })
})
