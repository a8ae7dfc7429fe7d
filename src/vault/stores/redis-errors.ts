import {
  ConfigError,
  foreignCode,
  SecretSafeError,
  VaultReadOnlyError,
  VaultSchemaError,
  VaultUnavailableError,
} from '../../errors.js'
import { SCHEMA_REFUSED } from './redis-script.js'

/** What was being done, where the same refusal means different things. */
export type RedisAccess = 'read' | 'write' | 'setup'

const UNAVAILABLE: Readonly<Record<string, string>> = {
  OOM: 'The vault Redis has no memory left.',
  MISCONF: 'The vault Redis cannot write to its disk.',
  NOREPLICAS: 'The vault Redis has too few replicas to accept a write.',
  LOADING: 'The vault Redis is still loading its data.',
  BUSY: 'The vault Redis is busy with a script.',
}

/** The first word of an error reply, such as `READONLY`, or the code of a failed connection. */
export function redisCode(error: unknown): { readonly code: string } | undefined {
  const known = foreignCode(error)
  if (known !== undefined) return known
  if (!(error instanceof Error)) return undefined
  // Redis answers a plain ERR when a script meets what its user may not do.
  if (error.message.includes('The user executing the script')) return { code: 'NOPERM' }
  const word = /^[A-Z]{2,}\b/.exec(error.message)?.[0]
  return word === undefined ? undefined : { code: word }
}

/** Only the code of a foreign error is kept: its message may quote what was sent, or where to. */
export function mapRedisError(error: unknown, access: RedisAccess): SecretSafeError {
  if (error instanceof SecretSafeError) return error
  const cause = redisCode(error)
  switch (cause?.code) {
    case 'READONLY':
      return new VaultReadOnlyError({ cause })
    case 'NOPERM':
      if (access === 'write') return new VaultReadOnlyError({ cause })
      return new ConfigError(
        "The vault's Redis user lacks a permission. Let it run scripts, INFO and data commands on the vault's keys.",
        { cause },
      )
    case 'NOAUTH':
    case 'WRONGPASS':
      return new ConfigError('The vault Redis refused the connection: wrong or missing user or password.', { cause })
    case 'WRONGTYPE':
      return new VaultSchemaError("Keys under the vault's prefix hold something else. Give the vault its own prefix.", {
        cause,
      })
    case SCHEMA_REFUSED:
      return new VaultSchemaError(
        'This Redis holds no vault of this version: it was never set up, lost its data, or was upgraded. Restore it, or await setup().',
        { cause },
      )
    default:
      return new VaultUnavailableError(
        UNAVAILABLE[cause?.code ?? ''] ?? 'The vault Redis could not be reached, or it broke off.',
        { cause },
      )
  }
}

/** Does not quote it: it holds a password. */
export function invalidRedisUrl(): ConfigError {
  return new ConfigError('A Redis vault is given as "redis://user:password@host:6379/0", or rediss:// for TLS.')
}
