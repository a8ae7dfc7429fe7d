import { VaultSchemaError } from '../../errors.js'

/** Every name a vault claims for itself in a database (SQLite) or in its schema (PostgreSQL). */
export const VAULT_TABLES = [
  'schema_version',
  'vault',
  'branch_keys',
  'claims',
  'places',
  'runs',
  'threads',
  'revocations',
  'ledger',
  'ledger_claims',
] as const

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
export function checkSchema(state: SchemaState, latest: number): number {
  const { tables, version } = state
  if (version === undefined) {
    if (tables.length === 0) return 0
    throw new VaultSchemaError(
      `This database already has tables that are not a vault's (${tables.join(', ')}). Give the vault a database or schema of its own.`,
    )
  }
  if (version > latest) {
    throw new VaultSchemaError(
      `The vault has schema version ${version}, and this langgraph-secret-safe knows versions up to ${latest}. Upgrade the package; a vault is never downgraded.`,
    )
  }
  return version
}
