import type { ClaimId } from './claim-store.js'

/** `grant`: what a principal was given. `approval`: a request and its votes. `use`: of an offline capability, counted. */
export type AccessRecordKind = 'grant' | 'approval' | 'use'

/** A small record about access to a claim, kept beside it. A store reads none of `body`. */
export interface AccessRecord {
  readonly tenant: string
  readonly kind: AccessRecordKind
  /** Unique within its tenant and kind; 64 characters at most. */
  readonly id: string
  /** Erased with its thread. */
  readonly threadId: string
  /** Null for what is about a whole thread. */
  readonly claimId: ClaimId | null
  /** Opaque keyed tag of whom it is for; null when it is looked up by its id or claim alone. */
  readonly holder: string | null
  /** JSON. Names and limits, never a value. */
  readonly body: string
  /** Keyed HMAC over everything else, by the vault. */
  readonly mac: Uint8Array
  /** Ms since the epoch, by the store's clock; swept some time after. A hint, never trusted for access. */
  readonly expiresAt: number
}

/** All that is given must hold. */
export interface RecordFilter {
  readonly tenant: string
  readonly kind: AccessRecordKind
  readonly ids?: readonly string[]
  readonly claimIds?: readonly ClaimId[]
  readonly holders?: readonly string[]
  readonly threadId?: string
  /** Keyset paging: ids greater than this one. */
  readonly after?: string
  /** 500 unless told. */
  readonly limit?: number
}

/** Compare and swap: `expectedMac` null inserts and meets no record, else it replaces the one with that `mac`. */
export interface RecordChange {
  readonly record: AccessRecord
  readonly expectedMac: Uint8Array | null
}
