import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newSecrets, placeOf, setUp } from './planted.js'

describe('a store of a newer layout than is known', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-newer-'))
  let store: string
  let files = 0
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  beforeEach(() => {
    store = path.join(directory, `${++files}.db`)
  })

  const audit = () => runAudit({ config: {}, version: '0.0.0', store })
  const write = (work: (db: Database) => void) => {
    const saver = SqliteSaver.fromConnString(store)
    setUp(saver)
    work(saver.db)
    saver.db.close()
  }
  const checkpoint = (fields: object) => JSON.stringify({ v: 9, id: 'c', channel_values: {}, ...fields })

  it('is read with its unknown tables, columns and fields, and said to be newer', async () => {
    const [inTable, inColumn, inField, inChannel] = newSecrets(4)
    write((db) => {
      db.exec(
        'CREATE TABLE checkpoint_deltas (thread_id TEXT, delta BLOB); ALTER TABLE checkpoints ADD COLUMN extra TEXT',
      )
      db.prepare('INSERT INTO checkpoint_deltas VALUES (?, ?)').run('t', JSON.stringify({ a: [inTable!.secret] }))
      const fields = { deltas: [{ put: inField!.secret }], channel_values: { c: inChannel!.secret } }
      db.prepare("INSERT INTO checkpoints VALUES ('t', '', 'c', NULL, 'json', ?, '{}', ?)").run(
        checkpoint(fields),
        `see ${inColumn!.secret}`,
      )
    })
    const report = await audit()
    expectExactly(report, [inTable!, inColumn!, inField!, inChannel!])
    expect(placeOf(report, inTable!)).toMatchObject({ table: 'checkpoint_deltas', column: 'delta', path: ['a', 0] })
    expect(placeOf(report, inColumn!)).toMatchObject({ table: 'checkpoints', column: 'extra' })
    expect(report).toMatchObject({
      complete: true,
      warnings: [{ code: 'checkpoint-version-unknown', count: 1 }],
      sources: [{ unreadable: 0 }],
    })
  })

  it.each([
    ['a serializer that is not known', 'cbor', 'value-format-unknown'],
    ['a cipher', 'json+aes', 'value-encrypted'],
  ])('is not called clean where values are of %s: who reads the report has to look', async (_, type, code) => {
    const [inBytes] = newSecrets(1)
    const insert = (text: string) =>
      write((db) =>
        db
          .prepare("INSERT OR REPLACE INTO writes VALUES ('t', '', 'c', 'task', 0, 'x', ?, ?)")
          .run(type, Buffer.from(text)),
      )
    insert('\u00a1nothing to see')
    expect(await audit()).toMatchObject({ complete: false, secrets: [], warnings: [{ code, count: 1 }] })
    // Its bytes are read all the same.
    insert(`\u00a1 ${inBytes!.secret} `)
    expectExactly(await audit(), [inBytes!])
  })
})
