import { VaultClosedError } from '../../errors.js'
import type { LedgerEntry, LedgerEvent, LedgerQuery, LedgerRecord } from '../../ledger/event.js'
import type { LedgerHead, LedgerRootRow, LedgerWriterRow } from '../../ledger/ledger-store.js'
import type { AccessRecord, RecordFilter } from '../access-record.js'
import type {
  BranchKeyRow,
  ClaimCommit,
  ClaimFilter,
  ClaimId,
  ClaimLoad,
  ClaimRow,
  ClaimSnapshot,
  ClaimStore,
  CommitResult,
  LinkEvents,
  LockRequest,
  PlaceTag,
  RevocationRow,
  SweepOptions,
  SweepResult,
  ThreadRow,
  VaultRow,
} from '../claim-store.js'
import { checkCommit, checkPrune, repeatedLink } from './check-commit.js'
import {
  branchKeyCodec,
  claimCodec,
  ledgerCodec,
  ledgerRootCodec,
  ledgerWriterCodec,
  recordCodec,
  revocationCodec,
  threadCodec,
  vaultCodec,
} from './codecs.js'
import { compareText, sameBytes } from './compare.js'
import { MemoryRecords } from './memory-records.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { planSweep, recordSweep, sweepResult } from './sweep-plan.js'

export interface MemoryClaimStoreOptions {
  /** The store's clock, ms since the epoch; `Date.now` unless told. */
  readonly now?: () => number
}

/**
 * Keeps claims in this process, for tests and for graphs on `MemorySaver`. Everything is gone when the process ends.
 * Every method runs without awaiting, so that each is one transaction.
 */
export class MemoryClaimStore implements ClaimStore {
  readonly #now: () => number
  readonly #claims = new Map<ClaimId, ClaimRow>()
  readonly #places = new Map<ClaimId, Set<PlaceTag>>()
  readonly #runs = new Map<ClaimId, Set<string>>()
  readonly #threads = new Map<string, ThreadRow>()
  readonly #revocations = new Map<string, RevocationRow>()
  readonly #records = new MemoryRecords()
  readonly #branchKeys = new Map<string, BranchKeyRow>()
  readonly #writers = new Map<string, LedgerWriterRow>()
  readonly #roots: LedgerRootRow[] = []
  readonly #locks = new Map<string, { readonly holder: string; readonly until: number }>()
  readonly #notes = new Map<string, string>()
  readonly #links = new Set<string>()
  #ledger: LedgerEntry[] = []
  #lastSeq = 0
  #vault: VaultRow | undefined
  #closed = false

  constructor(options: MemoryClaimStoreOptions = {}) {
    this.#now = options.now ?? Date.now
  }

