import { ConfigError, VaultUnavailableError } from '../../errors.js'
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
  SweepOptions,
  SweepResult,
} from '../claim-store.js'
import { checkCommit } from './check-commit.js'
import { recordCodec, threadCodec } from './codecs.js'
import { CLAIM_SCRIPTS } from './redis-claim-scripts.js'
import { COMMIT_SCRIPT } from './redis-commit-script.js'
import { type RedisClient, RedisConnection, type RedisConnectionOptions } from './redis-connection.js'
import { END_SCRIPTS } from './redis-end-scripts.js'
import { RedisLedgerStore } from './redis-ledger-store.js'
import { RECORD_SCRIPTS } from './redis-record-scripts.js'
import { bufferOf, claimOf, many, maybe, type Reply, recordsArgs, rowOf } from './redis-rows.js'
import { RedisRunner } from './redis-runner.js'
import { commitArgs, recordFilterArgs, sweepCandidateOf, sweepSteps } from './redis-transactions.js'
import { checkLimit, checkTexts } from './row-codec.js'
import { planSweep, roomForRecords, sweepResult } from './sweep-plan.js'

export interface RedisVaultOptions {
  /** Of every key, as `{prefix}:…`: one vault lies in one slot of a cluster. `secret-safe` unless told. */
  readonly prefix?: string
  /** Opens although the server does not say whether it evicts keys. Only where `maxmemory-policy` is `noeviction`. */
  readonly assumeNoEviction?: boolean
}

export type RedisClaimStoreOptions = RedisVaultOptions & RedisConnectionOptions

/** How often a transaction that met another one is planned again before the store counts as unavailable. */
const MAX_ROUNDS = 16
/** For how long a sweep's rows are its own. */
const ASIDE_MS = 30_000

/**
 * Keeps claims in Redis 7 or newer, also a cluster. Each call is one script, so one transaction. What a crash or a
 * failover may undo depends on the server's settings: see `durabilityAdvice` and docs/stores.md.
 */
export class RedisClaimStore extends RedisLedgerStore implements ClaimStore {
  readonly #redis: RedisRunner

  private constructor(connection: RedisConnection, { prefix = 'secret-safe', assumeNoEviction }: RedisVaultOptions) {
    if (!/^[\w.:-]+$/.test(prefix)) throw new ConfigError('A prefix holds letters, digits, and _ . : - only.')
    const redis = new RedisRunner(connection, `{${prefix}}:`)
    super(redis, assumeNoEviction ?? false)
    this.#redis = redis
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

  async load(query: ClaimLoad): Promise<ClaimSnapshot> {
    checkTexts(query)
    const { tenant, threadId, ids, places, revocations } = query
    const args = [tenant, threadId, ...many([...new Set(ids)]), ...many(places), ...many(revocations)]
    const reply = await this.#redis.read(CLAIM_SCRIPTS.load, args)
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
    const now = await this.#redis.record(COMMIT_SCRIPT, commitArgs(change))
    return now === undefined ? { committed: false } : { committed: true, now }
  }

  async find(filter: ClaimFilter): Promise<readonly ClaimRow[]> {
    checkTexts(filter)
    const { tenant, threadId, runId, fingerprints, after = '' } = filter
    const limit = checkLimit(filter.limit ?? 500)
    const tags = fingerprints?.map(bufferOf) ?? []
    const byTag = fingerprints === undefined ? 0 : 1
    const args = [tenant, ...maybe(threadId), ...maybe(runId), byTag, ...many(tags), after, limit]
    const found = ((await this.#redis.read(CLAIM_SCRIPTS.find, args)) as Reply[][]).map(claimOf)
    // By fingerprint they come in no order, and all at once: a value has few claims.
    return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit)
  }

  async findRecords(filter: RecordFilter): Promise<{ now: number; records: readonly AccessRecord[] }> {
    checkTexts(filter)
    const reply = await this.#redis.read(RECORD_SCRIPTS.find, recordFilterArgs(filter))
    const [now, found] = reply as [number, Reply[]]
    return { now, records: found.map((fields) => rowOf(recordCodec, fields)) }
  }

  async usedByOtherRuns(ids: readonly ClaimId[], runId: string): Promise<readonly ClaimId[]> {
    checkTexts({ ids, runId })
    return this.#redis.names(CLAIM_SCRIPTS.usedByOthers, [runId, ...many(ids)]) as Promise<ClaimId[]>
  }

  async listThreads(tenant: string, after?: string, limit = 500): Promise<readonly string[]> {
    checkTexts({ tenant, after })
    return this.#redis.names(CLAIM_SCRIPTS.names, [`threads:${tenant}`, ...maybe(after), checkLimit(limit)])
  }

  async countClaims(scope: { readonly tenant: string; readonly threadId?: string }, upTo: number): Promise<number> {
    checkTexts(scope)
    const { tenant, threadId } = scope
    const name = threadId === undefined ? tenant : `${tenant}\0${threadId}`
    return Math.min(Number(await this.#redis.read(CLAIM_SCRIPTS.count, [name])), checkLimit(upTo))
  }

  async deleteThread(tenant: string, threadId: string, event: LedgerEvent, link: LinkEvents): Promise<number> {
    checkTexts({ tenant, threadId })
    return this.#rounds(async () => {
      const ids = await this.#redis.names(CLAIM_SCRIPTS.names, [`in-thread:${tenant}\0${threadId}`, 0, -1])
      const records = link([{ ...event, claims: [...new Set([...event.claims, ...ids])] }])
      return this.#redis.record(END_SCRIPTS.deleteThread, [...recordsArgs(records), tenant, threadId, ...many(ids)])
    })
  }

  async sweep(options: SweepOptions, link: LinkEvents): Promise<SweepResult> {
    const limit = checkLimit(options.limit)
    let ids: readonly ClaimId[] = []
    let hasMore = false
    let looked = 0
    const claims = await this.#rounds(async () => {
      const reply = await this.#redis.write(END_SCRIPTS.sweepTake, [limit, ASIDE_MS, ...many(ids)])
      const [now, taken] = reply as [number, Reply[][]]
      const due = taken.map(sweepCandidateOf).filter(({ sweepAt }) => sweepAt !== null && sweepAt <= now)
      const plan = planSweep(due, now, options)
      looked = Math.max(looked, due.length)
      hasMore ||= plan.more
      const steps = sweepSteps(due, plan)
      ids = steps.map(({ id }) => id)
      if (ids.length === 0) return { cleared: 0, removed: 0, more: hasMore }
      const records = plan.events.length === 0 ? [] : link(plan.events)
      const args = [...recordsArgs(records), steps.length, ...steps.flatMap(({ args }) => args)]
      if ((await this.#redis.record(END_SCRIPTS.sweepApply, args)) === undefined) return undefined
      return { cleared: plan.clear.length, removed: plan.remove.length, more: hasMore }
    })
    const args = [options.tombstoneMs, roomForRecords(looked, options)]
    const [removed, more] = (await this.#redis.write(END_SCRIPTS.sweepRecords, args)) as [number, number]
    return sweepResult(claims, { removed, more: more === 1 })
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
