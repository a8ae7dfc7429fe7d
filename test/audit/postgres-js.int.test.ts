import { randomBytes } from 'node:crypto'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import type { AuditReport } from '../../src/audit/report.js'
import { CuttingProxy } from '../services/cutting-proxy.js'
import { expectExactly, newPlant, newSecrets, placeOf, plant, secretOf } from './planted.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const
const url = inject('postgresUrl')

describe('an audit of what PostgresSaver stores', () => {
  let schema: string
  let pool: pg.Pool
  let saver: PostgresSaver
  const audit = (options: object = {}): Promise<AuditReport> => runAudit({ ...OPTIONS, store: url, schema, ...options })

  beforeAll(() => {
    pool = new pg.Pool({ connectionString: url, max: 4 })
  })
  afterAll(() => pool.end())
  beforeEach(async () => {
    schema = `audit ${randomBytes(4).toString('hex')}`
    saver = new PostgresSaver(pool, undefined, { schema })
    await saver.setup()
  })
  afterEach(() => pool.query(`DROP SCHEMA "${schema}" CASCADE`))

  it('finds all that was planted and nothing else, each once, with where, when and whose it is', async () => {
    const given = newPlant()
    await plant(saver, 'thread-1', given, 3)
    await plant(saver, 'thread-2', given, 1)
    const report = await audit()
    expectExactly(report, given.all)
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ kind: 'postgres', layout: 'langgraph-js postgres', threads: 2, checkpoints: 4, unreadable: 0 }],
    })
    expect(report.sources[0]!.name).not.toContain('@')
    expect(secretOf(report, given.prose)).toMatchObject({
      copies: 2,
      threads: 2,
      checkpoints: 4,
      owners: ['dana@example.com'],
    })
    expect(secretOf(report, given.prose).lastSeen).toBeGreaterThanOrEqual(secretOf(report, given.prose).firstSeen!)
    expect(placeOf(report, given.prose)).toMatchObject({
      kind: 'value',
      table: `${schema}.checkpoint_blobs`,
      column: 'blob',
      threadId: 'thread-1',
      channel: 'messages',
      path: [0, 'content'],
      message: { index: 0, id: 'm-1', role: 'user' },
    })
    expect(placeOf(report, given.inMetadata)).toMatchObject({
      kind: 'metadata',
      column: 'metadata',
      path: ['note'],
      copies: 3,
    })
    expect(placeOf(report, given.inWrite)).toMatchObject({ kind: 'write', channel: 'answer', path: ['text'] })
  })

  it('takes the schema from the address too, and finds the schemas of LangGraph by itself', async () => {
    const given = newPlant()
    await plant(saver, 'thread-1', given)
    const address = new URL(url)
    address.searchParams.set('schema', schema)
    expectExactly(await runAudit({ ...OPTIONS, store: address.href }), given.all)
    const found = await runAudit({ ...OPTIONS, store: url })
    expect(found.secrets.map(({ ruleId }) => ruleId)).toEqual(
      expect.arrayContaining(given.all.map(({ ruleId }) => ruleId)),
    )
  })

  it('reads tables and columns that nobody decodes, of any type, page by page', async () => {
    const [one, two, three, four] = newSecrets(4)
    await pool.query(`CREATE TABLE "${schema}"."app notes" (id int, note text, doc jsonb, list text[], bytes bytea)`)
    await pool.query(`INSERT INTO "${schema}"."app notes" SELECT i, repeat('x', 4000) FROM generate_series(1, 3000) i`)
    const insert = `INSERT INTO "${schema}"."app notes" VALUES (0, $1, $2, $3, $4)`
    await pool.query(insert, [
      `see ${one!.secret}`,
      { a: [two!.secret] },
      ['x', three!.secret],
      Buffer.from(`\0${four!.secret}\0`),
    ])
    const report = await audit()
    expectExactly(report, [one!, two!, three!, four!])
    expect(placeOf(report, two!)).toMatchObject({ kind: 'raw', column: 'doc', path: ['a', 0] })
    expect(report.sources[0]!.rows).toBeGreaterThan(3_000)
  })

  it('dates a blob by the checkpoints that use it, and leaves out with --since what only older ones use', async () => {
    const [first, second] = [newPlant(), newPlant()]
    await plant(saver, 'thread-1', first)
    await pool.query(
      `UPDATE "${schema}".checkpoints SET checkpoint = jsonb_set(checkpoint, '{ts}', '"2020-01-01T00:00:00Z"')`,
    )
    await pool.query(`DELETE FROM "${schema}".checkpoint_writes`)
    await plant(saver, 'thread-2', second)
    expect(secretOf(await audit(), first.prose)).toMatchObject({ lastSeen: Date.parse('2020-01-01T00:00:00Z') })
    expectExactly(await audit({ since: Date.parse('2021-01-01') }), second.all)
  })

  it('names a table that its role may not read, reads the others, and is not complete', async () => {
    const given = newPlant()
    await plant(saver, 'thread-1', given)
    const role = `reader_${randomBytes(4).toString('hex')}`
    await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-for-this-test'`)
    await pool.query(`GRANT USAGE ON SCHEMA "${schema}" TO ${role}`)
    await pool.query(`GRANT SELECT ON "${schema}".checkpoints, "${schema}".checkpoint_writes TO ${role}`)
    const address = new URL(url)
    address.username = role
    address.password = 'only-for-this-test'
    const report = await runAudit({ ...OPTIONS, store: address.href, schema })
    await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    expectExactly(report, [given.inMetadata, given.inWrite])
    expect(report).toMatchObject({ complete: false, warnings: [{ code: 'table-forbidden', count: 2 }] })
  })

  it('goes on after a connection that is lost midway, and counts nothing twice', async () => {
    const given = newPlant()
    await plant(saver, 'thread-1', given, 2)
    const whole = await audit()
    const proxy = await CuttingProxy.to(Number(new URL(url).port))
    const address = new URL(url)
    address.port = String(proxy.port)
    address.hostname = '127.0.0.1'
    let cuts = 0
    const onProgress = () => {
      if (cuts++ === 0) proxy.loseNextAnswer()
    }
    const report = await runAudit({ ...OPTIONS, store: address.href, schema, onProgress })
    proxy.close()
    expect(cuts).toBeGreaterThan(1)
    expect(report.secrets.map(({ copies }) => copies).sort()).toEqual(whole.secrets.map(({ copies }) => copies).sort())
    expect(report.complete).toBe(true)
  })

  it('names a connection that does not come back, and reports what it had read', async () => {
    await plant(saver, 'thread-1', newPlant(), 2)
    const proxy = await CuttingProxy.to(Number(new URL(url).port))
    const address = new URL(url)
    address.port = String(proxy.port)
    address.hostname = '127.0.0.1'
    const report = await runAudit({ ...OPTIONS, store: address.href, schema, onProgress: () => proxy.close() })
    expect(report.complete).toBe(false)
    expect(report.warnings.map(({ code }) => code)).toContain('connection-lost')
  })

  it('refuses a server that is not there and a password that is wrong, without repeating the address', async () => {
    for (const store of ['postgres://u:hunter22@127.0.0.1:1/x', url.replace(/:[^:@/]*@/, ':wrong-password@')]) {
      const error = await runAudit({ ...OPTIONS, store }).catch((thrown: unknown) => thrown as Error)
      expect(error).toMatchObject({ code: 'ERR_STORE_UNREADABLE' })
      expect((error as Error).message).not.toMatch(/hunter22|wrong-password/)
    }
  })
})
