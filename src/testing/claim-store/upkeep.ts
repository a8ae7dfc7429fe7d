import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { link, newId, type StoreContext } from './harness.js'

const MINUTE = 60_000

export function describeUpkeep(context: StoreContext): void {
  describe('a lock', () => {
    const acquire = (holder: string, ttlMs = MINUTE, name = 'rotate') =>
      context.store.acquireLock({ name, holder, ttlMs })

    it('goes to one of twenty that ask at the same time', async () => {
      const handles = [context.store, await context.again()]
      const asked = Array.from({ length: 20 }, (_, index) =>
        handles[index % 2]!.acquireLock({ name: 'rotate', holder: `holder-${index}`, ttlMs: MINUTE }),
      )
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1)
    })

    it('is prolonged by its holder, and refused to others', async () => {
      expect(await acquire('a', 150)).toBe(true)
      expect(await acquire('a', MINUTE)).toBe(true)
      await sleep(200)
      expect(await acquire('b')).toBe(false)
    })

    it('ends by itself, so that a process that died holds nobody up', async () => {
      await acquire('a', 20)
      await sleep(60)
      expect(await acquire('b')).toBe(true)
      expect(await acquire('a')).toBe(false)
    })

    it('is given back by its holder alone', async () => {
      await acquire('a')
      await context.store.releaseLock('rotate', 'b')
      expect(await acquire('b')).toBe(false)
      await context.store.releaseLock('rotate', 'a')
      expect(await acquire('b')).toBe(true)
    })

    it('holds up nobody who wants another', async () => {
      await acquire('a')
      expect(await acquire('b', MINUTE, newId())).toBe(true)
    })

    it('is still held after a sweep, which removes those that have ended', async () => {
      await acquire('a')
      await context.store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 10 }, link)
      expect(await acquire('b')).toBe(false)
    })
  })

  describe('a note', () => {
    it('is unknown until it is written, and is then what was written last, for every process', async () => {
      expect(await context.store.readNote('swept')).toBeUndefined()
      await context.store.writeNote('swept', '1')
      await context.store.writeNote('other', '日本語 \'"; --')
      await context.store.writeNote('swept', '')
      const again = await context.again()
      expect(await again.readNote('swept')).toBe('')
      expect(await again.readNote('other')).toBe('日本語 \'"; --')
    })
  })
}
