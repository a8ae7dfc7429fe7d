import { beforeAll, describe, expect, it } from 'vitest'
import { DURABILITIES, type LeakPath } from '../../src/testing/leak/path.js'
import { leakPaths } from '../../src/testing/leak/paths/index.js'
import { type LeakReport, type LeakTarget, runLeakSuite } from '../../src/testing/leak/suite.js'

/** What a bare saver stores, path by path: the table of the leak map, and the proof that the search finds all of it. */
export function describeBareTable(name: string, saver: () => Promise<LeakTarget>, files: boolean): void {
  describe(`bare ${name}`, () => {
    let report: LeakReport
    beforeAll(async () => {
      report = await runLeakSuite({ name, saver })
    }, 120_000)

    describe.each(DURABILITIES)('durability %s', (durability) => {
      const areasOf = (path: LeakPath, kind: 'cells' | 'files') => {
        const row = report.rows.find((candidate) => candidate.path === path && candidate.durability === durability)
        const areas = new Set(row?.sightings.map(({ area }) => area))
        return [...areas].filter((area) => (area === 'file') === (kind === 'files')).sort()
      }

      it.each(leakPaths.map((path) => [path.name, path] as const))('stores the secret in plaintext: %s', (_, path) => {
        const lands = durability === 'exit' ? path.landsOnExit : path.lands
        const found = areasOf(path, 'cells').filter((area) => lands.includes(area) || !path.mayLand.includes(area))
        expect(found).toEqual([...lands].sort())
        if (files && lands.length > 0) expect(areasOf(path, 'files')).toEqual(['file'])
      })
    })

    it('prints none of it, so that a sighting in a log is the saver’s', () => {
      const printed = report.rows.flatMap(({ sightings }) => sightings.filter(({ area }) => area === 'log'))
      expect(printed).toEqual([])
    })
  })
}
