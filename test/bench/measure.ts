export const SIDES = ['bare', 'wrapped'] as const
export type Side = (typeof SIDES)[number]

/** Work that is set up outside of the measured time. */
export interface Job {
  /** In order; both sides do one before either does the next, so that both meet the same noise. */
  readonly parts: readonly (() => Promise<unknown>)[]
  close(): Promise<unknown>
}

export interface Summary {
  readonly medianMs: number
  readonly minMs: number
  readonly maxMs: number
}

/** One piece of work on both savers, measured in turns. */
export interface Comparison {
  readonly name: string
  readonly bare: Summary
  readonly wrapped: Summary
  /** Median of the rounds' ratios: each round's two sides met the same noise. */
  readonly ratio: number
  readonly lowestRatio: number
  readonly highestRatio: number
  /** The same by this process's CPU time: steadier on a shared machine, and blind to the database server. */
  readonly cpuRatio: number
  readonly rounds: number
}

interface Sample {
  readonly wallMs: number
  readonly cpuMs: number
}

/**
 * Runs bare and wrapped in turns, the first one alternating, after a round that is not counted. Garbage is not collected
 * in between: a forced collection throws optimized code away, and what is measured then is the compiler.
 */
export async function compare(
  name: string,
  rounds: number,
  prepare: (side: Side) => Promise<Job>,
): Promise<Comparison> {
  const samples: Record<Side, Sample[]> = { bare: [], wrapped: [] }
  for (let round = 0; round <= rounds; round++) {
    const sums = await measureRound({ bare: await prepare('bare'), wrapped: await prepare('wrapped') }, round)
    if (round > 0) for (const side of SIDES) samples[side].push(sums[side])
  }
  const ratios = (of: keyof Sample) => samples.bare.map((bare, i) => samples.wrapped[i]![of] / bare[of])
  const wall = ratios('wallMs')
  return {
    name,
    bare: summary(samples.bare),
    wrapped: summary(samples.wrapped),
    ratio: median(wall),
    lowestRatio: Math.min(...wall),
    highestRatio: Math.max(...wall),
    cpuRatio: median(ratios('cpuMs')),
    rounds,
  }
}

/** The same, where each sample was several calls. */
export function perCall(total: Comparison, repeat: number): Comparison {
  const each = ({ medianMs, minMs, maxMs }: Comparison['bare']) => ({
    medianMs: medianMs / repeat,
    minMs: minMs / repeat,
    maxMs: maxMs / repeat,
  })
  return { ...total, bare: each(total.bare), wrapped: each(total.wrapped) }
}

async function measureRound(jobs: Readonly<Record<Side, Job>>, round: number): Promise<Record<Side, Sample>> {
  const sums: Record<Side, Sample> = { bare: { wallMs: 0, cpuMs: 0 }, wrapped: { wallMs: 0, cpuMs: 0 } }
  for (let part = 0; part < jobs.bare.parts.length; part++) {
    for (const side of (round + part) % 2 === 0 ? SIDES : SIDES.toReversed()) {
      const { wallMs, cpuMs } = await measure(jobs[side].parts[part]!)
      sums[side] = { wallMs: sums[side].wallMs + wallMs, cpuMs: sums[side].cpuMs + cpuMs }
    }
  }
  for (const side of SIDES) await jobs[side].close()
  return sums
}

async function measure(run: () => Promise<unknown>): Promise<Sample> {
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await run()
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (user + system) / 1000 }
}

function summary(samples: readonly Sample[]): Summary {
  const times = samples.map(({ wallMs }) => wallMs)
  return { medianMs: median(times), minMs: Math.min(...times), maxMs: Math.max(...times) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
