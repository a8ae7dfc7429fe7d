import { Annotation, Send, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'

const State = Annotation.Root({
  step: Annotation<number>,
  latest: Annotation<unknown>,
  notes: Annotation<string[]>({ reducer: (a, b) => a.concat(b).slice(-20), default: () => [] }),
})

export const noteOf = (step: number, secret: string) => `Step ${step} used ${secret}.`

/** Runs until it is killed; each superstep brings one more secret, as text, in an object and in a Send. */
export function crashGraph(checkpointer: BaseCheckpointSaver, secrets: readonly string[]) {
  const secretOf = (step: number) => secrets[step % secrets.length] ?? ''
  return new StateGraph(State)
    .addNode('work', ({ step = 0 }) => ({
      step: step + 1,
      latest: { deep: [secretOf(step)] },
      notes: [noteOf(step, secretOf(step))],
    }))
    .addNode('side', () => ({}))
    .addEdge('__start__', 'work')
    .addConditionalEdges('work', ({ step }) => ['work', new Send('side', { item: secretOf(step) })], ['work', 'side'])
    .compile({ checkpointer })
}
