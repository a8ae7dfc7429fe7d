import { ConfigError } from '../errors.js'
import { parseAnchors } from '../ledger/anchors.js'
import { parseAuditorPrivateKey, parseVerifyingKey } from '../ledger/ledger-keys.js'
import type { LedgerReport } from '../ledger/ledger-report.js'
import { verifyLedger } from '../ledger/verify-ledger.js'
import type { KeyProvider } from '../seal/key-provider.js'
import type { ClaimStore } from './claim-store.js'
import { openNamingKeys } from './open-naming-keys.js'

export interface VerifyLedgerOptions {
  /** PEM (PKCS#8) of auditors' X25519 private keys, where chains are sealed to them. */
  readonly auditorKeys?: readonly string[]
  /** PEM of the Ed25519 public keys by which roots must be signed; none is trusted unless told. */
  readonly signingKeys?: readonly string[]
  /** Text of a file that `fileAnchor` wrote. */
  readonly anchors?: string
}

/**
 * Checks the whole ledger of a store, every tenant's, and writes nothing.
 * @param keys undefined for an auditor who does not hold the vault's keys.
 * @throws KeyInvalidError, KeyMismatchError, KeyProviderError, ConfigError, VaultUnavailableError
 */
export async function verifyStore(
  store: ClaimStore,
  keys: KeyProvider | undefined,
  options: VerifyLedgerOptions,
): Promise<LedgerReport> {
  const vaultId = (await store.readVault())?.vaultId
  if (vaultId === undefined) throw new ConfigError('This database holds no vault yet.')
  const naming = keys === undefined ? undefined : await openNamingKeys(store, keys)
  return verifyLedger({
    store,
    vaultId,
    keys,
    auditors: (options.auditorKeys ?? []).map(parseAuditorPrivateKey),
    registrationMac: naming && ((bytes) => naming.ledgerMac('writer', bytes)),
    signers: (options.signingKeys ?? []).map(parseVerifyingKey),
    rootMac: naming && ((bytes) => naming.ledgerMac('root', bytes)),
    anchored: options.anchors === undefined ? [] : parseAnchors(options.anchors, vaultId),
  })
}
