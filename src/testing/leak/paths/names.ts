import { Annotation, entrypoint, interrupt, StateGraph, task } from '@langchain/langgraph'
import { attempt } from '../observe.js'
import { leakPath } from '../path.js'

const State = Annotation.Root({ turn: Annotation<number> })

/** Names are keys: they cannot be replaced by a reference, so a name that is certainly a secret has to be refused. */
export const namePaths = [
  leakPath({
    name: 'name: thread',
    lands: ['key'],
    refused: true,
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode('use', () => ({}))
        .addEdge('__start__', 'use')
        .compile({ checkpointer })
      return attempt(() => graph.invoke({ turn: 1 }, { ...config, configurable: { thread_id: `user:${canary}` } }))
    },
  }),
  leakPath({
    name: 'name: node',
    lands: ['checkpoint', 'key'],
    landsOnExit: ['checkpoint'],
    mayLand: ['key'],
    refused: true,
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode(`call ${canary}`, () => ({}))
        .addEdge('__start__', `call ${canary}`)
        .compile({ checkpointer })
      return attempt(() => graph.invoke({ turn: 1 }, config))
    },
  }),
  leakPath({
    name: 'name: channel',
    lands: ['checkpoint', 'key'],
    landsOnExit: ['checkpoint'],
    mayLand: ['key'],
    refused: true,
    run: async ({ checkpointer, canary, config }) => {
      const Named = Annotation.Root({ ...State.spec, [`of ${canary}`]: Annotation<number> })
      const graph = new StateGraph(Named)
        .addNode('use', () => ({ [`of ${canary}`]: 1 }))
        .addEdge('__start__', 'use')
        .compile({ checkpointer })
      return attempt(() => graph.invoke({ turn: 1 }, config))
    },
  }),
  leakPath({
    name: 'name: subgraph',
    lands: ['checkpoint', 'key'],
    mayLand: ['metadata'],
    refused: true,
    run: async ({ checkpointer, canary, config }) => {
      const inner = new StateGraph(State)
        .addNode('wait', () => (interrupt('wait') ? {} : {}))
        .addEdge('__start__', 'wait')
        .compile()
      const graph = new StateGraph(State)
        .addNode(`call ${canary}`, inner)
        .addEdge('__start__', `call ${canary}`)
        .compile({ checkpointer })
      return attempt(() => graph.invoke({ turn: 1 }, config))
    },
  }),
  leakPath({
    name: 'name: entrypoint and task',
    lands: ['checkpoint'],
    mayLand: ['key'],
    refused: true,
    run: async ({ checkpointer, canary, config }) => {
      const login = task(`login ${canary}`, async () => 1)
      const flow = entrypoint({ name: `flow ${canary}`, checkpointer }, async (_: number) => login())
      return attempt(() => flow.invoke(1, config))
    },
  }),
]
