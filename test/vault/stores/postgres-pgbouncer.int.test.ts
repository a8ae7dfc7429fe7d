import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { load } from '../../../src/testing/claim-store/harness.js'
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

  it('gives statements names until the first is refused, which no caller notices', async () => {
    const { schema, drop } = newSchema()
    const sent: (string | undefined)[] = []
    const pool = new pg.Pool({ connectionString: bouncer.url, max: 8 })
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...rest: unknown[]) => unknown
      const watched = (config: pg.QueryConfig, ...rest: unknown[]): unknown => {
        sent.push(config.name)
        return query(config, ...rest)
      }
      Object.assign(client, { query: watched })
    })
    const store = PostgresClaimStore.fromPool(pool, { schema })
    await store.setup()
    sent.length = 0
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 40 }, () => load(store, [])))
    expect(sent[0]).toMatch(/^secret_safe_[\w-]{22}$/)
    expect(sent.at(-1)).toBeUndefined()
    await store.close()
    await pool.end()
    await drop()
  })

  describeClaimStore('PostgresClaimStore', () => {
    const { schema, drop } = newSchema()
    return { open: () => PostgresClaimStore.fromConnString(bouncer.url, { schema }), dispose: drop }
  })
})
