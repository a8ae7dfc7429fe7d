import type { KeyObject } from 'node:crypto'
import { KeyProviderError } from '../errors.js'
import { concat, encodeParts, equalBytes, utf8 } from '../seal/bytes.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { CHAIN_KEY_BYTES } from './chain-keys.js'
import { hpkeOpen, hpkeSeal } from './hpke.js'
import type { AuditorPublicKey } from './ledger-keys.js'
import type { LedgerWriterRow } from './ledger-store.js'

const MAC_BYTES = 32
const INFO = utf8('secret-safe ledger first key v1')

type SealedFirstKey = Pick<LedgerWriterRow, 'keyId' | 'sealedTo' | 'sealedKey'>

export interface FirstKeySealer {
  readonly vaultId: string
  readonly keys: KeyProvider
  /** Without one, whoever holds the KEK can sign a chain anew. */
  readonly auditor: AuditorPublicKey | undefined
  /** HMAC by a key of the vault's: anyone can seal to a public key, only the vault's processes may begin a chain. */
  readonly registrationMac: (bytes: Uint8Array) => Uint8Array
}

/** Seals a chain's first key to the auditor, or else wraps it by the KEK. @throws KeyProviderError */
export async function sealFirstKey(
  { vaultId, keys, auditor, registrationMac }: FirstKeySealer,
  writer: string,
  startedAt: number,
  firstKey: Uint8Array,
): Promise<SealedFirstKey> {
  const context = firstKeyContext(vaultId, writer, startedAt)
  if (auditor !== undefined) {
    const sealed = hpkeSeal(auditor.key, firstKey, { info: INFO, aad: context })
    const sealedKey = concat([sealed, registrationMac(encodeParts([context, sealed]))])
    return { keyId: auditor.id, sealedTo: 'auditor', sealedKey }
  }
  const { keyId, bytes } = await keys.wrap(firstKey, context)
  return { keyId, sealedTo: 'kek', sealedKey: bytes }
}

export interface FirstKeyOpener {
  readonly vaultId: string
  readonly keys: KeyProvider | undefined
  readonly auditors: readonly { readonly id: string; readonly privateKey: KeyObject }[]
  /** Undefined for an auditor who does not hold the vault's keys: who began a chain is not checked then. */
  readonly registrationMac: ((bytes: Uint8Array) => Uint8Array) | undefined
}

/**
 * @returns the chain's first key; `'absent'` when the key that it is sealed to is not at hand, `'damaged'` when it is and
 * does not open it.
 * @throws KeyProviderError (retryable) when the key service does not answer.
 */
export async function openFirstKey(
  { vaultId, keys, auditors, registrationMac }: FirstKeyOpener,
  row: Pick<LedgerWriterRow, 'writer' | 'startedAt' | keyof SealedFirstKey>,
): Promise<Uint8Array | 'absent' | 'damaged'> {
  const context = firstKeyContext(vaultId, row.writer, row.startedAt)
  if (row.sealedTo === 'auditor') {
    const auditor = auditors.find(({ id }) => id === row.keyId)
    const sealed = row.sealedKey.subarray(0, -MAC_BYTES)
    const mac = registrationMac?.(encodeParts([context, sealed]))
    if (mac !== undefined && !equalBytes(mac, row.sealedKey.subarray(-MAC_BYTES))) return 'damaged'
    if (auditor === undefined) return 'absent'
    return checked(hpkeOpen(auditor.privateKey, sealed, { info: INFO, aad: context }))
  }
  if (keys === undefined) return 'absent'
  try {
    const key = await keys.unwrap({ keyId: row.keyId, bytes: row.sealedKey }, context)
    return key === null ? 'absent' : checked(key)
  } catch (error) {
    if (error instanceof KeyProviderError && !error.retryable) return 'damaged'
    throw error
  }
}

const checked = (key: Uint8Array | undefined): Uint8Array | 'damaged' =>
  key?.length === CHAIN_KEY_BYTES ? key : 'damaged'

/** Bound to its writer, or one writer's row could stand for another's. */
function firstKeyContext(vaultId: string, writer: string, startedAt: number): Uint8Array {
  return encodeParts(['secret-safe ledger writer v1', vaultId, writer, startedAt])
}
