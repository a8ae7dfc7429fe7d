import { randomUUID } from 'node:crypto'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createCanary } from '../../../src/testing/leak/canary.js'
import { dumpPostgres } from '../../../src/testing/leak/dump/postgres.js'
import { type LeakPath, leakPaths } from '../../../src/testing/leak/index.js'
import { findCanaries } from '../../../src/testing/leak/search.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { anthropicKey } from '../../support/secrets.js'
import { resume, reviewGraph, runToInterrupt, threadOf } from './graphs.js'
import { FIELDS, FixHarness } from './harness.js'

const isFixed = ({ name, needs, refused }: LeakPath) => needs !== 'mark' && !refused && !/beside its marked/.test(name)
const paths = leakPaths.filter(isFixed)
const fields = [...FIELDS, 'value.item']

describe('a store that a bare PostgresSaver wrote', () => {
  const schema = `fix "${randomUUID().slice(0, 8)}"`.replaceAll('"', '')
  const canaries = new Map<string, string>()
  const token = anthropicKey()
  let pool: pg.Pool
  let saver: PostgresSaver
  let harness: FixHarness

  const dump = () => dumpPostgres(pool, schema)
  const cells = async () =>
    (await dump()).map(({ place, bytes }) => `${place} ${Buffer.from(bytes).toString('hex')}`).sort()
  const relationFiles = async () => {
    await pool.query('checkpoint')
    const { rows } = await pool.query(
      `with tables as (select oid, reltoastrelid from pg_class where relnamespace = $1::regnamespace and relkind = 'r'),
            heaps as (select oid from tables union select reltoastrelid from tables where reltoastrelid <> 0)
       select pg_read_binary_file(pg_relation_filepath(oid), 0, pg_relation_size(oid), true) as bytes from heaps`,
      [`"${schema}"`],
    )
    return (rows as { bytes: Buffer | null }[]).flatMap(({ bytes }) =>
      bytes === null ? [] : [{ area: 'file' as const, place: 'relation file', bytes }],
    )
  }

  beforeAll(async () => {
    const url = inject('postgresUrl')
    pool = new pg.Pool({ connectionString: url, max: 4 })
    saver = new PostgresSaver(pool, undefined, { schema })
    await saver.setup()
    harness = await FixHarness.open({ address: url, schema })
    for (const each of paths) {
      const canary = createCanary(each.canary)
      canaries.set(each.name, canary)
      const config = { configurable: { thread_id: each.name }, durability: 'sync' as const }
      await each
        .run({ checkpointer: saver, canary, durability: 'sync', config, mark: (value) => value })
        .catch(() => undefined)
    }
    await runToInterrupt(saver, 'thread-1', token)
    canaries.set('thread-1', token)
  }, 120_000)
  afterAll(async () => {
    await pool.query(`drop schema "${schema}" cascade`)
    await pool.end()
    await harness.close()
  })

  it('is rewritten in all of its tables, put back byte for byte, and rewritten again', async () => {
    const before = await cells()
    expect(findCanaries(await dump(), canaries).length).toBeGreaterThan(paths.length / 2)
    const dry = await harness.fix({ apply: false, fields })
    expect(await cells()).toEqual(before)

    const first = await harness.fix({ fields })
    expect(first.plan.copies).toBe(dry.plan.copies)
    expect(first.left).toEqual([])
    expect(findCanaries(await dump(), canaries)).toEqual([])
    expect(first.residue.left.join(' ')).toMatch(/--vacuum-full.*Write-ahead log/)

    expect(await harness.undo()).toMatchObject({ changed: 0, lost: 0 })
    expect(await cells()).toEqual(before)

    const second = await harness.fix({ fields, full: true })
    expect(second.left).toEqual([])
    expect(findCanaries([...(await dump()), ...(await relationFiles())], canaries)).toEqual([])
    expect((await harness.fix({ fields })).plan.copies).toBe(0)
  }, 120_000)

  it('keeps its types: jsonb, bytea, and how a value says that it is serialized', async () => {
    const { rows } = await pool.query(
      `select distinct type from "${schema}".checkpoint_blobs union select distinct type from "${schema}".checkpoint_writes`,
    )
    expect((rows as { type: string }[]).every(({ type }) => ['json', 'bytes', 'empty'].includes(type))).toBe(true)
  })

  it('shows URLs to whom nobody has authorized, and resumes for others with the secret restored', async () => {
    const denied = JSON.stringify(await harness.wrap(saver, { principal: null }).getTuple(threadOf('thread-1')))
    expect(denied).not.toContain(token)
    expect(findClaimUrls(denied).length).toBeGreaterThan(0)
    const wrapped = harness.wrap(saver)
    const { values } = await reviewGraph(wrapped, token).getState(threadOf('thread-1'))
    expect(values.login.access_token).toBe(token)
    expect((await resume(wrapped, 'thread-1')).items).toEqual([`sent ${token}`, `${token} yes`])
    expect(findCanaries(await dump(), new Map([['token', token]]))).toEqual([])
  })

  it('takes a row that changed meanwhile as it is now', async () => {
    const late = anthropicKey()
    await saver.put(
      { configurable: { thread_id: 'late', checkpoint_ns: '' } },
      { v: 4, id: '1', ts: '', channel_values: { c: late }, channel_versions: { c: 1 }, versions_seen: {} },
      { source: 'input', step: 0, parents: {} },
      { c: 1 },
    )
    await harness.withStore(async (store) => {
      const replace = store.replace.bind(store)
      let done = false
      store.replace = async (changes) => {
        if (!done) {
          done = true
          const blob = Buffer.from(JSON.stringify(`changed, and still ${late}`))
          await pool.query(`update "${schema}".checkpoint_blobs set blob = $1 where thread_id = 'late'`, [blob])
        }
        return replace(changes)
      }
      await harness.fixStore(store)
    })
    const tuple = await harness.wrap(saver).getTuple(threadOf('late'))
    expect(tuple?.checkpoint.channel_values.c).toBe(`changed, and still ${late}`)
    expect(findCanaries(await dump(), new Map([['late', late]]))).toEqual([])
  })
})
