import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Annotation, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { dumpPostgres } from '../../../src/testing/leak/dump/postgres.js'
import { findCanaries } from '../../../src/testing/leak/search.js'
import { anthropicKey } from '../../support/secrets.js'
import { threadOf } from './graphs.js'
import { FixHarness } from './harness.js'

const State = Annotation.Root({
  said: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})
const THREADS = 4
const FIXES = 3

/** Says its thread's token in each turn. */
const graphWith = (checkpointer: BaseCheckpointSaver) =>
  new StateGraph(State)
    .addNode('echo', ({ said }) => ({ said: [`${said.length} ${said.at(-1)?.split(' ').at(-1)}`] }))
    .addEdge('__start__', 'echo')
    .compile({ checkpointer })

describe('a fix beside bare graphs that go on writing', () => {
  const schema = `beside_${randomUUID().slice(0, 8)}`
  const tokens = Array.from({ length: THREADS }, () => anthropicKey())
  const canaries = new Map(tokens.map((token, i) => [`token ${i}`, token]))
  let pool: pg.Pool
  let saver: PostgresSaver
  let harness: FixHarness

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: inject('postgresUrl'), max: 8 })
    saver = new PostgresSaver(pool, undefined, { schema })
    await saver.setup()
    harness = await FixHarness.open({ address: inject('postgresUrl'), schema })
  })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA "${schema}" CASCADE`)
    await pool.end()
    await harness.close()
  })

  it('loses no turn of theirs; once they have stopped, it leaves nothing, and every turn has its token back', async () => {
    let fixes = 0
    /** @returns how many turns there were. */
    const talk = async (i: number) => {
      let turn = 0
      for (; fixes < FIXES; turn++) {
        await graphWith(saver).invoke({ said: [`turn ${turn} ${tokens[i]}`] }, threadOf(`thread-${i}`))
        // A model takes longer.
        await sleep(100)
      }
      return turn
    }
    const running = Promise.all(tokens.map((_, i) => talk(i)))
    for (; fixes < FIXES; fixes++) await harness.fix()
    const turns = await running

    expect((await harness.fix()).left).toEqual([])
    expect(findCanaries(await dumpPostgres(pool, schema), canaries)).toEqual([])
    for (const [i, token] of tokens.entries()) {
      expect(turns[i]).toBeGreaterThan(FIXES)
      const { values } = await graphWith(harness.wrap(saver)).getState(threadOf(`thread-${i}`))
      expect(values.said).toEqual(
        Array.from({ length: turns[i]! }, (_, turn) => [`turn ${turn} ${token}`, `${turn * 2 + 1} ${token}`]).flat(),
      )
    }
  }, 120_000)
})
