import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newPlant, placeOf, plant, secretOf, setUp } from './planted.js'
import { secretSafeOver } from './wrapped.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const

/** Content and time of every file, by name. */
function filesIn(directory: string): readonly string[] {
  return readdirSync(directory).map((name) => {
    const file = path.join(directory, name)
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
    return `${name} ${digest} ${statSync(file, { bigint: true }).mtimeNs}`
  })
}

describe('an audit of what SqliteSaver stores', () => {
  let directory: string
  let file: string
  let saver: SqliteSaver

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
    file = path.join(directory, 'checkpoints.db')
    saver = SqliteSaver.fromConnString(file)
  })
  afterEach(() => {
    if (saver.db.open) saver.db.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('finds all that was planted and nothing else, each once, with where, when and whose it is', async () => {
    const given = newPlant()
    await plant(saver, 'thread-1', given, 3)
    await plant(saver, 'thread-2', given, 1)
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, given.all)
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ kind: 'sqlite', layout: 'langgraph-js sqlite', threads: 2, checkpoints: 4, unreadable: 0 }],
    })
    expect(secretOf(report, given.prose)).toMatchObject({
      copies: 4,
      threads: 2,
      checkpoints: 4,
      owners: ['dana@example.com'],
    })
    expect(secretOf(report, given.inWrite)).toMatchObject({ copies: 2, threads: 2 })
    const { firstSeen, lastSeen } = secretOf(report, given.prose)
    expect([firstSeen, lastSeen].every((at) => at !== null && Math.abs(at - Date.now()) < 60_000)).toBe(true)
    expect(placeOf(report, given.prose)).toMatchObject({
      kind: 'value',
      table: 'checkpoints',
      column: 'checkpoint',
      threadId: 'thread-1',
      namespace: '',
      channel: 'messages',
      path: [0, 'content'],
      message: { index: 0, id: 'm-1', role: 'user' },
      copies: 3,
      inKey: false,
    })
    expect(placeOf(report, given.toolArgument)).toMatchObject({
      path: [1, 'tool_calls', 0, 'args', 'with'],
      message: { index: 1, id: 'm-2', role: 'assistant' },
    })
    expect(placeOf(report, given.toolResult)).toMatchObject({ message: { index: 2, role: 'tool' } })
    expect(placeOf(report, given.nested)).toMatchObject({ channel: 'settings', path: ['deep', 0, 'value'] })
    expect(placeOf(report, given.inMap)).toMatchObject({ channel: 'lookup', path: ['first'] })
    expect(placeOf(report, given.inKey)).toMatchObject({ channel: 'seen', path: [], inKey: true })
    expect(placeOf(report, given.asBytes)).toMatchObject({ channel: 'raw', path: [] })
    expect(placeOf(report, given.inJson)).toMatchObject({ channel: 'body', path: [] })
    expect(placeOf(report, given.inMetadata)).toMatchObject({ kind: 'metadata', column: 'metadata', path: ['note'] })
    expect(placeOf(report, given.inWrite)).toMatchObject({ kind: 'write', channel: 'answer', path: ['text'] })
  })

  it('changes no byte and no time of any file, with a writer that has the database open', async () => {
    await plant(saver, 'thread-1', newPlant(), 2)
    const before = filesIn(directory)
    expect(before.map((each) => each.split(' ')[0])).toEqual([
      'checkpoints.db',
      'checkpoints.db-shm',
      'checkpoints.db-wal',
    ])
    expect((await runAudit({ ...OPTIONS, store: file })).summary.secrets).toBe(10)
    expect(filesIn(directory)).toEqual(before)
  })

  it('changes nothing and makes no file beside a database in WAL mode that nobody has open', async () => {
    await plant(saver, 'thread-1', newPlant())
    saver.db.close()
    const before = filesIn(directory)
    expect(before).toHaveLength(1)
    expect((await runAudit({ ...OPTIONS, store: file })).summary.secrets).toBe(10)
    expect(filesIn(directory)).toEqual(before)
  })

  it('reads columns and tables that nobody decodes, so that nothing hides in them', async () => {
    const given = newPlant()
    setUp(saver)
    saver.db.exec(
      'CREATE TABLE "app notes" (note TEXT, blob BLOB, doc TEXT) ; ALTER TABLE checkpoints ADD COLUMN extra TEXT',
    )
    const insert = saver.db.prepare('INSERT INTO "app notes" VALUES (?, ?, ?)')
    insert.run(
      `see ${given.prose.secret}`,
      Buffer.from(`\0\0${given.nested.secret}\0`),
      JSON.stringify({ a: [given.inMap.secret] }),
    )
    saver.db
      .prepare(
        "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata, extra) VALUES ('t','','c','json','{}','{}',?)",
      )
      .run(given.inWrite.secret)
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, [given.prose, given.nested, given.inMap, given.inWrite])
    expect(placeOf(report, given.inMap)).toMatchObject({
      kind: 'raw',
      table: 'app notes',
      column: 'doc',
      path: ['a', 0],
    })
    expect(placeOf(report, given.inWrite)).toMatchObject({ kind: 'raw', table: 'checkpoints', column: 'extra' })
  })

  it('reads a field that stands twice in its object, of which a parser keeps the second only', async () => {
    const given = newPlant()
    setUp(saver)
    const checkpoint = `{"v":4,"channel_values":{"a":"${given.prose.secret}","a":"harmless"}}`
    saver.db
      .prepare(
        "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata) VALUES ('t','','c','json',?,'{}')",
      )
      .run(Buffer.from(checkpoint))
    expectExactly(await runAudit({ ...OPTIONS, store: file }), [given.prose])
  })

  it('constructs nothing from a hostile checkpoint, and reads what it holds', async () => {
    const given = newPlant()
    setUp(saver)
    const hostile = {
      lc: 1,
      type: 'constructor',
      id: ['langchain_core', 'messages', 'HumanMessage'],
      kwargs: { content: given.prose.secret, id: 'x' },
    }
    const proto = `{"__proto__":{"polluted":"${given.nested.secret}"},"constructor":{"prototype":{"polluted":1}},"m":${JSON.stringify(hostile)}}`
    saver.db
      .prepare(
        "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata) VALUES ('t','','c','json',?,'{}')",
      )
      .run(Buffer.from(`{"v":4,"channel_values":${proto}}`))
    const deep = `${'['.repeat(50_000)}"${given.inMap.secret}"${']'.repeat(50_000)}`
    saver.db.prepare("INSERT INTO writes VALUES ('t','','c','task',0,'x','json',?)").run(Buffer.from(deep))
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, [given.prose, given.nested, given.inMap])
    expect(report.warnings).toMatchObject([{ code: 'value-too-deep', count: 1 }])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('finds a repeated secret again in prose where no rule sees it', async () => {
    setUp(saver)
    const word = ['horse', 'staple', String(Math.random()).slice(2, 10)].join('-')
    const state = { auth: { password: word }, log: `then ${word} was typed` }
    saver.db
      .prepare(
        "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata) VALUES ('t','','c','json',?,'{}')",
      )
      .run(Buffer.from(JSON.stringify({ v: 4, channel_values: state })))
    const report = await runAudit({ ...OPTIONS, store: file })
    expect(report.secrets).toMatchObject([{ ruleId: 'named-field', copies: 2 }])
    expect(JSON.stringify(report)).not.toContain(word)
  })

  it('shows no secret that is itself a name: a thread id, a channel, a key on the way', async () => {
    const given = newPlant()
    setUp(saver)
    const state = { [given.inKey.secret]: { [given.nested.secret]: 'x' } }
    saver.db
      .prepare(
        "INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata) VALUES (?,'','c','json',?,'{}')",
      )
      .run(given.prose.secret, Buffer.from(JSON.stringify({ v: 4, channel_values: state })))
    const report = await runAudit({ ...OPTIONS, store: file })
    expectExactly(report, [given.prose, given.inKey, given.nested])
    expect(placeOf(report, given.prose)).toMatchObject({
      kind: 'key-column',
      column: 'thread_id',
      threadId: '[redacted]',
    })
  })

  it('takes only the threads, the time and the part that were asked for, and says so', async () => {
    const [first, second] = [newPlant(), newPlant()]
    await plant(saver, 'thread-1', first)
    await plant(saver, 'thread-2', second)
    const ofThread = await runAudit({ ...OPTIONS, store: file, filter: { threadIds: ['thread-2'] } })
    expectExactly(ofThread, second.all)
    expect(ofThread).toMatchObject({ complete: false, warnings: [{ code: 'part-only' }] })
    expectExactly(await runAudit({ ...OPTIONS, store: file, since: Date.now() + 60_000 }), [])
    expectExactly(
      await runAudit({ ...OPTIONS, store: file, since: Date.now() - 60_000, filter: { threadIds: ['thread-1'] } }),
      first.all,
    )
  })

  it('finds nothing in a store of the wrapped saver, whose claim URLs are no secrets', async () => {
    const given = newPlant()
    const { wrapped, close } = await secretSafeOver(saver)
    await plant(wrapped, 'thread-1', given)
    await close()
    expectExactly(await runAudit({ ...OPTIONS, store: file }), [])
  })
})
