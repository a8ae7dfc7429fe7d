import { describe, expect, it } from 'vitest'
import { KeyRing, MemoryClaimStore } from '../../../src/index.js'
import { BOB, counting, openVault, ringOf, THREAD, unclosed } from './vaults.js'

const [OLD, NEW] = [KeyRing.generate(), KeyRing.generate()]

describe('keys rotate', () => {
  it('touches a handful of rows, however many claims there are', async () => {
    const memory = new MemoryClaimStore()
    const filler = await openVault({ store: unclosed(memory), keys: new KeyRing(OLD) })
    const urls: string[] = []
    for (let at = 0; at < 10_000; at += 500) {
      const more = Array.from({ length: 500 }, (_, i) => filler.create(`value ${at + i}`, { threadId: THREAD }))
      urls.push(...(await Promise.all(more)))
    }
    await filler.close()

    const { store, writes } = counting(memory)
    const vault = await openVault({ store, keys: ringOf(OLD, NEW) })
    const result = await vault.rotateKeys()
    expect(result).toEqual({ kekId: await new KeyRing(NEW).currentId(), rewrapped: 2, left: [] })
    expect(writes).toEqual({ rewrapVault: 1, rewrapBranchKey: 1, commit: 1 })
    expect(await vault.claim(urls[7_777]!, { principal: BOB, threadId: THREAD })).toBe('value 7777')
  }, 60_000)
})
