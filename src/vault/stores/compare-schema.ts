import type { ClaimStore } from '../claim-store.js'
import { SCHEMA_MANIFEST } from './schema-manifest.js'
import type { SchemaDescription, SqlStore } from './sql-store.js'

/** Where a live vault differs from what `setup` makes. */
export interface SchemaDifference {
  /** `unexpected`: somebody added it; an index of one's own is harmless, a trigger may not be. */
  readonly kind: 'missing' | 'changed' | 'unexpected'
  /** Such as `index claims_to_sweep` or `column claims.mac`. */
  readonly object: string
}

/**
 * Compares a live vault with the manifest of the version that this code makes.
 * @returns what differs, in order of its name; undefined for a store without a schema.
 * @throws VaultUnavailableError (retryable) if the store cannot be read.
 */
export async function compareSchema(store: ClaimStore): Promise<readonly SchemaDifference[] | undefined> {
  if (!hasSchema(store)) return undefined
  const found = await store.describeSchema()
  return differences(SCHEMA_MANIFEST[store.dialect], found)
}

function hasSchema(store: ClaimStore): store is SqlStore {
  return 'describeSchema' in store
}

function differences(expected: SchemaDescription, found: SchemaDescription): readonly SchemaDifference[] {
  const objects = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return objects.flatMap((object) => {
    const [wanted, got] = [expected[object], found[object]]
    if (wanted === got) return []
    return { kind: got === undefined ? 'missing' : wanted === undefined ? 'unexpected' : 'changed', object }
  })
}
