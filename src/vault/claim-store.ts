import type { LedgerEvent, LedgerRecord } from '../ledger/event.js'
import type { LedgerStore } from '../ledger/ledger-store.js'
import type { AccessRecord, RecordChange, RecordFilter } from './access-record.js'
import type { KeyStore } from './key-store.js'

export type { BranchKeyRow, KeyStore } from './key-store.js'

/** 22 base64url characters: 128 bits. */
export type ClaimId = string & { readonly __brand: 'ClaimId' }
/** Keyed HMAC (22 base64url characters) of a channel name and message id. */
export type PlaceTag = string & { readonly __brand: 'PlaceTag' }

/**
 * `resume`: the saver's own, restored transparently, not counted. `handoff`: never restored transparently, claimed at
 * most `maxClaims` times. `lease`: the first claim opens a window for the same principal and run.
 */
export type ClaimMode = 'resume' | 'handoff' | 'lease'

/** `spent`: claimed as often as allowed. `ended`: by a run's end, may be minted again. `revoked`: until reinstated. */
export type ClaimState = 'live' | 'spent' | 'ended' | 'revoked'

/** One secret's record. Everything but `sealed`, `sealedMetadata`, `fingerprint` and `sweepAt` is covered by `mac`. */
export interface ClaimRow {
  readonly id: ClaimId
  readonly tenant: string
  readonly threadId: string
  readonly mode: ClaimMode
  readonly state: ClaimState
  /** 1 at first; one more each time that an expired or ended claim is minted again. */
  readonly generation: number
  /** Null for `resume`. */
  readonly maxClaims: number | null
  /** Times claimed so far. */
  readonly claimed: number
  /** Subjects that may have it; null for every principal of the tenant. */
  readonly allow: readonly string[] | null
  readonly ruleId: string
  readonly branchKeyId: string
  /**
   * Sliding lifetime for `resume`, in ms from the thread's last use; null when it ends with its thread. For `lease` the
   * window from its first claim, in ms; null to stay open until it expires. Null for `handoff`.
   */
  readonly ttlMs: number | null
  /** Ms since the epoch, by the store's clock. */
  readonly createdAt: number
  /** Fixed end for `handoff` and `lease`, and for a `resume` that ends with its credential; else null: its end slides. */
  readonly expiresAt: number | null
  /** Nothing lives past its cap, however often it slides; null when it ends with its thread. */
  readonly capAt: number | null
  /** The credential's own expiry, where it states one. */
  readonly credentialExpiresAt: number | null
  /** Who opened a lease, as an opaque tag. */
  readonly leaseHolder: string | null
  readonly mac: Uint8Array
  /** Envelope v1; null once swept. */
  readonly sealed: Uint8Array | null
  /** Envelope v1 of the caller's metadata. */
  readonly sealedMetadata: Uint8Array | null
  /** Keyed HMAC of the decoded secret within {tenant, thread}; null once swept. */
  readonly fingerprint: Uint8Array | null
  /** When the sweeper should look at this row; a hint, never trusted for access. */
  readonly sweepAt: number | null
}

/** When a thread was last read or written; `resume` claims slide from it. */
export interface ThreadRow {
  readonly tenant: string
  readonly threadId: string
  /** Ms since the epoch, by the store's clock; never moves back. */
  readonly usedAt: number
  /** True while an interrupt is pending: sliding claims then live up to their cap. */
  readonly held: boolean
  readonly mac: Uint8Array
}

/** A standing revocation: what it covers is dead on arrival, until it is reinstated. */
export interface RevocationRow {
  readonly tenant: string
  /** Keyed HMAC of what is revoked (a value within the tenant, or a thread), 22 base64url characters. */
  readonly tag: string
  /** Set for a thread's revocation, so that `deleteThread` erases it. */
  readonly threadId: string | null
}

