import type { BranchKeyRow, KeyStore } from '../key-store.js'

const PAGE = 100

/** A branch key, and the store that it lies in. */
export interface StoredKey {
  readonly row: BranchKeyRow
  readonly store: KeyStore
}

/** Every branch key of every store, in pages. */
export async function* storedKeys(stores: readonly KeyStore[]): AsyncGenerator<readonly StoredKey[]> {
  for (const store of stores) {
    for (let after = ''; ; ) {
      const rows = await store.listBranchKeys(after, PAGE)
      if (rows.length > 0) yield rows.map((row) => ({ row, store }))
      if (rows.length < PAGE) break
      after = rows.at(-1)!.id
    }
  }
}
