import { hostname, userInfo } from 'node:os'
import type { Principal } from '../access/principal.js'
import { KeyRing } from '../seal/keys/key-ring.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { DEFAULT_VAULT_ADDRESS, storeAt } from '../vault/store-address.js'
import type { SecretSafeSaverOptions } from './options.js'
import type { AnySaver } from './saver-call.js'
import { SecretSafeSaver } from './secret-safe-saver.js'

/** What the environment and the configuration file supply by default. */
export interface SecretSafeOptions extends Partial<SecretSafeSaverOptions> {
  /** `postgres://…`, `sqlite:path` or a path; `SECRET_SAFE_VAULT`, else `./secret-safe.db`, unless told. */
  readonly vaultAddress?: string
  /** `'default'` unless told. */
  readonly tenant?: string
}

/**
 * Wraps a checkpointer in one line: `graph.compile({ checkpointer: secretSafe(inner) })`. Synchronous; the vault opens
 * with the first call. Its address comes from `SECRET_SAFE_VAULT`, its key from `SECRET_SAFE_KEY`, and this process is
 * the principal.
 * @throws KeyInvalidError at once when there is no key: there is no plaintext fallback.
 */
export function secretSafe<Inner extends AnySaver>(
  inner: Inner,
  options: SecretSafeOptions = {},
): SecretSafeSaver<Inner> {
  const { vaultAddress, tenant, ...rest } = options
  return new SecretSafeSaver(inner, {
    vault: rest.vault ?? vaultFromEnv(vaultAddress, tenant),
    principal: processPrincipal(),
    ...rest,
  })
}

function vaultFromEnv(address: string | undefined, tenant: string | undefined): () => Promise<ClaimVault> {
  const keys = KeyRing.fromEnv()
  const at = address ?? (process.env.SECRET_SAFE_VAULT?.trim() || DEFAULT_VAULT_ADDRESS)
  return async () => ClaimVault.open({ store: await storeAt(at), keys, ...(tenant === undefined ? {} : { tenant }) })
}

/** The operating system's user on this host. */
function processPrincipal(): Principal {
  return { sub: `process:${userName()}@${hostname()}` }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a uid that has no passwd entry.
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}
