import { hkdfSync, randomBytes } from 'node:crypto'
import { encodeParts, equalBytes, hmacSha256, toBase64Url, utf8 } from '../seal/bytes.js'
import type { AccessRecord } from './access-record.js'
import type { ClaimId, ClaimRow, PlaceTag, ThreadRow } from './claim-store.js'
import { type ClaimUrlParts, formatClaimUrl } from './claim-url.js'

/** Who owns a claim. */
export interface Scope {
  readonly tenant: string
  readonly threadId: string
}

const NAME_BYTES = 16
const PURPOSES = [
  'id',
  'url',
  'fingerprint',
  'place',
  'revocation',
  'row',
  'lease',
  'seal',
  'record',
  'capability',
] as const
type Purpose = (typeof PURPOSES)[number]

/** Keyed HMAC of a decoded secret within a scope: an unkeyed hash of a weak secret could be guessed. */
export interface Fingerprinter {
  fingerprint(secret: string | Uint8Array, scope: Scope): Uint8Array
}

/**
 * The vault's names: ids, URL tags, fingerprints, places and row MACs, each under a key of its own derived from one
 * random 32-byte key. They never change during a vault's life, or its URLs would die.
 */
export class NamingKeys implements Fingerprinter {
  readonly #keys: Readonly<Record<Purpose, Uint8Array>>

  constructor(
    readonly vaultId: string,
    readonly namingKeyId: string,
    root: Uint8Array,
  ) {
    const derive = (purpose: Purpose) =>
      new Uint8Array(hkdfSync('sha256', root, utf8(vaultId), utf8(`secret-safe naming v1 ${purpose}`), 32))
    this.#keys = Object.fromEntries(PURPOSES.map((purpose) => [purpose, derive(purpose)])) as Record<
      Purpose,
      Uint8Array
    >
  }

  static random(length: number): string {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
    return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('')
  }

  /** Deterministic over {tenant, thread, stored bytes}: retries, replays and parallel writers mint one claim. */
  resumeId(scope: Scope, payload: Uint8Array): ClaimId {
    return this.#name('id', [scope.tenant, scope.threadId, payload]) as ClaimId
  }

  randomId(): ClaimId {
    return toBase64Url(randomBytes(NAME_BYTES)) as ClaimId
  }

  url(scope: Scope, id: ClaimId): string {
    const { vaultId, namingKeyId } = this
    return formatClaimUrl({ vaultId, namingKeyId, id, tag: this.#tag(scope, id) })
  }

  /** True when this vault made the URL for this scope: a filter against forgeries, not an authority. */
  owns(scope: Scope, url: ClaimUrlParts): boolean {
    if (url.vaultId !== this.vaultId || url.namingKeyId !== this.namingKeyId) return false
    return equalBytes(utf8(this.#tag(scope, url.id)), utf8(url.tag))
  }

  fingerprint(secret: string | Uint8Array, scope: Scope): Uint8Array {
    const bytes = typeof secret === 'string' ? utf8(secret) : secret
    return this.#mac('fingerprint', [scope.tenant, scope.threadId, bytes]).subarray(0, NAME_BYTES)
  }

  place(scope: Scope, channel: string, messageId: string): PlaceTag {
    return this.#name('place', [scope.tenant, scope.threadId, channel, messageId]) as PlaceTag
  }

  valueRevocation(tenant: string, secret: string | Uint8Array): string {
    return this.#name('revocation', ['value', tenant, typeof secret === 'string' ? utf8(secret) : secret])
  }

  /** Of a secret in one thread, revoked by one of its claims. */
  groupRevocation(scope: Scope, fingerprint: Uint8Array): string {
    return this.#name('revocation', ['group', scope.tenant, scope.threadId, fingerprint])
  }

  /** A value's revocation as it stands in one thread: only the value itself tells `valueRevocation`. */
  valueInThreadRevocation(scope: Scope, fingerprint: Uint8Array): string {
    return this.#name('revocation', ['value in thread', scope.tenant, scope.threadId, fingerprint])
  }

  /** Of one claim alone, whatever other claims of its secret do. */
  grantRevocation(scope: Scope, id: ClaimId): string {
    return this.#name('revocation', ['grant', scope.tenant, scope.threadId, id])
  }

  /** Of a subject: a `sub`, or an `act`. */
  subjectRevocation(tenant: string, subject: string): string {
    return this.#name('revocation', ['subject', tenant, subject])
  }

  tenantRevocation(tenant: string): string {
    return this.#name('revocation', ['tenant', tenant])
  }

  /** While it stands, no handoff and no lease of the tenant is given out. */
  suspension(tenant: string): string {
    return this.#name('revocation', ['suspension', tenant])
  }

  threadRevocation(scope: Scope): string {
    return this.#name('revocation', ['thread', scope.tenant, scope.threadId])
  }

  /** Over a root that no signing key signs, or over a writer that begins a chain. */
  ledgerMac(what: 'root' | 'writer', bytes: Uint8Array): Uint8Array {
    return this.#mac('seal', [what, bytes])
  }

  leaseHolder(sub: string, act: string | undefined, runId: string | undefined): string {
    return this.#name('lease', [sub, act ?? null, runId ?? null])
  }

  claimMac(row: Omit<ClaimRow, 'mac' | 'sealed' | 'sealedMetadata' | 'fingerprint' | 'sweepAt'>): Uint8Array {
    return this.#mac('row', [
      'claim',
      row.id,
      row.tenant,
      row.threadId,
      row.mode,
      row.state,
      row.generation,
      row.maxClaims,
      row.claimed,
      row.allow === null ? null : encodeParts(row.allow),
      row.ruleId,
      row.branchKeyId,
      row.ttlMs,
      row.createdAt,
      row.expiresAt,
      row.capAt,
      row.credentialExpiresAt,
      row.leaseHolder,
    ])
  }

  threadMac(row: Omit<ThreadRow, 'mac'>): Uint8Array {
    const parts = ['thread', row.tenant, row.threadId, row.usedAt]
    // Schema version 1 knew no hold: its rows keep their MAC.
    return this.#mac('row', row.held ? [...parts, 'held'] : parts)
  }

  recordMac(record: Omit<AccessRecord, 'mac'>): Uint8Array {
    const { tenant, kind, id, threadId, claimId, holder, body, expiresAt } = record
    return this.#mac('record', ['record', tenant, kind, id, threadId, claimId, holder, body, expiresAt])
  }

  /** Of a subject for whom a record is kept: names stay out of what a store indexes. */
  holder(tenant: string, subject: string): string {
    return this.#name('record', ['holder', tenant, subject])
  }

  /** One request for approval for each of these, however often it is made. */
  approvalId({ tenant, threadId }: Scope, parts: readonly (string | number | null)[]): string {
    return this.#name('record', ['approval', tenant, threadId, ...parts])
  }

  capabilityMac(root: Uint8Array): Uint8Array {
    return this.#mac('capability', [root])
  }

  #tag(scope: Scope, id: ClaimId): string {
    return this.#name('url', ['v1', scope.tenant, scope.threadId, id])
  }

  #name(purpose: Purpose, parts: Parameters<typeof encodeParts>[0]): string {
    return toBase64Url(this.#mac(purpose, parts).subarray(0, NAME_BYTES))
  }

  #mac(purpose: Purpose, parts: Parameters<typeof encodeParts>[0]): Uint8Array {
    return hmacSha256(this.#keys[purpose], encodeParts(parts))
  }
}
