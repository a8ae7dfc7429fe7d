import { InMemoryCache, InMemoryStore } from '@langchain/langgraph-checkpoint'
import { SecretSafeCache, SecretSafeStore } from '../../src/agent.js'
import { dumpMemoryCache, dumpMemoryStore } from '../../src/testing/leak/dump/memory.js'
import { type StoredBytes, textBytes } from '../../src/testing/leak/stored-bytes.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import { memorySaver } from './bare-savers.js'
import { postgresStore } from './postgres-store.js'
import { sqliteVault, wrapSaver } from './wrapped-saver.js'

type KeptTarget = Required<LeakTarget>

/** A store that embeds what it is given, and a cache; in memory. What was embedded counts as stored. */
export async function memoryKept(): Promise<KeptTarget> {
  const embedded: string[] = []
  const embed = (text: string) => {
    embedded.push(text)
    return [text.length, 1]
  }
  const embeddings = {
    embedDocuments: async (texts: string[]) => texts.map(embed),
    embedQuery: async (text: string) => embed(text),
  }
  const store = new InMemoryStore({ index: { dims: 2, embeddings: embeddings as never, fields: ['text'] } })
  return {
    ...(await around(store, async () => [
      ...dumpMemoryStore(store),
      ...embedded.map((text) => textBytes('store', 'embedded text', text)),
    ])),
    store,
  }
}

export async function postgresKept(url: string): Promise<KeptTarget> {
  const { store, dump, close } = await postgresStore(url)
  const target = await around(store, dump)
  return {
    ...target,
    store,
    close: async () => {
      await target.close()
      await close()
    },
  }
}

async function around(store: KeptTarget['store'], dumpStore: () => Promise<StoredBytes[]>): Promise<KeptTarget> {
  const { checkpointer, dump, close } = await memorySaver()
  const cache = new InMemoryCache<unknown>()
  return {
    ...{ checkpointer, store, cache, close },
    dump: async () => [...(await dump()), ...(await dumpStore()), ...dumpMemoryCache(cache)],
  }
}

/** All three wrapped, over one vault, whose bytes are in the dump. */
export function protectKept(open: () => Promise<KeptTarget>, openVault = sqliteVault): () => Promise<LeakTarget> {
  return async () => {
    const inner = await open()
    const claims = await openVault()
    const { saver, vault, close } = await wrapSaver(inner.checkpointer, { store: claims.store })
    const options = { vault, principal: { sub: 'test' }, fields: ['value.marked.item'] }
    return {
      checkpointer: saver,
      store: new SecretSafeStore(inner.store, options),
      cache: new SecretSafeCache(inner.cache, options),
      dump: async () => [...(await inner.dump()), ...(await claims.dump())],
      close: async () => {
        await close()
        await claims.close()
        await inner.close()
      },
    }
  }
}
