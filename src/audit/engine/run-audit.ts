import { randomBytes } from 'node:crypto'
import type { SecretSafeConfig } from '../../config/config.js'
import { detectorOf } from '../../config/detector-of.js'
import { SecretSafeError } from '../../errors.js'
import { buildReport } from '../collect/build-report.js'
import { Collector } from '../collect/collector.js'
import type { AuditReport, SourceSummary } from '../report.js'
import { listSources } from '../sources/list-sources.js'
import { openSource } from '../sources/open-source.js'
import type { AuditSource, ReadFilter, SourceSpec, Unit } from '../sources/source.js'
import type { AuditStateFile, SavedAudit } from './audit-state.js'
import { LocalWorker } from './local-worker.js'
import type { Rate } from './pace.js'
import { failureOf } from './scan-unit.js'
import { ThreadWorker } from './thread-pool.js'
import { type Task, type TaskResult, toolsFor, type WorkPlan } from './work.js'

export interface AuditOptions {
  readonly store: string
  /** PostgreSQL's; every one that holds tables of LangGraph's unless told. */
  readonly schema?: string | undefined
  readonly config: SecretSafeConfig
  /** From which a worker thread reads `config` again. */
  readonly configFile?: string | undefined
  readonly version: string
  readonly filter?: ReadFilter
  /** Ms since the epoch. */
  readonly since?: number | undefined
  readonly rate?: Rate | undefined
  /** Threads that read, this one among them; 1 unless told. */
  readonly jobs?: number | undefined
  readonly state?: AuditStateFile | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined
  readonly stdin?: NodeJS.ReadableStream | undefined
}

/** Bytes read so far, and about how many there are; 0 for a stream. */
export interface AuditProgress {
  readonly done: number
  readonly total: number
}

const SAVE_EVERY_MS = 5_000

/**
 * Reads a store once, from one end to the other. What it holds never makes it throw.
 * @throws StoreUnreadableError, ConfigError, DependencyError where there is nothing that could be read.
 */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const specs = await listSources(options.store, options.schema)
  return new Audit(options, specs).run()
}

interface Worker {
  run(task: Task, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<TaskResult>
  close(): Promise<void>
}

class Audit {
  readonly #options: AuditOptions
  readonly #specs: readonly SourceSpec[]
  readonly #saved: SavedAudit | undefined
  readonly #key: string
  readonly #startedAt: number
  readonly #collector: Collector
  readonly #sources: Pick<SourceSummary, 'name' | 'kind' | 'layout'>[] = []
  readonly #tools
  readonly #open = new Set<Unit>()
  #source = 0
  #lastUnit: Unit | null = null
  #savedAt = performance.now()
  #done = 0
  #total = 0

