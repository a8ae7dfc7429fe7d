import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { SecretSafeStore } from '../../../src/agent.js'
import { ClaimVault, KeyRing, secret } from '../../../src/index.js'
import { PostgresClaimStore } from '../../../src/vault/stores/postgres.js'
import { newSchema } from '../../services/postgres-schema.js'
import { postgresStore } from '../../support/postgres-store.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { ALICE } from '../../support/vault-harness.js'
import { describeStore } from './behaviour.js'

const url = inject('postgresUrl')

async function wrapped() {
  const { schema, drop } = newSchema()
  const claims = PostgresClaimStore.fromConnString(url, { schema })
  const vault = await ClaimVault.open({ store: claims, keys: new KeyRing(KeyRing.generate()), sweep: 'manual' })
  const inner = await postgresStore(url)
  const store = new SecretSafeStore(inner.store, { vault, principal: ALICE, fields: ['pin'] })
  const close = async () => {
    await vault.close()
    await drop()
    await inner.close()
  }
  return { inner, store, claims, close }
}

describeStore('PostgresStore, bare', () => postgresStore(url))
describeStore('PostgresStore, wrapped', wrapped)

describe('a wrapped PostgresStore', () => {
  let opened: Awaited<ReturnType<typeof wrapped>>
  beforeAll(async () => {
    opened = await wrapped()
  })
  afterAll(() => opened.close())

  const stored = async () => JSON.stringify(await opened.inner.rows())

  it('keeps no secret in its rows, and gives it back by get, search, text search and batch', async () => {
    const { store } = opened
    const [token, marked] = [anthropicKey(), opaqueSecret()]
    const value = { text: `deploy with ${token} on friday`, marked: secret(marked), pin: 4321 }
    await store.put(['notes'], 'a', value)
    for (const each of [token, marked, '4321']) expect(await stored()).not.toContain(each)
    const reads = [
      await store.get(['notes'], 'a'),
      (await store.search(['notes'], { mode: 'text', query: 'friday' }))[0],
      (await store.search(['notes'], { filter: { text: { $exists: true } } as never }))[0],
      (await store.batch([{ namespace: ['notes'], key: 'a' }]))[0],
    ]
    for (const item of reads) {
      expect(item!.value.text).toBe(value.text)
      expect(item!.value.pin).toBe(4321)
      expect(item!.value.marked.expose()).toBe(marked)
    }
  })

  it('expires items by the inner store’s own TTL, which passes through; tidy ends what they held', async () => {
    const { store, inner, claims } = opened
    await store.put(['short'], 'a', { token: anthropicKey() }, undefined, { ttl: 0.0001 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await store.get(['short'], 'a')).toBeNull()
    expect(await inner.store.sweepExpiredItems()).toBeGreaterThan(0)
    expect(await claims.countClaims({ tenant: 'default', threadId: 'secret-safe:store/short/a' }, 9)).toBe(1)
    expect(await store.tidy(['short'], { quietMs: 0 })).toBe(1)
    expect(await claims.countClaims({ tenant: 'default', threadId: 'secret-safe:store/short/a' }, 9)).toBe(0)
  })

  it('ends what an item held when it is deleted, and nothing else', async () => {
    const { store, claims } = opened
    await store.put(['gone'], 'a', { token: anthropicKey() })
    await store.put(['gone'], 'b', { token: anthropicKey() })
    await store.delete(['gone'], 'a')
    const left = (await claims.listThreads('default')).filter((id) => id.startsWith('secret-safe:store/gone/'))
    expect(left).toEqual(['secret-safe:store/gone/b'])
  })
})
