import type { Cell } from '../sources/row.js'
import { timeOfId } from './checkpoint-time.js'
import { readCheckpoint, readMetadata } from './decode-row.js'
import type { DecodedRow, DecodedValue } from './decoded.js'
import { devServerRows } from './dev-server.js'
import { plainDocument } from './extended-json.js'
import { type MutableRow, newRow } from './mutable-row.js'
import { readSerialized, type Serialized } from './serialized.js'

type Fields = Readonly<Record<string, unknown>>

/** Fields that place a document, and hold names only. */
const NAMES = new Set([
  'thread_id',
  'checkpoint_ns',
  'checkpoint_id',
  'parent_checkpoint_id',
  'task_id',
  'type',
  '_id',
  'idx',
  'channel',
  'version',
])
/** Of a list or a map of documents; more are one value. */
const MAX_DEPTH = 4

/**
 * A document of a dump: a checkpoint or a write as MongoDB's or Redis's saver stores it, the file of LangGraph's own
 * development server, a list or a map of such, or any other JSON.
 */
export function* decodeDocument(parsed: unknown): Generator<DecodedRow> {
  const document = plainDocument(parsed)
  const rows = devServerRows(document)
  if (rows !== undefined) yield* rows
  else yield* rowsOf(document, [])
}

function* rowsOf(value: unknown, path: readonly string[]): Generator<DecodedRow> {
  if (isStored(value)) yield storedRow(value)
  else if (path.length < MAX_DEPTH && holdsStored(value)) {
    for (const [key, item] of Object.entries(value)) yield* rowsOf(unwrapped(item), [...path, key])
  } else {
    const row = newRow()
    row.values.push({ kind: 'text', column: '', pointer: path, channel: '', value: underPath(value, path) })
    yield row
  }
}

/** Keeps the path of a value that stands inside a document, where the walk begins at the document. */
function underPath(value: unknown, path: readonly string[]): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value)
}

function isStored(value: unknown): value is Fields {
  if (!isFields(value) || typeof value.thread_id !== 'string') return false
  return 'checkpoint' in value || ('channel' in value && ('value' in value || 'blob' in value))
}

/** A list or a map in which a document of the savers' stands, itself or as JSON in a string. */
function holdsStored(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  const items = Object.values(value)
  return items
    .slice(0, 1_000)
    .some(
      (item) =>
        isStored(unwrapped(item)) ||
        (isFields(item) && Object.values(item).some((inner) => isStored(unwrapped(inner)))),
    )
}

/** A Redis export may hold each document as JSON text. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{') || !value.includes('"thread_id"')) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function storedRow(document: Fields): DecodedRow {
  const out = newRow()
  out.isKnown = true
  out.isCheckpoint = 'checkpoint' in document
  const text = (field: string) => (typeof document[field] === 'string' ? (document[field] as string) : undefined)
  const checkpointId = text('checkpoint_id')
  out.place = {
    threadId: text('thread_id'),
    namespace: text('checkpoint_ns'),
    checkpointId,
    taskId: text('task_id'),
    at: timeOfId(checkpointId),
  }
  const type = text('type') as Cell | undefined
  for (const [field, content] of Object.entries(document)) {
    if (field === 'checkpoint') readCheckpoint(serialized(type, content), cellsOf(document), out)
    else if (field === 'metadata') readMetadata(serialized(type, content), cellsOf(document), out)
    else if (NAMES.has(field)) addName(field, content, out)
    else if (field === 'value' || field === 'blob') {
      const kind = 'task_id' in document ? 'write' : 'value'
      takeValue(kind, field, String(document.channel), serialized(type, content), out)
    } else takeValue('raw', field, '', { ok: true, value: { [field]: content }, isWhole: true }, out)
  }
  return out
}

function addName(field: string, content: unknown, out: MutableRow): void {
  if (typeof content === 'string') out.names.push({ column: field, text: content })
  else takeValue('raw', field, '', { ok: true, value: content, isWhole: true }, out)
}

function takeValue(
  kind: DecodedValue['kind'],
  column: string,
  channel: string,
  read: Serialized,
  out: MutableRow,
): void {
  if (read.ok) {
    if (read.value !== undefined) out.values.push({ kind, column, pointer: [], channel, value: read.value })
    return
  }
  out.problems.push({ code: read.code, message: read.message, column })
}

/** MongoDB's saver stores bytes, Redis's an object. */
function serialized(type: Cell | undefined, content: unknown): Serialized {
  if (content instanceof Uint8Array || typeof content === 'string') {
    const read = readSerialized(type, content)
    return read.ok ? read : { ok: true, value: content, isWhole: true }
  }
  return { ok: true, value: content, isWhole: true }
}

/** For what could not be decoded, and is scanned as it stands. */
function cellsOf(document: Fields): Readonly<Record<string, Cell>> {
  return Object.fromEntries(
    Object.entries(document).filter(([, cell]) => typeof cell === 'string' || cell instanceof Uint8Array),
  ) as Record<string, Cell>
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
