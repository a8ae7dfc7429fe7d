import { inspect } from 'node:util'
import type { InMemoryCache, InMemoryStore, MemorySaver } from '@langchain/langgraph-checkpoint'
import { cellBytes, type StoredBytes, textBytes } from '../stored-bytes.js'

/** All that a MemorySaver holds. */
export function dumpMemory(saver: Pick<MemorySaver, 'storage' | 'writes'>): StoredBytes[] {
  const stored: StoredBytes[] = []
  for (const [threadId, namespaces] of Object.entries(saver.storage)) {
    for (const [namespace, checkpoints] of Object.entries(namespaces)) {
      for (const [id, [checkpoint, metadata, parent]] of Object.entries(checkpoints)) {
        stored.push({ area: 'checkpoint', place: 'memory storage, checkpoint', bytes: checkpoint })
        stored.push({ area: 'metadata', place: 'memory storage, metadata', bytes: metadata })
        stored.push(textBytes('key', 'memory storage, keys', [threadId, namespace, id, parent].join('\n')))
      }
    }
  }
  for (const [key, writes] of Object.entries(saver.writes)) {
    for (const [innerKey, [taskId, channel, value, taskPath]] of Object.entries(writes)) {
      stored.push({ area: 'write', place: 'memory writes, value', bytes: value })
      stored.push(textBytes('key', 'memory writes, keys', [key, innerKey, taskId, channel, taskPath].join('\n')))
    }
  }
  return stored
}

/** All that an InMemoryStore holds: items, their names, and the fields that were embedded. */
export function dumpMemoryStore(store: InMemoryStore): StoredBytes[] {
  const { data, vectors } = store as unknown as MemoryStoreInside
  const items = [...data].flatMap(([namespace, items]) => [...items].map(([key, item]) => ({ namespace, key, item })))
  return [
    ...items.map(({ item }) => textBytes('store', 'memory store, value', inspectAll(item.value))),
    ...items.map(({ namespace, key }) => textBytes('key', 'memory store, keys', `${namespace}\n${key}`)),
    ...[...vectors].map((entry) => textBytes('key', 'memory store, vectors', inspectAll(entry))),
  ]
}

/** All that an InMemoryCache holds. */
export function dumpMemoryCache(cache: InMemoryCache): StoredBytes[] {
  const namespaces = Object.entries((cache as unknown as MemoryCacheInside).cache)
  return namespaces.flatMap(([namespace, entries]) =>
    Object.entries(entries).flatMap(([key, { val }]): StoredBytes[] => [
      { area: 'cache', place: 'memory cache, value', bytes: cellBytes(val) ?? new Uint8Array() },
      textBytes('key', 'memory cache, keys', `${namespace}\n${key}`),
    ]),
  )
}

/** What they keep to themselves. */
interface MemoryStoreInside {
  readonly data: ReadonlyMap<string, ReadonlyMap<string, { readonly value: unknown }>>
  readonly vectors: ReadonlyMap<string, unknown>
}
interface MemoryCacheInside {
  readonly cache: Readonly<Record<string, Readonly<Record<string, { readonly val: unknown }>>>>
}

/** Values lie there as they were given, whatever they are made of. */
const inspectAll = (value: unknown): string =>
  inspect(value, { depth: null, maxStringLength: null, maxArrayLength: null, breakLength: Number.POSITIVE_INFINITY })
