import { Annotation, END, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

const State = Annotation.Root({ turn: Annotation<number>, value: Annotation<unknown> })

function idleGraph({ checkpointer }: LeakRun) {
  return new StateGraph(State)
    .addNode('use', () => ({}))
    .addEdge('__start__', 'use')
    .compile({ checkpointer })
}

/** What a caller hands to a graph from outside: input, state updates. */
export const inputPaths: LeakPath[] = [
  leakPath({
    name: 'input: field of the schema',
    lands: ['checkpoint', 'write'],
    run: async (leak) => {
      const graph = idleGraph(leak)
      const first = await attempt(() => graph.invoke({ turn: 1, value: { item: leak.canary } }, leak.config))
      return { first, ...((await observe(graph, leak.config)) as object) }
    },
  }),
  leakPath({
    name: 'input: key outside the schema',
    lands: ['checkpoint'],
    landsOnExit: [],
    run: async (leak) => {
      const graph = idleGraph(leak)
      const input: { turn: number } & Record<string, unknown> = { turn: 1, extra: { item: leak.canary } }
      const first = await attempt(() => graph.invoke(input, leak.config))
      return { first, ...((await observe(graph, leak.config)) as object) }
    },
  }),
  leakPath({
    name: 'updateState: values',
    lands: ['checkpoint', 'write'],
    landsOnExit: ['checkpoint', 'write'],
    run: async (leak) => {
      const graph = idleGraph(leak)
      await graph.invoke({ turn: 1 }, leak.config)
      await graph.updateState(leak.config, { value: { item: leak.canary } })
      const second = await attempt(() => graph.invoke({ turn: 2 }, leak.config))
      return { second, ...((await observe(graph, leak.config)) as object) }
    },
  }),
  leakPath({
    name: 'updateState: as input',
    lands: ['checkpoint', 'write'],
    run: async (leak) => {
      const graph = idleGraph(leak)
      await graph.updateState(leak.config, { turn: 1, value: { item: leak.canary } }, '__input__')
      const first = await attempt(() => graph.invoke(null, leak.config))
      return { first, ...((await observe(graph, leak.config)) as object) }
    },
  }),
  leakPath({
    name: 'updateState: metadata of the configuration',
    lands: ['metadata'],
    run: async (leak) => {
      const graph = idleGraph(leak)
      await graph.invoke({ turn: 1 }, leak.config)
      await graph.updateState({ ...leak.config, metadata: { header: `Bearer ${leak.canary}` } }, null, END)
      return observe(graph, leak.config)
    },
  }),
]

/** Parts of a state that a user of the graph does not see. */
export const channelPaths: LeakPath[] = [
  leakPath({
    name: 'channel: Overwrite',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const { Overwrite } = await import('@langchain/langgraph')
      const List = Annotation.Root({
        turn: Annotation<number>,
        list: Annotation<string[], string[] | InstanceType<typeof Overwrite<string[]>>>({
          reducer: (a, b) => a.concat(b as string[]),
          default: () => [],
        }),
      })
      const graph = new StateGraph(List)
        .addNode('plant', () => ({ list: new Overwrite([`key ${canary}`]) }))
        .addEdge('__start__', 'plant')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1, list: ['first'] }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'channel: private to two nodes',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const used: string[] = []
      const Private = Annotation.Root({ ...State.spec, hidden: Annotation<unknown> })
      const graph = new StateGraph({ state: Private, input: State, output: State })
        .addNode('plant', () => ({ hidden: { item: canary } }))
        .addNode(
          'use',
          (state) => {
            used.push(render(state.hidden))
            return { turn: 2 }
          },
          { input: Private },
        )
        .addEdge('__start__', 'plant')
        .addEdge('plant', 'use')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, used, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'channel: outside the output schema',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph({ state: State, output: Annotation.Root({ turn: Annotation<number> }) })
        .addNode('plant', () => ({ value: [canary], turn: 2 }))
        .addEdge('__start__', 'plant')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
]
