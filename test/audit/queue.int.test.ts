import { randomBytes } from 'node:crypto'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { AuditQueue } from '../../src/audit/queue/audit-queue.js'
import { runQueued } from '../../src/audit/queue/run-queued.js'
import type { AuditReport } from '../../src/audit/report.js'
import { expectExactly, newPlant, type Plant, plant } from './planted.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const
const url = inject('postgresUrl')

/** Without what differs from one run to the next: the key of the fingerprints, and the time. */
function bare({ secrets, sources, summary, warnings, complete }: AuditReport) {
  return {
    sources,
    summary,
    warnings,
    complete,
    secrets: secrets.map(({ id: _, ...secret }) => JSON.stringify(secret)).sort(),
  }
}

describe('an audit by several workers through a queue', () => {
  const schema = `queued_${randomBytes(4).toString('hex')}`
  let pool: pg.Pool
  let plants: Plant[]
  const options = { ...OPTIONS, store: url, schema, queue: url, leaseSeconds: 3 }

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: url, max: 4 })
    const saver = new PostgresSaver(pool, undefined, { schema })
    await saver.setup()
    plants = [newPlant(), newPlant()]
    for (const [i, given] of plants.entries())
      for (let t = 0; t < 3; t++) await plant(saver, `thread-${i}-${t}`, given, 2)
    // Threads without a secret, so that there are several units.
    await pool.query(`INSERT INTO ${schema}.checkpoints (thread_id, checkpoint_id, checkpoint)
      SELECT 'u' || lpad(i::text, 6, '0'), 'c', '{"v":4,"channel_versions":{}}' FROM generate_series(1, 5000) i`)
  })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.query('DROP SCHEMA IF EXISTS secret_safe_audit CASCADE')
    await pool.end()
  })

  it('reports for each of them what one process reports, and leaves nothing of it in the queue', async () => {
    const alone = await runAudit({ ...OPTIONS, store: url, schema })
    expectExactly(alone, [...plants[0]!.all, ...plants[1]!.all])
    const reports = await Promise.all([1, 2, 3].map(() => runQueued(options)))
    for (const report of reports) expect(bare(report)).toEqual(bare(alone))
    expect(new Set(reports.map(({ secrets }) => secrets.map(({ id }) => id).join())).size).toBe(1)
    const left = await pool.query('SELECT count(*)::int AS n FROM secret_safe_audit.runs')
    expect(left.rows).toEqual([{ n: 0 }])
  })

  it('takes over the units, and the planning, of a worker that is lost', async () => {
    const alone = await runAudit({ ...OPTIONS, store: url, schema })
    const controller = new AbortController()
    const lost = runQueued({ ...options, signal: controller.signal, onProgress: () => controller.abort() })
    await expect(lost).rejects.toMatchObject({ code: 'ERR_STORE_UNREADABLE' })
    // One that is gone without a word: it has the next unit, and will never finish it.
    const asked = (await pool.query('SELECT asked FROM secret_safe_audit.runs')).rows[0].asked as string
    const silent = new AuditQueue(url, 1)
    await silent.join(asked)
    expect(await silent.take()).toBeDefined()
    expect(bare(await runQueued(options))).toEqual(bare(alone))
    await silent.close()
  })

  it('refuses a store that other hosts do not have', async () => {
    await expect(runQueued({ ...options, store: import.meta.filename })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    })
  })
})
