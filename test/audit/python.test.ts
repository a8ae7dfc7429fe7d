import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newPlant, placeOf, secretOf } from './planted.js'
import { PYTHON_ID, pack, writePythonSqlite } from './python-store.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const

describe('an audit of what Python’s SqliteSaver stores', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('finds all that was planted and nothing else, through the classes that MessagePack names', async () => {
    const given = newPlant()
    const file = path.join(directory, 'python.db')
    writePythonSqlite(file, given)
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, given.all)
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ layout: 'langgraph-py sqlite', threads: 1, checkpoints: 1 }],
    })
    expect(secretOf(report, given.prose)).toMatchObject({
      owners: ['dana'],
      firstSeen: Date.parse('2026-01-02T03:04:05.678Z'),
    })
    expect(placeOf(report, given.prose)).toMatchObject({
      threadId: 'thread-1',
      checkpointId: PYTHON_ID,
      channel: 'messages',
      path: [0, 'content'],
      message: { index: 0, id: 'm-1', role: 'user' },
    })
    expect(placeOf(report, given.toolArgument)).toMatchObject({
      path: [1, 'tool_calls', 0, 'args', 'with'],
      message: { role: 'assistant' },
    })
    expect(placeOf(report, given.inMap)).toMatchObject({ channel: 'lookup', path: [0] })
    expect(placeOf(report, given.inWrite)).toMatchObject({ kind: 'write', channel: 'answer', path: ['text'] })
  })

  it('reads as bytes what is no MessagePack, what is encrypted, and what names a format that is not known', async () => {
    const given = newPlant()
    const file = path.join(directory, 'odd.db')
    writePythonSqlite(file, given)
    const db = new Database(file)
    db.exec('DELETE FROM checkpoints; DELETE FROM writes')
    const insert = db.prepare("INSERT INTO writes VALUES ('t', '', 'c', 'task', ?, 'x', ?, ?)")
    insert.run(0, 'msgpack', Buffer.concat([Buffer.from([0xc1]), Buffer.from(` ${given.prose.secret} `)]))
    insert.run(1, 'msgpack+aes', Buffer.from('not to be read'))
    insert.run(2, 'pickle', Buffer.from(`\x80\x04X\x28\0\0\0${given.nested.secret}.`))
    db.close()
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, [given.prose, given.nested])
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'value-encrypted',
      'value-format-unknown',
      'value-undecodable',
    ])
    expect(report.sources[0]!.unreadable).toBe(3)
  })

  it('ends on extension types that are nested without end', async () => {
    const given = newPlant()
    const file = path.join(directory, 'deep.db')
    writePythonSqlite(file, given)
    const db = new Database(file)
    db.exec('DELETE FROM checkpoints; DELETE FROM writes')
    let bytes = pack(['builtins', 'set', given.prose.secret])
    for (let i = 0; i < 3_000; i++) {
      const head = Buffer.alloc(6)
      head.writeUInt8(0xc9, 0)
      head.writeUInt32BE(bytes.length, 1)
      bytes = Buffer.concat([head, bytes])
    }
    db.prepare("INSERT INTO writes VALUES ('t', '', 'c', 'task', 0, 'x', 'msgpack', ?)").run(bytes)
    db.close()
    expectExactly(await runAudit({ ...OPTIONS, store: file }), [given.prose])
  })
})
