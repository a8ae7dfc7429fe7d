import {
  foreignCode,
  SecretSafeError,
  VaultReadOnlyError,
  VaultSchemaError,
  VaultUnavailableError,
} from '../../errors.js'

/** Primary result codes, https://www.sqlite.org/rescode.html */
const PRIMARY: Readonly<Record<number, string>> = {
  5: 'BUSY',
  6: 'LOCKED',
  8: 'READONLY',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  19: 'CONSTRAINT',
  26: 'NOTADB',
}

/** `node:sqlite` gives a number in `errcode`, better-sqlite3 a name such as `SQLITE_IOERR_WRITE` in `code`. */
export function sqlitePrimaryCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return PRIMARY[error.errcode & 0xff] ?? 'ERROR'
  return foreignCode(error)?.code.match(/^SQLITE_([A-Z]+)/)?.[1]
}

/** Only the code of a foreign error is kept: its message may quote SQL and values. */
export function mapSqliteError(error: unknown): SecretSafeError {
  if (error instanceof SecretSafeError) return error
  const primary = sqlitePrimaryCode(error)
  const cause = primary === undefined ? foreignCode(error) : { code: `SQLITE_${primary}` }
  switch (primary) {
    case 'READONLY':
      return new VaultReadOnlyError({ cause })
    case 'NOTADB':
    case 'CORRUPT':
      return new VaultSchemaError('The vault file is not a SQLite database, or it is damaged.', { cause })
    case 'BUSY':
    case 'LOCKED':
      return new VaultUnavailableError('The vault file is locked by another process.', { cause })
    case 'FULL':
      return new VaultUnavailableError('The disk of the vault file is full.', { cause })
    default:
      return new VaultUnavailableError('The vault file could not be read or written.', { cause })
  }
}
