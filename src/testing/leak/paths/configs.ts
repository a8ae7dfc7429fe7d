import { Annotation, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { leakPath } from '../path.js'

const State = Annotation.Root({ turn: Annotation<number> })

function graphOf(checkpointer: Parameters<ReturnType<typeof builder>['compile']>[0]) {
  return builder().compile(checkpointer)
}

function builder() {
  return new StateGraph(State).addNode('use', () => ({})).addEdge('__start__', 'use')
}

/**
 * A saver is handed the whole configuration of a run. The stock savers store none of it; servers built on them copy
 * `configurable` and `metadata` into their rows.
 */
export const configPaths = [
  leakPath({
    name: 'configuration: configurable',
    lands: [],
    mayLand: ['config'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = graphOf({ checkpointer })
      const configurable = { ...config.configurable, header: `Bearer ${canary}` }
      const first = await attempt(() => graph.invoke({ turn: 1 }, { ...config, configurable }))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'configuration: metadata and tags',
    lands: [],
    mayLand: ['config'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = graphOf({ checkpointer })
      const run = { ...config, metadata: { header: `Bearer ${canary}` }, tags: [`of ${canary}`] }
      const first = await attempt(() => graph.invoke({ turn: 1 }, run))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
]
