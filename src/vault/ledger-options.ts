import { ChainWriter } from '../ledger/chain-writer.js'
import type { LedgerRollback } from '../ledger/head-keeper.js'
import { parseAuditorPublicKey } from '../ledger/ledger-keys.js'
import type { KeyProvider } from '../seal/key-provider.js'
import type { ClaimStore } from './claim-store.js'
import type { NamingKeys } from './naming-keys.js'
import type { VaultContext } from './vault-context.js'

export interface LedgerOptions {
  /**
   * PEM (SPKI) of an auditor's X25519 public key; the file that `SECRET_SAFE_LEDGER_AUDITOR_KEY` names, unless told.
   * Without one, whoever holds the key-encryption key can sign records anew.
   */
  readonly auditorKey?: string
  /** Called when the store holds an older state of this vault's chain than was left there: a restored backup. */
  readonly onRollback?: (rollback: LedgerRollback) => void | Promise<void>
}

interface LedgerParts {
  readonly store: ClaimStore
  readonly keys: KeyProvider
  readonly naming: NamingKeys
  readonly options: LedgerOptions
}

/** @throws KeyInvalidError for an auditor's key that is none. */
export async function openLedger({ store, keys, naming, options }: LedgerParts): Promise<Pick<VaultContext, 'ledger'>> {
  const pem = options.auditorKey
  const ledger = new ChainWriter({
    store,
    keys,
    vaultId: naming.vaultId,
    auditor: pem === undefined ? undefined : parseAuditorPublicKey(pem),
    registrationMac: (bytes) => naming.ledgerMac('writer', bytes),
    readClock: () => readClock(store),
    ...(options.onRollback === undefined ? {} : { onRollback: options.onRollback }),
  })
  return { ledger }
}

/** The store's clock, ms since the epoch. */
export async function readClock(store: ClaimStore): Promise<number> {
  return (await store.load({ tenant: '', threadId: '', ids: [], places: [], revocations: [] })).now
}

/** Writes the counts of denials that were held back. A store that is gone takes them along: closing must not fail. */
export async function flushHeld(vault: VaultContext): Promise<void> {
  const events = vault.ledger.held()
  if (events.length === 0) return
  await vault.ledger
    .record(
      (link) => vault.store.commit({ events: link(events) }),
      ({ committed }) => committed,
    )
    .catch(() => undefined)
}
