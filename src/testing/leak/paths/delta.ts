import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, DeltaChannel, messagesDeltaReducer, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

async function throughDelta(leak: LeakRun, snapshotFrequency: number): Promise<unknown> {
  const used: string[] = []
  const State = Annotation.Root({
    turn: Annotation<number>,
    messages: () => new DeltaChannel<BaseMessage[]>(messagesDeltaReducer as never, { snapshotFrequency }),
  })
  const graph = new StateGraph(State)
    .addNode('model', (state) => {
      used.push(render(state.messages))
      const first = state.messages.length === 1
      return {
        messages: [new AIMessage({ id: `m${state.turn}`, content: first ? `key: ${leak.canary}` : 'done' })] as never,
      }
    })
    .addEdge('__start__', 'model')
    .compile({ checkpointer: leak.checkpointer })
  const turn = (n: number) =>
    attempt(() =>
      graph.invoke({ turn: n, messages: [new HumanMessage({ id: `h${n}`, content: 'go' })] as never }, leak.config),
    )
  const first = await turn(1)
  const second = await turn(2)
  return { first, second, used, ...((await observe(graph, leak.config)) as object) }
}

/** A channel that is stored as its changes, with a snapshot now and then. */
export const deltaPaths = [
  leakPath({ name: 'delta channel: snapshot', lands: ['checkpoint', 'write'], run: (leak) => throughDelta(leak, 1) }),
  leakPath({
    name: 'delta channel: changes',
    lands: ['write'],
    landsOnExit: ['write'],
    run: (leak) => throughDelta(leak, 100),
  }),
]
