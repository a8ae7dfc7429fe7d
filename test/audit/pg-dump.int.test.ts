import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { type PostgresCluster, startCluster, systemBinaries } from '../services/postgres-cluster.js'
import { expectExactly, newPlant, newSecrets, type Plant, placeOf, plant } from './planted.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const
/** pg_dump refuses a server that is newer than itself: both are the system's here. */
const binaries = systemBinaries()
const hasDump = spawnSync('pg_dump', ['--version']).status === 0 && binaries !== undefined

describe.skipIf(!hasDump)('an audit of what pg_dump writes (needs PostgreSQL of the system)', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  const [inComment] = newSecrets(1)
  let cluster: PostgresCluster
  let given: Plant

  beforeAll(async () => {
    given = newPlant()
    cluster = await startCluster(binaries!)
    const pool = new pg.Pool({ connectionString: cluster.url })
    const saver = new PostgresSaver(pool)
    await saver.setup()
    await plant(saver, 'thread-1', given, 2)
    await pool.query(`COMMENT ON TABLE checkpoints IS 'see ${inComment!.secret}'`)
    await pool.end()
  })
  afterAll(async () => {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  const dump = (name: string, ...options: string[]): string => {
    const file = path.join(directory, name)
    execFileSync('pg_dump', [...options, '-f', file, cluster.url], { stdio: 'pipe' })
    return file
  }

  it.each([
    ['plain'],
    ['with INSERTs', '--inserts'],
    ['with INSERTs that name columns', '--column-inserts', '--rows-per-insert=2'],
    ['in the custom format', '-Fc'],
    ['in the custom format, uncompressed', '-Fc', '-Z0'],
  ])('finds in a dump %s what is in the database, and what stands beside its rows', async (_name, ...options) => {
    const report = await runAudit({ ...OPTIONS, store: dump('dump', ...options) })
    expectExactly(report, [...given.all, inComment!])
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ kind: 'pg-dump', threads: 1, checkpoints: 2 }],
    })
    expect(placeOf(report, given.nested)).toMatchObject({
      threadId: 'thread-1',
      channel: 'settings',
      path: ['deep', 0, 'value'],
    })
    expect(placeOf(report, given.nested).at).toBeGreaterThan(0)
  })

  it('reads a truncated archive as far as it goes, and names it', async () => {
    const whole = readFileSync(dump('whole', '-Fc'))
    const file = path.join(directory, 'cut')
    writeFileSync(file, whole.subarray(0, whole.length - 200))
    const report = await runAudit({ ...OPTIONS, store: file })
    expect(report.complete).toBe(false)
    expect(report.warnings.map(({ code }) => code)).toContain('file-truncated')
  })

  it('reads a plain dump that ends within a table, and names it', async () => {
    const whole = readFileSync(dump('whole.sql'), 'utf8')
    const file = path.join(directory, 'cut.sql')
    writeFileSync(file, whole.slice(0, whole.indexOf('\n\\.\n')))
    const report = await runAudit({ ...OPTIONS, store: file })
    expect(report.warnings.map(({ code }) => code)).toContain('file-truncated')
  })
})
