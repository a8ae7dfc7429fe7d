import { ConfigError } from '../../errors.js'
import type { KeyStore } from '../key-store.js'
import { storeAt } from '../store-address.js'

/**
 * The key store that the environment names: `SECRET_SAFE_KEY_STORE`, else `configured`; undefined for the claim store.
 * An address is one of a claim store. One key store serves one vault.
 * @throws ConfigError for the address of the claims themselves; DependencyError when a driver is missing.
 */
export async function keyStoreFrom(
  configured: string | undefined,
  claimsAddress: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<KeyStore | undefined> {
  const address = env.SECRET_SAFE_KEY_STORE?.trim() || configured
  if (address === undefined) return undefined
  if (plain(address) === plain(claimsAddress)) {
    throw new ConfigError('The key store is the claim store. Leave it out, or name another database or file.')
  }
  return storeAt(address)
}

const plain = (address: string): string => address.replace(/^sqlite:(?:\/\/(?=\/))?/, '').replace(/^\.\//, '')
