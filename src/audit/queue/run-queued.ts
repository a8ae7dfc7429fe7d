import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { detectorOf } from '../../config/detector-of.js'
import { ConfigError, StoreUnreadableError } from '../../errors.js'
import { buildReport } from '../collect/build-report.js'
import { Collector } from '../collect/collector.js'
import { LocalWorker } from '../engine/local-worker.js'
import type { AuditOptions } from '../engine/run-audit.js'
import { toolsFor, type WorkPlan } from '../engine/work.js'
import type { AuditReport } from '../report.js'
import { listSources } from '../sources/list-sources.js'
import { openSource } from '../sources/open-source.js'
import type { AuditSource, Unit } from '../sources/source.js'
import { AuditQueue, type QueuedUnit } from './audit-queue.js'

/** Units that are planned at once. */
const PLAN = 50
const POLL_MS = 500

export interface QueuedOptions extends AuditOptions {
  /** Of the queue's database; not the store's, if it is to be spared. */
  readonly queue: string
  readonly leaseSeconds?: number | undefined
}

/**
 * Works on an audit together with whoever else was started over the same store and queue, and returns the report of all of
 * them once the last unit is done.
 * @throws ConfigError for a store that only this host has; StoreUnreadableError
 */
export async function runQueued(options: QueuedOptions): Promise<AuditReport> {
  const [spec] = await listSources(options.store, options.schema)
  if (spec?.type !== 'postgres')
    throw new ConfigError('--queue is for stores in PostgreSQL: other hosts do not have this one.')
  const source = await openSource(spec)
  const queue = new AuditQueue(options.queue, options.leaseSeconds)
  try {
    return await work(options, source, queue)
  } finally {
    await queue.close()
    await source.close()
  }
}

async function work(options: QueuedOptions, source: AuditSource, queue: AuditQueue): Promise<AuditReport> {
  const { filter = {}, since, rate, signal } = options
  const { key, startedAt } = await queue.join(askedOf(options, source))
  const tools = toolsFor(options.config, detectorOf(options.config))
  const plan: WorkPlan = {
    specs: [source.spec!],
    key: Buffer.from(key).toString('base64'),
    filter,
    since: since ?? null,
    rate: rate ?? null,
  }
  const worker = new LocalWorker(plan, tools, new Map([[0, source]]))
  const planner = new Planner(source, queue, signal)
  for (;;) {
    planner.start()
    if (signal?.aborted) {
      await planner.end()
      await queue.giveBack()
      throw new StoreUnreadableError(
        'The audit was interrupted; its other workers go on, and the same command joins them again.',
      )
    }
    const queued = await queue.take()
    if (queued !== undefined) {
      await runUnit(queued, worker, queue, options)
      continue
    }
    await queue.seen()
    const { isPlanned, units, done } = await queue.progress()
    if (isPlanned && units === done) break
    planner.mayStartAgain()
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
  await planner.end()
  const collector = new Collector(key)
  for await (const state of queue.results()) collector.merge(state)
  const isPart = filter.threadIds !== undefined || filter.sample !== undefined || since !== undefined
  if (isPart) collector.warnings.add('part-only', 'Only a part of the store was asked for.', undefined)
  const { name, kind, layout } = source
  const frame = {
    version: options.version,
    command: 'audit',
    startedAt,
    endedAt: await queue.end(),
    complete: !isPart && !collector.warnings.hasFailure,
    sources: [{ name: tools.shown.text(name), kind, layout }],
  } as const
  return buildReport(frame, collector, tools.catalog)
}

/** What everybody must ask alike to work on the same audit. */
function askedOf({ filter, since, config, version }: QueuedOptions, source: AuditSource): string {
  const schema = source.spec?.type === 'postgres' ? (source.spec.schema ?? null) : null
  const asked = [source.name, schema, filter ?? {}, since ?? null, config.detector ?? {}, version]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

async function runUnit(
  queued: QueuedUnit,
  worker: LocalWorker,
  queue: AuditQueue,
  options: QueuedOptions,
): Promise<void> {
  const renewal = setInterval(() => void queue.renew(queued).catch(() => undefined), queue.renewEveryMs)
  let bytes = 0
  const onBytes = (more: number) => {
    bytes += more
    options.onProgress?.({ done: bytes, total: 0 })
  }
  try {
    const { state } = await worker.run({ source: 0, unit: queued.unit }, onBytes, options.signal)
    if (state !== null) await queue.finish(queued, state)
  } finally {
    clearInterval(renewal)
  }
}

/** One worker lists the units while others read them already; where it is lost, another goes on behind the last one. */
class Planner {
  readonly #source: AuditSource
  readonly #queue: AuditQueue
  readonly #signal: AbortSignal | undefined
  #planning: Promise<void> | undefined
  #isIdle = true
  #error: unknown

  constructor(source: AuditSource, queue: AuditQueue, signal: AbortSignal | undefined) {
    this.#source = source
    this.#queue = queue
    this.#signal = signal
  }

  /** @throws what made the planning before it fail. */
  start(): void {
    if (this.#error !== undefined) throw this.#error
    if (this.#planning !== undefined) return
    this.#isIdle = false
    this.#planning = this.#plan()
      .catch((error: unknown) => {
        this.#error = error
      })
      .finally(() => {
        this.#isIdle = true
      })
  }

  /** Another worker may have been lost since. */
  mayStartAgain(): void {
    if (this.#isIdle) this.#planning = undefined
  }

  async end(): Promise<void> {
    await this.#planning
  }

  async #plan(): Promise<void> {
    const planning = await this.#queue.takePlanning()
    if (planning === undefined) return
    let units: Unit[] = []
    for await (const unit of this.#source.units(planning.lastUnit ?? undefined)) {
      if (this.#signal?.aborted) return
      units.push(unit)
      if (units.length < PLAN) continue
      if (!(await this.#queue.add(units, false))) return
      units = []
    }
    await this.#queue.add(units, true)
  }
}
