import { Annotation, interrupt, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

const Outer = Annotation.Root({ turn: Annotation<number>, shared: Annotation<unknown> })
const Inner = Annotation.Root({ shared: Annotation<unknown>, own: Annotation<unknown> })

/** The inner graph ends with an interrupt, so that its own checkpoints are those that matter. */
function nested({ checkpointer }: LeakRun, own: unknown, used: string[]) {
  const inner = new StateGraph(Inner)
    .addNode('plant', () => (own === undefined ? {} : { own }))
    .addNode('use', (state) => {
      used.push(render(state))
      return interrupt('wait') ? {} : {}
    })
    .addEdge('__start__', 'plant')
    .addEdge('plant', 'use')
    .compile()
  return new StateGraph(Outer).addNode('inner', inner).addEdge('__start__', 'inner').compile({ checkpointer })
}

async function throughSubgraph(leak: LeakRun, shared: unknown, own: unknown): Promise<unknown> {
  const used: string[] = []
  const graph = nested(leak, own, used)
  const first = await attempt(() => graph.invoke({ turn: 1, shared }, leak.config))
  const waiting = await observe(graph, leak.config)
  const { Command } = await import('@langchain/langgraph')
  const second = await attempt(() => graph.invoke(new Command({ resume: 'on' }), leak.config))
  return { first, waiting, second, used, ...((await observe(graph, leak.config)) as object) }
}

/** A subgraph keeps checkpoints of its own, in a namespace of its own. */
export const subgraphPaths = [
  leakPath({
    name: 'subgraph: state of its own',
    lands: ['checkpoint', 'write'],
    run: (leak) => throughSubgraph(leak, 'plain', { item: leak.canary }),
  }),
  leakPath({
    name: 'subgraph: input',
    lands: ['checkpoint', 'write'],
    run: (leak) => throughSubgraph(leak, { item: leak.canary }, undefined),
  }),
]
