import type { Cell, StoredRow, TableLayout } from '../sources/row.js'
import { timeOfId, timeOfText } from './checkpoint-time.js'
import type { DecodedRow, DecodedValue } from './decoded.js'
import { type MutableRow, newRow } from './mutable-row.js'
import { ownersIn } from './owners.js'
import { type ParseState, parseText, readJson, readSerialized, type Serialized } from './serialized.js'

/** Channels of our own for what is not in one; the saver's words for the same. */
const METADATA = '@metadata'
const CHECKPOINT = '@checkpoint'
/** Fields of a checkpoint that hold ids, times and versions only. */
const STRUCTURAL_FIELDS = new Set(['v', 'id', 'ts', 'channel_values', 'channel_versions', 'versions_seen'])

/** The newest version of a checkpoint whose layout is known. */
const KNOWN_VERSION = 4
const NEWER = {
  code: 'checkpoint-version-unknown',
  message: 'Checkpoints are of a newer version than is known; all of their fields were read.',
  column: 'checkpoint',
  isRead: true,
} as const

type Cells = StoredRow['cells']
type Fields = Readonly<Record<string, unknown>>

const DECODERS: Readonly<Record<TableLayout, (row: StoredRow, out: MutableRow, parse: ParseState) => void>> = {
  'sqlite-checkpoints': ({ cells }, out, parse) => {
    readCheckpoint(readSerialized(cells.type, cells.checkpoint, parse), cells, out)
    // JS serializes it as it does the checkpoint, Python as JSON whatever the checkpoint is.
    const typed = readSerialized(cells.type, cells.metadata)
    const asJson = typed.ok || isNothing(cells.metadata) ? typed : readJson(cells.metadata)
    readMetadata(cells.type === 'msgpack' ? jsonFirst(cells.metadata, typed) : asJson, cells, out)
  },
  'pg-checkpoints': ({ cells }, out) => {
    readCheckpoint(unrepeated(readJsonColumn(cells.checkpoint)), cells, out)
    readMetadata(unrepeated(readJsonColumn(cells.metadata)), cells, out)
  },
  'sqlite-writes': ({ cells }, out, parse) => readWrite('value', cells, out, parse),
  'pg-writes': ({ cells }, out, parse) => {
    out.place = { ...out.place, node: nodeOfPath(cells.task_path) }
    readWrite('blob', cells, out, parse)
  },
  'pg-blobs': ({ cells }, out, parse) => {
    const channel = String(cells.channel)
    out.blobOf = { channel, version: String(cells.version) }
    take('blob', 'value', channel, readSerialized(cells.type, cells.blob, parse), cells, out)
  },
  unknown: ({ table, cells }, out) => {
    for (const column of table.columns) readUnknown(column, cells[column], out)
  },
}

/** Columns of the known layouts that hold ids and names. */
const NAMES = [
  'thread_id',
  'checkpoint_ns',
  'checkpoint_id',
  'parent_checkpoint_id',
  'task_id',
  'task_path',
  'channel',
  'type',
  'version',
  'idx',
]
const VALUES = new Set(['checkpoint', 'metadata', 'value', 'blob'])

/**
 * A row as a graph would see it. Nothing is revived; what cannot be decoded is in `raw`, and `problems` says so.
 * @param parse leaves out what it knows to be clean; all of it is read unless told.
 */
export function decodeRow(row: StoredRow, parse: ParseState = parseText): DecodedRow {
  const { table, cells } = row
  const out = newRow()
  if (table.layout === 'unknown') {
    out.place = { threadId: textOf(cells.thread_id) }
    DECODERS.unknown(row, out, parse)
    return out
  }
  out.isKnown = true
  out.isCheckpoint = table.layout === 'sqlite-checkpoints' || table.layout === 'pg-checkpoints'
  out.place = {
    threadId: textOf(cells.thread_id),
    namespace: textOf(cells.checkpoint_ns),
    checkpointId: textOf(cells.checkpoint_id),
    taskId: textOf(cells.task_id),
    at: timeOfId(textOf(cells.checkpoint_id)),
  }
  for (const column of table.columns) {
    const cell = cells[column]
    if (NAMES.includes(column)) readName(column, cell, out)
    else if (!VALUES.has(column)) readUnknown(column, cell, out)
  }
  DECODERS[table.layout](row, out, parse)
  return out
}

function readName(column: string, cell: Cell | undefined, out: MutableRow): void {
  if (typeof cell === 'string') out.names.push({ column, text: cell })
  else if (cell instanceof Uint8Array) out.raw.push({ column, content: cell })
}

