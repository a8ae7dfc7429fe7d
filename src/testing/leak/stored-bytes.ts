/**
 * Where stored bytes stand. `checkpoint`: channel values and the checkpoint around them. `write`: pending writes.
 * `metadata`: checkpoint metadata. `key`: any other column. `config`: what a saver was handed beside them.
 * `file`: raw database, journal and log files. `vault`: the claim store and its ledger.
 * `store` and `cache`: values of a graph's store and of its cache.
 */
export type Area =
  | 'checkpoint'
  | 'write'
  | 'metadata'
  | 'key'
  | 'config'
  | 'file'
  | 'vault'
  | 'store'
  | 'cache'
  | 'log'
  | 'error'

/** One cell, file or output that a search reads. */
export interface StoredBytes {
  readonly area: Area
  /** For people: table and column, file name, stream. Never holds what is stored there. */
  readonly place: string
  readonly bytes: Uint8Array
}

const encoder = new TextEncoder()

/** Any cell of a driver's row as bytes; null for SQL NULL. */
export function cellBytes(cell: unknown): Uint8Array | null {
  if (cell === null || cell === undefined) return null
  if (cell instanceof Uint8Array) return cell
  return encoder.encode(typeof cell === 'object' ? JSON.stringify(cell) : String(cell))
}

export function textBytes(area: Area, place: string, text: string): StoredBytes {
  return { area, place, bytes: encoder.encode(text) }
}