  async setup(): Promise<void> {
    this.#open()
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  async readVault(): Promise<VaultRow | undefined> {
    this.#open()
    return this.#vault && vaultCodec.copy(this.#vault)
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    this.#open()
    this.#vault ??= vaultCodec.copy(row)
    return vaultCodec.copy(this.#vault)
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    this.#open()
    checkTexts(ids, 'ids')
    const wanted = new Set(ids)
    return [...this.#branchKeys.values()].filter((row) => wanted.has(row.id)).map((row) => branchKeyCodec.copy(row))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    this.#open()
    const key = pairKey(row.tenant, String(row.window))
    const stored = this.#branchKeys.get(key) ?? branchKeyCodec.copy(row)
    this.#branchKeys.set(key, stored)
    return branchKeyCodec.copy(stored)
  }

  async listBranchKeys(after = '', limit = 500): Promise<readonly BranchKeyRow[]> {
    this.#open()
    return [...this.#branchKeys.values()]
      .filter(({ id }) => compareText(id, after) > 0)
      .sort((a, b) => compareText(a.id, b.id))
      .slice(0, checkLimit(limit))
      .map((row) => branchKeyCodec.copy(row))
  }

  async rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean> {
    this.#open()
    const [key, stored] = [...this.#branchKeys].find(([, { id }]) => id === row.id) ?? []
    if (key === undefined || stored === undefined || !sameBytes(stored.wrapped, expected)) return false
    this.#branchKeys.set(key, branchKeyCodec.copy({ ...stored, kekId: row.kekId, wrapped: row.wrapped }))
    return true
  }

  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    this.#open()
    const gone = [...this.#branchKeys].filter(([, { window }]) => window >= 0 && window < before)
    for (const [key] of gone) this.#branchKeys.delete(key)
    return gone.map(([, { id, tenant, window }]) => ({ id, tenant, window }))
  }

  async rewrapVault(row: VaultRow, expected: Uint8Array): Promise<boolean> {
    this.#open()
    if (this.#vault === undefined || !sameBytes(this.#vault.wrappedNamingKeys, expected)) return false
    this.#vault = vaultCodec.copy({ ...this.#vault, kekId: row.kekId, wrappedNamingKeys: row.wrappedNamingKeys })
    return true
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    this.#open()
    checkTexts(query)
    const thread = this.#threads.get(pairKey(query.tenant, query.threadId))
    const rows = [...new Set(query.ids)].flatMap((id) => this.#claims.get(id) ?? [])
    return {
      now: this.#now(),
      thread: thread && threadCodec.copy(thread),
      claims: rows.map((row) => claimCodec.copy(row)),
      places: rows.flatMap(({ id }) =>
        query.places.filter((tag) => this.#places.get(id)?.has(tag)).map((tag) => [id, tag] as const),
      ),
      revocations: query.revocations.filter((tag) => this.#revocations.has(pairKey(query.tenant, tag))),
    }
  }

  async commit(change: ClaimCommit): Promise<CommitResult> {
    this.#open()
    checkCommit(change)
    const now = this.#now()
    // Everything that can refuse or throw comes first: after that, all of it happens.
    const inserts = (change.insert ?? []).map((row) => claimCodec.copy(row))
    const updates = (change.update ?? []).map(({ row, expectedMac }) => ({ row: claimCodec.copy(row), expectedMac }))
    const thread = change.thread && threadCodec.copy(change.thread)
    const revocations = (change.addRevocations ?? []).map((row) => revocationCodec.copy(row))
    const records = (change.records ?? []).map(({ record }) => recordCodec.copy(record))
    const entries = this.#entries(change.events ?? [])
    const known = new Set(inserts.map((row) => row.id))
    const isKnown = (id: ClaimId): boolean => this.#claims.has(id) || known.has(id)
    const refused =
      (change.deadline !== undefined && now >= change.deadline) ||
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
    this.#append(entries)
    return { committed: true, now }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    this.#open()
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
    this.#open()
    checkTexts(filter)
    return { now: this.#now(), records: this.#records.find(filter) }
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    this.#open()
    checkTexts({ ids, runId })
    return ids.filter((id) => [...(this.#runs.get(id) ?? [])].some((other) => other !== runId))
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    this.#open()
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
    this.#open()
    checkTexts({ tenant, threadId })
    let count = 0
    for (const row of this.#claims.values()) {
      const counts = row.tenant === tenant && (threadId === undefined || row.threadId === threadId)
      if (counts && row.sealed !== null && ++count >= checkLimit(upTo)) break
    }
    return count
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    this.#open()
    checkTexts({ tenant, threadId })
    const ids = [...this.#claims.values()]
      .filter((row) => row.tenant === tenant && row.threadId === threadId)
      .map((row) => row.id)
      .sort(compareText)
    const entries = this.#entries(link([{ ...event, claims: [...new Set([...event.claims, ...ids])] }]))
    for (const id of ids) this.#remove(id)
    this.#threads.delete(pairKey(tenant, threadId))
    this.#records.deleteThread(tenant, threadId)
    for (const [key, row] of this.#revocations) {
      if (row.tenant === tenant && row.threadId === threadId) this.#revocations.delete(key)
    }
    this.#append(entries)
    return ids.length
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    this.#open()
    const now = this.#now()
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
    const entries = plan.events.length === 0 ? [] : this.#entries(link(plan.events))
    for (const { id, sweepAt } of plan.postpone) this.#patch(id, { sweepAt })
    for (const { id, sweepAt } of plan.clear) {
      this.#patch(id, { sealed: null, sealedMetadata: null, fingerprint: null, sweepAt })
      this.#places.delete(id)
    }
    for (const id of plan.remove) this.#remove(id)
    for (const [name, { until }] of this.#locks) if (until <= now) this.#locks.delete(name)
    this.#append(entries)
    const { through, room } = recordSweep(due.length, now, options)
    return sweepResult(plan, this.#records.sweep(through, room))
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    this.#open()
    checkTexts(query)
    const { claim, since = 0, until = Number.POSITIVE_INFINITY, after = 0 } = query
    const equal = (['tenant', 'threadId', 'runId', 'sub', 'writer', 'operation'] as const).filter(
      (key) => query[key] !== undefined,
    )
    return this.#ledger
      .filter(
        (entry) =>
          entry.seq > after &&
          entry.at >= since &&
          entry.at < until &&
          equal.every((key) => entry[key] === query[key]) &&
          (claim === undefined || entry.claims.includes(claim)),
      )
      .slice(0, checkLimit(query.limit ?? 1000))
      .map((entry) => ledgerCodec.copy(entry))
  }

  async registerWriter(row: LedgerWriterRow): Promise<void> {
    this.#open()
    if (!this.#writers.has(row.writer)) this.#writers.set(row.writer, ledgerWriterCodec.copy(row))
  }

  async advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean> {
    this.#open()
    const stored = this.#writers.get(writer)
    if (stored?.link !== expectedLink) return false
    this.#writers.set(writer, ledgerWriterCodec.copy({ ...stored, ...head }))
    return true
  }

  async listWriters(after = '', limit = 500): Promise<readonly LedgerWriterRow[]> {
    this.#open()
    return [...this.#writers.values()]
      .filter(({ writer }) => compareText(writer, after) > 0)
      .sort((a, b) => compareText(a.writer, b.writer))
      .slice(0, checkLimit(limit))
      .map((row) => ledgerWriterCodec.copy(row))
  }

  async addRoot(row: LedgerRootRow): Promise<boolean> {
    this.#open()
    if (row.number !== this.#roots.length + 1) return false
    this.#roots.push(ledgerRootCodec.copy(row))
    return true
  }

  async listRoots(after = 0, limit = 500): Promise<readonly LedgerRootRow[]> {
    this.#open()
    return this.#roots.slice(after, after + checkLimit(limit)).map((row) => ledgerRootCodec.copy(row))
  }

  async pruneEvents(throughSeq: number): Promise<number> {
    this.#open()
    checkPrune(throughSeq, this.#roots.at(-1)?.toSeq)
    const kept = this.#ledger.filter(({ seq }) => seq > throughSeq)
    const count = this.#ledger.length - kept.length
    this.#ledger = kept
    return count
  }

  async acquireLock({ name, holder, ttlMs }: LockRequest): Promise<boolean> {
    this.#open()
    checkTexts({ name, holder })
    const now = this.#now()
    const held = this.#locks.get(name)
    if (held !== undefined && held.holder !== holder && held.until > now) return false
    this.#locks.set(name, { holder, until: now + ttlMs })
    return true
  }

  async releaseLock(name: string, holder: string): Promise<void> {
    this.#open()
    if (this.#locks.get(name)?.holder === holder) this.#locks.delete(name)
  }

  async readNote(name: string): Promise<string | undefined> {
    this.#open()
    return this.#notes.get(name)
  }

  async writeNote(name: string, text: string): Promise<void> {
    this.#open()
    checkTexts({ name, text })
    this.#notes.set(name, text)
  }

  #open(): void {
    if (this.#closed) throw new VaultClosedError()
  }

  /** Copied and checked; numbered when it is appended. */
  #entries(records: readonly LedgerRecord[]): readonly LedgerEntry[] {
    const links = new Set<string>()
    return records.map((record) => {
      const link = pairKey(record.writer, String(record.link))
      if (this.#links.has(link) || links.has(link)) throw repeatedLink()
      links.add(link)
      return ledgerCodec.copy({ ...record, seq: 0 })
    })
  }

  #append(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      this.#ledger.push({ ...entry, seq: ++this.#lastSeq })
      this.#links.add(pairKey(entry.writer, String(entry.link)))
    }
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

/** NUL cannot occur in a name, see `checkText`. */
const pairKey = (left: string, right: string): string => `${left}\0${right}`

function addTo<Value>(sets: Map<ClaimId, Set<Value>>, id: ClaimId, value: Value): void {
  const set = sets.get(id)
  if (set === undefined) sets.set(id, new Set([value]))
  else set.add(value)
}
