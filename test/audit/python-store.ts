import { Encoder, ExtensionCodec } from '@msgpack/msgpack'
import Database from 'better-sqlite3'
import type { Plant } from './planted.js'

/** An object as Python's JsonPlusSerializer packs it: `[module, class, arguments, method]` in an extension type. */
class PythonObject {
  constructor(
    readonly type: number,
    readonly parts: readonly unknown[],
  ) {}
}

const extensionCodec = new ExtensionCodec()
for (const type of [0, 1, 2, 3, 4, 5, 6]) {
  extensionCodec.register({
    type,
    encode: (value) => (value instanceof PythonObject && value.type === type ? pack(value.parts) : null),
    decode: () => undefined,
  })
}

export function pack(value: unknown): Uint8Array {
  return new Encoder({ extensionCodec }).encode(value).slice()
}

const pydantic = (module: string, name: string, fields: object) =>
  new PythonObject(5, [module, name, fields, 'model_validate_json'])
const SINGLE_ARGUMENT = 0

/** State as a Python graph holds it, in the shapes that its serializer has types for. */
export function pythonState(plant: Plant): Record<string, unknown> {
  return {
    messages: [
      pydantic('langchain_core.messages.human', 'HumanMessage', {
        content: `Use ${plant.prose.secret}, please.`,
        type: 'human',
        id: 'm-1',
      }),
      pydantic('langchain_core.messages.ai', 'AIMessage', {
        content: '',
        type: 'ai',
        id: 'm-2',
        tool_calls: [{ name: 'login', args: { with: plant.toolArgument.secret }, id: 'call_1' }],
      }),
      pydantic('langchain_core.messages.tool', 'ToolMessage', {
        content: plant.toolResult.secret,
        type: 'tool',
        id: 'm-3',
      }),
    ],
    settings: { deep: [{ value: plant.nested.secret }] },
    lookup: new PythonObject(SINGLE_ARGUMENT, ['builtins', 'set', [plant.inMap.secret]]),
    seen: { [plant.inKey.secret]: true },
    raw: new TextEncoder().encode(`bytes ${plant.asBytes.secret} end`),
    body: JSON.stringify({ auth: { note: plant.inJson.secret } }),
  }
}

export const PYTHON_ID = '1f0a5e8c-1111-6222-8333-444455556666'
export const METADATA = (plant: Plant) => ({
  source: 'loop',
  step: 1,
  parents: {},
  user_id: 'dana',
  note: plant.inMetadata.secret,
  score: Number.NaN,
})
/** Python's `json.dumps` writes NaN, and spaces. */
export const pythonJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (Number.isNaN(item) ? '@NaN@' : item))
    .replaceAll('"@NaN@"', 'NaN')
    .replaceAll('":', '": ')

/** The file of Python's SqliteSaver, by its documented schema. */
export function writePythonSqlite(file: string, plant: Plant): void {
  const db = new Database(file)
  db.exec(`
    CREATE TABLE IF NOT EXISTS checkpoints (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB, PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id));
    CREATE TABLE IF NOT EXISTS writes (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
      task_id TEXT NOT NULL, idx INTEGER NOT NULL, channel TEXT NOT NULL, type TEXT, value BLOB,
      PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx));`)
  const checkpoint = {
    v: 4,
    id: PYTHON_ID,
    ts: '2026-01-02T03:04:05.678901+00:00',
    channel_values: pythonState(plant),
    channel_versions: { messages: '00000000000000000000000000000002.0.5' },
    versions_seen: {},
  }
  db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, NULL, ?, ?, ?)').run(
    'thread-1',
    '',
    PYTHON_ID,
    'msgpack',
    pack(checkpoint),
    Buffer.from(pythonJson(METADATA(plant))),
  )
  db.prepare('INSERT INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    'thread-1',
    '',
    PYTHON_ID,
    'task',
    0,
    'answer',
    'msgpack',
    pack({ text: `later ${plant.inWrite.secret}` }),
  )
  db.prepare('INSERT INTO writes VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    'thread-1',
    '',
    PYTHON_ID,
    'task',
    1,
    'nothing',
    'null',
    Buffer.alloc(0),
  )
  db.close()
}
