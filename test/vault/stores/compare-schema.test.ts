import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { compareSchema } from '../../../src/vault/stores/compare-schema.js'
import { MemoryClaimStore } from '../../../src/vault/stores/memory.js'
import { temporaryVaults } from './temporary-vaults.js'

const vaults = temporaryVaults()
afterEach(() => vaults.dispose())

async function compareAfter(sql: string) {
  const file = vaults.file()
  const store = SqliteClaimStore.fromConnString(file)
  await store.setup()
  const db = new Database(file)
  db.exec(sql)
  db.close()
  try {
    return await compareSchema(store)
  } finally {
    await store.close()
  }
}

describe('a live SQLite vault against its manifest', () => {
  it('differs in nothing when it was just made', async () => {
    expect(await compareAfter('')).toEqual([])
  })

  it.each([
    ['an index that was dropped', 'DROP INDEX claims_to_sweep', 'missing', 'index claims_to_sweep'],
    ['a trigger that was dropped', 'DROP TRIGGER ledger_keeps', 'missing', 'trigger ledger_keeps'],
    ['a column that was dropped', 'ALTER TABLE ledger DROP COLUMN nodes', 'missing', 'column ledger.nodes'],
    [
      'a trigger that was disarmed',
      'DROP TRIGGER ledger_keeps; CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger BEGIN SELECT 1; END',
      'changed',
      'trigger ledger_keeps',
    ],
    [
      'an index over less',
      'DROP INDEX ledger_by_link; CREATE INDEX ledger_by_link ON ledger (writer)',
      'changed',
      'index ledger_by_link',
    ],
    [
      'a trigger that copies what is stored',
      'CREATE TABLE copies (x) ; CREATE TRIGGER copy AFTER INSERT ON vault BEGIN INSERT INTO copies VALUES (NEW.kek_id); END',
      'unexpected',
      'trigger copy',
    ],
  ])('names %s', async (_, sql, kind, object) => {
    expect(await compareAfter(sql)).toEqual([{ kind, object }])
  })
})

it('a store without a schema has none to compare', async () => {
  expect(await compareSchema(new MemoryClaimStore())).toBeUndefined()
})
