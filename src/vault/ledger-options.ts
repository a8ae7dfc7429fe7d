import { readFileSync } from 'node:fs'
import { foreignCode, KeyInvalidError } from '../errors.js'
import type { LedgerAnchor } from '../ledger/anchors.js'
import { ChainWriter } from '../ledger/chain-writer.js'
import type { LedgerRollback } from '../ledger/head-keeper.js'
import { parseAuditorPublicKey, parseSigningKey } from '../ledger/ledger-keys.js'
import { ed25519Signer, hmacSigner, type RootSigner } from '../ledger/root.js'
import type { LedgerSink } from '../ledger/sinks/ledger-sink.js'
import { openTelemetry } from '../ledger/telemetry.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { readKeyFile } from '../seal/keys/key-file.js'
import type { ClaimStore } from './claim-store.js'
import type { NamingKeys } from './naming-keys.js'
import type { VaultContext } from './vault-context.js'

export interface LedgerOptions {
  /**
   * PEM (SPKI) of an auditor's X25519 public key; the file that `SECRET_SAFE_LEDGER_AUDITOR_KEY` names, unless told.
   * Without one, whoever holds the key-encryption key can sign records anew.
   */
  readonly auditorKey?: string
  /**
   * PEM (PKCS#8) of an Ed25519 private key that signs roots; the file (mode 0600) that `SECRET_SAFE_LEDGER_SIGNING_KEY`
   * names, unless told. Without one, roots are sealed by a key that every process of the vault holds.
   */
  readonly signingKey?: string
  /** Seals what is older than a minute, every so many ms, by an unref'd timer; not unless told. */
  readonly sealEveryMs?: number
  /** Where each root is kept outside of the database. */
  readonly anchors?: readonly LedgerAnchor[]
  /** Where events go besides the claim store; what a sink misses while it is down comes later. */
  readonly sinks?: readonly LedgerSink[]
  /** How often sinks are looked after; 1,000 ms unless told. */
  readonly sinkEveryMs?: number
  /** Spans and metrics by `@opentelemetry/api`, with ids only; off unless told, and when it is not installed. */
  readonly telemetry?: boolean
  /** Called when the store holds an older state of this vault's chain than was left there: a restored backup. */
  readonly onRollback?: (rollback: LedgerRollback) => void | Promise<void>
}

interface LedgerParts {
  readonly store: ClaimStore
  readonly keys: KeyProvider
  readonly naming: NamingKeys
  readonly options: LedgerOptions
  /** What the vault itself does about a rollback: nobody knows what was claimed since that backup. */
  readonly suspend: () => Promise<void>
}

/** @throws KeyInvalidError for an auditor's key that is none. */
export async function openLedger({
  store,
  keys,
  naming,
  options,
  suspend,
}: LedgerParts): Promise<Pick<VaultContext, 'ledger' | 'telemetry'>> {
  const pem = options.auditorKey ?? fromFile('SECRET_SAFE_LEDGER_AUDITOR_KEY', readPublicFile)
  const ledger = new ChainWriter({
    store,
    keys,
    vaultId: naming.vaultId,
    auditor: pem === undefined ? undefined : parseAuditorPublicKey(pem),
    registrationMac: (bytes) => naming.ledgerMac('writer', bytes),
    readClock: () => readClock(store),
    onRollback: async (rollback) => {
      await Promise.allSettled([suspend(), options.onRollback?.(rollback)])
    },
  })
  const telemetry = options.telemetry === true ? await openTelemetry() : undefined
  return { ledger, ...(telemetry === undefined ? {} : { telemetry }) }
}

/** @throws KeyInvalidError for a signing key that is none, or whose file others may read. */
export function rootSigner(naming: NamingKeys, options: LedgerOptions): RootSigner {
  const pem = options.signingKey ?? fromFile('SECRET_SAFE_LEDGER_SIGNING_KEY', readKeyFile)
  return pem === undefined
    ? hmacSigner(naming.namingKeyId, (bytes) => naming.ledgerMac('root', bytes))
    : ed25519Signer(parseSigningKey(pem))
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

function fromFile(variable: string, read: (file: string) => string): string | undefined {
  const file = process.env[variable]?.trim()
  return file ? read(file) : undefined
}

function readPublicFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = foreignCode(error)?.code ?? 'unknown'
    throw new KeyInvalidError(`The key file ${file} could not be opened (${code}).`)
  }
}
