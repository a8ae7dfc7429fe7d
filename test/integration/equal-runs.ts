import { beforeAll, describe, expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { findCanaries, type Sighting } from '../../src/testing/leak/search.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import { protect } from '../support/wrapped-saver.js'
import { type Recording, record } from './recording.js'
import { type Scenario, scenarios } from './scenarios.js'

async function run(scenario: Scenario, open: () => Promise<LeakTarget>, wrapped: boolean, secret: string) {
  const target = await (wrapped ? protect(open)() : open())
  try {
    const recording = await record(scenario, target.checkpointer, secret)
    return { recording, stored: findCanaries(await target.dump(), new Map([[scenario.name, secret]])) }
  } finally {
    await target.close()
  }
}

/** Whatever a user of a graph can see is the same over a bare saver and over the wrapped one. */
export function describeEqualRuns(saver: string, open: () => Promise<LeakTarget>): void {
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    `over ${saver}: %s`,
    (_name, scenario) => {
      const secret = createCanary('token')
      let bare: { recording: Recording; stored: Sighting[] }
      let wrapped: { recording: Recording; stored: Sighting[] }
      beforeAll(async () => {
        bare = await run(scenario, open, false, secret)
        wrapped = await run(scenario, open, true, secret)
      })

      it('streams the same events and ends in the same state as over the bare saver', () => {
        expect(wrapped.recording.events).toEqual(bare.recording.events)
      })

      it('hands the real secret to the code that uses it', () => {
        expect(bare.recording.used.filter((text) => text.includes(secret)).length).toBeGreaterThan(0)
        expect(wrapped.recording.used).toEqual(bare.recording.used)
      })

      it('stores the secret bare, and keeps it out wrapped', () => {
        expect(bare.stored.map(({ area }) => area)).toContain('checkpoint')
        expect(wrapped.stored).toEqual([])
      })
    },
  )
}
