import { afterEach, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { bytes, claimRow, clock, ledgerRecord, link, loadRow, put } from '../../../src/testing/claim-store/harness.js'
import { blocksOf } from '../../repo/markdown.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const role = `vault_user_${crypto.randomUUID().slice(0, 8)}`
const stores: PostgresClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await drop()
  await adminQuery(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
})

function storeOf(url: string): PostgresClaimStore {
  const store = PostgresClaimStore.fromConnString(url, { schema })
  stores.push(store)
  return store
}

it('a role with what docs/stores.md grants can do all of a vault, and change no record', async () => {
  const [grants, vacuum] = blocksOf('docs/stores.md')
    .filter(({ language }) => language === 'sql')
    .map(({ code }) => code.replaceAll('secret_safe', schema).replaceAll('vault_user', role))
  const owner = storeOf(inject('postgresUrl'))
  await owner.setup()
  const password = crypto.randomUUID()
  await adminQuery(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`)
  await adminQuery(grants!)
  const url = new URL(inject('postgresUrl'))
  url.username = role
  url.password = password

  const store = storeOf(url.href)
  await store.setup()
  const now = await clock(store)
  const row = claimRow({ mode: 'handoff', maxClaims: 1, expiresAt: now - 10, sweepAt: now - 10 })
  await put(store, { insert: [row], events: [ledgerRecord({ claims: [row.id] })] })
  expect(await loadRow(store, row.id)).toEqual(row)
  expect(await store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 10 }, link)).toMatchObject({ cleared: 1 })
  expect(await store.acquireLock({ name: 'rotate', holder: 'a', ttlMs: 1_000 })).toBe(true)
  await store.initBranchKey({ id: 'key-1', tenant: 'acme', window: 1, kekId: 'kek-1', wrapped: bytes() })
  expect(await store.destroyBranchKeys(2)).toHaveLength(1)
  expect(await store.listBranchKeys()).toEqual([])
  expect(await store.deleteThread('acme', 'thread-1', { ...ledgerRecord(), operation: 'delete-thread' }, link)).toBe(1)
  for (const sql of ['UPDATE ledger SET sub = NULL', 'TRUNCATE ledger', 'DELETE FROM ledger_roots']) {
    await expect(adminQuery(`SET ROLE ${role}; SET search_path = ${schema}; ${sql}`)).rejects.toMatchObject({
      code: '42501',
    })
  }
  await adminQuery(vacuum!)
})
