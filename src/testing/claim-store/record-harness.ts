import type { AccessRecord, RecordChange, RecordFilter } from '../../vault/access-record.js'
import { bytes, put, type StoreContext, TENANT } from './harness.js'

export const inserted = (record: AccessRecord): RecordChange => ({ record, expectedMac: null })

export const swapped = (before: AccessRecord, patch: Partial<AccessRecord>): RecordChange => {
  return { record: { ...before, mac: bytes(32), ...patch }, expectedMac: before.mac }
}

/** Grants of the suite's tenant unless told. */
export async function findRecords(
  { store }: StoreContext,
  filter: Partial<RecordFilter> = {},
): Promise<readonly AccessRecord[]> {
  return (await store.findRecords({ tenant: TENANT, kind: 'grant', ...filter })).records
}

export async function putRecords({ store }: StoreContext, ...records: readonly AccessRecord[]): Promise<void> {
  await put(store, { records: records.map(inserted) })
}
