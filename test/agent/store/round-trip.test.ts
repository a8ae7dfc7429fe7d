import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TOKENS, value } from '../../property/values.js'
import { cacheHarness, storeHarness } from '../../support/store-harness.js'

const NAMESPACE = ['notes']
const items = fc.dictionary(fc.constantFrom('a', 'b', 'text'), value)

describe('any item of a store', () => {
  it('is restored as it was put, and holds no secret when stored', async () => {
    const { store, inner, elsewhere, stored } = await storeHarness()
    let run = 0
    await fc.assert(
      fc.asyncProperty(items, async (item) => {
        const key = `k${run++}`
        await store.put(NAMESPACE, key, item)
        const first = (await inner.get(NAMESPACE, key))!.value
        for (const token of TOKENS) expect(stored().includes(token)).toBe(false)
        const restored = (await elsewhere().get(NAMESPACE, key))!.value
        expect(restored).toEqual(item)
        expect(JSON.stringify(restored)).toBe(JSON.stringify(item))
        await store.put(NAMESPACE, key, restored)
        expect((await inner.get(NAMESPACE, key))!.value).toEqual(first)
        await inner.delete(NAMESPACE, key)
      }),
      { numRuns: 200 },
    )
  })

  it('comes back through reads without a right, too, once it is read with one', async () => {
    const { store, elsewhere } = await storeHarness()
    const blind = elsewhere({ principal: null })
    let run = 0
    await fc.assert(
      fc.asyncProperty(items, async (item) => {
        const key = `k${run++}`
        await store.put(NAMESPACE, key, item)
        await blind.put(NAMESPACE, key, (await blind.get(NAMESPACE, key))!.value)
        expect((await store.get(NAMESPACE, key))!.value).toEqual(item)
      }),
      { numRuns: 100 },
    )
  })
})

describe('any entry of a cache', () => {
  it('is restored as the bare cache restores it, and holds no secret when stored', async () => {
    const { cache, inner, stored } = await cacheHarness()
    let run = 0
    await fc.assert(
      fc.asyncProperty(value, async (entry) => {
        const key: [string[], string] = [['node'], `k${run++}`]
        const bare: [string[], string] = [['bare'], key[1]]
        await inner.set([{ key: bare, value: entry }])
        const [expected] = await inner.get([bare])
        await inner.clear([['bare']])
        await cache.set([{ key, value: entry }])
        for (const token of TOKENS) expect(stored().includes(token)).toBe(false)
        const [found] = await cache.get([key])
        expect(found!.key).toEqual(key)
        expect(found!.value).toEqual(expected!.value)
        await inner.clear([['node']])
      }),
      { numRuns: 200 },
    )
  })
})
