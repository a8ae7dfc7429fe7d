import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileChild, discardChild, runChild, type SurvivalRun, survivalRun } from './survival-run.js'
import { expectSoundFile, Survivor, sightings } from './survivor.js'

const root = mkdtempSync(path.join(tmpdir(), 'secret-safe-survival-'))
/** How many children live at once. */
const LANES = 2
/** 5 for every fifth point, on a machine that is slow. */
const STEP = Number(process.env.SURVIVAL_STEP ?? 1)
let child: string
let points: readonly string[]

beforeAll(async () => {
  child = await compileChild(root)
  const run = survivalRun(root)
  const { printed, killed } = await runChild(child, run)
  expect({ killed, found: sightings(run, printed) }).toEqual({ killed: false, found: [] })
  points = JSON.parse(readFileSync(run.pointsFile, 'utf8')) as string[]
})

afterAll(() => {
  discardChild(child)
  rmSync(root, { recursive: true, force: true })
})

async function survive(run: SurvivalRun): Promise<void> {
  const { printed, killed } = await runChild(child, run)
  expect(killed).toBe(true)
  expect(sightings(run, printed)).toEqual([])
  const survivor = await Survivor.open(run)
  await survivor.expectEveryUrlHasItsClaim()
  await survivor.expectCountersAreRight()
  await survivor.expectLedgerIsIntact()
  await survivor.expectGraphComesToItsEnd()
  await survivor.expectDeletionCanBeFinished()
  await survivor.expectLimitsHold()
  await survivor.expectReplacementIsWhole()
  await survivor.expectRotationCanBeFinished()
  await survivor.expectLedgerIsIntact()
  await survivor.close()
  expect(sightings(run, '')).toEqual([])
  expectSoundFile(run.vaultFile)
  rmSync(run.directory, { recursive: true })
}

describe('a process killed with SIGKILL', () => {
  it('may die at every step of a secret’s life', () => {
    expect(points.filter((point) => point.includes('COMMIT')).length).toBeGreaterThan(30)
    for (const step of [
      'commit',
      'deleteThread',
      'sweep',
      'initVault',
      'initBranchKey',
      'rewrapBranchKey',
      'rewrapVault',
    ]) {
      expect(points).toContain(`after vault.${step}`)
    }
    for (const step of ['put', 'putWrites', 'deleteThread']) expect(points).toContain(`after saver.${step}`)
  })

  it('leaves no plaintext, loses no claim and counts right, whichever point it dies at', async () => {
    const failures: string[] = []
    let next = 0
    const take = () => STEP * next++
    const lane = async () => {
      for (let at = take(); at < points.length; at = take()) {
        await survive(survivalRun(root, at)).catch((error: unknown) => {
          failures.push(`point ${at}, ${points[at]}: ${String(error)}`)
        })
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    expect(failures).toEqual([])
  }, 1_200_000)
})
