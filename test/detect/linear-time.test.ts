import { describe, expect, it } from 'vitest'
import { KnownValues } from '../../src/detect/known-values.js'
import { Scanner } from '../../src/detect/scanner.js'
import { stockRules } from '../../src/rules/index.js'
import { HOSTILE, type Hostile, hostileTo } from '../bench/detect/hostile.js'

const scanner = new Scanner(stockRules)
const known = new KnownValues()
known.add('abcdabcdabcdabcdX1')
known.add('sk-sk-sk-known-1')
const GROWTH = 8
/** A scan that takes eight times the time for eight times the text has a ratio of 8, a quadratic one of 64. */
const MOST = GROWTH * 3
/** Less than this is the clock and the machine, not the scan. */
const RESOLUTION_MS = 0.5

/** Of the processor, not of the clock: a machine that is busy with other things says the same. */
function milliseconds(text: string, values?: KnownValues): number {
  const started = process.cpuUsage()
  scanner.scan(text, undefined, values)
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1_000
}

/** The best of several rounds: what the engine does beside it, such as compiling, only ever adds. */
const best = (rounds: number, text: string, values?: KnownValues) =>
  Math.min(...Array.from({ length: rounds }, () => milliseconds(text, values)))

function growth(make: Hostile, size: number, rounds: number, values?: KnownValues): number {
  const large = best(rounds, make(size * GROWTH), values)
  return large < RESOLUTION_MS ? 0 : large / Math.max(best(rounds, make(size), values), RESOLUTION_MS / GROWTH)
}

/**
 * The growth at the first of these sizes that shows none beyond the text's own, else at the last. What a scan reads around
 * one place is bounded by thousands of characters, so that short texts may seem to grow; and the machine has noise.
 */
function lowestGrowth(make: Hostile, sizes: readonly number[], values?: KnownValues): number {
  let ratio = 0
  for (const [attempt, size] of sizes.entries()) {
    ratio = growth(make, size, 1 + 2 * attempt, values)
    if (ratio < MOST) return ratio
  }
  return ratio
}

describe('scanning takes time in proportion to the text, whatever the text', () => {
  it.each(Object.entries(HOSTILE))('%s', (_, make) => {
    milliseconds(make(40_000), known)
    expect(lowestGrowth(make, [20_000, 40_000, 40_000], known)).toBeLessThan(MOST)
  })

  it.each(stockRules.map((rule) => [rule.id, rule] as const))('against %s', (_, rule) => {
    for (const [kind, make] of Object.entries(hostileTo(rule))) {
      expect(lowestGrowth(make, [4000, 32_000, 32_000]), kind).toBeLessThan(MOST)
    }
  })
})