/** Made once for a vault; the first process to write it wins. */
export interface VaultRow {
  /** 8 base32 characters, in every claim URL. */
  readonly vaultId: string
  readonly namingKeyId: string
  readonly kekId: string
  readonly wrappedNamingKeys: Uint8Array
}

export interface ClaimLoad {
  readonly tenant: string
  readonly threadId: string
  /** Answered whatever their tenant and thread: a URL may be presented anywhere, and the vault compares. */
  readonly ids: readonly ClaimId[]
  /** Places to look for; answered for the claims of `ids`. */
  readonly places: readonly PlaceTag[]
  /** Revocation tags to look for. */
  readonly revocations: readonly string[]
}

export interface ClaimSnapshot {
  /** The store's clock, ms since the epoch. */
  readonly now: number
  readonly thread: ThreadRow | undefined
  readonly claims: readonly ClaimRow[]
  /** Known (claim, place) pairs among those asked for; may hold pairs that were not asked for. */
  readonly places: readonly (readonly [ClaimId, PlaceTag])[]
  /** Those of the asked revocation tags that stand. */
  readonly revocations: readonly string[]
}

/** What a writer takes for granted because it has not looked. */
export interface CommitAssumptions {
  readonly tenant: string
  /**
   * Revocation tags of the tenant that must not stand. A commit that adds one of them comes before or after, never
   * beside: whoever has added it finds what was stored under the assumption.
   */
  readonly unrevoked: readonly string[]
  /** The store's clock must have reached it. */
  readonly notBefore: number
}

/**
 * One transaction. All of it happens or nothing does: when an insert meets an existing id, an update meets another
 * `mac` than expected, a place, run or record names a claim that is not there, the deadline has passed, or something
 * that was assumed is not so, nothing is stored. A claim or record may be written only once in a commit.
 */
export interface ClaimCommit {
  readonly insert?: readonly ClaimRow[]
  /** Compare and swap: replaces the whole row if its stored `mac` is still `expectedMac`. */
  readonly update?: readonly { readonly row: ClaimRow; readonly expectedMac: Uint8Array }[]
  /** Adds; existing pairs are kept. */
  readonly places?: readonly (readonly [ClaimId, PlaceTag])[]
  /** Adds "this run uses this claim"; existing pairs are kept. */
  readonly runs?: readonly (readonly [ClaimId, string])[]
  /** Stored if newer than what is there, or as new with another `held`. */
  readonly thread?: ThreadRow
  readonly addRevocations?: readonly RevocationRow[]
  readonly removeRevocations?: readonly { readonly tenant: string; readonly tag: string }[]
  /** Inserts, and compare and swap of whole records by their stored `mac`. */
  readonly records?: readonly RecordChange[]
  readonly events?: readonly LedgerRecord[]
  /** Refused when the store's clock has reached it. */
  readonly deadline?: number
  /** Refused when any of it is not so, or when the stored row of `thread` has another `held`. */
  readonly assuming?: CommitAssumptions
}

export type CommitResult = { readonly committed: true; readonly now: number } | { readonly committed: false }

export interface ClaimFilter {
  readonly tenant: string
  readonly threadId?: string
  /** Claims that this run uses. */
  readonly runId?: string
  readonly fingerprints?: readonly Uint8Array[]
  /** Keyset paging: ids greater than this one. */
  readonly after?: ClaimId
  /** 500 unless told. */
  readonly limit?: number
}

export interface SweepOptions {
  /** How long ciphertext is kept after a claim's end; see invariant 14. */
  readonly graceMs: number
  /** How long the emptied row of an expired or spent claim is kept, revoked ones stay; and an access record after its expiry. */
  readonly tombstoneMs: number
  /** Rows looked at in one call. */
  readonly limit: number
}

/**
 * Makes events into records of the writer's chain. Called once within the transaction, just before they are stored; a
 * store that runs the transaction again may call it again, and stores what the last call gave.
 */
export type LinkEvents = (events: readonly LedgerEvent[]) => readonly LedgerRecord[]

