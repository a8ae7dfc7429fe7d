import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { maskVolatile, render } from '../../src/testing/leak/render.js'
import type { Scenario } from './scenarios.js'

const MODES = ['values', 'updates', 'messages', 'custom', 'tasks', 'checkpoints', 'debug'] as const

export interface Recording {
  /** Every stream event and the state after each input, with the secret and all ids masked. */
  readonly events: readonly string[]
  /** What the working code received. */
  readonly used: readonly string[]
}

/** Runs a scenario and keeps all that its user could see. */
export async function record(
  scenario: Scenario,
  checkpointer: BaseCheckpointSaver,
  secret: string,
): Promise<Recording> {
  const used: string[] = []
  const graph = scenario.build(checkpointer, secret, used)
  const config = { configurable: { thread_id: 'thread-1' } }
  const seen: unknown[] = []
  for (const input of scenario.inputs) {
    const events = await graph.stream(input, { ...config, streamMode: [...MODES], subgraphs: true })
    for await (const event of events) seen.push(JSON.parse(JSON.stringify([render(withoutInternals(event))])))
    seen.push([render(withoutInternals(await graph.getState(config, { subgraphs: true })))])
  }
  const text = maskVolatile(JSON.stringify(seen).replaceAll(secret, '<secret>'))
  return { events: (JSON.parse(text) as [string][]).map(([event]) => event), used }
}

/** Leaves out what a run's configuration holds for LangGraph itself: functions, scratch pads, the saver. */
function withoutInternals(value: unknown, depth = 0): unknown {
  if (depth > 12 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withoutInternals(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('__pregel') && key !== 'callbacks')
      .map(([key, field]) => [key, withoutInternals(field, depth + 1)]),
  )
}
