import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import type { AuditReport } from '../../src/audit/report.js'
import type { ReadFilter } from '../../src/audit/sources/source.js'
import { newPlant, newSecrets, plant } from './planted.js'
import { sqliteDump } from './sqlite-dump.js'

const THREADS = 200

describe('an audit of a part', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-part-'))
  const store = path.join(directory, 'checkpoints.db')
  const dump = path.join(directory, 'dump.sql')
  const [loose] = newSecrets(1)
  const audit = (file: string, filter: ReadFilter) => runAudit({ config: {}, version: '0.0.0', store: file, filter })
  const threadsOf = ({ secrets }: AuditReport) =>
    [...new Set(secrets.flatMap(({ places }) => places.map(({ threadId }) => threadId)))].sort()

  beforeAll(async () => {
    const saver = SqliteSaver.fromConnString(store)
    const given = newPlant()
    for (let i = 0; i < THREADS; i++) await plant(saver, `thread-${i}`, given)
    saver.db.exec('CREATE TABLE notes (text TEXT)')
    saver.db.prepare('INSERT INTO notes VALUES (?)').run(`of nobody: ${loose!.secret}`)
    writeFileSync(dump, sqliteDump(saver.db))
    saver.db.close()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('takes about as many threads as were asked for, whole ones, and always the same', async () => {
    const report = await audit(store, { sample: 0.3 })
    const { threads } = report.sources[0]!
    expect(threads).toBeGreaterThan(THREADS * 0.2)
    expect(threads).toBeLessThan(THREADS * 0.4)
    expect(report.secrets).toHaveLength(10)
    for (const secret of report.secrets) expect(secret.threads).toBe(threads)
    expect(report).toMatchObject({ complete: false, warnings: [{ code: 'part-only' }] })
    expect(threadsOf(await audit(store, { sample: 0.3 }))).toEqual(threadsOf(report))
  })

  it('grows by threads when more of them are asked for, up to all', async () => {
    const [few, more, all] = await Promise.all([0.1, 0.2, 1].map((sample) => audit(store, { sample })))
    expect(threadsOf(more!)).toEqual(expect.arrayContaining(threadsOf(few!)))
    expect(all!.sources[0]!.threads).toBe(THREADS)
  })

  it.each([
    ['a thread that is named', { threadIds: ['thread-7'] }],
    ['a sample', { sample: 0.3 }],
  ])('is the same of a dump as of the store, for %s; what belongs to no thread is left out', async (_, filter) => {
    const [ofStore, ofDump] = [await audit(store, filter), await audit(dump, filter)]
    expect(threadsOf(ofStore).length).toBeGreaterThan(0)
    expect(threadsOf(ofDump)).toEqual(threadsOf(ofStore))
    expect(threadsOf(ofStore)).not.toContain(undefined)
  })
})
