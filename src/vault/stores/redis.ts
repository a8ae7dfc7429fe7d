import { ConfigError, VaultSchemaError, VaultUnavailableError } from '../../errors.js'
import type { LedgerEntry, LedgerEvent, LedgerQuery } from '../../ledger/event.js'
import type { LedgerHead, LedgerRootRow, LedgerWriterRow } from '../../ledger/ledger-store.js'
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
  DurabilityAdvice,
  LinkEvents,
  LockRequest,
  PlaceTag,
  SweepOptions,
  SweepResult,
  VaultRow,
} from '../claim-store.js'
import { checkCommit, checkPrune, repeatedLink } from './check-commit.js'
import { branchKeyCodec, ledgerRootCodec, ledgerWriterCodec, threadCodec, vaultCodec } from './codecs.js'
import { type RedisClient, RedisConnection, type RedisConnectionOptions } from './redis-connection.js'
import type { RedisAccess } from './redis-errors.js'
import {
  bufferOf,
  claimOf,
  entryOf,
  fieldsOf,
  many,
  maybe,
  type RedisArg,
  type Reply,
  recordsArgs,
  rowOf,
} from './redis-rows.js'
import { CLAIM_SCRIPTS, LINK_REPEATED, REFUSED, type RedisScript } from './redis-scripts.js'
import { checkServers, durabilityAdvice, rewriteLog } from './redis-server.js'
import { TABLE_SCRIPTS } from './redis-table-scripts.js'
import { commitArgs, matches, sweepCandidateOf, sweepSteps } from './redis-transactions.js'
import { checkLimit, checkTexts, type RowCodec } from './row-codec.js'
import { APP, checkSchema } from './schema-version.js'
import { planSweep } from './sweep-plan.js'

export interface RedisVaultOptions {
  /** Of every key, as `{prefix}:…`: one vault lies in one slot of a cluster. `secret-safe` unless told. */
  readonly prefix?: string
  /** Opens although the server does not say whether it evicts keys. Only where `maxmemory-policy` is `noeviction`. */
  readonly assumeNoEviction?: boolean
}

export type RedisClaimStoreOptions = RedisVaultOptions & RedisConnectionOptions

const VERSION = 1
/** How often a transaction that met another one is planned again before the store counts as unavailable. */
const MAX_ROUNDS = 16
/** For how long a sweep's rows are its own. */
const ASIDE_MS = 30_000
const PAGE = 1_000
const PRUNE_PORTION = 500

/**
 * Keeps claims in Redis 7 or newer, also a cluster. Each call is one script, so one transaction. What a crash or a
 * failover may undo depends on the server's settings: see `durabilityAdvice` and docs/stores.md.
 */
export class RedisClaimStore implements ClaimStore {
  readonly #connection: RedisConnection
  readonly #root: string
  readonly #assumeNoEviction: boolean

  private constructor(connection: RedisConnection, { prefix = 'secret-safe', assumeNoEviction }: RedisVaultOptions) {
    if (!/^[\w.:-]+$/.test(prefix)) throw new ConfigError('A prefix holds letters, digits, and _ . : - only.')
    this.#connection = connection
    this.#root = `{${prefix}}:`
    this.#assumeNoEviction = assumeNoEviction ?? false
  }

  /**
   * Connects on first use, with a connection of its own that `close` ends.
   * @param connString `redis://user:password@host:6379/0`, `rediss://` for TLS; never part of an error.
   * @throws ConfigError if it is no such URL, or the prefix holds other characters than letters, digits and `_ . : -`.
   */
  static fromConnString(connString: string, options: RedisClaimStoreOptions = {}): RedisClaimStore {
    return new RedisClaimStore(RedisConnection.ofConnString(connString, options), options)
  }

  /**
   * @param client an ioredis `Redis` (with Sentinel too) or `Cluster`. Its address and login are used, on a connection
   * of the vault's own that never sends a command twice; `close` ends that one and leaves the client open.
   * @throws ConfigError if the prefix holds other characters than letters, digits and `_ . : -`.
   */
  static fromClient(client: RedisClient, options: RedisClaimStoreOptions = {}): RedisClaimStore {
    return new RedisClaimStore(RedisConnection.ofClient(client, options), options)
  }

