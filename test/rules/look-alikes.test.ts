import { describe, expect, it } from 'vitest'
import { createDetector } from '../../src/detect-entry.js'
import { seededRandom } from '../../src/testing/templates.js'
import { LOOK_ALIKES, PROSE_LOOK_ALIKES } from './look-alikes.js'

const detector = createDetector()
const ROUNDS = 40

describe('look-alikes stay silent: a false finding would seal an id and break a graph', () => {
  const random = seededRandom(11)

  it.each(Object.entries(LOOK_ALIKES))('%s', (_, make) => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = make(random)
      const forms = [
        text,
        `id ${text} done`,
        JSON.stringify({ id: text }),
        JSON.stringify({ a: JSON.stringify({ id: text }) }),
      ]
      for (const form of forms) {
        const found = detector.scanText(form).map((finding) => [finding.ruleId, form.slice(finding.start, finding.end)])
        expect(found, form.slice(0, 400)).toEqual([])
      }
    }
  })

  it.each(PROSE_LOOK_ALIKES)('%s', (text) => {
    expect(detector.scanText(text).map((finding) => [finding.ruleId, text.slice(finding.start, finding.end)])).toEqual(
      [],
    )
  })
})
