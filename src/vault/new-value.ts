import { InputError, LimitError } from '../errors.js'
import { equalBytes } from '../seal/bytes.js'
import { openRow, sealRow, windowOf } from './claim-row.js'
import type { ClaimRow } from './claim-store.js'
import { jwtExpiry } from './credential-expiry.js'
import { decodePayload, encodePayload, type Payload } from './payload.js'
import type { VaultContext } from './vault-context.js'

/** What takes the place of a claim's value. */
export interface NewValue {
  readonly value: string | Uint8Array
  readonly fingerprint: Uint8Array
  /** Ms since the epoch; undefined to take it from the value where it says so. */
  readonly credentialExpiresAt: number | null | undefined
}

/** Undefined once the claim was cleared. @throws EnvelopeError */
export async function openedPayload(vault: VaultContext, row: ClaimRow): Promise<Payload | undefined> {
  if (row.sealed === null) return undefined
  const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
  return key === undefined ? undefined : decodePayload(openRow(vault.naming, key, row, row.sealed))
}

/** True when the claim holds the secret alone and as it is. */
export function isPlain({ naming }: VaultContext, row: ClaimRow, payload: Payload): boolean {
  const content = contentOf(payload)
  return (
    content !== undefined && row.fingerprint !== null && equalBytes(naming.fingerprint(content, row), row.fingerprint)
  )
}

function contentOf(payload: Payload): string | Uint8Array | undefined {
  if (payload.kind === 'text') return payload.text
  if (payload.kind === 'bytes') return payload.bytes
  const value: unknown = JSON.parse(payload.json)
  return typeof value === 'string' ? value : undefined
}

/** The new value in the shape of the old one, so that a checkpoint gets back what it can hold. */
function inShapeOf(row: ClaimRow, old: Payload | undefined, value: string | Uint8Array): Payload {
  if (row.mode !== 'resume' || old === undefined)
    return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'bytes', bytes: value }
  if (old.kind === 'bytes') return { kind: 'bytes', bytes: typeof value === 'string' ? Buffer.from(value) : value }
  if (typeof value !== 'string') throw new InputError('This claim stands for text; its new value is text too.')
  if (old.kind === 'text') return { kind: 'text', text: value }
  if (contentOf(old) === undefined)
    throw new InputError('This claim stands for a structured value, which cannot be replaced.')
  return { kind: old.kind, json: JSON.stringify(value) }
}

/**
 * The row with another value under its own id. A `resume` claim slides from now; a handoff's count and end stay.
 * @throws InputError for a claim that holds no text, LimitError
 */
export async function sealNewValue(
  vault: VaultContext,
  row: ClaimRow,
  old: Payload | undefined,
  next: NewValue,
  now: number,
): Promise<{ readonly row: ClaimRow; readonly expectedMac: Uint8Array }> {
  const payload = encodePayload(inShapeOf(row, old, next.value))
  const { maxSecretBytes, maxTtlMs } = vault.limits
  if (payload.length > maxSecretBytes)
    throw new LimitError(`The new value is over maxSecretBytes (${maxSecretBytes}); the old value stands.`)
  const credentialExpiresAt = next.credentialExpiresAt === undefined ? jwtExpiry(next.value) : next.credentialExpiresAt
  const slides = row.mode === 'resume'
  const capAt = slides && row.capAt !== null ? now + maxTtlMs : row.capAt
  const bound = Math.min(row.expiresAt ?? Number.POSITIVE_INFINITY, credentialExpiresAt ?? Number.POSITIVE_INFINITY)
  const branchKey = await vault.branchKeys.forWindow(row.tenant, windowOf(capAt))
  const { mac: expectedMac, sealed: _, sealedMetadata, sweepAt: __, ...fields } = row
  const changed = {
    ...fields,
    generation: row.generation + 1,
    branchKeyId: branchKey.id,
    createdAt: slides ? now : row.createdAt,
    expiresAt: row.expiresAt === null ? null : slides ? credentialExpiresAt : bound,
    capAt,
    credentialExpiresAt,
    fingerprint: next.fingerprint,
  }
  const metadata = sealedMetadata === null ? null : await openedMetadata(vault, row, sealedMetadata)
  return { row: sealRow(vault.naming, branchKey.key, changed, payload, metadata), expectedMac }
}

async function openedMetadata(
  vault: VaultContext,
  row: ClaimRow,
  sealedMetadata: Uint8Array,
): Promise<Uint8Array | null> {
  const key = (await vault.branchKeys.byIds([row.branchKeyId])).get(row.branchKeyId)
  return key === undefined ? null : openRow(vault.naming, key, row, sealedMetadata, 'metadata')
}