  constructor(options: AuditOptions, specs: readonly SourceSpec[]) {
    this.#options = options
    this.#specs = specs
    this.#saved = options.state?.load()
    this.#key = this.#saved?.key ?? randomBytes(32).toString('base64')
    this.#startedAt = this.#saved?.startedAt ?? Date.now()
    this.#collector = new Collector(Buffer.from(this.#key, 'base64'))
    if (this.#saved !== undefined) this.#collector.merge(this.#saved.collected)
    this.#tools = toolsFor(options.config, detectorOf(options.config))
  }

  async run(): Promise<AuditReport> {
    const { signal, filter, since } = this.#options
    for (let i = 0; i < this.#specs.length; i++) {
      if (signal?.aborted) break
      await this.#runSource(i)
    }
    if (!signal?.aborted) this.#options.state?.remove()
    const isPart = filter?.threadIds !== undefined || filter?.sample !== undefined || since !== undefined
    if (isPart) this.#collector.warnings.add('part-only', 'Only a part of the store was asked for.', undefined)
    if (signal?.aborted) {
      this.#collector.warnings.add('interrupted', 'The audit was interrupted before its end.', undefined)
    }
    const frame = {
      version: this.#options.version,
      command: 'audit',
      startedAt: this.#startedAt,
      endedAt: Date.now(),
      complete: !signal?.aborted && !isPart && !this.#collector.warnings.hasFailure,
      sources: this.#sources,
    } as const
    return buildReport(frame, this.#collector, this.#tools.catalog)
  }

  async #runSource(index: number): Promise<void> {
    const saved = this.#saved
    const source = await this.#openSource(index)
    if (source === undefined) return
    const shown = this.#tools.shown.text(source.name)
    this.#sources[index] = { name: shown, kind: source.kind, layout: source.layout }
    this.#total += source.totalBytes
    try {
      if (saved !== undefined && index < saved.source) {
        const [kind, layout] = saved.layouts[index] ?? [source.kind, source.layout]
        this.#sources[index] = { name: shown, kind: kind as SourceSummary['kind'], layout }
        return
      }
      const resumed = saved?.source === index ? saved : undefined
      this.#source = index
      this.#lastUnit = resumed?.lastUnit ?? null
      await this.#runUnits(source, index, resumed)
      if (this.#options.signal?.aborted) return
      this.#source = index + 1
      this.#lastUnit = null
    } finally {
      await source.close()
    }
  }

  /** A SQLite file that cannot be opened is read as bytes; a lone store that cannot be reached is an error. */
  async #openSource(index: number): Promise<AuditSource | undefined> {
    const spec = this.#specs[index]!
    try {
      return await openSource(spec, this.#options.stdin)
    } catch (error) {
      if (spec.type !== 'sqlite') throw error
      if (error instanceof SecretSafeError && error.code === 'ERR_DEPENDENCY_MISSING') throw error
      const [code, message] = failureOf(error)
      this.#collector.counts(index).unreadable++
      this.#collector.warnings.add(code, message, index)
      return openSource({ type: 'file', file: spec.file })
    }
  }

  async #runUnits(source: AuditSource, index: number, resumed: SavedAudit | undefined): Promise<void> {
    const { signal } = this.#options
    const units = this.#unitsOf(source, resumed)
    const workers = this.#workers(source, index)
    const work = async (worker: Worker) => {
      for (;;) {
        const next = signal?.aborted ? undefined : await units.next()
        if (next === undefined || next.done) return
        await this.#runUnit(worker, index, next.value)
      }
    }
    try {
      await Promise.all(workers.map(work))
    } finally {
      await Promise.all(workers.map((worker) => worker.close()))
      if (signal?.aborted) this.#save()
    }
  }

  async #runUnit(worker: Worker, index: number, unit: Unit): Promise<void> {
    const { signal } = this.#options
    const task = { source: index, unit }
    const onBytes = (bytes: number) => {
      this.#done += bytes
      this.#options.onProgress?.({ done: this.#done, total: this.#total })
    }
    const { state, kind, layout } = await worker.run(task, onBytes, signal)
    if (state === null) return
    this.#collector.merge(state)
    this.#sources[index] = { ...this.#sources[index]!, kind: kind as SourceSummary['kind'], layout }
    this.#open.delete(unit)
    if (performance.now() - this.#savedAt > SAVE_EVERY_MS) this.#save()
  }

  /** What an interrupted audit had begun comes first, then what it had not. */
  async *#unitsOf(source: AuditSource, resumed: SavedAudit | undefined): AsyncGenerator<Unit> {
    for (const unit of resumed?.open ?? []) this.#open.add(unit)
    yield* resumed?.open ?? []
    for await (const unit of source.units(resumed?.lastUnit ?? undefined)) {
      if (this.#options.signal?.aborted) return
      this.#lastUnit = unit
      this.#open.add(unit)
      yield unit
    }
  }

  #workers(source: AuditSource, index: number): readonly Worker[] {
    const { jobs = 1, filter = {}, since, rate, configFile } = this.#options
    const specs = this.#specs.map((spec, i) => (i === index ? (source.spec ?? spec) : spec))
    const isAlone = jobs <= 1 || source.spec === undefined
    const shared = rate === undefined ? null : share(rate, isAlone ? 1 : jobs)
    const plan: WorkPlan = { specs, key: this.#key, filter, since: since ?? null, rate: shared }
    const data = { plan, configFile: configFile ?? null }
    // Threads first: while they start, this one reads.
    const threads = Array.from({ length: isAlone ? 0 : jobs - 1 }, () => new ThreadWorker(data))
    return [...threads, new LocalWorker(plan, this.#tools, new Map([[index, source]]))]
  }

  #save(): void {
    this.#savedAt = performance.now()
    this.#options.state?.save({
      key: this.#key,
      startedAt: this.#startedAt,
      source: this.#source,
      lastUnit: this.#lastUnit,
      open: [...this.#open],
      collected: this.#collector.state(),
      layouts: this.#sources.map(({ kind, layout }) => [kind, layout] as const),
    })
  }
}

function share({ rows, bytes }: Rate, workers: number): Rate {
  return {
    ...(rows === undefined ? {} : { rows: rows / workers }),
    ...(bytes === undefined ? {} : { bytes: bytes / workers }),
  }
}
