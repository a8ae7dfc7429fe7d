import { equalBytes } from '../seal/bytes.js'
import type { AccessRecord, RecordFilter } from './access-record.js'
import type { NamingKeys } from './naming-keys.js'
import type { VaultContext } from './vault-context.js'

const PAGE = 500

/** A record as the vault signed it; `body` is undefined for one that was edited by hand. */
export interface ReadRecord {
  readonly record: AccessRecord
  readonly body: Readonly<Record<string, unknown>> | undefined
}

export function makeRecord(
  naming: NamingKeys,
  { body, ...fields }: Omit<AccessRecord, 'mac' | 'body'> & { readonly body: object },
): AccessRecord {
  const record = { ...fields, body: JSON.stringify(body) }
  return { ...record, mac: naming.recordMac(record) }
}

/** All that match, with the store's clock. */
export async function readRecords(
  { store, naming, ledger }: VaultContext,
  filter: RecordFilter,
): Promise<{ readonly now: number; readonly records: readonly ReadRecord[] }> {
  const { limit = Number.POSITIVE_INFINITY, ...rest } = filter
  const found: AccessRecord[] = []
  for (;;) {
    const after = found.at(-1)?.id ?? filter.after
    const page = Math.min(PAGE, limit - found.length)
    const { now, records } = await store.findRecords({
      ...rest,
      limit: page,
      ...(after === undefined ? {} : { after }),
    })
    ledger.observe(now)
    found.push(...records)
    if (records.length < page || found.length >= limit) {
      return { now, records: found.map((record) => ({ record, body: bodyOf(naming, record) })) }
    }
  }
}

function bodyOf(naming: NamingKeys, record: AccessRecord): ReadRecord['body'] {
  if (!equalBytes(record.mac, naming.recordMac(record))) return undefined
  return JSON.parse(record.body) as ReadRecord['body']
}
