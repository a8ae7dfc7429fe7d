import type { LedgerEvent } from '../../ledger/event.js'
import type { AccessRecord, RecordFilter } from '../access-record.js'
import type {
  ClaimCommit,
  ClaimFilter,
  ClaimId,
  ClaimLoad,
  ClaimRow,
  ClaimSnapshot,
  ClaimStore,
  CommitResult,
  LinkEvents,
  PlaceTag,
  RevocationRow,
  SweepOptions,
  SweepResult,
  ThreadRow,
} from '../claim-store.js'
import { checkCommit } from './check-commit.js'
import { claimCodec, recordCodec, revocationCodec, threadCodec } from './codecs.js'
import { compareText, sameBytes } from './compare.js'
import { MemoryLedger } from './memory-ledger.js'
import { MemoryLedgerStore } from './memory-ledger-store.js'
import { MemoryRecords } from './memory-records.js'
import { MemoryState, pairKey } from './memory-state.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { claimsSwept, planSweep, roomForRecords, sweepResult } from './sweep-plan.js'

export interface MemoryClaimStoreOptions {
  /** The store's clock, ms since the epoch; `Date.now` unless told. */
  readonly now?: () => number
}

/**
 * Keeps claims in this process, for tests and for graphs on `MemorySaver`. Everything is gone when the process ends.
 * Every method runs without awaiting, so that each is one transaction.
 */
export class MemoryClaimStore extends MemoryLedgerStore implements ClaimStore {
  readonly #state: MemoryState
  readonly #ledger: MemoryLedger
  readonly #claims = new Map<ClaimId, ClaimRow>()
  readonly #places = new Map<ClaimId, Set<PlaceTag>>()
  readonly #runs = new Map<ClaimId, Set<string>>()
  readonly #threads = new Map<string, ThreadRow>()
  readonly #revocations = new Map<string, RevocationRow>()
  readonly #records = new MemoryRecords()

