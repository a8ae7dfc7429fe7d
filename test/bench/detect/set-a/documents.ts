import type { Dice } from '../dice.js'
import { embedding, encryptedReasoning, image, pdf, thinkingSignature } from '../noise/blobs.js'
import { checkpointId, id, timestamp, uuid } from '../noise/ids.js'
import { message, paragraph, sentence } from './prose.js'
import { toolAnswer } from './tools.js'

/** A checkpoint as LangGraph.js stores it: messages in the constructor form, channels, versions, metadata. */
export function documentA(dice: Dice): object {
  const thread = uuid(dice)
  return {
    v: 4,
    id: checkpointId(dice),
    ts: timestamp(dice),
    channel_values: {
      messages: dice.times(2, 8, () => turn(dice)).flat(),
      plan: dice.times(1, 5, () => sentence(dice)),
      retrieved: dice.times(0, 4, () => ({
        pageContent: paragraph(dice, 12),
        metadata: { source: `s3://kb/${uuid(dice)}/${dice.hex(12)}.pdf`, score: dice.random(), checksum: dice.hex(64) },
      })),
      ...(dice.chance(0.2) ? { embedding: embedding(dice, dice.pick([64, 256])) } : {}),
      'branch:to:agent': null,
      __start__: { messages: [{ role: 'user', content: message(dice) }] },
    },
    channel_versions: { messages: dice.whole(1, 90), plan: dice.whole(1, 90), __start__: 2 },
    versions_seen: { __input__: {}, agent: { 'branch:to:agent': dice.whole(1, 90) } },
    metadata: { source: 'loop', step: dice.whole(1, 90), parents: {}, thread_id: thread, run_id: uuid(dice, 7) },
    configurable: { thread_id: thread, checkpoint_ns: `agent:${uuid(dice)}`, checkpoint_id: checkpointId(dice) },
  }
}

const constructed = (kind: string, kwargs: object): object => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', kind],
  kwargs,
})

/** A question, a call, its answer, a reply. */
function turn(dice: Dice): object[] {
  const call = id(dice, 'toolCall')
  return [
    constructed('HumanMessage', { content: humanContent(dice), id: uuid(dice), additional_kwargs: {} }),
    constructed('AIMessage', {
      content: dice.chance(0.2)
        ? [{ type: 'thinking', thinking: paragraph(dice), signature: thinkingSignature(dice) }]
        : '',
      id: id(dice, 'message'),
      tool_calls: [
        {
          name: dice.pick(['search', 'query', 'fetch_page', 'run_code']),
          args: callArguments(dice),
          id: call,
          type: 'tool_call',
        },
      ],
      response_metadata: {
        model: 'claude-sonnet-4-5',
        id: id(dice, 'response'),
        system_fingerprint: `fp_${dice.hex(10)}`,
        request_id: id(dice, 'response'),
        usage: { input_tokens: dice.whole(10, 9000), output_tokens: dice.whole(10, 900) },
      },
      ...(dice.chance(0.05) ? { additional_kwargs: { reasoning: encryptedReasoning(dice) } } : {}),
    }),
    constructed('ToolMessage', {
      content: dice.times(1, 4, () => toolAnswer(dice)).join('\n\n'),
      tool_call_id: call,
      id: uuid(dice),
      name: 'search',
      status: 'success',
    }),
    constructed('AIMessage', {
      content: message(dice),
      id: id(dice, 'message'),
      usage_metadata: { total_tokens: dice.whole(1, 9000) },
    }),
  ]
}

function humanContent(dice: Dice): unknown {
  if (dice.chance(0.03))
    return [
      { type: 'text', text: sentence(dice) },
      { type: 'image_url', image_url: { url: image(dice) } },
    ]
  if (dice.chance(0.02))
    return [{ type: 'file', data: pdf(dice), mime_type: 'application/pdf', file_id: id(dice, 'file') }]
  return message(dice)
}

const callArguments = (dice: Dice): object =>
  dice.pick([
    () => ({ query: sentence(dice), limit: dice.whole(1, 50) }),
    () => ({
      url: `https://api.example.com/v1/items/${uuid(dice)}?cursor=${dice.fill('{{base64url:32}}')}`,
      method: 'GET',
    }),
    () => ({ traceparent: id(dice, 'trace'), command: `git show ${dice.hex(40)} --stat` }),
  ])()
