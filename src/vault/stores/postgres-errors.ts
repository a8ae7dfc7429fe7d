import {
  ConfigError,
  foreignCode,
  LimitError,
  SecretSafeError,
  VaultReadOnlyError,
  VaultSchemaError,
  VaultUnavailableError,
} from '../../errors.js'
import { repeatedLink } from './check-commit.js'

/** What was being done, where the same refusal means different things. */
export type PostgresAccess = 'read' | 'write' | 'setup'

/** Raised by the function `commit_guard` of our schema. */
export const COMMIT_REFUSED = 'SSC01'
const FOREIGN_KEY_VIOLATION = '23503'
/** Of the ledger's links alone: every other insert says what to do when its key is taken. */
const UNIQUE_VIOLATION = '23505'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  '40001': 'The commit met another one and was undone.',
  '40P01': 'The commit met another one and was undone.',
  '53100': 'The disk of the vault database is full.',
  '53300': 'The vault database has no connection left.',
  '55P03': 'A lock in the vault database was not granted in time.',
  '57014': 'The vault database cancelled the statement, most likely for a time limit.',
}

/** True when a commit was undone because a row was not as expected, or a claim that it refers to is gone. */
export function isRefusedCommit(error: unknown): boolean {
  const code = foreignCode(error)?.code
  return code === COMMIT_REFUSED || code === FOREIGN_KEY_VIOLATION
}

/**
 * True when the server does not know a prepared statement, knows it already, or cannot use it any more: sessions are shared,
 * as by PgBouncer, or a table has changed. Nothing has been done then.
 */
export function isNameRefused(error: unknown): boolean {
  const code = foreignCode(error)?.code
  return code === '26000' || code === '42P05' || code === '0A000'
}

/** True when the server undid all of it because two transactions met; the same may succeed at once. */
export function isUndone(error: unknown): boolean {
  const code = foreignCode(error)?.code
  return code === '40001' || code === '40P01'
}

/**
 * True when the connection may be used again: the server answered and stays. By code, because `severity` is translated.
 * Gone after: 08 connection, 25P03 and 25P04 time limits, 28 login, 57P shutdown, 58 and XX broken server.
 */
export function isUsableAfter(error: unknown): boolean {
  const code = foreignCode(error)?.code ?? ''
  return /^(?=.*\d)[0-9A-Z]{5}$/.test(code) && !/^(08|25P0[34]|28|57P|58|XX)/.test(code)
}

/** Only the code of a foreign error is kept: its message, detail and parameters quote what was stored. */
export function mapPostgresError(error: unknown, access: PostgresAccess): SecretSafeError {
  if (error instanceof SecretSafeError) return error
  const cause = foreignCode(error)
  const code = cause?.code ?? ''
  if (code === '25006') return new VaultReadOnlyError({ cause })
  if (code === '42501') {
    if (access === 'write') return new VaultReadOnlyError({ cause })
    return new ConfigError(
      access === 'read'
        ? "The database role may not read the vault's tables. Grant it USAGE on the schema and SELECT on its tables."
        : 'The database role may not create the vault. Let a role with CREATE on the database run setup() once.',
      { cause },
    )
  }
  if (code === 'ERR_INVALID_URL') return invalidPostgresUrl()
  if (code.startsWith('28') || code === '3D000') {
    return new ConfigError('The vault database refused the connection: wrong role, password or database name.', {
      cause,
    })
  }
  if (['42P01', '42703', '42883', '3F000'].includes(code)) {
    return new VaultSchemaError('The vault has no tables in this schema, or not all of them: await setup() first.', {
      cause,
    })
  }
  if (code === '42P07' || code === '42723') {
    return new VaultSchemaError('The schema already holds objects that are not a vault. Give the vault its own.', {
      cause,
    })
  }
  if (code === UNIQUE_VIOLATION && access === 'write') return repeatedLink()
  if (code === '54000') return new LimitError('A thread id or another name is too long for an index of PostgreSQL.')
  return new VaultUnavailableError(UNAVAILABLE[code] ?? 'The vault database could not be reached, or it broke off.', {
    cause,
  })
}

/** Does not quote it: it holds a password. */
export function invalidPostgresUrl(): ConfigError {
  return new ConfigError('A PostgreSQL vault is given as "postgres://user:password@host:5432/database".')
}
