import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { serialize } from 'bson'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newPlant, newSecrets, placeOf, plant, setUp } from './planted.js'
import { sqliteDump } from './sqlite-dump.js'
import { zstdFrame } from './zstd-frame.js'

const OPTIONS = { config: {}, version: '0.0.0' } as const
const audit = (store: string) => runAudit({ ...OPTIONS, store })

describe('an audit of files', () => {
  let directory: string
  const at = (name: string) => path.join(directory, name)
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(at(name), content)
    return at(name)
  }

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('finds a secret in text, with its line and column', async () => {
    const [one] = newSecrets(1)
    const report = await audit(write('notes.txt', `first\n\nthe key ${one!.secret} it is\n`))
    expectExactly(report, [one!])
    expect(placeOf(report, one!)).toMatchObject({
      kind: 'text',
      line: 3,
      column1: 9,
      start: 15,
      end: 15 + one!.secret.length,
    })
  })

  it('reads JSON by its paths, pretty or not, and a list of documents one by one', async () => {
    const [one, two] = newSecrets(2)
    const report = await audit(
      write(
        'state.json',
        JSON.stringify({ channel_values: { messages: [{ role: 'user', content: `a ${one!.secret}` }] } }, null, 2),
      ),
    )
    expectExactly(report, [one!])
    expect(placeOf(report, one!)).toMatchObject({
      path: ['channel_values', 'messages', 0, 'content'],
      message: { index: 0, role: 'user' },
    })
    const list = JSON.stringify([{ a: one!.secret }, { b: { c: two!.secret } }], null, 1)
    const ofList = await audit(write('list.json', list))
    expectExactly(ofList, [one!, two!])
    expect(placeOf(ofList, two!)).toMatchObject({ path: ['b', 'c'], line: 5 })
  })

  it('reads JSON lines, and the half line at the end of a truncated file as text', async () => {
    const [one, two] = newSecrets(2)
    const lines = `${JSON.stringify({ a: one!.secret })}\n${JSON.stringify({ a: 1 })}\n{"a":"${two!.secret}`
    const report = await audit(write('log.jsonl', lines))
    expectExactly(report, [one!, two!])
    expect(placeOf(report, two!)).toMatchObject({ line: 3 })
    expect(report.warnings).toMatchObject([{ code: 'line-undecodable', count: 1 }])
  })

  it('reads text that is not UTF-8 as bytes, and says so', async () => {
    const [one] = newSecrets(1)
    const bad = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from(` ${one!.secret}"}`),
    ])
    const report = await audit(write('bad.json', bad))
    expectExactly(report, [one!])
    expect(report.warnings).toMatchObject([{ code: 'text-not-utf8' }])
    expect(report.sources[0]!.unreadable).toBe(1)
  })

  it('unpacks gzip and zstd, and one within the other', async () => {
    const [one] = newSecrets(1)
    const text = Buffer.from(`the key ${one!.secret}`)
    for (const packed of [gzipSync(text), zstdFrame(text), gzipSync(zstdFrame(text))]) {
      const report = await audit(write('packed', packed))
      expectExactly(report, [one!])
      expect(report.warnings).toEqual([])
    }
  })

  it('reads a truncated archive as far as it goes, names it and is not complete', async () => {
    const [one] = newSecrets(1)
    const noise = Array.from({ length: 20_000 }, () => Math.random()).join('\n')
    const packed = gzipSync(`the key ${one!.secret}\n${noise}`)
    for (const [name, bytes] of [
      ['a.gz', packed.subarray(0, packed.length - 5_000)],
      ['b.zst', zstdFrame(Buffer.from(`x ${one!.secret}`)).subarray(0, -3)],
    ] as const) {
      const report = await audit(write(name, bytes))
      expect(report.warnings).toMatchObject([{ code: 'file-truncated', count: 1 }])
      expect(report.complete).toBe(false)
    }
  })

  it('stops at what unpacks to far more than it holds', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(120 << 20), { level: 9 }), { level: 9 })
    expect(bomb.length).toBeLessThan(10_000)
    const report = await audit(write('bomb.gz', bomb))
    expect(report.warnings).toMatchObject([{ code: 'decompression-stopped' }])
    expect(report.complete).toBe(false)
  })

  it('reads standard input', async () => {
    const [one] = newSecrets(1)
    const report = await runAudit({
      ...OPTIONS,
      store: '-',
      stdin: Readable.from([Buffer.from('the '), Buffer.from(`key ${one!.secret}`)]),
    })
    expectExactly(report, [one!])
    expect(report.sources).toMatchObject([{ name: 'standard input' }])
  })

  it('reads a directory: its files, and each SQLite file in it as a store, whatever their names are', async () => {
    const given = newPlant()
    const [one, two] = newSecrets(2)
    mkdirSync(at('sub'))
    write('sub/a\nb.txt', `x ${one!.secret}`)
    write('sub/c.json.gz', gzipSync(JSON.stringify({ a: two!.secret })))
    const saver = SqliteSaver.fromConnString(at('sub/store.db'))
    await plant(saver, 'thread-1', given)
    saver.db.close()
    symlinkSync('..', at('sub/loop'))
    symlinkSync('nowhere', at('sub/dangling'))
    const report = await audit(directory)
    expectExactly(report, [...given.all, one!, two!])
    expect(report.sources).toMatchObject([{ kind: 'file' }, { kind: 'sqlite', threads: 1 }])
    expect(placeOf(report, one!)).toMatchObject({ file: 'sub/a\\u000ab.txt' })
    expect(report.warnings).toMatchObject([{ code: 'file-unreadable', count: 1 }])
  })

  it('reads the dump of SQLite’s shell by its columns', async () => {
    const given = newPlant()
    const saver = SqliteSaver.fromConnString(at('store.db'))
    await plant(saver, 'thread-1', given, 2)
    const report = await audit(write('dump.sql', sqliteDump(saver.db)))
    saver.db.close()
    expectExactly(report, given.all)
    expect(report.sources).toMatchObject([{ kind: 'sql-dump', layout: 'sqlite dump', threads: 1, checkpoints: 2 }])
    expect(placeOf(report, given.nested)).toMatchObject({
      table: 'checkpoints',
      threadId: 'thread-1',
      channel: 'settings',
      path: ['deep', 0, 'value'],
      copies: 2,
    })
  })

  it('reads the documents of the MongoDB saver, as mongoexport and as mongodump write them', async () => {
    const [one, two, three] = newSecrets(3)
    const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
    const checkpoint = {
      thread_id: 't1',
      checkpoint_ns: '',
      checkpoint_id: '1efa0a00-0000-6000-8000-000000000000',
      type: 'json',
      checkpoint: bytes({ v: 4, ts: '2026-01-02T03:04:05Z', channel_values: { a: { k: one!.secret } } }),
      metadata: bytes({ user_id: 'dana', n: two!.secret }),
    }
    const write_ = {
      thread_id: 't1',
      checkpoint_ns: '',
      checkpoint_id: checkpoint.checkpoint_id,
      task_id: 'x',
      idx: 0,
      channel: 'b',
      type: 'json',
      value: bytes([three!.secret]),
    }
    const extended = (document: object) =>
      JSON.stringify(
        Object.fromEntries([
          ['_id', { $oid: '65a1b2c3d4e5f60718293a4b' }],
          ...Object.entries(document).map(([key, value]) => [
            key,
            Buffer.isBuffer(value) ? { $binary: { base64: value.toString('base64'), subType: '00' } } : value,
          ]),
        ]),
      )
    const files = [
      write('mongo.json', `${extended(checkpoint)}\n${extended(write_)}\n`),
      write('mongo.bson', Buffer.concat([serialize(checkpoint), serialize(write_)])),
    ]
    for (const file of files) {
      const report = await audit(file)
      expectExactly(report, [one!, two!, three!])
      expect(placeOf(report, one!)).toMatchObject({
        threadId: 't1',
        channel: 'a',
        path: ['k'],
        at: Date.parse('2026-01-02T03:04:05Z'),
      })
      expect(placeOf(report, three!)).toMatchObject({ kind: 'write', channel: 'b', path: [0], taskId: 'x' })
      expect(report.secrets.map(({ owners }) => owners)).toEqual([['dana'], ['dana'], ['dana']])
    }
    const cut = await audit(write('cut.bson', serialize(checkpoint).subarray(0, -40)))
    expect(cut.warnings).toMatchObject([{ code: 'file-truncated' }])
  })

  it('reads a JSON export of the Redis saver’s keys', async () => {
    const [one, two] = newSecrets(2)
    const document = {
      thread_id: 't1',
      checkpoint_ns: '',
      checkpoint_id: 'c1',
      checkpoint: { v: 4, channel_values: { a: one!.secret } },
      metadata: { step: 1 },
      checkpoint_ts: 1,
    }
    const writes = {
      thread_id: 't1',
      checkpoint_ns: '',
      checkpoint_id: 'c1',
      task_id: 'x',
      idx: 0,
      channel: 'b',
      type: 'json',
      value: { k: two!.secret },
    }
    const report = await audit(
      write(
        'redis.json',
        JSON.stringify({ 'checkpoint:t1::c1': document, 'checkpoint_write:t1::c1:x:0': JSON.stringify(writes) }),
      ),
    )
    expectExactly(report, [one!, two!])
    expect(placeOf(report, one!)).toMatchObject({ threadId: 't1', channel: 'a' })
    expect(placeOf(report, two!)).toMatchObject({ threadId: 't1', channel: 'b', path: ['k'] })
  })

  it('reads old layouts: what each node wrote in the metadata, and sends in the checkpoint', async () => {
    const [one, two] = newSecrets(2)
    const checkpoint = { v: 1, id: 'c1', channel_values: {}, pending_sends: [{ node: 'a', args: { k: one!.secret } }] }
    const row = {
      thread_id: 't1',
      checkpoint_id: 'c1',
      checkpoint,
      metadata: { writes: { login: { token_was: two!.secret } } },
    }
    const report = await audit(write('old.json', JSON.stringify([row])))
    expectExactly(report, [one!, two!])
    expect(placeOf(report, two!)).toMatchObject({
      kind: 'metadata',
      node: 'login',
      path: ['writes', 'login', 'token_was'],
    })
    expect(placeOf(report, one!)).toMatchObject({ kind: 'value', path: [0, 'args', 'k'] })
  })

  it('names a file that is called a database and is none: encrypted, or damaged', async () => {
    const report = await audit(
      write('store.sqlite', Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 7919) & 255))),
    )
    expect(report.warnings).toMatchObject([{ code: 'sqlite-encrypted-or-damaged' }])
    expect(report.complete).toBe(false)
  })

  it('reads what can be read of a damaged SQLite file, its bytes at least, and names it', async () => {
    const given = newPlant()
    const saver = SqliteSaver.fromConnString(at('store.db'))
    await plant(saver, 'thread-1', given, 30)
    saver.db.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = saver.db.serialize()
    saver.db.close()
    rmSync(at('store.db'))
    const report = await audit(
      write('broken.db', Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(8_000, 0xee), bytes.subarray(8_100)])),
    )
    expect(report.warnings.map(({ code }) => code)).toContain('sqlite-damaged')
    expect(report.complete).toBe(false)
    expect(report.summary.secrets).toBeGreaterThanOrEqual(5)
  })

  it('names a SQLite file that another process has locked', async () => {
    const saver = SqliteSaver.fromConnString(at('store.db'))
    setUp(saver)
    saver.db.pragma('journal_mode=DELETE')
    saver.db.exec('BEGIN EXCLUSIVE')
    const report = await audit(at('store.db'))
    saver.db.exec('ROLLBACK')
    saver.db.close()
    expect(report.warnings).toMatchObject([{ code: 'sqlite-locked' }])
    expect(report.complete).toBe(false)
  })

  it('refuses what is nothing, and what is read through a dump', async () => {
    symlinkSync('self', at('self'))
    await expect(audit(at('missing'))).rejects.toMatchObject({ code: 'ERR_STORE_UNREADABLE' })
    await expect(audit(at('self'))).rejects.toMatchObject({ code: 'ERR_STORE_UNREADABLE' })
    await expect(audit('mongodb://localhost/x')).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    await expect(audit('redis://localhost')).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  })

  it('does not hang on a pipe in a directory', async () => {
    execFileSync('mkfifo', [at('pipe')])
    expect((await audit(directory)).warnings).toMatchObject([{ code: 'file-special', count: 1 }])
  })
})
