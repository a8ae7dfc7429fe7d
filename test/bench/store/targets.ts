import { randomUUID } from 'node:crypto'
import { type BaseStore, InMemoryStore } from '@langchain/langgraph-checkpoint'
import { PostgresStore } from '@langchain/langgraph-checkpoint-postgres/store'
import pg from 'pg'
import { SecretSafeStore } from '../../../src/agent.js'
import { ClaimVault, createDetector, KeyRing, MemoryClaimStore } from '../../../src/index.js'
import { PostgresClaimStore } from '../../../src/postgres.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import startPostgres from '../../services/global.js'
import type { Side } from '../measure.js'

/** A bare store and a wrapped one of the same kind, beside each other for as long as the section runs. */
export interface Target {
  readonly name: string
  readonly stores: Readonly<Record<Side, BaseStore>>
  close(): Promise<void>
}

// Rules are compiled once for a process, so that no operation pays for it.
const detector = createDetector()

export const TARGETS: Readonly<Record<string, () => Promise<Target>>> = { memory, postgres }

async function memory(): Promise<Target> {
  const { store, close } = await wrap(new InMemoryStore(), new MemoryClaimStore())
  return { name: 'memory', stores: { bare: new InMemoryStore(), wrapped: store }, close }
}

async function postgres(): Promise<Target> {
  let url = ''
  const stop = await startPostgres({
    provide: (key: string, value: string) => {
      if (key === 'postgresUrl') url = value
    },
  })
  const schema = `bench_${randomUUID().slice(0, 8)}`
  const open = async (name: Side) => {
    const store = PostgresStore.fromConnString(url, { schema: `${schema}_${name}` })
    await store.setup()
    return store
  }
  const [bare, inner] = [await open('bare'), await open('wrapped')]
  const wrapped = await wrap(inner, PostgresClaimStore.fromConnString(url, { schema: `${schema}_vault` }))
  return {
    name: 'postgres',
    stores: { bare, wrapped: wrapped.store },
    close: async () => {
      await wrapped.close()
      await Promise.all([bare.stop(), inner.stop()])
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      for (const part of ['bare', 'wrapped', 'vault'])
        await client.query(`drop schema if exists "${schema}_${part}" cascade`)
      await client.end()
      await stop()
    },
  }
}

async function wrap(inner: BaseStore, claims: ClaimStore) {
  const vault = await ClaimVault.open({ store: claims, keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
  const store = new SecretSafeStore(inner, { vault, principal: { sub: 'bench' }, detector })
  return { store, close: () => vault.close() }
}
