import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'

export const TOKENS = [anthropicKey(), anthropicKey()]
export const OPAQUE = opaqueSecret()
const ENCODED = [...TOKENS, OPAQUE].flatMap((token) => [
  Buffer.from(`user:${token}`).toString('base64'),
  Buffer.from(token).toString('hex'),
  JSON.stringify(JSON.stringify({ token })),
  `https://u:${encodeURIComponent(token)}@host.test/?q=1`,
])

/** Texts with secrets in all kinds of company, claim URL look-alikes, and every sort of Unicode. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.tuple(fc.string(), fc.constantFrom(...TOKENS, ...ENCODED), fc.string()).map(([a, b, c]) => `${a} ${b} ${c}`),
  fc.constantFrom(
    'claim://',
    'claim-text://',
    'claim-text-text://abc',
    `x ${OPAQUE} y`,
    `claim-text://abcdefgh/v1/abcd/${'A'.repeat(22)}.${'B'.repeat(22)}`,
  ),
)

const message = fc.tuple(text, fc.uuid(), fc.constantFrom('human', 'ai', 'tool')).map(([content, id, type]) => {
  if (type === 'human') return new HumanMessage({ id, content: [{ type: 'text', text: content }] })
  if (type === 'tool') return new ToolMessage({ id, content, tool_call_id: 'call_1', artifact: { content } })
  return new AIMessage({ id, content, tool_calls: [{ id: 'call_1', name: 'tool', args: { content } }] })
})

/** Any state that a graph may hold. */
export const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    message,
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom(...TOKENS).map((token) => Uint8Array.from(Buffer.from(token))),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        fc.string().filter((key) => key !== 'lc'),
        fc.constantFrom('password', 'token', 'id', ...TOKENS),
      ),
      tie('any'),
      { maxKeys: 4 },
    ),
    fc.array(fc.tuple(text, tie('any')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(text, { maxLength: 3 }).map((items) => new Set(items)),
  ),
})).any
