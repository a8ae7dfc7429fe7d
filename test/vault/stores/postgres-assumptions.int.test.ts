import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { claimRow, load, TENANT, THREAD } from '../../../src/testing/claim-store/harness.js'
import type { ClaimCommit } from '../../../src/vault/claim-store.js'
import { commitStatement, qualifier } from '../../../src/vault/stores/postgres-sql.js'
import { newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const REVOKE: ClaimCommit = { addRevocations: [{ tenant: TENANT, tag: 'tag-1', threadId: null }] }
const assuming = { tenant: TENANT, unrevoked: ['tag-1'], notBefore: 0 }
let store: PostgresClaimStore
let other: pg.Client
beforeEach(async () => {
  store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema })
  await store.setup()
  other = new pg.Client({ connectionString: inject('postgresUrl') })
  await other.connect()
})
afterEach(async () => {
  await other.end()
  await store.close()
  await drop()
})

const send = (change: ClaimCommit) => other.query(commitStatement(change, qualifier(schema)))

/** What `work` gives, and whether it had to wait for the other transaction to end. */
async function beside<Result>(work: Promise<Result>): Promise<{ result: Result; waited: boolean }> {
  let waited = true
  const done = work.finally(() => {
    waited = false
  })
  await sleep(150)
  const hasWaited = waited
  await other.query('COMMIT')
  return { result: await done, waited: hasWaited }
}

describe('a commit under an assumption in PostgreSQL', () => {
  it('waits for a revocation that is being stored, and is then refused', async () => {
    await other.query('BEGIN')
    await send(REVOKE)
    const row = claimRow()
    const { result, waited } = await beside(store.commit({ insert: [row], assuming }))
    expect([result, waited]).toEqual([{ committed: false }, true])
    expect((await load(store, [row.id])).claims).toEqual([])
  })

  it('is waited for by the revocation, which finds what it stored', async () => {
    const row = claimRow()
    await other.query('BEGIN')
    await send({ insert: [row], assuming })
    const revoked = store.commit(REVOKE).then(() => store.find({ tenant: TENANT, threadId: THREAD }))
    const { result, waited } = await beside(revoked)
    expect([result.map(({ id }) => id), waited]).toEqual([[row.id], true])
  })

  it('waits for no other one of its kind, and for no revocation of another tenant', async () => {
    await other.query('BEGIN')
    await send({ insert: [claimRow()], assuming })
    const both = Promise.all([
      store.commit({ insert: [claimRow()], assuming }),
      store.commit({ addRevocations: [{ tenant: 'globex', tag: 'tag-1', threadId: null }] }),
    ])
    const { result, waited } = await beside(both)
    expect([result, waited]).toMatchObject([[{ committed: true }, { committed: true }], false])
  })

  it('is refused in a transaction that would not see a revocation stored meanwhile', async () => {
    await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await expect(send({ insert: [claimRow()], assuming })).rejects.toMatchObject({ code: 'SSC01' })
  })
})
