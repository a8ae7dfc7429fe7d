import { AIMessage, type BaseMessage, HumanMessage, RemoveMessage, ToolMessage } from '@langchain/core/messages'
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph'
import { observe } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

const call = { id: 'call_1', name: 'fetch', type: 'tool_call' as const }

/** A node appends messages, and the next turn reads them back. */
function throughMessages(
  name: string,
  messages: (canary: string) => BaseMessage[],
  later?: () => BaseMessage,
): LeakPath {
  const run = async ({ checkpointer, canary, config }: LeakRun): Promise<unknown> => {
    const used: string[] = []
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('model', (state) => {
        used.push(render(state.messages))
        if (state.messages.length === 1) return { messages: messages(canary) }
        return { messages: later ? [later()] : [new AIMessage({ id: 'last', content: 'done' })] }
      })
      .addEdge('__start__', 'model')
      .compile({ checkpointer })
    const first = render(await graph.invoke({ messages: [new HumanMessage({ id: 'h1', content: 'go' })] }, config))
    const second = render(await graph.invoke({ messages: [new HumanMessage({ id: 'h2', content: 'and' })] }, config))
    return { first, second, used, ...((await observe(graph, config)) as object) }
  }
  return leakPath({
    name,
    lands: ['checkpoint', 'write'],
    // Only the last state of each turn is stored, and this one no longer holds the message; the first turn's does.
    landsOnExit: ['checkpoint'],
    run,
  })
}

export const messagePaths = [
  throughMessages('message: content string', (canary) => [new AIMessage({ id: 'm1', content: `Your key: ${canary}` })]),
  throughMessages('message: content block', (canary) => [
    new AIMessage({ id: 'm1', content: [{ type: 'text', text: `Your key: ${canary}` }] }),
  ]),
  throughMessages('message: tool call arguments', (canary) => [
    new AIMessage({ id: 'm1', content: '', tool_calls: [{ ...call, args: { header: `Bearer ${canary}` } }] }),
    new ToolMessage({ id: 'm2', content: 'ok', tool_call_id: 'call_1' }),
  ]),
  throughMessages('message: invalid tool call', (canary) => [
    new AIMessage({
      id: 'm1',
      content: '',
      invalid_tool_calls: [{ id: 'call_1', name: 'fetch', args: `{"header": "${canary}`, error: 'bad JSON' }],
    }),
  ]),
  throughMessages('message: additional_kwargs', (canary) => [
    new AIMessage({ id: 'm1', content: '', additional_kwargs: { reasoning: { note: canary } } }),
  ]),
  throughMessages('message: response_metadata', (canary) => [
    new AIMessage({ id: 'm1', content: '', response_metadata: { headers: [`x-request: ${canary}`] } }),
  ]),
  throughMessages('message: tool result content', (canary) => [
    new AIMessage({ id: 'm1', content: '', tool_calls: [{ ...call, args: {} }] }),
    new ToolMessage({ id: 'm2', content: `{"item":"${canary}"}`, tool_call_id: 'call_1' }),
  ]),
  throughMessages('message: tool result artifact', (canary) => [
    new AIMessage({ id: 'm1', content: '', tool_calls: [{ ...call, args: {} }] }),
    new ToolMessage({ id: 'm2', content: 'ok', tool_call_id: 'call_1', artifact: { raw: { item: canary } } }),
  ]),
  throughMessages(
    'message: removed later',
    (canary) => [new AIMessage({ id: 'm1', content: `Your key: ${canary}` })],
    () => new RemoveMessage({ id: 'm1' }),
  ),
]
