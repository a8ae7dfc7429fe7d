import { beforeAll, describe, expect, it } from 'vitest'
import { DURABILITIES, type LeakPath } from './path.js'
import { leakPaths } from './paths/index.js'
import { type LeakReport, type LeakRow, type LeakSuiteOptions, rowName, runLeakSuite } from './suite.js'

export interface DescribeLeaksOptions extends Omit<LeakSuiteOptions, 'like'> {
  /** The same store without protection: proves that the search can find every canary, and what a user has to see. */
  readonly bare: Pick<LeakSuiteOptions, 'saver' | 'mark'>
}

/** The leak suite as vitest tests: one per path and durability. */
export function describeLeaks(options: DescribeLeaksOptions): void {
  const { name, durabilities = DURABILITIES, paths = leakPaths } = options
  describe(`leak suite: ${name}`, () => {
    let wrapped: LeakReport
    let bare: LeakReport
    beforeAll(async () => {
      // The protected store first: write-ahead logs are shared, and the bare run fills them with the same canaries.
      wrapped = await runLeakSuite(options)
      bare = await runLeakSuite({
        ...options,
        mark: (value) => value,
        ...options.bare,
        name: `bare ${name}`,
        like: wrapped,
      })
    }, 300_000)

    describe.each(durabilities)('durability %s', (durability) => {
      it.each(paths.map((path) => [path.name, path] as const))('keeps the secret out of the store: %s', (_, path) => {
        const row = rowOf(wrapped, rowName(path, durability))
        expect(row.sightings, 'canaries stored by the protected saver').toEqual([])
        if (path.refused) expect(row.outcome).toMatch(/^"threw \w+ \{/)
      })

      it.each(comparable(paths))('lets the user see the same as the bare saver: %s', (_, path) => {
        const name = rowName(path, durability)
        expect(rowOf(wrapped, name).outcome).toEqual(rowOf(bare, name).outcome)
      })

      it('finds every canary in the bare store, so that a leak would be noticed', () => {
        const missed = bare.rows.filter((row) => row.durability === durability && !foundAsExpected(row))
        expect(missed.map(({ path }) => path.name)).toEqual([])
      })
    })
  })
}

function comparable(paths: readonly LeakPath[]): (readonly [string, LeakPath])[] {
  return paths.filter((path) => !path.refused && !path.unreadable).map((path) => [path.name, path] as const)
}

function foundAsExpected({ path, durability, sightings }: LeakRow): boolean {
  const lands = durability === 'exit' ? path.landsOnExit : path.lands
  return lands.every((area) => sightings.some((sighting) => sighting.area === area))
}

function rowOf(report: LeakReport, name: string): LeakRow {
  const row = report.rows.find(({ path, durability }) => rowName(path, durability) === name)
  if (!row) throw new Error(`The leak suite has no row ${name}.`)
  return row
}
