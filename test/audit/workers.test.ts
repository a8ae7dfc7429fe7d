import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditStateFile } from '../../src/audit/engine/audit-state.js'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import type { AuditReport } from '../../src/audit/report.js'
import { expectExactly, newPlant, type Plant, plant } from './planted.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const

function bare({ secrets, sources, summary, warnings, complete }: AuditReport) {
  return {
    sources,
    summary,
    warnings,
    complete,
    secrets: secrets.map(({ id: _, ...secret }) => JSON.stringify(secret)).sort(),
  }
}

describe('an audit in parts', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  const store = path.join(directory, 'checkpoints.db')
  let plants: Plant[]
  let whole: AuditReport

  beforeAll(async () => {
    const saver = SqliteSaver.fromConnString(store)
    plants = [newPlant(), newPlant()]
    for (const [i, given] of plants.entries()) await plant(saver, `thread-${i}`, given, 2)
    const insert = saver.db.prepare("INSERT INTO checkpoints VALUES (?, '', 'c', NULL, 'json', '{}', '{}')")
    saver.db.transaction(() => {
      for (let i = 0; i < 4_000; i++) insert.run(`a${String(i).padStart(6, '0')}`)
    })()
    await plant(saver, 'zzz', plants[0]!)
    saver.db.close()
    whole = await runAudit({ ...OPTIONS, store })
    expectExactly(whole, [...plants[0]!.all, ...plants[1]!.all])
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('reports by two worker threads what one reports', async () => {
    expect(bare(await runAudit({ ...OPTIONS, store, jobs: 2 }))).toEqual(bare(whole))
  })

  it('goes on after an interrupt where it stopped, as often as that is, and counts nothing twice', async () => {
    const file = path.join(directory, 'state.json')
    const state = () => new AuditStateFile(file, { store })
    let report: AuditReport | undefined
    let interrupts = 0
    for (let attempt = 0; attempt < 30 && report?.complete !== true; attempt++) {
      const controller = new AbortController()
      // At the second page that it reads.
      let pages = 0
      const onProgress = () => {
        if (++pages === 4) controller.abort()
      }
      report = await runAudit({ ...OPTIONS, store, state: state(), signal: controller.signal, onProgress })
      if (!controller.signal.aborted) break
      interrupts++
      expect(report).toMatchObject({ complete: false, warnings: [{ code: 'interrupted' }] })
      expect(statSync(file).mode & 0o777).toBe(0o600)
    }
    expect(interrupts).toBeGreaterThan(0)
    expect(bare(report!)).toEqual(bare(whole))
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('refuses the state of another audit, and a file that is none', async () => {
    const file = path.join(directory, 'other.json')
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    await runAudit({ ...OPTIONS, store, state: new AuditStateFile(file, 1), signal: controller.signal, onProgress })
    const wrong = runAudit({ ...OPTIONS, store, state: new AuditStateFile(file, 2) })
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    const none = runAudit({ ...OPTIONS, store, state: new AuditStateFile(store, 1) })
    await expect(none).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  })
})
