import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../../errors.js'
import type { KeyStore } from '../key-store.js'
import { storeAt } from '../store-address.js'

export interface KeyStoreAddress {
  /** From a configuration; `SECRET_SAFE_KEY_STORE` goes before it. */
  readonly configured: string | undefined
  /** Where the claims are. */
  readonly claims: string
  /** A file that is not there is refused, for commands: only a process that writes makes one. */
  readonly mustExist?: boolean
}

/**
 * The store of the vault's keys that the environment names; undefined for the claim store. An address is one of a claim
 * store. One key store serves one vault.
 * @throws ConfigError for the address of the claims themselves; DependencyError when a driver is missing.
 */
export async function keyStoreFrom(
  { configured, claims, mustExist = false }: KeyStoreAddress,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<KeyStore | undefined> {
  const address = env.SECRET_SAFE_KEY_STORE?.trim() || configured
  if (address === undefined) return undefined
  const [keysAt, claimsAt] = [address, claims].map(placeOf)
  if (keysAt === claimsAt) {
    throw new ConfigError('The key store is the claim store. Leave it out, or name another database or file.')
  }
  if (mustExist && path.isAbsolute(keysAt!) && !existsSync(keysAt!)) {
    throw new ConfigError(
      `There is no key store at ${keysAt}. It is made by the first process that writes to the vault.`,
    )
  }
  return storeAt(address)
}

/** The full path of an SQLite file; any other address as it is. */
function placeOf(address: string): string {
  const file = /^(?:sqlite:(?:\/\/(?=\/))?)?(?![a-z][a-z0-9+.-]+:)(.+)$/i.exec(address)?.[1]
  return file === undefined ? address : path.resolve(file)
}
