import { afterEach, describe, expect, inject, it } from 'vitest'
import { KeyRing } from '../../../src/index.js'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { newSchema } from '../../services/postgres-schema.js'
import { ahead, BOB, NEXT_WINDOW_MS, openVault, ringOf, THREAD } from './vaults.js'

const schemas = [newSchema(), newSchema()]
afterEach(async () => {
  for (const { drop } of schemas) await drop()
})
const claims = () => PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema: schemas[0]!.schema })
const keyStore = () => PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema: schemas[1]!.schema })
const by = { principal: BOB, threadId: THREAD }

describe('keys in PostgreSQL, in a schema of their own', () => {
  it('rotate under two processes at once, and die with their window', async () => {
    const [OLD, NEW] = [KeyRing.generate(), KeyRing.generate()]
    const filled = { store: claims(), keys: new KeyRing(OLD), keyStore: keyStore() }
    const first = await openVault({ ...filled, tenant: 'tenant-0' })
    const url = await first.create('value', { threadId: THREAD, maxClaims: 9 })
    await first.close()
    for (let i = 1; i < 8; i++) {
      const vault = await openVault({
        store: claims(),
        keys: new KeyRing(OLD),
        keyStore: keyStore(),
        tenant: `tenant-${i}`,
      })
      await vault.create('value', { threadId: THREAD })
      await vault.close()
    }

    const open = (key: KeyRing) => openVault({ store: claims(), keys: key, keyStore: keyStore(), tenant: 'tenant-0' })
    const both = await Promise.all([open(ringOf(OLD, NEW)), open(ringOf(OLD, NEW))])
    const results = await Promise.all(both.map((vault) => vault.rotateKeys()))
    expect(results.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(9)
    for (const vault of both) await vault.close()

    const vault = await open(new KeyRing(NEW))
    expect(await vault.claim(url, by)).toBe('value')
    const [use] = await vault.keysInUse()
    expect(use).toMatchObject({ current: true, namingKeys: 1, branchKeys: 8, besideClaims: 0 })

    const later = await openVault({
      store: ahead(claims(), NEXT_WINDOW_MS),
      keys: new KeyRing(NEW),
      keyStore: keyStore(),
      tenant: 'tenant-0',
    })
    const { keys, ownStore } = await later.destroyExpiredKeys()
    expect({ ownStore, count: keys.length }).toEqual({ ownStore: true, count: 8 })
    vault.context().branchKeys.clear()
    await expect(vault.claim(url, by)).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
    for (const opened of [vault, later]) await opened.close()
  })
})
