import type { LedgerEntry } from '../event.js'
import { plainEntry } from './ndjson.js'

/**
 * A CloudEvents 1.0 event in its JSON format. `source` and `id` together are the same for the same event.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export function toCloudEvent(entry: LedgerEntry, vaultId: string): Readonly<Record<string, unknown>> {
  return {
    specversion: '1.0',
    id: String(entry.seq),
    source: `/secret-safe/vaults/${vaultId}`,
    type: `secret-safe.ledger.${entry.operation}`,
    time: new Date(entry.at).toISOString(),
    ...(entry.threadId === undefined ? {} : { subject: entry.threadId }),
    datacontenttype: 'application/json',
    data: plainEntry(entry),
  }
}
