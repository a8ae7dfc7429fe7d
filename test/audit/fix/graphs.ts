import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, Command, interrupt, MessagesAnnotation, Send, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'

const State = Annotation.Root({
  ...MessagesAnnotation.spec,
  login: Annotation<unknown>,
  used: Annotation<unknown>,
  items: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})

/** Logs in, waits for a person, and uses what it logged in with; the token stands in messages, state, Sends and the interrupt. */
export function reviewGraph(checkpointer: BaseCheckpointSaver, token: string) {
  return new StateGraph(State)
    .addNode('enter', () => ({
      login: { access_token: token, expires_in: 3600, raw: new Map([['key', token]]) },
      messages: [new AIMessage({ id: 'ai-1', content: `I have ${token}.` })],
    }))
    .addNode('review', () => ({ used: interrupt(`May I use ${token}?`) }))
    .addNode('work', ({ login, used }: typeof State.State) => ({
      items: [`${(login as { access_token?: string })?.access_token ?? 'none'} ${String(used)}`],
    }))
    .addNode('side', (state: { item: string }) => ({ items: [`sent ${state.item}`] }))
    .addEdge('__start__', 'enter')
    .addConditionalEdges('enter', () => [new Send('side', { item: token }), 'review'], ['side', 'review'])
    .addEdge('review', 'work')
    .compile({ checkpointer })
}

export const threadOf = (thread_id: string) => ({ configurable: { thread_id } })

export async function runToInterrupt(checkpointer: BaseCheckpointSaver, threadId: string, token: string) {
  const input = { messages: [new HumanMessage({ id: 'human-1', content: 'go' })] as BaseMessage[] }
  return reviewGraph(checkpointer, token).invoke(input, threadOf(threadId))
}

/** @param token what a node would say anew; the state holds another one already. */
export async function resume(checkpointer: BaseCheckpointSaver, threadId: string, token = 'unused') {
  return reviewGraph(checkpointer, token).invoke(new Command({ resume: 'yes' }), threadOf(threadId))
}
