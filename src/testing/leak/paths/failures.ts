import { Annotation, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { leakPath } from '../path.js'

const State = Annotation.Root({
  turn: Annotation<number>,
  value: Annotation<unknown[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})

class HttpError extends Error {
  readonly status = 401
  constructor(
    message: string,
    readonly request: unknown,
  ) {
    super(message)
  }
}

function failingGraph(fail: () => unknown) {
  return new StateGraph(State).addNode('fail', () => Promise.reject(fail())).addEdge('__start__', 'fail')
}

/** What is stored when a node fails. */
export const failurePaths = [
  leakPath({
    name: 'failure: message of a thrown error',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = failingGraph(() => new HttpError(`401 for ${canary}`, {})).compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'failure: name of a thrown error',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = failingGraph(() => Object.assign(new Error('401'), { name: `Error of ${canary}` })).compile({
        checkpointer,
      })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'failure: success beside a failing sibling',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      let broken = true
      const graph = new StateGraph(State)
        .addNode('works', () => ({ value: [{ item: canary }] }))
        .addNode('fails', async () => {
          // The sibling's write must have been made before this throws.
          await new Promise((resolve) => setTimeout(resolve, 5))
          if (broken) throw new Error('not yet')
          return { value: ['second'] }
        })
        .addEdge('__start__', 'works')
        .addEdge('__start__', 'fails')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      const waiting = await observe(graph, config)
      broken = false
      return { first, waiting }
    },
  }),
  leakPath({
    name: 'failure: success beside a failing sibling, then retried',
    lands: ['checkpoint', 'write'],
    landsOnExit: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      let broken = true
      let runs = 0
      const graph = new StateGraph(State)
        .addNode('works', () => {
          runs += 1
          return { value: [{ item: canary }] }
        })
        .addNode('fails', async () => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          if (broken) throw new Error('not yet')
          return { value: ['second'] }
        })
        .addEdge('__start__', 'works')
        .addEdge('__start__', 'fails')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      broken = false
      const second = await attempt(() => graph.invoke(null, config))
      return { first, second, runs, ...((await observe(graph, config)) as object) }
    },
  }),
]
