import { encodeParts } from '../seal/bytes.js'
import type { LedgerEntry, LedgerRecord } from './event.js'

/** Canonical bytes of a record without its MAC; absent and empty differ. */
export function encodeRecord(record: Omit<LedgerRecord, 'mac' | 'link'> & Pick<LedgerEntry, 'link'>): Uint8Array {
  const list = (values: readonly string[] | undefined) => (values === undefined ? null : encodeParts(values))
  return encodeParts([
    'secret-safe ledger record v1',
    record.writer,
    record.link,
    record.at,
    record.operation,
    record.outcome,
    record.reason ?? null,
    record.tenant,
    record.threadId ?? null,
    record.runId ?? null,
    record.sub ?? null,
    record.act ?? null,
    list(record.claims),
    list(record.rules),
    list(record.kinds),
    list(record.channels),
    list(record.nodes),
    record.count ?? null,
  ])
}

/** What a sealed root covers: the record as it is stored, with its number and its MAC. */
export function encodeEntry(entry: LedgerEntry): Uint8Array {
  return encodeParts(['secret-safe ledger entry v1', entry.seq, encodeRecord(entry), entry.mac])
}
