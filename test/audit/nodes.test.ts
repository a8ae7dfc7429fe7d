import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Annotation, StateGraph } from '@langchain/langgraph'
import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newSecrets, placeOf, secretOf } from './planted.js'

describe('the node of a place', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-nodes-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const audit = (store: string) => runAudit({ config: {}, version: '0.0.0', store })

  it('is that in which a subgraph ran, for all that the subgraph stored', async () => {
    const store = path.join(directory, 'subgraph.db')
    const [inner] = newSecrets(1)
    const saver = SqliteSaver.fromConnString(store)
    const State = Annotation.Root({ said: Annotation<string>, kept: Annotation<string> })
    const subgraph = new StateGraph(Annotation.Root({ said: Annotation<string>, own: Annotation<string> }))
      .addNode('think', () => ({ own: `use ${inner!.secret}` }))
      .addEdge('__start__', 'think')
      .compile({ checkpointer: true })
    const graph = new StateGraph(State)
      .addNode('researcher', subgraph)
      .addEdge('__start__', 'researcher')
      .compile({ checkpointer: saver })
    await graph.invoke({ said: 'go' }, { configurable: { thread_id: 't' } })
    saver.db.close()
    const report = await audit(store)
    expectExactly(report, [inner!])
    const { places } = secretOf(report, inner!)
    expect(places.length).toBeGreaterThan(0)
    for (const place of places) {
      expect(place.namespace).toMatch(/^researcher/)
      expect(place.node).toBe('researcher')
    }
  })

  it('is that which metadata or a channel of its own names, and the more exact one of two', async () => {
    const store = path.join(directory, 'named.db')
    const [sent, around, written, none] = newSecrets(4)
    const saver = SqliteSaver.fromConnString(store)
    const put = async (thread_id: string, value: string, metadata: object) => {
      const checkpoint = { ...emptyCheckpoint(), id: uuid6(1), channel_values: { c: value } }
      const known = { source: 'loop', step: 1, parents: {}, ...metadata } as const
      return saver.put({ configurable: { thread_id, checkpoint_ns: '' } }, checkpoint, known)
    }
    const config = await put('a', 'x', {})
    await saver.putWrites(
      config,
      [['branch:to:caller', { with: sent!.secret }]],
      '7b0c2c1e-0000-4000-8000-000000000001',
    )
    await put('b', 'x', { langgraph_node: 'outer', note: around!.secret, writes: { login: { key: written!.secret } } })
    await put('c', none!.secret, {})
    saver.db.close()
    const report = await audit(store)
    expect(placeOf(report, sent!).node).toBe('caller')
    expect(placeOf(report, around!).node).toBe('outer')
    expect(placeOf(report, written!).node).toBe('login')
    expect(placeOf(report, none!)).not.toHaveProperty('node')
  })
})
