import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../src/index.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { metadataOf } from '../support/recording-saver.js'
import { TOKENS, value } from './values.js'

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
