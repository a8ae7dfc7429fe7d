import { Annotation, StateGraph } from '@langchain/langgraph'
import { observe } from '../observe.js'
import { type LeakPath, type LeakPathInit, type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

const State = Annotation.Root({ value: Annotation<unknown>, turn: Annotation<number> })

export type Plant = (canary: string, run: LeakRun) => unknown

/**
 * A node returns the value and the next one uses it; a second turn uses it again, then as read back from the store.
 * The nodes report outside the state, so that the canary stands in this one value only.
 */
export function throughState(name: string, plant: Plant, init: Partial<LeakPathInit> = {}): LeakPath {
  const run = async (leak: LeakRun): Promise<unknown> => {
    const used: string[] = []
    const graph = new StateGraph(State)
      .addNode('plant', ({ value }) => (value === undefined ? { value: plant(leak.canary, leak) } : {}))
      .addNode('use', ({ value }) => {
        used.push(render(value))
        return {}
      })
      .addEdge('__start__', 'plant')
      .addEdge('plant', 'use')
      .compile({ checkpointer: leak.checkpointer })
    const first = render(await graph.invoke({ turn: 1 }, leak.config))
    const second = render(await graph.invoke({ turn: 2 }, leak.config))
    return { first, second, used, ...((await observe(graph, leak.config)) as object) }
  }
  return leakPath({ lands: ['checkpoint', 'write'], ...init, name, run })
}
