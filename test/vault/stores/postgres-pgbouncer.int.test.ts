import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { describeClaimStore } from '../../../src/testing/describe-claim-store.js'
import { pgbouncerProgram, startPgbouncer } from '../../services/pgbouncer.js'
import { newSchema } from '../../services/postgres-schema.js'

const reason = pgbouncerProgram ? '' : ' (skipped: the program pgbouncer is missing; Debian package pgbouncer)'

describe.skipIf(pgbouncerProgram === undefined)(`behind PgBouncer in transaction mode${reason}`, () => {
  let bouncer: Awaited<ReturnType<typeof startPgbouncer>>
  beforeAll(async () => {
    bouncer = await startPgbouncer(pgbouncerProgram ?? '', inject('postgresUrl'))
  })
  afterAll(() => bouncer?.stop())

  it('really loses what a session holds, so that the tests below can fail', async () => {
    const pool = new pg.Pool({ connectionString: bouncer.url, max: 8 })
    const named = (): Promise<unknown> => pool.query({ name: 'kept', text: 'SELECT pg_sleep(0.01)' })
    const results = await Promise.allSettled(Array.from({ length: 40 }, named))
    expect(results.filter((result) => result.status === 'rejected').length).toBeGreaterThan(0)
    await pool.end()
  })

  describeClaimStore('PostgresClaimStore', () => {
    const { schema, drop } = newSchema()
    return { open: () => PostgresClaimStore.fromConnString(bouncer.url, { schema }), dispose: drop }
  })
})
