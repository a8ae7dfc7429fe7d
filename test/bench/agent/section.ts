import { randomUUID } from 'node:crypto'
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { type BaseCheckpointSaver, emptyCheckpoint, MemorySaver, uuid6 } from '@langchain/langgraph-checkpoint'
import { guardModel } from '../../../src/agent.js'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../../src/index.js'
import { ScriptedModel } from '../../../src/testing/leak/scripted-model.js'
import { FULL_CHAT, MESSAGES_PER_TURN, writeChat } from '../chat.js'
import { type Comparison, compare } from '../measure.js'

/** Of a guard's time for each byte to the saver's own. */
export const GUARD_AIM = 1

export interface AgentOptions {
  readonly quick: boolean
  readonly rounds: number
}

/** A chat as it grows, given to a model at each of its turns, and put by a saver at each of them. */
export interface AgentRow {
  readonly name: string
  /** Of all inputs together, serialized. */
  readonly bytes: number
  readonly model: Comparison
  readonly put: Comparison
  /** What the guard adds to a model's call, and the saver to a put, in ns for each byte: of the fastest rounds, since noise only adds. */
  readonly guardNsPerByte: number
  readonly saverNsPerByte: number
  readonly ratio: number
}

/** What a guarded model costs beside the bare one, by the size of its input; and a wrapped saver for the same messages. */
export async function agentSection({ quick, rounds }: AgentOptions): Promise<readonly AgentRow[]> {
  const rows: AgentRow[] = []
  for (const { name, secrets } of [
    { name: 'no secrets', secrets: false },
    { name: 'three secrets', secrets: true },
  ]) {
    const turns = quick ? 2 : FULL_CHAT.turns
    const messageAt = writeChat({ ...FULL_CHAT, turns, secrets })
    const chat = Array.from({ length: turns * MESSAGES_PER_TURN }, (_, i) => messageAt(i))
    const sizes = Array.from({ length: turns }, (_, turn) => (turn + 1) * MESSAGES_PER_TURN)
    const bytes = sizes.reduce((sum, size) => sum + JSON.stringify(chat.slice(0, size)).length, 0)
    const model = await compare(`model, ${name}`, rounds, async (side) => modelJob(side === 'wrapped', chat, sizes))
    const put = await compare(`put, ${name}`, rounds, async (side) => putJob(side === 'wrapped', chat, sizes))
    const added = ({ bare, wrapped }: Comparison) => ((wrapped.minMs - bare.minMs) * 1e6) / bytes
    const [guardNsPerByte, saverNsPerByte] = [added(model), added(put)]
    rows.push({ name, bytes, model, put, guardNsPerByte, saverNsPerByte, ratio: guardNsPerByte / saverNsPerByte })
  }
  return rows
}

async function modelJob(isGuarded: boolean, chat: readonly BaseMessage[], sizes: readonly number[]) {
  const { saver, vault } = await openSaver(new MemorySaver())
  const bare = new ScriptedModel(() => new AIMessage({ id: randomUUID(), content: 'Done.' }))
  const model = isGuarded ? guardModel(bare, { saver }) : bare
  const config = { configurable: { thread_id: randomUUID() } }
  const run = async () => {
    for (const size of sizes) await model.invoke(chat.slice(0, size), config)
  }
  return { parts: [run], close: () => vault.close() }
}

async function putJob(isWrapped: boolean, chat: readonly BaseMessage[], sizes: readonly number[]) {
  const inner = new MemorySaver()
  const { saver: wrapped, vault } = await openSaver(inner)
  const saver: BaseCheckpointSaver = isWrapped ? wrapped : inner
  const run = async () => {
    let config = { configurable: { thread_id: randomUUID(), checkpoint_ns: '' } } as object
    for (const [step, size] of sizes.entries()) {
      const checkpoint = { ...emptyCheckpoint(), id: uuid6(step), channel_values: { messages: chat.slice(0, size) } }
      config = await saver.put(config, checkpoint, { source: 'loop', step, parents: {} }, { messages: step + 1 })
    }
  }
  return { parts: [run], close: () => vault.close() }
}

async function openSaver(inner: MemorySaver) {
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    sweep: 'manual',
  })
  return { vault, saver: new SecretSafeSaver(inner, { vault, principal: { sub: 'bench' } }) }
}