/** A lock that ends by itself, so that a process that died holds nobody up. */
export interface LockRequest {
  readonly name: string
  /** Random for each attempt. */
  readonly holder: string
  readonly ttlMs: number
}

/** Something that a crash or a failover could undo, though it was committed. */
export interface DurabilityAdvice {
  /** One sentence. */
  readonly what: string
  /** What to do about it. */
  readonly advice: string
}

export interface SweepResult {
  /** Claims whose ciphertext was cleared. */
  readonly cleared: number
  /** Emptied rows and access records that were removed. */
  readonly removed: number
  /** True when a further call has work now. */
  readonly more: boolean
}

/**
 * Where claims live. A store keeps rows and runs transactions; it decides nothing and decrypts nothing.
 * Foreign errors are mapped: unreachable, locked or full to `VaultUnavailableError`, no write access to
 * `VaultReadOnlyError`, a newer schema to `VaultSchemaError`. Text that no store could keep as it is (NUL, half of a
 * surrogate pair) is an `InputError`, after `close` every call a `VaultClosedError`. `describeClaimStore` is its
 * specification.
 */
export interface ClaimStore extends KeyStore, LedgerStore {
  readVault(): Promise<VaultRow | undefined>
  /** First wins: returns what is stored afterwards. */
  initVault(row: VaultRow): Promise<VaultRow>
  /** Compare and swap of `kekId` and `wrappedNamingKeys`. @returns false when they are not `expected` any more. */
  rewrapVault(row: VaultRow, expected: Uint8Array): Promise<boolean>

  load(query: ClaimLoad): Promise<ClaimSnapshot>
  /** @throws InputError for a ledger record whose writer has used its link before. */
  commit(change: ClaimCommit): Promise<CommitResult>
  /** In order of id. */
  find(filter: ClaimFilter): Promise<readonly ClaimRow[]>
  /**
   * Access records in order of id, and the store's clock, ms since the epoch. An empty list in the filter matches nothing.
   * A record outlives its claim: it goes by its own expiry, or with its thread.
   */
  findRecords(filter: RecordFilter): Promise<{ readonly now: number; readonly records: readonly AccessRecord[] }>
  /** Those of `ids` that a run other than `runId` uses. */
  usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]>
  /** Thread ids of a tenant in order, after `after`; 500 at most unless told. */
  listThreads(tenant: string, after?: string, limit?: number): Promise<readonly string[]>
  /** Rows with ciphertext of a tenant, or of one of its threads; stops counting at `upTo`. */
  countClaims(scope: { readonly tenant: string; readonly threadId?: string }, upTo: number): Promise<number>
  /**
   * Erases a thread's claims, places, runs, access records, its own revocations and its last use, and adds the ids of the
   * erased claims to the event. @returns how many claims went.
   */
  deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number>
  /**
   * Clears what has ended, by the store's clock; several processes may run it at once, each takes rows of its own.
   * Looks at rows whose `sweepAt` has come, oldest first. A live claim that has slid on is postponed; one that ended
   * `graceMs` ago, and any that is spent, ended or revoked, loses ciphertext, fingerprint and places, its other fields
   * untouched. Its row goes `tombstoneMs` later, a revoked one never. A claim without an end is never swept.
   * Where claims leave room in `limit`, access records go that expired `tombstoneMs` ago, oldest first.
   * Events, by `planSweep`: `sweep` for what was cleared, `expire` for handoffs and leases that ended unused; none for
   * records.
   */
  sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult>

  /** @returns false while somebody else holds it, by the store's clock; the holder itself prolongs it. */
  acquireLock(request: LockRequest): Promise<boolean>
  /** Does nothing unless `holder` holds it. */
  releaseLock(name: string, holder: string): Promise<void>

  /** What the server's settings put at risk; empty when nothing is known to be. Absent where commits are always kept. */
  durabilityAdvice?(): Promise<readonly DurabilityAdvice[]>
}
