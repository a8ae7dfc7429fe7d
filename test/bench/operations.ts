import { randomUUID } from 'node:crypto'
import type { BaseMessage } from '@langchain/core/messages'
import type { RunnableConfig } from '@langchain/core/runnables'
import {
  type BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointMetadata,
  emptyCheckpoint,
  uuid6,
} from '@langchain/langgraph-checkpoint'
import type { Backend } from './backends.js'
import { type ChatOptions, MESSAGES_PER_TURN, writeChat } from './chat.js'
import { type Comparison, compare, perCall, SIDES, type Side } from './measure.js'

export const OPERATIONS = ['put', 'putWrites', 'getTuple', 'step', 'first put'] as const
/** `step`: read the state, add a message, store it. `first put`: a thread that this process has not seen. */
export type Operation = (typeof OPERATIONS)[number]

export interface OperationOptions extends ChatOptions {
  readonly operations: readonly Operation[]
  readonly rounds: number
  /** How many calls are measured as one sample. */
  readonly repeat: number
}

/** Single saver calls on a thread that holds a chat already. */
export async function compareOperations(
  backend: Backend,
  label: string,
  options: OperationOptions,
): Promise<Comparison[]> {
  const threads = {
    bare: await openThread(backend, 'bare', options),
    wrapped: await openThread(backend, 'wrapped', options),
  }
  const results: Comparison[] = []
  for (const operation of options.operations) {
    const call = async (side: Side) => {
      for (let i = 0; i < options.repeat; i++) await threads[side][operation]()
    }
    const prepare = async (side: Side) => ({ parts: [() => call(side)], close: async () => {} })
    const total = await compare(`${label}, ${operation}`, options.rounds, prepare)
    results.push(perCall(total, options.repeat))
  }
  for (const side of SIDES) await threads[side].close()
  return results
}

type Thread = Record<Operation, () => Promise<unknown>> & { close(): Promise<void> }

async function openThread(backend: Backend, side: Side, options: ChatOptions): Promise<Thread> {
  const { saver, close } = await backend.open(side)
  const messageAt = writeChat({ ...options, turns: options.turns + 1 })
  const count = options.turns * MESSAGES_PER_TURN
  const messages = Array.from({ length: count }, (_, i) => messageAt(i))
  const latest = { configurable: { thread_id: 'thread', checkpoint_ns: '' } }
  let version = 0
  const put = async (config: RunnableConfig, values: readonly BaseMessage[]) => {
    version++
    return saver.put(config, checkpointOf(values, version), metadata(version), { messages: version })
  }
  let stored = await put(latest, messages)
  const step = async () => {
    const tuple = await saver.getTuple(latest)
    const before = tuple?.checkpoint.channel_values.messages as BaseMessage[]
    return put(stored, [...before.slice(0, count), messageAt(count + (version % MESSAGES_PER_TURN))])
  }
  return {
    put: async () => {
      stored = await put(stored, messages)
    },
    putWrites: () => saver.putWrites(stored, [['messages', [messageAt(version++ % count)]]], randomUUID()),
    getTuple: () => readWhole(saver, latest, count),
    step,
    'first put': () => put({ configurable: { thread_id: randomUUID(), checkpoint_ns: '' } }, messages),
    close,
  }
}

async function readWhole(saver: BaseCheckpointSaver, config: RunnableConfig, count: number): Promise<void> {
  const tuple = await saver.getTuple(config)
  const messages = tuple?.checkpoint.channel_values.messages as unknown[] | undefined
  if (messages === undefined || messages.length < count) throw new Error('The thread lost its messages.')
}

function checkpointOf(messages: readonly BaseMessage[], version: number): Checkpoint {
  return {
    ...emptyCheckpoint(),
    id: uuid6(version),
    channel_values: { messages },
    channel_versions: { messages: version },
  }
}

const metadata = (step: number): CheckpointMetadata => ({ source: 'loop', step, parents: {} })
