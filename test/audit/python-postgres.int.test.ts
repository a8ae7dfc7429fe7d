import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { stringsOf } from '../../src/audit/fix/msgpack-strings.js'
import { KeyRing } from '../../src/index.js'
import { dumpPostgres } from '../../src/testing/leak/dump/postgres.js'
import { findCanaries } from '../../src/testing/leak/search.js'
import { cli } from '../cli/cli.js'
import { FixHarness } from './fix/harness.js'
import { expectExactly, newPlant, newSecrets, type Plant, placeOf, secretOf } from './planted.js'
import { PYTHON_ID, writePythonPostgres } from './python-store.js'

const url = inject('postgresUrl')

interface StoredBlob {
  readonly place: string
  readonly type: string
  readonly blob: Buffer | null
}

describe('what Python’s PostgresSaver stores', () => {
  let schema: string
  let pool: pg.Pool
  let given: Plant
  const audit = () => runAudit({ config: {}, version: '0.0.0', store: url, schema })
  const blobs = async (): Promise<readonly StoredBlob[]> => {
    const { rows } = await pool.query(
      `SELECT 'blob ' || channel AS place, type, blob FROM "${schema}".checkpoint_blobs
        UNION ALL SELECT 'write ' || idx, type, blob FROM "${schema}".checkpoint_writes ORDER BY 1`,
    )
    return rows as StoredBlob[]
  }

  beforeAll(() => {
    pool = new pg.Pool({ connectionString: url, max: 2 })
  })
  afterAll(() => pool.end())
  beforeEach(async () => {
    schema = `python_${randomBytes(4).toString('hex')}`
    given = newPlant()
    await writePythonPostgres(pool, schema, given)
  })
  afterEach(() => pool.query(`DROP SCHEMA "${schema}" CASCADE`))

  it('is audited: all that was planted and nothing else, in blobs and inside the checkpoint, dated and owned', async () => {
    const report = await audit()
    expectExactly(report, given.all)
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ layout: 'langgraph-py postgres', threads: 1, checkpoints: 1, unreadable: 0 }],
    })
    expect(secretOf(report, given.prose)).toMatchObject({
      owners: ['dana'],
      firstSeen: Date.parse('2026-01-02T03:04:05.678Z'),
    })
    expect(placeOf(report, given.prose)).toMatchObject({
      table: `${schema}.checkpoint_blobs`,
      checkpointId: PYTHON_ID,
      channel: 'messages',
      path: [0, 'content'],
      message: { index: 0, id: 'm-1', role: 'user' },
    })
    expect(placeOf(report, given.inJson)).toMatchObject({ table: `${schema}.checkpoints`, channel: 'body' })
    expect(placeOf(report, given.asBytes)).toMatchObject({ table: `${schema}.checkpoint_blobs`, channel: 'raw' })
    expect(placeOf(report, given.inWrite)).toMatchObject({
      kind: 'write',
      channel: 'answer',
      node: 'agent',
      path: ['text'],
    })
  })

  it('is read byte for byte, also what is too long to be read at once, and what a row says to be JSON that is none', async () => {
    const [inLong, inJson, inBinary] = newSecrets(3)
    await pool.query(`TRUNCATE "${schema}".checkpoint_blobs, "${schema}".checkpoint_writes, "${schema}".checkpoints`)
    // Every byte of it is no text: a driver that takes bytes for text loses its place.
    const noise = randomBytes(34 << 20).map((byte) => byte | 0x80)
    const long = Buffer.concat([noise, Buffer.from(` ${inLong!.secret} `), noise.subarray(0, 1 << 20)])
    const latin = Buffer.concat([Buffer.from(`"ch\xe8re ${inJson!.secret}"`, 'latin1')])
    const binary = Buffer.concat([Buffer.from([0xff, 0xc4, 0x41]), Buffer.from(` ${inBinary!.secret} `)])
    const write = `INSERT INTO "${schema}".checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, type, blob) VALUES ('t', 'c', 'task', $1, 'x', $2, $3)`
    await pool.query(write, [0, 'bytes', long])
    await pool.query(write, [1, 'json', latin])
    await pool.query(write, [2, 'bytes', binary])
    const report = await audit()
    expectExactly(report, [inLong!, inJson!, inBinary!])
    expect(placeOf(report, inLong!).start).toBe(noise.length + 1)
    expect(report.warnings.map(({ code }) => code)).toEqual(['text-not-utf8'])
  })

  it('is redacted with every length as it was, so that Python reads it', async () => {
    const before = await blobs()
    const harness = await FixHarness.open({ address: url, schema })
    const result = await harness.redact()
    await harness.close()
    expect(result.left).toEqual([])
    for (const [i, { place, type, blob }] of (await blobs()).entries()) {
      // Bytes with a secret become the mark, which is JSON; Python reads that, too.
      expect([place, type]).toEqual([before[i]!.place, place === 'blob raw' ? 'json' : before[i]!.type])
      if (type !== 'msgpack') continue
      expect(blob!.length).toBe(before[i]!.blob!.length)
      expect(stringsOf(blob!)).toEqual(stringsOf(before[i]!.blob!))
    }
    const secrets = new Map(given.all.map(({ ruleId, secret }) => [ruleId, secret]))
    expect(findCanaries(await dumpPostgres(pool, schema), secrets)).toEqual([])
    expect((await audit()).secrets).toEqual([])
  })

  it('is not sealed, since its graphs cannot restore: exit 2, saying why, and nothing is changed', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
    const before = await blobs()
    for (const apply of [[], ['--apply']]) {
      const env = { SECRET_SAFE_KEY: KeyRing.generate() }
      const { code, stderr } = await cli(directory, ['fix', url, '--schema', schema, ...apply], env)
      expect(code).toBe(2)
      expect(stderr).toMatch(/Python.*--mode redact.*ERR_INPUT_INVALID/s)
    }
    expect(await blobs()).toEqual(before)
    rmSync(directory, { recursive: true, force: true })
  })

  it('is known as Python’s by the shape of its tables alone, as long as no value was packed', async () => {
    await pool.query(`DELETE FROM "${schema}".checkpoint_blobs`)
    await pool.query(`DELETE FROM "${schema}".checkpoint_writes`)
    const harness = await FixHarness.open({ address: url, schema })
    expect(await harness.withStore((store) => store.isPython())).toBe(true)
    await harness.close()
  })
})
