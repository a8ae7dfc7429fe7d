import path from 'node:path'
import { appendLines } from '../append-file.js'
import { toNdjson } from '../export/ndjson.js'
import type { LedgerSink } from './ledger-sink.js'

/** Appends each event as a line of JSON to a file of mode 0600, and waits until it is on disk. */
export function ndjsonSink(file: string): LedgerSink {
  const resolved = path.resolve(file)
  return { name: `ndjson:${resolved}`, deliver: (entries) => appendLines(resolved, entries.map(toNdjson)) }
}
