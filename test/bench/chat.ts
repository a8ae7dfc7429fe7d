import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { seededRandom } from '../../src/testing/templates.js'
import type { Backend } from './backends.js'
import type { Job, Side } from './measure.js'
import { prose, secretTexts, toolAnswer } from './text.js'

export interface ChatOptions {
  readonly turns: number
  readonly messageLength: number
  readonly secrets: boolean
}

export const FULL_CHAT = { turns: 50, messageLength: 600 } as const
export const MESSAGES_PER_TURN = 4
const TURNS_PER_PART = 10

/** What is said, written before anything is measured; each message is a new object, as a model's answer would be. */
export function writeChat({ turns, messageLength, secrets }: ChatOptions): (index: number) => BaseMessage {
  const random = seededRandom(7)
  const leading = secrets ? secretTexts(random) : []
  const texts = Array.from({ length: turns * MESSAGES_PER_TURN }, (_, i) => {
    const text = i % MESSAGES_PER_TURN === 2 ? toolAnswer(messageLength, random) : prose(messageLength, random)
    return ((leading[i] ?? '') + text).slice(0, messageLength)
  })
  return (index) => message(index, texts[index] ?? '')
}

function message(index: number, content: string): BaseMessage {
  const id = `message-${index}`
  const callId = `call_${index >> 2}`
  switch (index % MESSAGES_PER_TURN) {
    case 0:
      return new HumanMessage({ id, content })
    case 1: {
      const args = { query: content.slice(0, 40), limit: 10 }
      return new AIMessage({ id, content, tool_calls: [{ id: callId, name: 'search', args, type: 'tool_call' }] })
    }
    case 2:
      return new ToolMessage({ id, content, tool_call_id: callId, name: 'search' })
    default:
      return new AIMessage({ id, content })
  }
}

/** An agent whose turn is three node runs: it calls a tool, the tool answers, it answers. */
export function chatGraph(checkpointer: BaseCheckpointSaver, messageAt: (index: number) => BaseMessage) {
  const say = ({ messages }: typeof MessagesAnnotation.State) => ({ messages: [messageAt(messages.length)] })
  return new StateGraph(MessagesAnnotation)
    .addNode('agent', say)
    .addNode('tools', say)
    .addNode('answer', say)
    .addEdge(START, 'agent')
    .addEdge('agent', 'tools')
    .addEdge('tools', 'answer')
    .addEdge('answer', END)
    .compile({ checkpointer })
}

/** A whole chat: one invoke on the same thread for each turn. */
export async function chatJob(backend: Backend, side: Side, options: ChatOptions): Promise<Job> {
  const { saver, close } = await backend.open(side)
  const messageAt = writeChat(options)
  const graph = chatGraph(saver, messageAt)
  const config = { configurable: { thread_id: 'chat' } }
  const takeTurn = async (turn: number) => {
    const { messages } = await graph.invoke({ messages: [messageAt(turn * MESSAGES_PER_TURN)] }, config)
    const expected = (turn + 1) * MESSAGES_PER_TURN
    if (messages.length !== expected) throw new Error(`The chat has ${messages.length} messages, not ${expected}.`)
  }
  const parts = Array.from({ length: Math.ceil(options.turns / TURNS_PER_PART) }, (_, part) => async () => {
    const first = part * TURNS_PER_PART
    for (let turn = first; turn < Math.min(first + TURNS_PER_PART, options.turns); turn++) await takeTurn(turn)
  })
  return { parts, close }
}
