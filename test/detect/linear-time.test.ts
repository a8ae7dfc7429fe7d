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

function milliseconds(text: string, values?: KnownValues): number {
  const started = performance.now()
  scanner.scan(text, undefined, values)
  return performance.now() - started
}

/** The best of several rounds: what other processes do only ever adds. */
const best = (rounds: number, text: string, values?: KnownValues) =>
  Math.min(...Array.from({ length: rounds }, () => milliseconds(text, values)))

function growth(make: Hostile, size: number, rounds: number, values?: KnownValues): number {
  const large = best(rounds, make(size * GROWTH), values)
  return large < RESOLUTION_MS ? 0 : large / Math.max(best(rounds, make(size), values), RESOLUTION_MS / GROWTH)
}

describe('scanning takes time in proportion to the text, whatever the text', () => {
  it.each(Object.entries(HOSTILE))('%s', (_, make) => {
    milliseconds(make(40_000), known)
    expect(growth(make, 40_000, 5, known)).toBeLessThan(MOST)
  })

  it.each(stockRules.map((rule) => [rule.id, rule] as const))('against %s', (_, rule) => {
    for (const [kind, make] of Object.entries(hostileTo(rule))) {
      if (growth(make, 4000, 1) < MOST) continue
      // A second, longer look before the machine's noise is taken for the scan's.
      expect(growth(make, 8000, 9), kind).toBeLessThan(MOST)
    }
  })
})
