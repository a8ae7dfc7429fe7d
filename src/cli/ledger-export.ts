import type { LedgerEntry } from '../ledger/event.js'
import { toCloudEvent } from '../ledger/export/cloud-event.js'
import { plainEntry } from '../ledger/export/ndjson.js'
import { toOcsf } from '../ledger/export/ocsf.js'
import { eachOf, type FilterOptions } from './ledger-query.js'
import { print } from './output.js'

export interface ExportOptions extends FilterOptions {
  readonly format: 'ndjson' | 'ocsf' | 'cloudevents'
}

const FORMATS: Readonly<Record<ExportOptions['format'], (entry: LedgerEntry, vaultId: string) => unknown>> = {
  ndjson: plainEntry,
  ocsf: toOcsf,
  cloudevents: toCloudEvent,
}

/** Writes events as another system reads them, one JSON object per line. */
export async function exportLedger(options: ExportOptions): Promise<void> {
  const format = FORMATS[options.format]
  await eachOf(options, (entry, vaultId) => print(JSON.stringify(format(entry, vaultId))))
}
