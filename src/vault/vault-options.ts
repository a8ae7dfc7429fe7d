import type { Authorizer } from '../access/authorizer.js'
import type { Principal } from '../access/principal.js'
import type { KeyProvider } from '../seal/key-provider.js'
import type { ApprovalOptions } from './approvals/approval-notices.js'
import type { ClaimStore } from './claim-store.js'
import type { KeyStore } from './key-store.js'
import type { LedgerOptions } from './ledger-options.js'
import type { QuotaOptions } from './quotas.js'
import type { RefreshOptions } from './refresher.js'

/** Who asks. */
export interface By {
  readonly principal: Principal
}

export interface ClaimVaultOptions {
  readonly store: ClaimStore
  readonly keys: KeyProvider
  /** Where branch keys are kept; the claim store unless told. In a store of their own, backups of claims hold no keys. */
  readonly keyStore?: KeyStore
  /** One vault serves one tenant; `'default'` unless told. */
  readonly tenant?: string
  /** Same tenant and allow list unless told. */
  readonly authorizer?: Authorizer
  /** `auto` clears ended claims every minute or so by an unref'd timer; `manual` leaves it to `vault.sweep()`. */
  readonly sweep?: 'auto' | 'manual'
  /** The hard cap: nothing lives longer, however often it slides. 365 days unless told. */
  readonly maxTtlMs?: number
  /** Larger secrets are refused with `LimitError`; 1 MiB unless told. */
  readonly maxSecretBytes?: number
  /** How many claims may exist at once; nothing is stored beyond. */
  readonly quotas?: QuotaOptions
  /** Supplies a fresh credential shortly before one that is restored ends, or after. */
  readonly refresh?: RefreshOptions
  /** Who is told of requests for approval. */
  readonly approvals?: ApprovalOptions
  /** Who can check the ledger, and where it goes besides the claim store. */
  readonly ledger?: LedgerOptions
}