  /**
   * @throws DependencyError without `ioredis`; ConfigError if the server is older than 7, may evict keys, does not say
   * whether it may, or refuses the login; VaultReadOnlyError on a replica; VaultSchemaError if the vault is newer.
   */
  async setup(): Promise<void> {
    await checkServers(this.#connection, this.#assumeNoEviction)
    const reply = await this.#connection.run('setup', TABLE_SCRIPTS.setup, this.#root, [VERSION, APP])
    const [app, version] = (reply as readonly Buffer[]).map(String)
    if (app !== APP) {
      throw new VaultSchemaError(
        "Redis already holds keys under this prefix that are not a vault's, or a vault that lost some. Give the vault a prefix of its own.",
      )
    }
    checkSchema({ tables: ['schema'], version: Number(version) }, VERSION)
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  async durabilityAdvice(): Promise<readonly DurabilityAdvice[]> {
    return durabilityAdvice(this.#connection)
  }

  async readVault(): Promise<VaultRow | undefined> {
    return (await this.#rows('read', vaultCodec, TABLE_SCRIPTS.read, many(['vault'])))[0]
  }

  async initVault(row: VaultRow): Promise<VaultRow> {
    return rowOf(vaultCodec, await this.#write(TABLE_SCRIPTS.initVault, many(fieldsOf(vaultCodec, row))))
  }

  async rewrapVault({ kekId, wrappedNamingKeys: wrapped }: VaultRow, expected: Uint8Array): Promise<boolean> {
    const fields = ['kek_id', kekId, 'wrapped_naming_keys', bufferOf(wrapped)]
    return this.#swap('vault', 'wrapped_naming_keys', bufferOf(expected), fields)
  }

  async readBranchKeys(ids: readonly string[]): Promise<readonly BranchKeyRow[]> {
    checkTexts(ids, 'ids')
    const names = [...new Set(ids)].map((id) => `key:${id}`)
    return this.#rows('read', branchKeyCodec, TABLE_SCRIPTS.read, many(names))
  }

  async initBranchKey(row: BranchKeyRow): Promise<BranchKeyRow> {
    const args = [row.id, row.tenant, row.window, ...many(fieldsOf(branchKeyCodec, row))]
    return rowOf(branchKeyCodec, await this.#write(TABLE_SCRIPTS.initKey, args))
  }

  async listBranchKeys(after = '', limit = 500): Promise<readonly BranchKeyRow[]> {
    return this.#rows('read', branchKeyCodec, TABLE_SCRIPTS.page, ['key', 'keys', after, checkLimit(limit)])
  }

  async rewrapBranchKey(row: BranchKeyRow, expected: Uint8Array): Promise<boolean> {
    const fields = ['kek_id', row.kekId, 'wrapped', bufferOf(row.wrapped)]
    return this.#swap(`key:${row.id}`, 'wrapped', bufferOf(expected), fields)
  }

  /** Has the append-only file rewritten, where the user may; snapshots hold them until the next one: see docs/stores.md. */
  async destroyBranchKeys(before: number): Promise<readonly Pick<BranchKeyRow, 'id' | 'tenant' | 'window'>[]> {
    const gone = await this.#rows('write', branchKeyCodec, TABLE_SCRIPTS.destroyKeys, [before])
    if (gone.length > 0) await rewriteLog(this.#connection)
    return gone.map(({ id, tenant, window }) => ({ id, tenant, window }))
  }

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId, ids, places, revocations } = query
    const args = [tenant, threadId, ...many([...new Set(ids)]), ...many(places), ...many(revocations)]
    const reply = await this.#read(CLAIM_SCRIPTS.load, args)
    const [now, thread, claims, standing] = reply as [number, Reply[], Reply[][], Buffer[]]
    const rows = claims.map((claim) => ({ row: claimOf(claim), places: claim[2] as readonly Buffer[] }))
    return {
      now,
      thread: thread.length === 0 ? undefined : rowOf(threadCodec, thread),
      claims: rows.map(({ row }) => row),
      places: rows.flatMap(({ row, places }) => places.map((tag) => [row.id, String(tag) as PlaceTag] as const)),
      revocations: standing.map(String),
    }
  }

  async commit(change: ClaimCommit): Promise<CommitResult> {
    checkCommit(change)
    const now = await this.#record(CLAIM_SCRIPTS.commit, commitArgs(change))
    return now === undefined ? { committed: false } : { committed: true, now }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    checkTexts(filter)
    const { tenant, threadId, runId, fingerprints, after = '' } = filter
    const limit = checkLimit(filter.limit ?? 500)
    const tags = fingerprints?.map(bufferOf) ?? []
    const byTag = fingerprints === undefined ? 0 : 1
    const args = [tenant, ...maybe(threadId), ...maybe(runId), byTag, ...many(tags), after, limit]
    const found = ((await this.#read(CLAIM_SCRIPTS.find, args)) as Reply[][]).map(claimOf)
    // By fingerprint they come in no order, and all at once: a value has few claims.
    return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit)
  }

  async findRecords(): Promise<never> {
    throw new VaultSchemaError('Access records in Redis come with a later commit of this branch.')
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    checkTexts({ ids, runId })
    return this.#names(CLAIM_SCRIPTS.usedByOthers, [runId, ...many(ids)]) as Promise<ClaimId[]>
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    checkTexts({ tenant, after })
    return this.#names(CLAIM_SCRIPTS.names, [`threads:${tenant}`, ...maybe(after), checkLimit(limit)])
  }

  async countClaims(scope: { readonly tenant: string; readonly threadId?: string }, upTo: number): Promise<number> {
    checkTexts(scope)
    const { tenant, threadId } = scope
    const name = threadId === undefined ? tenant : `${tenant}\0${threadId}`
    return Math.min(Number(await this.#read(CLAIM_SCRIPTS.count, [name])), checkLimit(upTo))
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    checkTexts({ tenant, threadId })
    return this.#rounds(async () => {
      const ids = await this.#names(CLAIM_SCRIPTS.names, [`in-thread:${tenant}\0${threadId}`, 0, -1])
      const records = link([{ ...event, claims: [...new Set([...event.claims, ...ids])] }])
      return this.#record(CLAIM_SCRIPTS.deleteThread, [...recordsArgs(records), tenant, threadId, ...many(ids)])
    })
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    const limit = checkLimit(options.limit)
    let ids: readonly ClaimId[] = []
    let hasMore = false
    return this.#rounds(async () => {
      const reply = await this.#write(CLAIM_SCRIPTS.sweepTake, [limit, ASIDE_MS, ...many(ids)])
      const [now, taken] = reply as [number, Reply[][]]
      const due = taken.map(sweepCandidateOf).filter(({ sweepAt }) => sweepAt !== null && sweepAt <= now)
      const plan = planSweep(due, now, options)
      hasMore ||= plan.more
      const steps = sweepSteps(due, plan)
      ids = steps.map(({ id }) => id)
      if (ids.length === 0) return { cleared: 0, removed: 0, more: hasMore }
      const records = plan.events.length === 0 ? [] : link(plan.events)
      const args = [...recordsArgs(records), steps.length, ...steps.flatMap(({ args }) => args)]
      if ((await this.#record(CLAIM_SCRIPTS.sweepApply, args)) === undefined) return undefined
      return { cleared: plan.clear.length, removed: plan.remove.length, more: hasMore }
    })
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    checkTexts(query)
    const limit = checkLimit(query.limit ?? 1000)
    const found: LedgerEntry[] = []
    for (let after = query.after ?? 0; ; ) {
      const args = [after, ...maybe(query.claim), PAGE]
      const page = ((await this.#read(TABLE_SCRIPTS.events, args)) as Reply[][]).map(entryOf)
      found.push(...page.filter((entry) => matches(entry, query)))
      if (page.length < PAGE || found.length >= limit) return found.slice(0, limit)
      after = page.at(-1)?.seq ?? after
    }
  }

  async registerWriter(row: LedgerWriterRow): Promise<void> {
    await this.#write(TABLE_SCRIPTS.addWriter, [row.writer, ...many(fieldsOf(ledgerWriterCodec, row))])
  }

  async advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean> {
    const { link, at, unsettled, closed, mac } = head
    const fields = ['link', link, 'at', at, 'unsettled', JSON.stringify(unsettled), 'closed', closed ? 1 : 0]
    return this.#swap(`writer:${writer}`, 'link', expectedLink, [...fields, 'mac', bufferOf(mac)])
  }

  async listWriters(after = '', limit = 500): Promise<readonly LedgerWriterRow[]> {
    return this.#rows('read', ledgerWriterCodec, TABLE_SCRIPTS.page, ['writer', 'writers', after, checkLimit(limit)])
  }

  async addRoot(row: LedgerRootRow): Promise<boolean> {
    const args = [row.number, rootName(row.number), ...many(fieldsOf(ledgerRootCodec, row))]
    return Number(await this.#write(TABLE_SCRIPTS.addRoot, args)) === 1
  }

  async listRoots(after = 0, limit = 500): Promise<readonly LedgerRootRow[]> {
    const args = ['root', 'roots', rootName(after), checkLimit(limit)]
    return this.#rows('read', ledgerRootCodec, TABLE_SCRIPTS.page, args)
  }

  /** In portions, so that Redis is not held up; each is a transaction. */
  async pruneEvents(throughSeq: number): Promise<number> {
    const count = Number(await this.#read(TABLE_SCRIPTS.countRoots, []))
    const [last] = count === 0 ? [] : await this.listRoots(count - 1, 1)
    checkPrune(throughSeq, last?.toSeq)
    for (let pruned = 0; ; ) {
      const portion = Number(await this.#write(TABLE_SCRIPTS.prune, [throughSeq, PRUNE_PORTION]))
      pruned += portion
      if (portion < PRUNE_PORTION) return pruned
    }
  }

  async acquireLock({ name, holder, ttlMs }: LockRequest): Promise<boolean> {
    checkTexts({ name, holder })
    return Number(await this.#write(TABLE_SCRIPTS.acquire, [name, holder, Math.ceil(ttlMs)])) === 1
  }

  async releaseLock(name: string, holder: string): Promise<void> {
    checkTexts({ name, holder })
    await this.#write(TABLE_SCRIPTS.release, [name, holder])
  }

  async readNote(name: string): Promise<string | undefined> {
    checkTexts(name, 'name')
    const note = await this.#read(TABLE_SCRIPTS.readNote, [name])
    return note === null ? undefined : String(note)
  }

  async writeNote(name: string, text: string): Promise<void> {
    checkTexts({ name, text })
    await this.#write(TABLE_SCRIPTS.writeNote, [name, text])
  }

  async #run(access: RedisAccess, script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.#connection.run(access, script, this.#root, [VERSION, ...args])
  }

  #read(script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.#run('read', script, args)
  }

  #write(script: RedisScript, args: readonly RedisArg[]): Promise<Reply> {
    return this.#run('write', script, args)
  }

  /** A transaction with ledger records. @returns undefined when it was refused. */
  async #record(script: RedisScript, args: readonly RedisArg[]): Promise<number | undefined> {
    const result = Number(await this.#write(script, args))
    if (result === LINK_REPEATED) throw repeatedLink()
    return result === REFUSED ? undefined : result
  }

  async #rows<Row extends object>(
    access: RedisAccess,
    codec: RowCodec<Row>,
    script: RedisScript,
    args: readonly RedisArg[],
  ): Promise<Row[]> {
    return ((await this.#run(access, script, args)) as Reply[]).map((fields) => rowOf(codec, fields))
  }

  async #names(script: RedisScript, args: readonly RedisArg[]): Promise<string[]> {
    return ((await this.#read(script, args)) as Buffer[]).map(String)
  }

  async #swap(name: string, field: string, expected: RedisArg, fields: readonly RedisArg[]): Promise<boolean> {
    return Number(await this.#write(TABLE_SCRIPTS.swap, [name, field, expected, ...many(fields)])) === 1
  }

  /** @param work gives undefined when what it had read was changed before it could write. */
  async #rounds<Result>(work: () => Promise<Result | undefined>): Promise<Result> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const result = await work()
      if (result !== undefined) return result
    }
    throw new VaultUnavailableError('Too many writers changed the same claims at once; nothing was stored. Retry.')
  }
}

/** Names are listed in byte order. */
const rootName = (number: number): string => String(number).padStart(16, '0')
