import { Encoder, ExtensionCodec } from '@msgpack/msgpack'
import Database from 'better-sqlite3'
import type pg from 'pg'
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
const ARGUMENTS = 1

/** What a node is sent: its name and its input. */
export const pythonSend = (node: string, input: unknown) =>
  new PythonObject(ARGUMENTS, ['langgraph.types', 'Send', [node, input]])

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

/** The tables of Python's PostgresSaver, by its migrations. */
const POSTGRES = (schema: string) => `
  CREATE SCHEMA "${schema}";
  SET search_path = "${schema}";
  CREATE TABLE checkpoint_migrations (v INTEGER PRIMARY KEY);
  INSERT INTO checkpoint_migrations SELECT generate_series(0, 9);
  CREATE TABLE checkpoints (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
    parent_checkpoint_id TEXT, type TEXT, checkpoint JSONB NOT NULL, metadata JSONB NOT NULL DEFAULT '{}',
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id));
  CREATE TABLE checkpoint_blobs (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL,
    version TEXT NOT NULL, type TEXT NOT NULL, blob BYTEA, PRIMARY KEY (thread_id, checkpoint_ns, channel, version));
  CREATE TABLE checkpoint_writes (thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
    task_id TEXT NOT NULL, idx INTEGER NOT NULL, channel TEXT NOT NULL, type TEXT, blob BYTEA NOT NULL,
    task_path TEXT NOT NULL DEFAULT '', PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx));
  RESET search_path`

/** How a serializer names what it wrote, and its bytes. */
function dumped(value: unknown): [type: string, blob: Uint8Array] {
  if (value === null) return ['null', new Uint8Array()]
  return value instanceof Uint8Array ? ['bytes', value] : ['msgpack', pack(value)]
}

const version = (count: number) => `${String(count).padStart(32, '0')}.0.${'7'.repeat(16)}`

/** Rows as Python's PostgresSaver stores a thread: text and numbers inside the checkpoint, the rest as blobs. */
export async function writePythonPostgres(pool: pg.Pool, schema: string, plant: Plant): Promise<void> {
  await pool.query(POSTGRES(schema))
  const values: Record<string, unknown> = { ...pythonState(plant), count: 3, nothing: null }
  const isInline = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
  const channels = Object.keys(values)
  const checkpoint = {
    v: 4,
    id: PYTHON_ID,
    ts: '2026-01-02T03:04:05.678901+00:00',
    channel_values: Object.fromEntries(Object.entries(values).filter(([, value]) => isInline(value))),
    channel_versions: Object.fromEntries(channels.map((channel, i) => [channel, version(i + 1)])),
    versions_seen: { __input__: {}, agent: { messages: version(1) } },
    updated_channels: ['messages'],
  }
  // PostgreSQL's JSON has no NaN.
  const metadata = { ...METADATA(plant), score: 1 }
  await pool.query(
    `INSERT INTO "${schema}".checkpoints (thread_id, checkpoint_id, checkpoint, metadata) VALUES ('thread-1', $1, $2, $3)`,
    [PYTHON_ID, checkpoint, metadata],
  )
  const blob = `INSERT INTO "${schema}".checkpoint_blobs (thread_id, channel, version, type, blob) VALUES ('thread-1', $1, $2, $3, $4)`
  for (const [i, channel] of channels.entries()) {
    if (!isInline(values[channel])) await pool.query(blob, [channel, version(i + 1), ...dumped(values[channel])])
  }
  await pool.query(blob, ['gone', version(1), 'empty', null])
  const write = `INSERT INTO "${schema}".checkpoint_writes (thread_id, checkpoint_id, task_id, task_path, idx, channel, type, blob)
    VALUES ('thread-1', $1, 'task', '~__pregel_pull, agent', $2, $3, $4, $5)`
  await pool.query(write, [PYTHON_ID, 0, 'answer', ...dumped({ text: `later ${plant.inWrite.secret}` })])
  await pool.query(write, [PYTHON_ID, 1, '__pregel_tasks', ...dumped(pythonSend('side', { item: 'nothing' }))])
  await pool.query(write, [PYTHON_ID, 2, 'nothing', ...dumped(null)])
  await pool.query(write, [PYTHON_ID, 3, 'buffer', 'bytearray', Buffer.from('nothing either')])
}
