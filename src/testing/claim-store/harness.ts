import { randomBytes } from 'node:crypto'
import type { LedgerEvent, LedgerRecord } from '../../ledger/event.js'
import type { AccessRecord } from '../../vault/access-record.js'
import type {
  ClaimCommit,
  ClaimId,
  ClaimRow,
  ClaimStore,
  LinkEvents,
  PlaceTag,
  ThreadRow,
} from '../../vault/claim-store.js'

/** What a store under test needs for one test: data of its own. */
export interface ClaimStoreFixture {
  /** A handle on this fixture's data; each call gives another one, or the same where a store has only one. */
  open(): ClaimStore | Promise<ClaimStore>
  /** Removes the data; the suite has closed its handles. */
  dispose?(): void | Promise<void>
}

/** The store of the running test, set up. */
export interface StoreContext {
  readonly store: ClaimStore
  /** Another handle on the same data, set up. */
  again(): Promise<ClaimStore>
}

/** One for each process, as in a vault. */
export const WRITER = `writer-${randomBytes(6).toString('hex')}`
export const TENANT = 'acme'
export const THREAD = 'thread-1'

export const bytes = (length = 16): Uint8Array => new Uint8Array(randomBytes(length))
export const newId = (): ClaimId => randomBytes(16).toString('base64url') as ClaimId
export const place = (name: string): PlaceTag => name as PlaceTag

export function claimRow(patch: Partial<ClaimRow> = {}): ClaimRow {
  return {
    id: newId(),
    tenant: TENANT,
    threadId: THREAD,
    mode: 'resume',
    state: 'live',
    generation: 1,
    maxClaims: null,
    claimed: 0,
    allow: null,
    ruleId: 'field',
    branchKeyId: 'key-1',
    ttlMs: null,
    createdAt: 1_000,
    expiresAt: null,
    capAt: null,
    credentialExpiresAt: null,
    leaseHolder: null,
    mac: bytes(),
    sealed: bytes(80),
    sealedMetadata: null,
    fingerprint: bytes(32),
    sweepAt: null,
    ...patch,
  }
}

export function accessRecord(patch: Partial<AccessRecord> = {}): AccessRecord {
  return {
    tenant: TENANT,
    kind: 'grant',
    id: newId(),
    threadId: THREAD,
    claimId: null,
    holder: null,
    body: '{}',
    mac: bytes(32),
    expiresAt: 4_000_000_000_000,
    ...patch,
  }
}

export function threadRow(usedAt: number, patch: Partial<ThreadRow> = {}): ThreadRow {
  return { tenant: TENANT, threadId: THREAD, usedAt, held: false, mac: bytes(), ...patch }
}

export function ledgerEvent(patch: Partial<LedgerEvent> = {}): LedgerEvent {
  return { operation: 'mint', outcome: 'ok', tenant: TENANT, claims: [], ...patch }
}

/** Makes records of one writer's chain, as a vault does; what signs them is no matter of a store. */
export function linker(writer = WRITER): LinkEvents {
  let links = 0
  return (events) => events.map((event) => ({ ...event, writer, link: ++links, at: Date.now(), mac: bytes(32) }))
}

export const link = linker()

export function ledgerRecord(patch: Partial<LedgerRecord> = {}): LedgerRecord {
  return { ...link([ledgerEvent()])[0]!, ...patch }
}

export async function load(store: ClaimStore, ids: readonly ClaimId[], places: readonly string[] = []) {
  return store.load({ tenant: TENANT, threadId: THREAD, ids, places: places.map(place), revocations: [] })
}

export async function loadRow(store: ClaimStore, id: ClaimId): Promise<ClaimRow | undefined> {
  return (await load(store, [id])).claims[0]
}

/** @throws Error if the store refuses. */
export async function put(store: ClaimStore, change: ClaimCommit): Promise<number> {
  const result = await store.commit(change)
  if (!result.committed) throw new Error('the store refused a commit that nothing speaks against')
  return result.now
}

export async function clock(store: ClaimStore): Promise<number> {
  return (await load(store, [])).now
}
