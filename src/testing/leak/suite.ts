import type { BaseCache, BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'
import { createCanary } from './canary.js'
import { dumpError, watchOutput } from './dump/output.js'
import type { Durability, LeakPath } from './path.js'
import { DURABILITIES } from './path.js'
import { leakPaths } from './paths/index.js'
import { maskVolatile, render } from './render.js'
import { findCanaries, type Sighting } from './search.js'
import type { StoredBytes } from './stored-bytes.js'

/** A saver under test with the store beneath it. */
export interface LeakTarget {
  readonly checkpointer: BaseCheckpointSaver
  readonly store?: BaseStore
  readonly cache?: BaseCache
  /** All bytes in which a secret could stand: the saver's store, and the vault's where there is one. */
  dump(): Promise<readonly StoredBytes[]>
  close(): Promise<void>
}

export interface LeakSuiteOptions {
  readonly name: string
  /** Opens a new, empty store; called once for each durability. */
  readonly saver: () => Promise<LeakTarget>
  /** All three unless told. */
  readonly durabilities?: readonly Durability[]
  /** All paths unless told. */
  readonly paths?: readonly LeakPath[]
  /** What marks a value for this saver: `secret`. Leaves it as it is unless told. */
  readonly mark?: (value: unknown) => unknown
  /** Use the canaries of that run again, so that what the users of both saw can be compared. */
  readonly like?: LeakReport
}

/** One path under one durability. */
export interface LeakRow {
  readonly path: LeakPath
  readonly durability: Durability
  readonly sightings: readonly Sighting[]
  /** What the graph's user saw, with the canary masked. */
  readonly outcome: string
}

export interface LeakReport {
  readonly name: string
  readonly rows: readonly LeakRow[]
  /** By path and durability. Not enumerable: a report can be printed. */
  readonly canaries: ReadonlyMap<string, string>
}

/**
 * Plants one canary for each path and durability, runs the path's graph over the saver, and searches every byte that was
 * stored or printed. Over a bare saver it finds all of them: a check that can fail.
 */
export async function runLeakSuite(options: LeakSuiteOptions): Promise<LeakReport> {
  const paths = options.paths ?? leakPaths
  const durabilities = options.durabilities ?? DURABILITIES
  const canaries = new Map(options.like?.canaries)
  const rows: LeakRow[] = []
  for (const durability of durabilities) rows.push(...(await runPaths(options, paths, durability, canaries)))
  const report = { name: options.name, rows }
  Object.defineProperty(report, 'canaries', { value: canaries, enumerable: false })
  return report as LeakReport & typeof report
}

async function runPaths(
  { saver, mark = (value) => value }: LeakSuiteOptions,
  paths: readonly LeakPath[],
  durability: Durability,
  canaries: Map<string, string>,
): Promise<LeakRow[]> {
  const target = await saver()
  const output = watchOutput()
  const planted = new Map<string, string>()
  const failures: StoredBytes[] = []
  const outcomes = new Map<LeakPath, string>()
  try {
    for (const path of paths) {
      const name = rowName(path, durability)
      const canary = canaries.get(name) ?? createCanary(path.canary)
      canaries.set(name, canary)
      planted.set(name, canary)
      const config = { configurable: { thread_id: name }, durability }
      const { dump: _dump, close: _close, ...opened } = target
      const run = { ...opened, canary, durability, config, mark }
      const seen = await path.run(run).then(render, (error: unknown) => {
        failures.push(dumpError(error, 'error out of the graph'))
        return `threw ${render(error)}`
      })
      outcomes.set(path, maskVolatile(maskCanary(seen, canary)))
    }
    output.stop()
    const sightings = findCanaries([...(await target.dump()), ...output.dump(), ...failures], planted)
    return paths.map((path) => ({
      path,
      durability,
      sightings: sightings.filter(({ canary }) => canary === rowName(path, durability)),
      outcome: outcomes.get(path) ?? '',
    }))
  } finally {
    output.stop()
    await target.close()
  }
}

/** Also as it stands in JSON, and in JSON inside it: rendering quotes what it shows. */
function maskCanary(text: string, canary: string): string {
  let masked = text
  let form = canary
  for (let depth = 0; depth < 5; depth++) {
    masked = masked.replaceAll(form, '<canary>')
    form = JSON.stringify(form).slice(1, -1)
  }
  return masked
}

export function rowName(path: LeakPath, durability: Durability): string {
  return `${path.name} (${durability})`
}
