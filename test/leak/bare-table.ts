import { beforeAll, describe, expect, it } from 'vitest'
import { expectExposed } from '../../src/testing/leak/describe.js'
import { DURABILITIES } from '../../src/testing/leak/path.js'
import { leakPaths } from '../../src/testing/leak/paths/index.js'
import { type LeakReport, type LeakTarget, runLeakSuite } from '../../src/testing/leak/suite.js'

/** What a bare saver stores, path by path, in its cells and in its files. */
export function describeBareTable(name: string, saver: () => Promise<LeakTarget>): void {
  describe(`bare ${name}`, () => {
    let report: LeakReport
    beforeAll(async () => {
      report = await runLeakSuite({ name, saver })
    }, 120_000)

    describe.each(DURABILITIES)('durability %s', (durability) => {
      const rowOf = (name: string) =>
        report.rows.find(({ path, ...row }) => path.name === name && row.durability === durability)!

      it.each(leakPaths.map((path) => path.name))('stores the secret in plaintext: %s', (path) => {
        expectExposed(rowOf(path))
      })

      it('has every stored secret in its files as well', () => {
        const stored = report.rows.filter((row) => row.durability === durability && row.sightings.length > 0)
        const without = stored.filter(({ sightings }) => sightings.every(({ area }) => area !== 'file'))
        expect(without.map(({ path }) => path.name)).toEqual([])
      })
    })

    it('prints none of it, so that a sighting in a log is the wrapper’s doing', () => {
      const printed = report.rows.flatMap(({ sightings }) => sightings.filter(({ area }) => area === 'log'))
      expect(printed).toEqual([])
    })
  })
}
