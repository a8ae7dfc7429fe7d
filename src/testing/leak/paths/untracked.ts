import { Annotation, Send, StateGraph, UntrackedValueChannel } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { leakPath } from '../path.js'
import { render } from '../render.js'

const State = Annotation.Root({
  turn: Annotation<number>,
  transient: () => new UntrackedValueChannel<unknown>({ guard: false }),
})
const Tracking = Annotation.Root({ transient: Annotation<unknown> })

/** `UntrackedValue` is not stored as a channel; what is written to it still is, on these ways. */
export const untrackedPaths = [
  leakPath({
    name: 'untracked value: graph input',
    lands: ['checkpoint'],
    landsOnExit: [],
    run: async ({ checkpointer, canary, config }) => {
      const used: string[] = []
      const graph = new StateGraph(State)
        .addNode('use', ({ transient }) => {
          used.push(render(transient))
          return { turn: 2 }
        })
        .addEdge('__start__', 'use')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1, transient: { item: canary } }, config))
      return { first, used, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'untracked value: Send arguments',
    lands: ['checkpoint'],
    landsOnExit: [],
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode('fan', () => ({ transient: { item: canary } }))
        .addNode('work', () => ({ turn: 2 }))
        .addEdge('__start__', 'fan')
        .addConditionalEdges('fan', (state) => [new Send('work', state)], ['work'])
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'untracked value: updateState',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode('use', () => ({ turn: 2 }))
        .addEdge('__start__', 'use')
        .compile({ checkpointer })
      await graph.invoke({ turn: 1 }, config)
      await graph.updateState(config, { transient: { item: canary } })
      return observe(graph, config)
    },
  }),
  leakPath({
    name: 'untracked value: subgraph that tracks it',
    lands: ['checkpoint', 'write'],
    landsOnExit: [],
    run: async ({ checkpointer, canary, config }) => {
      const inner = new StateGraph(Tracking)
        .addNode('pass', () => ({}))
        .addEdge('__start__', 'pass')
        .compile()
      const graph = new StateGraph(State)
        .addNode('plant', () => ({ transient: { item: canary } }))
        .addNode('inner', inner)
        .addEdge('__start__', 'plant')
        .addEdge('plant', 'inner')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
]
