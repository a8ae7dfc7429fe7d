import { randomUUID } from 'node:crypto'
import { seededRandom } from '../../../src/testing/templates.js'
import { prose, secretTexts, toolAnswer } from '../text.js'

/** A checkpoint of a chat, as JsonPlus writes it, and what was written on the way to it. */
export interface ChatRow {
  readonly threadId: string
  readonly checkpointId: string
  readonly version: number
  readonly ts: string
  readonly messages: string
  readonly metadata: string
  readonly write: string
}

const MESSAGE_CHARS = 600
const TURNS = 20
/** Of a hundred threads, those that hold secrets. */
const LEAKING = 5

/** Chats that grow by two messages a step until about `bytes` of checkpoints are made; the state is whole in each. */
export function* chatRows(bytes: number): Generator<ChatRow> {
  const random = seededRandom(5)
  let step = 0
  for (let made = 0, thread = 0; made < bytes; thread++) {
    const threadId = `thread-${String(thread).padStart(7, '0')}`
    const [secret] = thread % 100 < LEAKING ? secretTexts(random) : ['']
    const messages: string[] = []
    for (let turn = 0; turn < TURNS; turn++, step++) {
      const ask = prose(MESSAGE_CHARS, random) + (turn === 3 ? secret : '')
      messages.push(message('HumanMessage', ask), message('ToolMessage', toolAnswer(MESSAGE_CHARS, random)))
      const list = `[${messages.join(',')}]`
      made += list.length
      yield {
        threadId,
        checkpointId: uuid6(step),
        version: turn + 1,
        ts: new Date(1.76e12 + step * 1_000).toISOString(),
        messages: list,
        metadata: `{"source":"loop","step":${turn},"parents":{},"user_id":"user-${thread}"}`,
        write: `[${messages.at(-1)}]`,
      }
    }
  }
}

function message(name: string, content: string): string {
  const kwargs = { content, id: randomUUID(), additional_kwargs: {}, response_metadata: {} }
  return JSON.stringify({ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', name], kwargs })
}

function uuid6(step: number): string {
  const hex = (0x1f0a000000000n + BigInt(step) * 10_000_000n).toString(16).padStart(15, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-6${hex.slice(12, 15)}-8000-000000000000`
}
