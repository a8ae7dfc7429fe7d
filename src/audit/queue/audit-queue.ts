import { randomBytes, randomUUID } from 'node:crypto'
import { StoreUnreadableError } from '../../errors.js'
import { PostgresConnections, type PostgresRecord } from '../../vault/stores/postgres-pool.js'
import type { CollectorState } from '../collect/collector.js'
import type { Unit } from '../sources/source.js'
import {
  ADD_UNITS,
  CLEAR,
  END,
  FINISH_UNIT,
  FORGET,
  GIVE_BACK,
  JOIN,
  LEAVE,
  PROGRESS,
  RENEW_UNIT,
  RESULTS,
  SEEN,
  SETUP,
  TAKE_PLANNING,
  TAKE_UNIT,
} from './queue-sql.js'

/** After which a worker that says nothing is taken for lost. */
const LEASE_SECONDS = 60
/** Two processes that make the same schema at once. */
const SETUP_LOCK = 7_236_001

export interface QueueRun {
  /** Of fingerprints; every worker of the run has the same, so that a secret is one secret wherever it is met. */
  readonly key: Uint8Array
  readonly startedAt: number
}

export interface QueuedUnit {
  readonly ordinal: number
  readonly unit: Unit
}

export interface QueueProgress {
  readonly isPlanned: boolean
  readonly units: number
  readonly done: number
}

/**
 * The units of one audit in a PostgreSQL table, taken by workers on any number of hosts. A worker holds its unit by a lease:
 * when it is lost, another one takes the unit over.
 */
export class AuditQueue {
  readonly #db: PostgresConnections
  readonly #worker = randomUUID()
  readonly #leaseSeconds: number
  #run = ''

  /** @throws ConfigError unless it is a URL for PostgreSQL. */
  constructor(address: string, leaseSeconds = LEASE_SECONDS) {
    this.#db = PostgresConnections.ofConnString(address, { maxConnections: 2 })
    this.#leaseSeconds = leaseSeconds
  }

  /** @param asked the same for everybody who is to work on the same audit. */
  async join(asked: string): Promise<QueueRun> {
    await this.#setUp()
    await this.#ask(FORGET, [asked, this.#leaseSeconds])
    const [row] = await this.#ask(JOIN, [asked, randomUUID(), randomBytes(32), Date.now()])
    this.#run = String(row!.run)
    await this.seen()
    return { key: row!.key as Uint8Array, startedAt: Number(row!.started_at) }
  }

  async seen(): Promise<void> {
    await this.#ask(SEEN, [this.#run, this.#worker])
  }

  /** @returns undefined when another worker plans, or all is planned; else the last unit that is planned already. */
  async takePlanning(): Promise<{ readonly lastUnit: Unit | null } | undefined> {
    const [row] = await this.#ask(TAKE_PLANNING, [this.#run, this.#worker, this.#leaseSeconds])
    return row === undefined ? undefined : { lastUnit: (row.last_unit as Unit | null) ?? null }
  }

  /** @returns false when another worker has taken the planning over. */
  async add(units: readonly Unit[], isLast: boolean): Promise<boolean> {
    const values = [this.#run, this.#worker, JSON.stringify(units), this.#leaseSeconds, isLast]
    return (await this.#ask(ADD_UNITS, values)).length > 0
  }

  async take(): Promise<QueuedUnit | undefined> {
    const [row] = await this.#ask(TAKE_UNIT, [this.#run, this.#worker, this.#leaseSeconds])
    return row === undefined ? undefined : { ordinal: Number(row.ordinal), unit: row.unit as Unit }
  }

  async renew({ ordinal }: QueuedUnit): Promise<void> {
    await this.#ask(RENEW_UNIT, [this.#run, ordinal, this.#worker, this.#leaseSeconds])
  }

  get renewEveryMs(): number {
    return (this.#leaseSeconds * 1_000) / 3
  }

  async finish({ ordinal }: QueuedUnit, result: CollectorState): Promise<void> {
    await this.#ask(FINISH_UNIT, [this.#run, ordinal, this.#worker, JSON.stringify(result)])
  }

  async giveBack(): Promise<void> {
    await this.#ask(GIVE_BACK, [this.#run, this.#worker])
  }

  async progress(): Promise<QueueProgress> {
    const [row] = await this.#ask(PROGRESS, [this.#run])
    if (row === undefined) throw new StoreUnreadableError('The audit is gone from its queue.')
    return { isPlanned: row.is_planned === true, units: Number(row.units), done: Number(row.done) }
  }

  async *results(): AsyncGenerator<CollectorState> {
    for (let after = 0; ; ) {
      const rows = await this.#ask(RESULTS, [this.#run, after])
      for (const { result } of rows) yield result as CollectorState
      if (rows.length === 0) return
      after = Number(rows.at(-1)!.ordinal)
    }
  }

  /** @returns when the audit ended, the same for everybody. */
  async end(): Promise<number> {
    const [row] = await this.#ask(END, [this.#run, Date.now()])
    return Number(row?.ended_at ?? Date.now())
  }

  /** Clears the run once everybody has its report. */
  async close(): Promise<void> {
    try {
      if (this.#run !== '') {
        await this.#ask(LEAVE, [this.#run, this.#worker])
        await this.#ask(CLEAR, [this.#run, this.#leaseSeconds])
      }
    } finally {
      await this.#db.close()
    }
  }

  async #setUp(): Promise<void> {
    await this.#guard(() =>
      this.#db.transaction('setup', async (run) => {
        await run({ text: 'SELECT pg_advisory_xact_lock($1)', values: [SETUP_LOCK] })
        for (const text of SETUP) await run({ text, values: [] })
      }),
    )
  }

  #ask(text: string, values: unknown[]): Promise<PostgresRecord[]> {
    return this.#guard(() => this.#db.run('write', { text, values }))
  }

  /** The errors of a vault's connection say what a vault needs. */
  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      const cause = (error as { cause?: { readonly code: string } }).cause
      throw new StoreUnreadableError(
        "The queue's database could not be used: it cannot be reached, or its role may not make tables.",
        { cause },
      )
    }
  }
}
