import { existsSync } from 'node:fs'
import path from 'node:path'
import { loadConfig } from '../config/load-config.js'
import { ConfigError } from '../errors.js'
import type { ClaimStore } from '../vault/claim-store.js'
import { DEFAULT_VAULT_ADDRESS, storeAt } from '../vault/store-address.js'

/** Options of every command. */
export interface GlobalOptions {
  readonly vault?: string
  readonly tenant?: string
  readonly config?: string
}

/** Which vault a command works on. */
export interface Target {
  readonly address: string
  readonly tenant: string
  /** Addresses of key providers, and of the key store, as the configuration has them. */
  readonly keys: string | undefined
  readonly keyStore: string | undefined
  /** The configuration file that was read, if any. */
  readonly configFile: string | undefined
}

/** An option goes before the environment, and that before the configuration file, as in `secretSafe`. */
export function targetOf(options: GlobalOptions): Target {
  const { file, config } = loadConfig({ file: options.config })
  const address = options.vault ?? (process.env.SECRET_SAFE_VAULT?.trim() || config.vault?.address)
  return {
    address: address ?? DEFAULT_VAULT_ADDRESS,
    tenant: options.tenant ?? config.vault?.tenant ?? 'default',
    keys: config.vault?.keys,
    keyStore: config.vault?.keyStore,
    configFile: file,
  }
}

/**
 * The store of a vault that exists: a mistyped address makes no new vault.
 * @throws ConfigError, DependencyError, VaultUnavailableError, VaultSchemaError
 */
export async function openStore({ address }: Target): Promise<ClaimStore> {
  const file = sqliteFileOf(address)
  if (file !== undefined && !existsSync(file)) {
    throw new ConfigError(`There is no vault at ${path.resolve(file)}. Name it with --vault or SECRET_SAFE_VAULT.`)
  }
  const store = await storeAt(address)
  try {
    await store.setup()
    if ((await store.readVault()) !== undefined) return store
    throw new ConfigError('This database holds no vault yet. A vault is made by the first process that writes to it.')
  } catch (error) {
    // A connection that tries again and again would keep the process from its end.
    await store.close()
    throw error
  }
}

/** The file of a SQLite vault's address; undefined for any other kind. */
export function sqliteFileOf(address: string): string | undefined {
  return /^(?:sqlite:(?:\/\/(?=\/))?)?(?![a-z][a-z0-9+.-]+:)(.+)$/i.exec(address)?.[1]
}
