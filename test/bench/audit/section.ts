import { runAudit } from '../../../src/audit/engine/run-audit.js'
import { openSource } from '../../../src/audit/sources/open-source.js'
import type { BackendName } from '../backends.js'
import { type Comparison, compare } from '../measure.js'
import { type BenchStore, postgresStore, sqliteStore } from './stores.js'

export interface AuditBench {
  readonly megabytes: number
  readonly stores: readonly StoreBench[]
}

export interface StoreBench {
  readonly store: string
  readonly megabytes: number
  readonly rows: number
  readonly secrets: number
  /** An audit against reading the same rows and doing nothing with them. */
  readonly audit: Comparison
  /** Of the process, above what it had before the first audit. */
  readonly rssGrowthMb: number
  /** How many times as fast two worker threads are; undefined where it was not measured. */
  readonly twoJobs: Speedup | undefined
}

/** By the clock, and by the processor: what it would be with two cores that nobody else uses. */
export interface Speedup {
  readonly wall: number
  readonly cpu: number
}

export interface AuditBenchOptions {
  readonly quick: boolean
  readonly rounds: number
  readonly databases: readonly BackendName[]
}

const STORES = { sqlite: sqliteStore, postgres: postgresStore } as const
const MB = 1e6

/** @param megabytes of checkpoints in each store. */
export async function auditSection(options: AuditBenchOptions, megabytes: number): Promise<AuditBench> {
  const stores: StoreBench[] = []
  for (const name of ['sqlite', 'postgres'] as const) {
    if (!options.databases.includes(name)) continue
    const store = await STORES[name](megabytes * MB)
    stores.push(await measure(store, Math.min(options.rounds, 3), options.quick))
    await store.remove()
  }
  return { megabytes, stores }
}

async function measure(store: BenchStore, rounds: number, quick: boolean): Promise<StoreBench> {
  const rss = watchRss()
  const audit = (jobs: number) => runAudit({ store: store.address, config: {}, version: '0', jobs, ...schemaOf(store) })
  const { sources, summary } = await audit(1)
  const growth = rss.stop()
  const comparison = await compare(store.name, rounds, async (side) => ({
    parts: [() => (side === 'bare' ? readAll(store) : audit(1))],
    close: async () => {},
  }))
  const twoJobs = quick ? undefined : speedup(await timed(() => audit(1)), await timed(() => audit(2)))
  const { bytes, rows } = sources[0]!
  return {
    store: store.name,
    megabytes: bytes / MB,
    rows,
    secrets: summary.secrets,
    audit: comparison,
    rssGrowthMb: growth,
    twoJobs,
  }
}

function schemaOf({ spec }: BenchStore): { schema?: string } {
  return spec.type === 'postgres' && spec.schema !== undefined ? { schema: spec.schema } : {}
}

async function readAll({ spec }: BenchStore): Promise<void> {
  const source = await openSource(spec)
  for await (const unit of source.units()) for await (const _ of source.read(unit, {}, () => undefined));
  await source.close()
}

interface Times {
  readonly wallMs: number
  readonly cpuMs: number
}

async function timed(work: () => Promise<unknown>): Promise<Times> {
  const [startedAt, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 }
}

function speedup(one: Times, two: Times): Speedup {
  return { wall: one.wallMs / two.wallMs, cpu: (2 * one.cpuMs) / two.cpuMs }
}

function watchRss(): { stop(): number } {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 50)
  return {
    stop: () => {
      clearInterval(timer)
      return (most - before) / MB
    },
  }
}
