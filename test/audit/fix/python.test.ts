import { ExtData, ExtensionCodec, encode } from '@msgpack/msgpack'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stringsOf } from '../../../src/audit/fix/msgpack-strings.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { FixHarness } from './harness.js'

/** As LangGraph for Python writes a message: an extension that holds module, class, arguments and method. */
class Packed {
  constructor(readonly fields: Record<string, unknown>) {}
}
const codec = new ExtensionCodec()
codec.register({
  type: 5,
  encode: (value) =>
    value instanceof Packed
      ? encode(['langchain_core.messages.ai', 'AIMessage', value.fields, 'model_validate_json'], {
          extensionCodec: codec,
        })
      : null,
  decode: (data) => new ExtData(5, data),
})
const pack = (value: unknown) => encode(value, { extensionCodec: codec })

describe('a store that Python wrote', () => {
  let harness: FixHarness
  const token = anthropicKey()
  const password = opaqueSecret()

  beforeEach(async () => {
    harness = await FixHarness.open()
    const db = new Database(harness.address)
    db.exec(`CREATE TABLE checkpoints (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB, PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id));
      CREATE TABLE writes (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL, task_id TEXT NOT NULL,
      idx INTEGER NOT NULL, channel TEXT NOT NULL, type TEXT, value BLOB, PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx))`)
    const state = {
      channel_values: { messages: [new Packed({ content: `use ${token}`, id: 'm' })], login: { password } },
    }
    db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      't',
      '',
      '1',
      null,
      'msgpack',
      pack(state),
      JSON.stringify({ source: 'loop', writes: { note: token } }),
    )
    db.prepare('INSERT INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
      't',
      '',
      '1',
      'task',
      0,
      'note',
      'msgpack',
      pack(`we said ${password}, é, and ${'x'.repeat(300)}`),
    )
    db.close()
  })
  afterEach(() => harness.close())

  const values = () => {
    const db = new Database(harness.address, { readonly: true })
    const rows = db
      .prepare('SELECT type, checkpoint AS value FROM checkpoints UNION ALL SELECT type, value FROM writes')
      .all()
    db.close()
    return rows as { type: string; value: Buffer }[]
  }

  it('is known as one, so that it is not sealed', async () => {
    expect(await harness.withStore((store) => store.isPython())).toBe(true)
  })

  it('is redacted with every length as it was, so that Python reads it', async () => {
    const before = values()
    const result = await harness.redact()
    expect(result.left).toEqual([])
    expect(result.plan.copies).toBe(4)
    for (const [i, { type, value }] of values().entries()) {
      expect(type).toBe('msgpack')
      expect(value.length).toBe(before[i]!.value.length)
      expect(value.includes(token) || value.includes(password)).toBe(false)
      expect(stringsOf(value)).toEqual(stringsOf(before[i]!.value))
    }
  })

  it('names what it cannot read', async () => {
    const db = new Database(harness.address)
    db.prepare('UPDATE writes SET type = ?').run('pickle')
    db.close()
    expect((await harness.redact()).left).toContainEqual({
      place: 'writes.value',
      reason: 'unknown-encoding',
      count: 1,
    })
  })
})