  constructor(options: MemoryClaimStoreOptions = {}) {
    const [state, ledger] = [new MemoryState(options.now ?? Date.now), new MemoryLedger()] as const
    super(state, ledger)
    this.#state = state
    this.#ledger = ledger
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    this.#state.check()
    checkTexts(query)
    const thread = this.#threads.get(pairKey(query.tenant, query.threadId))
    const rows = [...new Set(query.ids)].flatMap((id) => this.#claims.get(id) ?? [])
    return {
      now: this.#state.now(),
      thread: thread && threadCodec.copy(thread),
      claims: rows.map((row) => claimCodec.copy(row)),
      places: rows.flatMap(({ id }) =>
        query.places.filter((tag) => this.#places.get(id)?.has(tag)).map((tag) => [id, tag] as const),
      ),
      revocations: query.revocations.filter((tag) => this.#revocations.has(pairKey(query.tenant, tag))),
    }
  }

  async commit(change: ClaimCommit): Promise<CommitResult> {
    this.#state.check()
    checkCommit(change)
    const now = this.#state.now()
    // Everything that can refuse or throw comes first: after that, all of it happens.
    const inserts = (change.insert ?? []).map((row) => claimCodec.copy(row))
    const updates = (change.update ?? []).map(({ row, expectedMac }) => ({ row: claimCodec.copy(row), expectedMac }))
    const thread = change.thread && threadCodec.copy(change.thread)
    const revocations = (change.addRevocations ?? []).map((row) => revocationCodec.copy(row))
    const records = (change.records ?? []).map(({ record }) => recordCodec.copy(record))
    const entries = this.#ledger.entries(change.events ?? [])
    const known = new Set(inserts.map((row) => row.id))
    const isKnown = (id: ClaimId): boolean => this.#claims.has(id) || known.has(id)
    const refused =
      (change.deadline !== undefined && now >= change.deadline) ||
      !this.#isAsAssumed(change, now) ||
      inserts.some((row) => this.#claims.has(row.id)) ||
      updates.some(({ row, expectedMac }) => !sameBytes(this.#claims.get(row.id)?.mac, expectedMac)) ||
      [...(change.places ?? []), ...(change.runs ?? [])].some(([id]) => !isKnown(id)) ||
      this.#records.refuses(change.records ?? [], isKnown)
    if (refused) return { committed: false }
    for (const row of [...inserts, ...updates.map((update) => update.row)]) this.#claims.set(row.id, row)
    for (const [id, tag] of change.places ?? []) addTo(this.#places, id, tag)
    for (const [id, runId] of change.runs ?? []) addTo(this.#runs, id, runId)
    if (thread !== undefined) this.#touch(thread)
    for (const row of revocations) this.#revocations.set(pairKey(row.tenant, row.tag), row)
    for (const { tenant, tag } of change.removeRevocations ?? []) this.#revocations.delete(pairKey(tenant, tag))
    this.#records.put(records)
    this.#ledger.append(entries)
    return { committed: true, now }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    this.#state.check()
    checkTexts(filter)
    const { tenant, threadId, runId, fingerprints, after } = filter
    return [...this.#claims.values()]
      .filter(
        (row) =>
          row.tenant === tenant &&
          (threadId === undefined || row.threadId === threadId) &&
          (runId === undefined || this.#runs.get(row.id)?.has(runId)) &&
          (fingerprints === undefined || fingerprints.some((bytes) => sameBytes(row.fingerprint, bytes))) &&
          (after === undefined || compareText(row.id, after) > 0),
      )
      .sort((a, b) => compareText(a.id, b.id))
      .slice(0, checkLimit(filter.limit ?? 500))
      .map((row) => claimCodec.copy(row))
  }

  async findRecords(filter: RecordFilter): Promise<{ now: number; records: readonly AccessRecord[] }> {
    this.#state.check()
    checkTexts(filter)
    return { now: this.#state.now(), records: this.#records.find(filter) }
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    this.#state.check()
    checkTexts({ ids, runId })
    return ids.filter((id) => [...(this.#runs.get(id) ?? [])].some((other) => other !== runId))
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    this.#state.check()
    checkTexts({ tenant, after })
    const ids = new Set<string>()
    for (const row of [...this.#threads.values(), ...this.#claims.values()]) {
      if (row.tenant === tenant && (after === undefined || compareText(row.threadId, after) > 0)) ids.add(row.threadId)
    }
    return [...ids].sort(compareText).slice(0, checkLimit(limit))
  }

  async countClaims(
    { tenant, threadId }: { readonly tenant: string; readonly threadId?: string },
    upTo: number,
  ): Promise<number> {
    this.#state.check()
    checkTexts({ tenant, threadId })
    let count = 0
    for (const row of this.#claims.values()) {
      const counts = row.tenant === tenant && (threadId === undefined || row.threadId === threadId)
      if (counts && row.sealed !== null && ++count >= checkLimit(upTo)) break
    }
    return count
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    this.#state.check()
    checkTexts({ tenant, threadId })
    const ids = [...this.#claims.values()]
      .filter((row) => row.tenant === tenant && row.threadId === threadId)
      .map((row) => row.id)
      .sort(compareText)
    const entries = this.#ledger.entries(link([{ ...event, claims: [...new Set([...event.claims, ...ids])] }]))
    for (const id of ids) this.#remove(id)
    this.#threads.delete(pairKey(tenant, threadId))
    this.#records.deleteThread(tenant, threadId)
    for (const [key, row] of this.#revocations) {
      if (row.tenant === tenant && row.threadId === threadId) this.#revocations.delete(key)
    }
    this.#ledger.append(entries)
    return ids.length
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    this.#state.check()
    const now = this.#state.now()
    const due = [...this.#claims.values()]
      .filter((row) => row.sweepAt !== null && row.sweepAt <= now)
      .sort((a, b) => (a.sweepAt ?? 0) - (b.sweepAt ?? 0))
      .slice(0, checkLimit(options.limit) + 1)
    const plan = planSweep(
      due.map((row) => ({
        ...row,
        emptied: row.sealed === null,
        usedAt: this.#threads.get(pairKey(row.tenant, row.threadId))?.usedAt ?? null,
        held: this.#threads.get(pairKey(row.tenant, row.threadId))?.held ?? false,
      })),
      now,
      options,
    )
    const entries = plan.events.length === 0 ? [] : this.#ledger.entries(link(plan.events))
    for (const { id, sweepAt } of plan.postpone) this.#patch(id, { sweepAt })
    for (const { id, sweepAt } of plan.clear) {
      this.#patch(id, { sealed: null, sealedMetadata: null, fingerprint: null, sweepAt })
      this.#places.delete(id)
    }
    for (const id of plan.remove) this.#remove(id)
    for (const [name, { until }] of this.#state.locks) if (until <= now) this.#state.locks.delete(name)
    this.#ledger.append(entries)
    return sweepResult(
      claimsSwept(plan),
      this.#records.sweep(now - options.tombstoneMs, roomForRecords(due.length, options)),
    )
  }

  #isAsAssumed({ assuming, thread }: ClaimCommit, now: number): boolean {
    if (assuming === undefined) return true
    const { tenant, unrevoked, notBefore } = assuming
    const stored = thread && this.#threads.get(pairKey(thread.tenant, thread.threadId))
    return (
      now >= notBefore &&
      !unrevoked.some((tag) => this.#revocations.has(pairKey(tenant, tag))) &&
      (stored === undefined || stored.held === thread?.held)
    )
  }

  #touch(thread: ThreadRow): void {
    const key = pairKey(thread.tenant, thread.threadId)
    const stored = this.#threads.get(key)
    const isNewer = stored === undefined || stored.usedAt < thread.usedAt
    if (isNewer || (stored.usedAt === thread.usedAt && stored.held !== thread.held)) this.#threads.set(key, thread)
  }

  #patch(id: ClaimId, patch: Partial<ClaimRow>): void {
    const row = this.#claims.get(id)
    if (row !== undefined) this.#claims.set(id, { ...row, ...patch })
  }

  #remove(id: ClaimId): void {
    this.#claims.delete(id)
    this.#places.delete(id)
    this.#runs.delete(id)
  }
}

function addTo<Value>(sets: Map<ClaimId, Set<Value>>, id: ClaimId, value: Value): void {
  const set = sets.get(id)
  if (set === undefined) sets.set(id, new Set([value]))
  else set.add(value)
}
