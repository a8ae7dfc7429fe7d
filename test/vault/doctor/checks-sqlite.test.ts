import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { KeyRing } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { opaqueSecret } from '../../support/secrets.js'
import { contextOf, diagnose, newWitness } from './doctor-harness.js'

const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-doctor-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MAIN = { threadId: 'main' }
const ALICE = { principal: { sub: 'alice' } }

describe('doctor on SQLite', () => {
  it('names an index that was dropped by hand, and a trigger that was added', async () => {
    const file = path.join(folder, 'schema.db')
    const context = await contextOf(SqliteClaimStore.fromConnString(file), new KeyRing(KeyRing.generate()))
    expect((await diagnose(context)).schema?.level).toBe('ok')
    const db = new Database(file)
    db.exec('CREATE TRIGGER spy AFTER INSERT ON claims BEGIN SELECT 1; END')
    expect((await diagnose(context)).schema).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('trigger'),
    })
    db.exec('DROP INDEX claims_to_sweep')
    expect((await diagnose(context)).schema).toMatchObject({
      level: 'fail',
      message: expect.stringContaining('claims_to_sweep'),
    })
    db.close()
    await context.vault!.close()
  })

  it('notices a real backup that was restored: a spent claim is live again, and nobody gets it', async () => {
    const keys = new KeyRing(KeyRing.generate())
    const [file, backup, witnessFile] = [path.join(folder, 'vault.db'), path.join(folder, 'backup.db'), newWitness()]
    const before = await contextOf(SqliteClaimStore.fromConnString(file), keys, { witnessFile })
    const url = await before.vault!.create(opaqueSecret(), MAIN)
    await diagnose(before)
    const db = new Database(file)
    await db.backup(backup)
    db.close()
    await before.vault!.claim(url, { ...MAIN, ...ALICE })
    expect((await diagnose(before)).restored?.level).toBe('ok')
    await before.vault!.close()

    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
    copyFileSync(backup, file)
    const after = await contextOf(SqliteClaimStore.fromConnString(file), keys, { witnessFile })
    expect((await diagnose(after)).restored?.level).toBe('fail')
    await expect(after.vault!.claim(url, { ...MAIN, ...ALICE })).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
    expect((await after.vault!.ledger({ operation: 'claim' })).map(({ reason }) => reason)).toEqual(['suspended'])
    await after.vault!.close()
  })

  it('says when a record of the ledger was edited past the vault', async () => {
    const file = path.join(folder, 'ledger.db')
    const context = await contextOf(SqliteClaimStore.fromConnString(file), new KeyRing(KeyRing.generate()))
    await context.vault!.create(opaqueSecret(), MAIN)
    expect((await diagnose(context)).ledger?.level).toBe('ok')
    const db = new Database(file)
    db.exec('DROP TRIGGER ledger_keeps')
    db.prepare("UPDATE ledger SET sub = 'mallory'").run()
    db.close()
    expect((await diagnose(context)).ledger?.level).toBe('fail')
    await context.vault!.close()
  })
})
