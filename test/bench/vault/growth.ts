import type { OpenDatabase } from './databases.js'
import { VaultWork } from './work.js'

const MINUTE_MS = 60_000
const TOMBSTONE_MS = 90 * 24 * 60 * MINUTE_MS

export interface Latency {
  readonly medianMs: number
  readonly p99Ms: number
}

export interface Growth {
  /** Claims in the store when it was measured. */
  readonly claims: number
  readonly restore: Latency
  readonly claim: Latency
  /** Destroying the key of a window that has passed. */
  readonly destroyMs: number
}

export interface SweepLoad {
  readonly expired: number
  readonly seconds: number
  /** Restores before, and while the sweep ran. */
  readonly quiet: Latency
  readonly busy: Latency
}

/** The same calls on the same vault with ever more claims in it; the sizes ascend. */
export async function measureGrowth(
  database: OpenDatabase,
  sizes: readonly number[],
  samples: number,
): Promise<readonly Growth[]> {
  const results: Growth[] = []
  let filled = 0
  for (const claims of sizes) {
    await database.filler.fill(claims - filled, 'never')
    filled = claims
    results.push({ claims, ...(await probe(database, samples)), destroyMs: await destroyWindow(database) })
  }
  return results
}

/** Sweeps claims that have ended, with readers at work beside it. */
export async function measureSweep(database: OpenDatabase, expired: number, samples: number): Promise<SweepLoad> {
  await database.filler.fill(expired, 'past')
  const work = new VaultWork(database.vault)
  const [id] = await work.mint(1)
  const read = () => work.restore([id!])
  const quiet = await latency(samples, read)
  const busy: number[] = []
  let sweeping = true
  const startedAt = performance.now()
  const sweep = sweepAll(database).finally(() => {
    sweeping = false
  })
  while (sweeping) busy.push(await timed(read))
  await sweep
  return { expired, seconds: (performance.now() - startedAt) / 1000, quiet, busy: summary(busy) }
}

async function sweepAll({ store, vault }: OpenDatabase): Promise<void> {
  const { ledger } = vault.context()
  const options = { graceMs: MINUTE_MS, tombstoneMs: TOMBSTONE_MS, limit: 500 }
  for (;;) {
    const { more } = await ledger.record((link) => store.sweep(options, link))
    if (!more) return
  }
}

async function probe(database: OpenDatabase, samples: number): Promise<Pick<Growth, 'restore' | 'claim'>> {
  const work = new VaultWork(database.vault)
  const [id] = await work.mint(1)
  for (let i = 0; i < samples; i++) await work.restore([id!])
  const urls = await work.create(samples)
  let next = 0
  return {
    restore: await latency(samples, () => work.restore([id!])),
    claim: await latency(samples, () => work.claim(urls[next++]!)),
  }
}

async function destroyWindow({ store, vault }: OpenDatabase): Promise<number> {
  await vault.context().branchKeys.forWindow('default', 1)
  return timed(() => store.destroyBranchKeys(2))
}

async function latency(samples: number, call: () => Promise<unknown>): Promise<Latency> {
  const times: number[] = []
  for (let i = 0; i < samples; i++) times.push(await timed(call))
  return summary(times)
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await call()
  return performance.now() - startedAt
}

function summary(times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { medianMs: at(0.5), p99Ms: at(0.99) }
}
