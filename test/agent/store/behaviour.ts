import type { BaseStore } from '@langchain/langgraph-checkpoint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export interface OpenedStore {
  readonly store: BaseStore
  close(): Promise<void>
}

/** What users of a store rely on, for any store. The same suite runs over a bare store and over the wrapped one. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`a store: ${name}`, () => {
    let opened: OpenedStore
    let store: BaseStore
    let count = 0
    const namespace = (...labels: string[]) => [`ns${count++}`, ...labels]
    beforeAll(async () => {
      opened = await open()
      store = opened.store
      await store.start()
    })
    afterAll(() => opened.close())

    it('gives back what was put, with its namespace, key and times', async () => {
      const at = namespace('users')
      await store.put(at, 'profile', { name: 'Ada', age: 36, tags: ['a', 'b'], nested: { deep: [null, true] } })
      const item = (await store.get(at, 'profile'))!
      expect(item).toMatchObject({ namespace: at, key: 'profile' })
      expect(item.value).toEqual({ name: 'Ada', age: 36, tags: ['a', 'b'], nested: { deep: [null, true] } })
      expect(item.createdAt).toBeInstanceOf(Date)
      expect(item.updatedAt).toBeInstanceOf(Date)
    })

    it('answers null for what is not there', async () => {
      expect(await store.get(namespace(), 'nothing')).toBeNull()
    })

    it('overwrites, and keeps when an item was created', async () => {
      const at = namespace()
      await store.put(at, 'k', { v: 1 })
      const first = (await store.get(at, 'k'))!.createdAt
      await store.put(at, 'k', { v: 2 })
      const item = (await store.get(at, 'k'))!
      expect(item.value).toEqual({ v: 2 })
      expect(item.createdAt).toEqual(first)
    })

    it('forgets what was deleted, and does not mind deleting it twice', async () => {
      const at = namespace()
      await store.put(at, 'k', { v: 1 })
      await store.delete(at, 'k')
      await store.delete(at, 'k')
      expect(await store.get(at, 'k')).toBeNull()
    })

    it('tells namespaces apart', async () => {
      const at = namespace()
      await store.put([...at, 'a'], 'k', { v: 'a' })
      await store.put([...at, 'b'], 'k', { v: 'b' })
      expect((await store.get([...at, 'a'], 'k'))!.value).toEqual({ v: 'a' })
      expect((await store.get([...at, 'b'], 'k'))!.value).toEqual({ v: 'b' })
    })

    it('searches below a prefix, by filter, limit and offset', async () => {
      const at = namespace()
      for (let i = 0; i < 6; i++) await store.put([...at, `part${i % 2}`], `k${i}`, { v: i, odd: i % 2 === 1 })
      expect(await store.search(at)).toHaveLength(6)
      expect(await store.search([...at, 'part0'])).toHaveLength(3)
      expect(await store.search(at, { limit: 2 })).toHaveLength(2)
      expect(await store.search(at, { limit: 10, offset: 4 })).toHaveLength(2)
      const odd = await store.search(at, { filter: { odd: true } })
      expect(odd.map(({ value }) => value.v).sort()).toEqual([1, 3, 5])
      const late = await store.search(at, { filter: { v: { $gte: 4 } } })
      expect(late.map(({ key }) => key).sort()).toEqual(['k4', 'k5'])
    })

    it('lists namespaces by prefix', async () => {
      const at = namespace()
      await store.put([...at, 'a'], 'k', { v: 1 })
      await store.put([...at, 'b'], 'k', { v: 1 })
      expect(await store.listNamespaces({ prefix: at })).toEqual([
        [...at, 'a'],
        [...at, 'b'],
      ])
      expect(await store.listNamespaces({ prefix: at, limit: 1, offset: 1 })).toEqual([[...at, 'b']])
    })

    it('runs a batch, and answers in its order', async () => {
      const at = namespace()
      await store.put(at, 'before', { v: 1 })
      const results = await store.batch([
        { namespace: at, key: 'before' },
        { namespace: at, key: 'new', value: { v: 2 } },
        { namespacePrefix: at, limit: 10, offset: 0, filter: { v: 1 } },
        { matchConditions: [{ matchType: 'prefix', path: at }], limit: 10, offset: 0 },
      ])
      expect(results[0]).toMatchObject({ key: 'before', value: { v: 1 } })
      expect(results[2]).toMatchObject([{ key: 'before' }])
      expect(results[3]).toEqual([at])
      expect((await store.get(at, 'new'))!.value).toEqual({ v: 2 })
      await store.batch([{ namespace: at, key: 'new', value: null }])
      expect(await store.get(at, 'new')).toBeNull()
    })

    it('takes an empty batch', async () => {
      expect(await store.batch([])).toEqual([])
    })

    it('takes concurrent writes', async () => {
      const at = namespace()
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.put(at, `k${i}`, { v: i })))
      expect(await store.search(at, { limit: 50 })).toHaveLength(20)
    })

    it('refuses an empty namespace', async () => {
      await expect(store.put([], 'k', { v: 1 })).rejects.toThrow()
    })
  })
}
