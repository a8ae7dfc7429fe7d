import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../src/index.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { metadataOf } from '../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'

const TOKENS = [anthropicKey(), anthropicKey()]
const OPAQUE = opaqueSecret()
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

const value = fc.letrec((tie) => ({
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

const config = (threadId: string) => ({ configurable: { thread_id: threadId, checkpoint_ns: '' } })

async function open() {
  const vault = await ClaimVault.open({
    store: new MemoryClaimStore(),
    keys: new KeyRing(KeyRing.generate()),
    sweep: 'manual',
  })
  const inner = new MemorySaver()
  return { inner, saver: new SecretSafeSaver(inner, { vault, principal: { sub: 'test' } }) }
}

const storedText = (inner: MemorySaver): string => {
  const decoder = new TextDecoder()
  return JSON.stringify([inner.storage, inner.writes], (_key, item) =>
    item instanceof Uint8Array ? decoder.decode(item) : item,
  )
}

describe('any state', () => {
  it('is restored as a bare saver would restore it, and holds no secret when stored', async () => {
    const { inner, saver } = await open()
    const bare = new MemorySaver()
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('messages', 'a', 'b', '__start__'), value),
        async (channel_values) => {
          const at = config(`thread-${run++}`)
          const checkpoint = { ...emptyCheckpoint(), channel_values }
          const expected = (await bare.getTuple(await bare.put(at, checkpoint, metadataOf())))!
          const restored = (await saver.getTuple(await saver.put(at, checkpoint, metadataOf(), {})))!
          expect(restored.checkpoint.channel_values).toEqual(expected.checkpoint.channel_values)
          expect(JSON.stringify(restored.checkpoint)).toBe(JSON.stringify(expected.checkpoint))
          const stored = storedText(inner)
          for (const token of TOKENS) expect(stored.includes(token)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('that comes back is stored again the same: scrubbing is idempotent', async () => {
    const { inner, saver } = await open()
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom('messages', 'a', 'b'), value), async (channel_values) => {
        const at = config(`thread-${run++}`)
        const checkpoint = { ...emptyCheckpoint(), channel_values }
        await saver.put(at, checkpoint, metadataOf(), {})
        const first = (await inner.getTuple(at))!.checkpoint.channel_values
        const restored = (await saver.getTuple(at))!.checkpoint
        await saver.put(at, restored, metadataOf(), {})
        expect((await inner.getTuple(at))!.checkpoint.channel_values).toEqual(first)
      }),
      { numRuns: 150 },
    )
  })
})