export function readCheckpoint(read: Serialized, cells: Cells, out: MutableRow): void {
  if (!read.ok || !isFields(read.value)) {
    take('checkpoint', 'value', CHECKPOINT, read, cells, out)
    return
  }
  const checkpoint = read.value
  if (!read.isWhole) addRaw('checkpoint', cells, out)
  if (typeof checkpoint.v === 'number' && checkpoint.v > KNOWN_VERSION) out.problems.push(NEWER)
  const at = timeOfText(checkpoint.ts) ?? out.place.at
  out.place = { ...out.place, at }
  out.refersTo = versionsIn(checkpoint.channel_versions)
  const add = (channel: string, pointer: readonly string[], value: unknown) =>
    out.values.push({ kind: 'value', column: 'checkpoint', pointer, channel, value, parts: read.parts })
  for (const key of Object.keys(checkpoint)) {
    const value = checkpoint[key]
    if (key === 'channel_values' && isFields(value)) {
      for (const channel of Object.keys(value)) {
        out.names.push({ column: 'checkpoint', text: channel })
        add(channel, [key, channel], value[channel])
      }
    } else if (key === 'channel_values') add(CHECKPOINT, [key], value)
    else if (STRUCTURAL_FIELDS.has(key)) addNames(value, out)
    else add(CHECKPOINT, [key], value)
  }
}

export function readMetadata(read: Serialized, cells: Cells, out: MutableRow): void {
  if (read.ok) out.owners.push(...ownersIn(read.value))
  // In which node of another graph this one ran.
  if (read.ok && isFields(read.value) && typeof read.value.langgraph_node === 'string') {
    out.place = { ...out.place, node: out.place.node ?? read.value.langgraph_node }
  }
  take('metadata', 'metadata', METADATA, read, cells, out)
}

/** Python's path of a task that its node's channels started; that of a `Send` names no node. */
function nodeOfPath(path: Cell | undefined): string | undefined {
  return typeof path === 'string' ? /^~__pregel_pull, ([^,]+)$/.exec(path)?.[1] : undefined
}

function readWrite(column: string, cells: Cells, out: MutableRow, parse: ParseState): void {
  take(column, 'write', String(cells.channel), readSerialized(cells.type, cells[column], parse), cells, out)
}

function take(
  column: string,
  kind: DecodedValue['kind'],
  channel: string,
  read: Serialized,
  cells: Cells,
  out: MutableRow,
): void {
  if (!read.ok) out.problems.push({ code: read.code, message: read.message, column })
  if (!read.ok || !read.isWhole) addRaw(column, cells, out)
  if (read.ok && read.value !== undefined)
    out.values.push({ kind, column, pointer: [], channel, value: read.value, parts: read.parts })
}

function addRaw(column: string, cells: Cells, out: MutableRow): void {
  const content = cells[column]
  if (typeof content === 'string' || content instanceof Uint8Array) out.raw.push({ column, content })
}

function readUnknown(column: string, cell: Cell | undefined, out: MutableRow): void {
  if (typeof cell !== 'string' && !(cell instanceof Uint8Array)) return
  if (cell.length === 0) return
  const first = typeof cell === 'string' ? cell.charCodeAt(0) : cell[0]
  const read = first === 0x7b || first === 0x5b ? readJson(cell) : undefined
  if (read?.ok) out.values.push({ kind: 'raw', column, pointer: [], channel: '', value: read.value })
  if (!read?.ok || !read.isWhole) out.raw.push({ column, content: cell })
}

/** Ids, versions and names of channels and nodes, however deep. */
function addNames(value: unknown, out: MutableRow, depth = 0): void {
  if (typeof value === 'string') out.names.push({ column: 'checkpoint', text: value })
  if (typeof value !== 'object' || value === null || depth > 8) return
  for (const [key, item] of Object.entries(value)) {
    out.names.push({ column: 'checkpoint', text: key })
    addNames(item, out, depth + 1)
  }
}

function versionsIn(versions: unknown): { channel: string; version: string }[] {
  if (!isFields(versions)) return []
  return Object.entries(versions).map(([channel, version]) => ({ channel, version: String(version) }))
}

/** PostgreSQL keeps no field twice, so that its text differs from ours in spaces only. */
function unrepeated(read: Serialized): Serialized {
  return read.ok ? { ...read, isWhole: true } : read
}

function readJsonColumn(cell: Cell | undefined): Serialized {
  return cell === null || cell === undefined ? { ok: true, value: undefined, isWhole: true } : readJson(cell)
}

function jsonFirst(cell: Cell | undefined, otherwise: Serialized): Serialized {
  const json = readJsonColumn(cell)
  return json.ok ? json : otherwise
}

function isNothing(cell: Cell | undefined): cell is null | undefined {
  return cell === null || cell === undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function textOf(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' ? cell : undefined
}
