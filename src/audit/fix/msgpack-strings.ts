/** A string in MessagePack bytes, and the name of the field that holds it. */
export interface PackedString {
  readonly start: number
  readonly end: number
  readonly key: string | undefined
  /** True for the name of a field. */
  readonly isKey: boolean
}

/** LangGraph for Python writes its classes as extensions that hold MessagePack again. */
const MAX_DEPTH = 200

class NotMessagePack extends Error {}

/** Every string, with its place in the bytes; nothing is built. @returns undefined for what is not MessagePack. */
export function stringsOf(bytes: Uint8Array): readonly PackedString[] | undefined {
  try {
    return new Reader(bytes, 0, bytes.length).all()
  } catch (error) {
    if (error instanceof NotMessagePack || error instanceof RangeError) return undefined
    throw error
  }
}

class Reader {
  readonly #view: DataView
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #found: PackedString[] = []
  #at: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, end)
    this.#at = start
    this.#end = end
  }

  all(depth = 0, key?: string): readonly PackedString[] {
    this.#value(key, depth)
    if (this.#at !== this.#end) throw new NotMessagePack()
    return this.#found
  }

  #value(key: string | undefined, depth: number, isKey = false): string | undefined {
    if (depth > MAX_DEPTH) throw new NotMessagePack()
    const type = this.#uint(1)
    if (type <= 0x7f || type >= 0xe0 || type === 0xc0 || type === 0xc2 || type === 0xc3) return undefined
    if (type <= 0x8f) return this.#map(type & 15, depth)
    if (type <= 0x9f) return this.#list(type & 15, key, depth)
    if (type <= 0xbf) return this.#string(type & 31, key, isKey)
    if (type >= 0xc4 && type <= 0xc6) return this.#skip(this.#uint(1 << (type - 0xc4)))
    if (type >= 0xc7 && type <= 0xc9) return this.#extension(this.#uint(1 << (type - 0xc7)), key, depth)
    if (type === 0xca || type === 0xcb) return this.#skip(type === 0xca ? 4 : 8)
    if (type >= 0xcc && type <= 0xcf) return this.#skip(1 << (type - 0xcc))
    if (type >= 0xd0 && type <= 0xd3) return this.#skip(1 << (type - 0xd0))
    if (type >= 0xd4 && type <= 0xd8) return this.#extension(1 << (type - 0xd4), key, depth)
    if (type >= 0xd9 && type <= 0xdb) return this.#string(this.#uint(1 << (type - 0xd9)), key, isKey)
    if (type === 0xdc || type === 0xdd) return this.#list(this.#uint(type === 0xdc ? 2 : 4), key, depth)
    if (type === 0xde || type === 0xdf) return this.#map(this.#uint(type === 0xde ? 2 : 4), depth)
    throw new NotMessagePack()
  }

  #map(count: number, depth: number): undefined {
    for (let i = 0; i < count; i++) {
      const key = this.#value(undefined, depth + 1, true)
      this.#value(key, depth + 1)
    }
  }

  #list(count: number, key: string | undefined, depth: number): undefined {
    for (let i = 0; i < count; i++) this.#value(key, depth + 1)
  }

  #string(length: number, key: string | undefined, isKey: boolean): string {
    const start = this.#at
    this.#skip(length)
    this.#found.push({ start, end: this.#at, key, isKey })
    return new TextDecoder().decode(this.#bytes.subarray(start, this.#at))
  }

  #extension(length: number, key: string | undefined, depth: number): undefined {
    const start = this.#at + 1
    this.#skip(length + 1)
    // Whatever holds no MessagePack is somebody else's: its bytes are left to the search of raw bytes.
    const inner = new Reader(this.#bytes, start, start + length)
    try {
      this.#found.push(...inner.all(depth + 1, key))
    } catch (error) {
      if (!(error instanceof NotMessagePack || error instanceof RangeError)) throw error
    }
  }

  #skip(length: number): undefined {
    if (this.#at + length > this.#end) throw new NotMessagePack()
    this.#at += length
  }

  #uint(size: number): number {
    const at = this.#at
    this.#skip(size)
    if (size === 1) return this.#view.getUint8(at)
    return size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at)
  }
}
