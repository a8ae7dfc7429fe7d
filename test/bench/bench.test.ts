import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const BENCH = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Output {
  readonly store: readonly { readonly name: string }[]
  readonly vault: readonly { readonly database: string; readonly operations: readonly { readonly name: string }[] }[]
  readonly growth: readonly { readonly growth: readonly { readonly claims: number }[]; readonly sweep: object }[]
  readonly access: {
    readonly restores: readonly { readonly name: string }[]
    readonly rates: readonly { readonly engine: string; readonly decisionsPerSecond: number }[]
  }
  readonly agent: readonly { readonly name: string }[]
  readonly results: readonly { readonly section: string; readonly aim?: number; readonly comparison: object }[]
  readonly detect: {
    readonly workloads: readonly object[]
    readonly peers: readonly { readonly peer: string; readonly recall: number }[]
  }
}

async function bench(...args: readonly string[]): Promise<Output> {
  const all = ['--import', 'tsx', BENCH, '--quick', '--json', ...args]
  const { stdout } = await promisify(execFile)(process.execPath, all)
  return JSON.parse(stdout) as Output
}

it('compares a vault with rows written by hand, also as it grows', { timeout: 90_000 }, async () => {
  const { vault, growth } = await bench('--backends', 'sqlite', '--sections', 'vault,growth')
  const names = vault.flatMap(({ operations }) => operations.map(({ name }) => name))
  expect(names).toEqual(
    ['mint', 'restore', 'restore 100', 'claim', '50 ledger events'].map((operation) => `sqlite, ${operation}`),
  )
  expect(growth[0]?.growth.map(({ claims }) => claims)).toEqual([200, 1_000])
})

it('compares a restore under a policy with one without, and counts decisions', { timeout: 90_000 }, async () => {
  const { access } = await bench('--backends', 'memory,sqlite', '--sections', 'access')
  expect(access.restores.map(({ name }) => name)).toEqual(
    ['memory', 'sqlite'].map((name) => `${name}, restore of 20 claims`),
  )
  expect(access.rates.map(({ engine }) => engine)).toEqual(['built-in, 51 rules', 'Cedar'])
})

it('compares a graph’s store with the bare one', { timeout: 90_000 }, async () => {
  const { store } = await bench('--backends', 'memory', '--sections', 'store')
  const names = ['no secrets', 'one secret'].flatMap((what) =>
    ['put', 'put again', 'get', 'search'].map((operation) => `memory, ${what}, ${operation}`),
  )
  expect(store.map(({ name }) => name)).toEqual(names)
})

it('compares what a guarded model costs for each byte with what the saver costs', { timeout: 90_000 }, async () => {
  const { agent } = await bench('--sections', 'agent')
  expect(agent.map(({ name }) => name)).toEqual(['no secrets', 'three secrets'])
  for (const row of agent) expect(row).toMatchObject({ ratio: expect.any(Number), bytes: expect.any(Number) })
})

it('compares wrapped with bare, and detection with other scanners, as JSON', { timeout: 90_000 }, async () => {
  const { results, detect } = await bench('--backends', 'memory,sqlite')
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
