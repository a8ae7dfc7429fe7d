import { type ByteReader, ShortContent } from './byte-reader.js'

export type ArchiveCompression = 'none' | 'zlib' | 'lz4' | 'zstd'

export interface ArchiveEntry {
  readonly id: number
  /** SQL that makes the object, and the COPY that its data belongs to. */
  readonly definition: string
  readonly copy: string
}

export interface ArchiveToc {
  readonly compression: ArchiveCompression
  readonly entries: ReadonlyMap<number, ArchiveEntry>
  readonly intBytes: number
}

const CUSTOM_FORMAT = 1
const ALGORITHMS: readonly ArchiveCompression[] = ['none', 'zlib', 'lz4', 'zstd']
const MAX_STRING = 64 << 20
const MAX_ENTRIES = 1_000_000

/**
 * The head of an archive of `pg_dump -Fc`: versions 1.12 (PostgreSQL 9.0) to 1.16 (18).
 * @throws ShortContent where it ends early or is none of these.
 */
export async function readToc(reader: ByteReader): Promise<ArchiveToc> {
  const head = await reader.read(11)
  const version = head[5]! * 100 + head[6]!
  const [intBytes, offsetBytes, format] = [head[8]!, head[9]!, head[10]!]
  if (version < 112 || version > 116 || intBytes > 8 || offsetBytes > 8 || format !== CUSTOM_FORMAT)
    throw new ShortContent()
  const fields = new Fields(reader, intBytes)
  const compression =
    version >= 115 ? ALGORITHMS[(await reader.read(1))[0]!] : (await fields.int()) === 0 ? 'none' : 'zlib'
  if (compression === undefined) throw new ShortContent()
  // Seven numbers of the date; the database's name and two versions.
  for (let i = 0; i < 7; i++) await fields.int()
  for (let i = 0; i < 3; i++) await fields.text()
  const count = await fields.int()
  if (count < 0 || count > MAX_ENTRIES) throw new ShortContent()
  const entries = new Map<number, ArchiveEntry>()
  for (let i = 0; i < count; i++) {
    const entry = await readEntry(fields, version)
    await reader.read(1 + offsetBytes)
    entries.set(entry.id, entry)
  }
  return { compression, entries, intBytes }
}

async function readEntry(fields: Fields, version: number): Promise<ArchiveEntry> {
  const id = await fields.int()
  await fields.int()
  // Two object ids, the name and the kind.
  for (let i = 0; i < 4; i++) await fields.text()
  await fields.int()
  const definition = (await fields.text()) ?? ''
  await fields.text()
  const copy = (await fields.text()) ?? ''
  // Schema, tablespace, and from 1.14 on the access method.
  for (let i = 0; i < (version >= 114 ? 3 : 2); i++) await fields.text()
  if (version >= 116) await fields.int()
  // The owner, and whether rows have ids.
  await fields.text()
  await fields.text()
  while ((await fields.text()) !== null);
  return { id, definition, copy }
}

export class Fields {
  readonly #reader: ByteReader
  readonly #intBytes: number

  constructor(reader: ByteReader, intBytes: number) {
    this.#reader = reader
    this.#intBytes = intBytes
  }

  /** A sign, and the number from its lowest byte on. */
  async int(): Promise<number> {
    const bytes = await this.#reader.read(1 + this.#intBytes)
    let value = 0
    for (let i = this.#intBytes; i >= 1; i--) value = value * 256 + bytes[i]!
    return bytes[0] === 0 ? value : -value
  }

  async text(): Promise<string | null> {
    const length = await this.int()
    if (length < 0) return null
    if (length > MAX_STRING) throw new ShortContent()
    return Buffer.from(await this.#reader.read(length)).toString('utf8')
  }
}
