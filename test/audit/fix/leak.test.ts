import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FixResult } from '../../../src/audit/fix/run-fix.js'
import { createCanary } from '../../../src/testing/leak/canary.js'
import { dumpSqlite, dumpSqliteFiles } from '../../../src/testing/leak/dump/sqlite.js'
import { type LeakPath, leakPaths } from '../../../src/testing/leak/index.js'
import { findCanaries, type Sighting } from '../../../src/testing/leak/search.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { FIELDS, FixHarness } from './harness.js'

/** What only a running graph can know of: a `secret()`; and what names cannot be rid of: thread ids, channels and nodes. */
const isFixed = ({ name, needs, refused }: LeakPath) => needs !== 'mark' && !refused && !/beside its marked/.test(name)
const paths = leakPaths.filter(isFixed)
/** In place of the mark that later text repeats. */
const fields = [...FIELDS, 'value.item']
const DURABILITIES = ['sync', 'exit'] as const
const nameOf = (path: LeakPath, durability: string) => `${path.name} (${durability})`

function claimsByThread(db: SqliteSaver['db']): Record<string, readonly string[]> {
  const rows = [
    ...db.prepare('SELECT thread_id, checkpoint || metadata AS text FROM checkpoints').all(),
    ...db.prepare('SELECT thread_id, CAST(value AS TEXT) AS text FROM writes').all(),
  ] as { thread_id: string; text: string }[]
  const found = new Map<string, Set<string>>()
  for (const { thread_id, text } of rows) {
    const ids = found.get(thread_id) ?? new Set()
    for (const { id } of findClaimUrls(String(text))) found.set(thread_id, ids.add(id))
  }
  return Object.fromEntries([...found].map(([thread, ids]) => [thread, [...ids].sort()]))
}

describe('a store that a bare SqliteSaver wrote, with a secret on every path', () => {
  const canaries = new Map<string, string>()
  let harness: FixHarness
  let dry: FixResult
  let result: FixResult
  let before: Sighting[]
  let after: Sighting[]
  let bytesBeforeDryRun: Buffer
  let bytesAfterDryRun: Buffer

  const plant = async (
    saver: Parameters<Parameters<FixHarness['withBare']>[0]>[0] | ReturnType<FixHarness['wrap']>,
  ) => {
    for (const durability of DURABILITIES) {
      for (const each of paths) {
        const name = nameOf(each, durability)
        const canary = canaries.get(name) ?? createCanary(each.canary)
        canaries.set(name, canary)
        const config = { configurable: { thread_id: name }, durability }
        await each
          .run({ checkpointer: saver, canary, durability, config, mark: (value) => value })
          .catch(() => undefined)
      }
    }
  }
  const search = () => {
    const files = dumpSqliteFiles(harness.address)
    const db = SqliteSaver.fromConnString(harness.address).db
    const cells = dumpSqlite(db)
    db.close()
    return findCanaries([...files, ...cells], canaries)
  }

  beforeAll(async () => {
    harness = await FixHarness.open()
    await harness.withBare(plant)
    before = search()
    bytesBeforeDryRun = readFileSync(harness.address)
    dry = await harness.fix({ apply: false, fields })
    bytesAfterDryRun = readFileSync(harness.address)
    result = await harness.fix({ fields })
    after = search()
  }, 300_000)
  afterAll(() => harness.close())

  it('holds them before, so that the search can fail', () => {
    const seen = new Set(before.map(({ canary }) => canary))
    const stored = [...canaries.keys()].filter((name) => seen.has(name))
    expect(stored.length).toBeGreaterThan(paths.length)
  })

  it('is left alone by a dry run, which says what would be done', () => {
    expect(bytesAfterDryRun.equals(bytesBeforeDryRun)).toBe(true)
    expect(dry.applied).toBe(false)
    expect(dry.plan.copies).toBe(result.plan.copies)
    const told = JSON.stringify(dry)
    for (const canary of canaries.values()) expect(told).not.toContain(canary)
  })

  it('holds none of them afterwards, in no cell, free page or log', () => {
    const names = new Set(before.map(({ canary }) => canary))
    expect(names.size).toBeGreaterThan(0)
    expect(after).toEqual([])
    expect(result.left).toEqual([])
  })

  it('names the claims that the saver would have named, thread by thread', async () => {
    const file = path.join(harness.directory, 'wrapped.db')
    const inner = SqliteSaver.fromConnString(file)
    await plant(harness.wrap(inner, { fields }))
    const expected = claimsByThread(inner.db)
    inner.db.close()
    const fixed = SqliteSaver.fromConnString(harness.address).db
    const actual = claimsByThread(fixed)
    fixed.close()
    // A Buffer is one to the saver only until it has been stored: from then on it is the plain object that a fix sees, too.
    const isBuffer = (name: string) => /Buffer|private key: bytes/.test(name)
    const without = (claims: typeof expected) => Object.entries(claims).filter(([name]) => !isBuffer(name))
    expect(without(actual).length).toBeGreaterThan(100)
    expect(Object.fromEntries(without(actual))).toEqual(Object.fromEntries(without(expected)))
    for (const name of Object.keys(actual)) expect(expected[name]).toEqual(expect.arrayContaining([...actual[name]!]))
  }, 120_000)

  it('has nothing left to do', async () => {
    const again = await harness.fix({ fields })
    expect(again.plan.copies).toBe(0)
    expect(again.left).toEqual([])
  })
})
