import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const BENCH = fileURLToPath(new URL('./main.ts', import.meta.url))

it('compares wrapped with bare on every section, as JSON', { timeout: 90_000 }, async () => {
  const args = ['--import', 'tsx', BENCH, '--quick', '--json', '--backends', 'memory,sqlite']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { results } = JSON.parse(stdout) as { results: { section: string; aim?: number; comparison: object }[] }
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
})
