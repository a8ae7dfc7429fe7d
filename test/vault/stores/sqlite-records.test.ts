import Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { claimRow, ledgerEvent, ledgerRecord, link, put, threadRow } from '../../../src/testing/claim-store/harness.js'
import type { ClaimId } from '../../../src/vault/claim-store.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
afterEach(() => {
  vi.restoreAllMocks()
  vaults.dispose()
})

/** The statements on access records that `work` has made, each with how SQLite means to run it. */
async function plansOf(work: (store: SqliteClaimStore) => Promise<unknown>): Promise<readonly string[]> {
  const file = vaults.file()
  const store = SqliteClaimStore.fromConnString(file, { driver: 'better-sqlite3' })
  await store.setup()
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  await work(store)
  const statements = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes('access_records'))
  prepare.mockRestore()
  await store.close()
  const db = new Database(file)
  const plans = statements.map((sql) => {
    const cells = Array.from(sql.matchAll(/\?/g), () => 1)
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...cells) as { detail: string }[]
    return steps.map(({ detail }) => detail).join('; ')
  })
  db.close()
  return plans
}

describe('an access record in SQLite', () => {
  const kind = { tenant: 'acme', kind: 'grant' } as const

  it.each([
    ['its kind', {}, 'PRIMARY KEY (tenant=? AND kind=?)'],
    ['its id', { ids: ['a'] }, 'PRIMARY KEY (tenant=? AND kind=? AND id=?)'],
    ['its claim', { claimIds: ['a' as ClaimId] }, 'access_records_by_claim (tenant=? AND kind=? AND claim_id=?)'],
    ['its holder', { holders: ['a'] }, 'access_records_by_holder (tenant=? AND kind=? AND holder=?)'],
    ['its thread', { threadId: 'a' }, 'access_records_by_thread (tenant=? AND thread_id=?'],
  ])('is found by %s through an index, however many there are', async (_, filter, index) => {
    const plans = await plansOf((store) => store.findRecords({ ...kind, ...filter }))
    expect(plans).toEqual([expect.stringContaining(index)])
    expect(plans[0]).not.toContain('SCAN access_records')
  })

  it('is deleted with its thread, and swept, through an index', async () => {
    const deleted = await plansOf((store) => store.deleteThread('acme', 'thread-1', ledgerEvent(), link))
    expect(deleted).toEqual([expect.stringContaining('access_records_by_thread (tenant=? AND thread_id=?)')])
    const swept = await plansOf((store) => store.sweep({ graceMs: 0, tombstoneMs: 0, limit: 1 }, link))
    expect(swept).toEqual([expect.stringContaining('access_records_to_sweep (expires_at<?)')])
  })

  it('costs a commit without one nothing: no statement asks for it', async () => {
    const row = claimRow()
    const commit = { insert: [row], runs: [[row.id, 'run-1']], thread: threadRow(1), events: [ledgerRecord()] } as const
    expect(await plansOf((store) => put(store, commit))).toEqual([])
    expect(await plansOf((store) => put(store, { ...commit, events: [ledgerRecord()], records: [] }))).toEqual([])
  })
})
