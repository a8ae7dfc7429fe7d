import { beforeAll, describe, expect, it } from 'vitest'
import { DURABILITIES, type LeakPath } from './path.js'
import { leakPaths } from './paths/index.js'
import type { Area } from './stored-bytes.js'
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
      it.each(named(paths))('keeps the secret out of the store: %s', (_, path) => {
        const row = rowOf(wrapped, rowName(path, durability))
        expect(row.sightings, 'canaries stored by the protected saver').toEqual([])
        if (path.refused) expect(row.outcome).toMatch(/^"threw \w+ \{/)
      })

      it.each(named(paths.filter(isComparable)))('lets the user see the same as the bare saver: %s', (_, path) => {
        const name = rowName(path, durability)
        expect(rowOf(wrapped, name).outcome).toEqual(rowOf(bare, name).outcome)
      })

      it.each(named(paths))('finds the secret in the bare store, where a leak would be: %s', (_, path) => {
        expectExposed(rowOf(bare, rowName(path, durability)))
      })
    })
  })
}

/** Copies of what stands in the cells, and what only some savers keep. */
const BESIDE: ReadonlySet<Area> = new Set(['file', 'config'])

/** Exactly there: the leak map's table.  */
export function expectExposed({ path, durability, sightings }: LeakRow): void {
  const lands = durability === 'exit' ? path.landsOnExit : path.lands
  const areas = new Set(sightings.map(({ area }) => area))
  const cells = [...areas].filter((area) => !BESIDE.has(area) && (lands.includes(area) || !path.mayLand.includes(area)))
  expect(cells.sort()).toEqual([...lands].sort())
}

function isComparable({ refused, unreadable }: LeakPath): boolean {
  return !refused && !unreadable
}

function named(paths: readonly LeakPath[]): (readonly [string, LeakPath])[] {
  return paths.map((path) => [path.name, path] as const)
}

function rowOf(report: LeakReport, name: string): LeakRow {
  const row = report.rows.find(({ path, durability }) => rowName(path, durability) === name)
  if (!row) throw new Error(`The leak suite has no row ${name}.`)
  return row
}
