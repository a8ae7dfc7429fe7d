import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const BENCH = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Output {
  readonly results: readonly { readonly section: string; readonly aim?: number; readonly comparison: object }[]
  readonly detect: {
    readonly workloads: readonly object[]
    readonly peers: readonly { readonly peer: string; readonly recall: number }[]
  }
}

it('compares wrapped with bare, and detection with other scanners, as JSON', { timeout: 90_000 }, async () => {
  const args = ['--import', 'tsx', BENCH, '--quick', '--json', '--backends', 'memory,sqlite']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { results, detect } = JSON.parse(stdout) as Output
  expect(new Set(results.map(({ section }) => section))).toEqual(new Set(['chat', 'operations', 'sizes']))
  for (const { section, aim, comparison } of results) {
    expect(aim).toBe(section === 'chat' ? 1.1 : undefined)
    // No figure is judged here: the machine that runs the tests is shared.
    expect(comparison).toMatchObject({
      ratio: expect.any(Number),
      bare: { medianMs: expect.any(Number) },
      wrapped: { medianMs: expect.any(Number) },
    })
  }
  expect(detect.workloads).toHaveLength(4)
  expect(new Set(detect.peers.map(({ peer }) => peer)).size).toBeGreaterThanOrEqual(4)
  const recallOf = (wanted: boolean) =>
    detect.peers.filter(({ peer }) => (peer === 'secret-safe') === wanted).map(({ recall }) => recall)
  expect(Math.min(...recallOf(true))).toBeGreaterThan(Math.max(...recallOf(false)))
})
