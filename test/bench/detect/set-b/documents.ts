import type { Dice } from '../dice.js'
import { embedding, encryptedReasoning, image, pdf, thinkingSignature } from '../noise/blobs.js'
import { checkpointId, id, timestamp, uuid } from '../noise/ids.js'
import { output } from './outputs.js'
import { line, passage, utterance } from './prose.js'

/** State as a Python graph or a server keeps it: plain messages, tasks, store items, a nested subgraph. */
export function documentB(dice: Dice): object {
  return {
    thread: { thread_id: uuid(dice), status: 'idle', updated_at: timestamp(dice), etag: `W/"${dice.hex(32)}"` },
    values: {
      messages: dice.times(3, 10, () => exchange(dice)).flat(),
      documents: dice.times(0, 5, () => ({
        id: id(dice, 'record'),
        page_content: passage(dice, 14),
        metadata: { sha256: dice.hex(64), uri: `gs://corpus/${dice.hex(20)}` },
      })),
      scratchpad: dice.times(1, 4, () => line(dice)).join('\n'),
      ...(dice.chance(0.15) ? { vector: embedding(dice, 128) } : {}),
    },
    next: [`tools:${uuid(dice)}`],
    tasks: dice.times(0, 3, () => ({
      id: uuid(dice, 5),
      name: 'tools',
      path: ['__pregel_pull', 'tools'],
      result: { text: output(dice) },
    })),
    subgraph: {
      checkpoint: {
        id: checkpointId(dice),
        parent: checkpointId(dice),
        channel_versions: {
          messages: `${String(dice.whole(1, 99)).padStart(32, '0')}.0.${dice.fill('{{digits:16}}')}`,
        },
      },
    },
    store: dice.times(0, 4, () => ({
      namespace: ['memories', uuid(dice)],
      key: uuid(dice),
      value: { data: line(dice), hash: dice.hex(32) },
    })),
    metadata: {
      langgraph_step: dice.whole(1, 60),
      trace: id(dice, 'trace'),
      revision: dice.hex(40),
      assistant_id: uuid(dice),
    },
  }
}

function exchange(dice: Dice): object[] {
  const call = id(dice, 'toolCall')
  const reply = dice.chance(0.15)
    ? [
        {
          type: 'reasoning',
          id: id(dice, 'response'),
          encrypted_content: encryptedReasoning(dice),
          signature: thinkingSignature(dice),
        },
      ]
    : utterance(dice)
  return [
    { role: 'user', id: uuid(dice), content: attachment(dice) },
    {
      role: 'assistant',
      id: id(dice, 'message'),
      content: null,
      tool_calls: [
        {
          id: call,
          type: 'function',
          function: { name: 'lookup', arguments: JSON.stringify({ q: line(dice), ref: id(dice, 'record') }) },
        },
      ],
      meta: { model_name: 'gpt-5.1', service_tier: 'default', response_id: id(dice, 'response'), logprobs: null },
    },
    {
      role: 'tool',
      tool_call_id: call,
      content: output(dice),
      artifact: { bytes: dice.whole(1, 1e6), md5: dice.hex(32) },
    },
    { role: 'assistant', id: id(dice, 'message'), content: reply },
  ]
}

function attachment(dice: Dice): unknown {
  if (dice.chance(0.02))
    return [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: image(dice).slice(22) } }]
  if (dice.chance(0.02)) return [{ type: 'document', file_id: id(dice, 'file'), base64: pdf(dice) }]
  return [{ type: 'text', text: utterance(dice) }]
}
