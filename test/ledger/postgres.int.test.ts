import { afterAll, describe, expect, inject, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { sealIntervals } from '../../src/ledger/sealer.js'
import { PostgresClaimStore } from '../../src/postgres.js'
import { openNamingKeys } from '../../src/vault/open-naming-keys.js'
import { verifyStore } from '../../src/vault/verify-store.js'
import { adminQuery, newSchema } from '../services/postgres-schema.js'
import { crash } from './crash.js'
import { measureRate } from './rate.js'

const ALICE = { sub: 'alice' }
const { schema, drop } = newSchema()
const key = KeyRing.generate()
const openStore = () => PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema })

afterAll(() => drop())

async function verify() {
  const store = openStore()
  await store.setup()
  try {
    return await verifyStore(store, new KeyRing(key), {})
  } finally {
    await store.close()
  }
}

describe('the ledger on PostgreSQL', () => {
  it('has no gap after racing claims whose transactions were refused and tried again', async () => {
    const keys = new KeyRing(key)
    const vaults = await Promise.all([1, 2].map(() => ClaimVault.open({ store: openStore(), keys, sweep: 'manual' })))
    const url = await vaults[0]!.create('value', { threadId: 'T', maxClaims: 10, principal: ALICE })
    const claim = (i: number) => vaults[i % 2]!.claim(url, { principal: { sub: `racer-${i}` }, threadId: 'T' })
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => claim(i)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    for (const vault of vaults) await vault.close()
    expect(await verify()).toMatchObject({ intact: true, records: 51, unsettled: [] })
  })

  it('is intact after a process was killed in the midst of its work, and after its records were sealed', async () => {
    for (const claims of [3, 150]) await crash(claims, inject('postgresUrl'), key, schema)
    const { intact, unsettled, records } = await verify()
    expect(intact).toBe(true)
    expect(records).toBeGreaterThan(300)
    expect(unsettled.length).toBeLessThanOrEqual(2)
    const store = openStore()
    await store.setup()
    const { vaultId } = await openNamingKeys(store, new KeyRing(key))
    const signer = { keyId: 'hmac:test', sign: () => new Uint8Array(32) }
    await sealIntervals({ store, vaultId, signer, now: Date.now() + 120_000 })
    await store.close()
    const { findings } = await verify()
    expect(findings.map(({ kind }) => kind)).toEqual(['signature'])
  })

  it('shows an edit and a drop by whoever owns the database', async () => {
    const owner = async (sql: string) => {
      await adminQuery(`ALTER TABLE "${schema}".ledger DISABLE TRIGGER ALL`)
      await adminQuery(sql)
    }
    const kinds = async () => new Set((await verify()).findings.map(({ kind }) => kind))
    await adminQuery(`ALTER TABLE "${schema}".ledger_roots DISABLE TRIGGER ALL`)
    await adminQuery(`DELETE FROM "${schema}".ledger_roots`)
    expect(await kinds()).toEqual(new Set())
    await owner(`UPDATE "${schema}".ledger SET sub = 'mallory' WHERE seq = (SELECT min(seq) FROM "${schema}".ledger)`)
    expect(await kinds()).toEqual(new Set(['edited']))
    await owner(`DELETE FROM "${schema}".ledger WHERE operation = 'claim' AND sub = 'racer-0'`)
    await owner(`DELETE FROM "${schema}".ledger WHERE seq = (SELECT min(seq) FROM "${schema}".ledger)`)
    expect(await kinds()).toEqual(new Set(['gap']))
  })

  it('takes batches of events, each of which is signed', async () => {
    const { eventsPerSecond, microsPerRecord } = await measureRate(openStore(), { batches: 40, size: 500, inFlight: 4 })
    process.stdout.write(`ledger: ${eventsPerSecond} events/s in batches of 500, ${microsPerRecord} µs each to sign\n`)
    // A floor that a loaded machine keeps; `npm run bench` measures.
    expect(eventsPerSecond).toBeGreaterThan(1_000)
  })
})
