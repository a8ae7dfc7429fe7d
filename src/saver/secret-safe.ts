import type { Authorizer } from '../access/authorizer.js'
import { processUser } from '../access/process-user.js'
import type { SecretSafeConfig } from '../config/config.js'
import { detectorOf } from '../config/detector-of.js'
import { loadConfig } from '../config/load-config.js'
import { policyOf } from '../config/policy-of.js'
import { validateConfig } from '../config/validate.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { keyStoreFrom } from '../vault/keys/key-store-address.js'
import { DEFAULT_VAULT_ADDRESS, storeAt } from '../vault/store-address.js'
import type { SecretSafeSaverOptions } from './options.js'
import type { AnySaver } from './saver-call.js'
import { SecretSafeSaver } from './secret-safe-saver.js'

/** What the environment and the configuration file supply by default. */
export interface SecretSafeOptions extends Partial<SecretSafeSaverOptions> {
  /** `postgres://…`, `sqlite:path` or a path; `SECRET_SAFE_VAULT`, the configuration, else `./secret-safe.db`, unless told. */
  readonly vaultAddress?: string
  /** The configuration's, else `'default'`, unless told. */
  readonly tenant?: string
  /** In place of the configuration file, for a bundle that has none beside it. */
  readonly config?: SecretSafeConfig
}

/**
 * Wraps a checkpointer in one line: `graph.compile({ checkpointer: secretSafe(inner) })`. Synchronous; the vault opens
 * with the first call. An option goes before the environment (`SECRET_SAFE_VAULT`), and that before the configuration
 * file. The key comes from `SECRET_SAFE_KEY` or `SECRET_SAFE_KEY_FILE`, or from the provider that
 * `SECRET_SAFE_KEY_PROVIDER` names; this process is the principal, and the configuration's policy decides.
 * @throws KeyInvalidError at once when there is no key: there is no plaintext fallback. ConfigError for a configuration
 * file that cannot be used.
 */
export function secretSafe<Inner extends AnySaver>(
  inner: Inner,
  options: SecretSafeOptions = {},
): SecretSafeSaver<Inner> {
  const { vaultAddress, tenant, config: given, ...rest } = options
  const config = given === undefined ? loadConfig().config : validateConfig(given, { name: 'the config option' })
  return new SecretSafeSaver(inner, {
    principal: { sub: `process:${processUser()}` },
    ...config.saver,
    ...(config.detector === undefined ? {} : { detector: detectorOf(config) }),
    ...rest,
    vault: rest.vault ?? lazyVault(config.vault ?? {}, vaultAddress, tenant, policyOf(config)),
  })
}

function lazyVault(
  config: NonNullable<SecretSafeConfig['vault']>,
  vaultAddress: string | undefined,
  tenant: string | undefined,
  authorizer: Authorizer | undefined,
): () => Promise<ClaimVault> {
  const { address, keys: configured, keyStore: keysAt, ...limits } = config
  const keys = keyProviderFrom(configured)
  const at = vaultAddress ?? (process.env.SECRET_SAFE_VAULT?.trim() || address || DEFAULT_VAULT_ADDRESS)
  return async () => {
    const keyStore = await keyStoreFrom({ configured: keysAt, claims: at })
    const store = await storeAt(at)
    try {
      return await ClaimVault.open({
        store,
        keys,
        ...limits,
        ...(keyStore === undefined ? {} : { keyStore }),
        ...(tenant === undefined ? {} : { tenant }),
        ...(authorizer === undefined ? {} : { authorizer }),
      })
    } catch (error) {
      // The next call opens stores of its own; these would keep their connections.
      await Promise.all([store.close(), keyStore?.close()])
      throw error
    }
  }
}
