import { VaultSchemaError } from '../../errors.js'

/** Every name a vault claims for itself in a database (SQLite) or in its schema (PostgreSQL), and since which version. */
const VERSION_OF_TABLE: Readonly<Record<string, number>> = {
  schema_version: 1,
  vault: 1,
  branch_keys: 1,
  claims: 1,
  places: 1,
  runs: 1,
  threads: 1,
  revocations: 1,
  ledger: 1,
  ledger_claims: 1,
  ledger_writers: 2,
  ledger_roots: 2,
  ledger_permit: 2,
  locks: 2,
  notes: 2,
  access_records: 3,
}

export const VAULT_TABLES: readonly string[] = Object.keys(VERSION_OF_TABLE)

/** Stands in `schema_version.app`, so that another tool's table of that name is not taken for ours. */
export const APP = 'langgraph-secret-safe'

export interface SchemaState {
  /** Those of {@link VAULT_TABLES} that exist. */
  readonly tables: readonly string[]
  /** From `schema_version`, if it is ours. */
  readonly version: number | undefined
}

/**
 * @param latest the newest version that this code knows.
 * @returns the version found, 0 for none.
 * @throws VaultSchemaError if the schema is newer, or the tables are somebody else's.
 */
export function checkSchema({ tables, version }: SchemaState, latest: number): number {
  const strangers = tables.filter((name) => version === undefined || (VERSION_OF_TABLE[name] ?? 0) > version)
  if (strangers.length > 0 && (version ?? 0) < latest) {
    throw new VaultSchemaError(
      `This database already has tables that are not a vault's (${strangers.join(', ')}). Give the vault a database or schema of its own.`,
    )
  }
  if (version === undefined) return 0
  if (version > latest) {
    throw new VaultSchemaError(
      `The vault has schema version ${version}, and this langgraph-secret-safe knows versions up to ${latest}. Upgrade the package; a vault is never downgraded.`,
    )
  }
  return version
}
