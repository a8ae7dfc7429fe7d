import { toBase64Url } from '../../seal/bytes.js'
import type { LedgerEntry } from '../event.js'

/** An entry as JSON can hold it: the MAC in base64url. */
export function plainEntry(entry: LedgerEntry): Readonly<Record<string, unknown>> {
  return { ...entry, mac: entry.mac === null ? null : toBase64Url(entry.mac) }
}

export const toNdjson = (entry: LedgerEntry): string => JSON.stringify(plainEntry(entry))
