import { describe, expect, it } from 'vitest'
import { createDetector, stockRules } from '../../src/detect-entry.js'
import { exactRecall, FORMS, falsePerMegabyte, scanState, score } from '../bench/detect/score.js'
import { setB } from '../bench/detect/set-b/set.js'
import { makeState } from '../bench/detect/state.js'

const detector = createDetector()
/** Not the seed of the bench, and the set of templates that no rule was tuned on. */
const SEED = 20_402
const planted = makeState({ set: setB, seed: SEED, size: 5_000_000, rate: 0.05, rules: stockRules })
const clean = makeState({ set: setB, seed: SEED + 1, size: 12_000_000, rate: 0, rules: stockRules })

describe('on agent state that rules were not tuned on', () => {
  it.each(FORMS)('in %s, 99 of 100 secrets are found with exact spans and nothing beside them', (form) => {
    const result = score(scanState(detector, planted, form))
    const missed = [...result.byContext].filter(([, tally]) => tally.exact < tally.planted)
    expect(result.planted).toBeGreaterThan(1000)
    expect(exactRecall(result), JSON.stringify(missed)).toBeGreaterThanOrEqual(0.99)
    expect(result.falseFindings).toEqual([])
  })

  it.each(FORMS)('in 10 MB of %s without a secret, at most one finding is false', (form) => {
    const result = score(scanState(detector, clean, form))
    expect(result.megabytes).toBeGreaterThan(10)
    expect(falsePerMegabyte(result), JSON.stringify(result.falseFindings.slice(0, 5))).toBeLessThanOrEqual(0.1)
  })
})
