import { sameTenantAuthorizer } from '../access/authorizer.js'
import { InputError } from '../errors.js'
import { ApprovalNotices } from './approvals/approval-notices.js'
import { BranchKeys } from './branch-keys.js'
import { DAY_MS } from './claim-row.js'
import { checkKeyStore, noteKeyStore } from './keys/key-store-note.js'
import { openLedger } from './ledger-options.js'
import { openNamingKeys } from './open-naming-keys.js'
import { Quotas } from './quotas.js'
import { Refresher } from './refresher.js'
import { SeenClaims } from './seen-claims.js'
import { suspendHandoffs } from './suspend.js'
import type { VaultContext } from './vault-context.js'
import type { ClaimVaultOptions } from './vault-options.js'

const DEFAULT_MAX_TTL_MS = 365 * DAY_MS
const DEFAULT_MAX_SECRET_BYTES = 1024 * 1024

/** Sets the stores up and loads the vault's keys. @throws as `ClaimVault.open` does. */
export async function openContext(options: ClaimVaultOptions): Promise<VaultContext> {
  const { store, keys, keyStore = store } = options
  const { maxTtlMs = DEFAULT_MAX_TTL_MS, maxSecretBytes = DEFAULT_MAX_SECRET_BYTES } = options
  if (options.tenant === '') throw new InputError('A tenant is a non-empty string.')
  const quotas = new Quotas(store, options.quotas)
  const refresher = options.refresh === undefined ? {} : { refresher: new Refresher(options.refresh) }
  await store.setup()
  if (keyStore !== store) await keyStore.setup()
  const naming = await openNamingKeys(store, keys)
  await checkKeyStore(store, keyStore, naming.vaultId)
  const context: VaultContext = {
    store,
    naming,
    branchKeys:
      keyStore === store
        ? new BranchKeys([store], keys, naming.vaultId)
        : new BranchKeys([keyStore, store], keys, naming.vaultId, () => noteKeyStore(store, keyStore, naming.vaultId)),
    authorizer: options.authorizer ?? sameTenantAuthorizer,
    limits: { maxTtlMs, maxSecretBytes },
    quotas,
    seen: new SeenClaims(),
    approvals: new ApprovalNotices(naming, options.approvals ?? {}),
    ...refresher,
    ...(await openLedger({
      store,
      keys,
      naming,
      options: options.ledger ?? {},
      suspend: () => suspendHandoffs(context, options.tenant ?? 'default', 'restored backup', null),
    })),
  }
  return context
}
