import { createHash } from 'node:crypto'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { expect, it } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import type { StoredBytes } from '../../src/testing/leak/stored-bytes.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import { wrapSaver } from '../support/wrapped-saver.js'
import { scenarios } from './scenarios.js'

const agent = scenarios[0]!
const config = { configurable: { thread_id: 'thread-1' } }

/** Files left out: there is no telling which of their bytes are new. */
function plaintextCells(stored: readonly StoredBytes[], secret: string): string[] {
  const cells = stored.filter(({ area }) => area !== 'file')
  return cells
    .filter((cell) => findCanaries([cell], new Map([['secret', secret]])).length > 0)
    .map(({ place, bytes }) => `${place}: ${createHash('sha256').update(bytes).digest('hex')}`)
    .sort()
}

async function drive(checkpointer: BaseCheckpointSaver, secret: string, used: string[], inputs: readonly unknown[]) {
  const graph = agent.build(checkpointer, secret, used)
  for (const input of inputs) await graph.invoke(input, config)
  return (await graph.getState(config)) as { values: unknown; next: string[] }
}

/** Taking up the wrapper in the middle of a thread. */
export function describeAdoptedThread(name: string, open: () => Promise<LeakTarget>): void {
  const [ask, approve, thanks] = agent.inputs

  it(`resumes a thread written over the bare ${name} and interrupted, and stores nothing new in plaintext`, async () => {
    const secret = createCanary('token')
    const target = await open()
    await drive(target.checkpointer, secret, [], [ask])
    const before = plaintextCells(await target.dump(), secret)
    expect(before.length).toBeGreaterThan(5)

    const wrapped = await wrapSaver(target.checkpointer)
    const used: string[] = []
    const state = await drive(wrapped.saver, secret, used, [approve, thanks])

    expect(state.next).toEqual([])
    expect(used).toEqual([secret])
    expect(JSON.stringify(state.values)).toContain(secret)
    // What was stored before is still there: wrapping a saver does not clean its store.
    expect(plaintextCells(await target.dump(), secret)).toEqual(before)
    await wrapped.close()
    await target.close()
  })
}
