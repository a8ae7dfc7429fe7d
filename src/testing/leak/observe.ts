import type { RunnableConfig } from '@langchain/core/runnables'
import { render } from './render.js'

interface Snapshot {
  readonly values: unknown
  readonly next: readonly string[]
  readonly tasks: readonly unknown[]
  readonly metadata?: unknown
}

interface Readable {
  getState(config: RunnableConfig, options?: { subgraphs?: boolean }): Promise<Snapshot>
  getStateHistory(config: RunnableConfig): AsyncIterableIterator<Snapshot>
}

/** All that a user may read of a thread: its state with that of its subgraphs, and its history. */
export async function observe(graph: Readable, config: RunnableConfig): Promise<unknown> {
  const state = await attempt(async () => pick(await graph.getState(config, { subgraphs: true })))
  const history = await attempt(async () => {
    const steps: unknown[] = []
    for await (const snapshot of graph.getStateHistory(config)) steps.push(pick(snapshot))
    return steps
  })
  return { state, history }
}

function pick({ values, next, tasks, metadata }: Snapshot): unknown {
  return { values, next, tasks, metadata }
}

/** An expected failure is part of what the user sees. Rendered at once: the graph may change the values later. */
export async function attempt(run: () => Promise<unknown>): Promise<string> {
  try {
    return render(await run())
  } catch (error) {
    return `threw ${render(error)}`
  }
}
