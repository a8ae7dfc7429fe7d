import type { Cell, StoredRow, StoredTable } from '../sources/row.js'
import { decodeRow } from './decode-row.js'
import type { DecodedRow } from './decoded.js'

const CHECKPOINTS: StoredTable = {
  name: 'storage',
  columns: ['thread_id', 'checkpoint_ns', 'checkpoint_id', 'type', 'checkpoint', 'metadata'],
  layout: 'sqlite-checkpoints',
}
const WRITES: StoredTable = {
  name: 'writes',
  columns: ['thread_id', 'checkpoint_ns', 'checkpoint_id', 'task_id', 'channel', 'type', 'value'],
  layout: 'sqlite-writes',
}

type Fields = Readonly<Record<string, unknown>>

/**
 * The checkpoints in the file of `langgraphjs dev` (`.langgraph_api/.langgraphjs_api.checkpointer.json`): a MemorySaver's maps,
 * written by superjson, bytes as base64. Undefined for any other document.
 */
export function devServerRows(document: unknown): Generator<DecodedRow> | undefined {
  if (!isFields(document) || !isFields(document.json)) return undefined
  const { storage, writes } = document.json
  return isFields(storage) && isFields(writes) ? rows(storage, writes) : undefined
}

function* rows(storage: Fields, writes: Fields): Generator<DecodedRow> {
  for (const [thread_id, namespaces] of Object.entries(storage)) {
    for (const [checkpoint_ns, checkpoints] of entriesOf(namespaces)) {
      for (const [checkpoint_id, stored] of entriesOf(checkpoints)) {
        const [checkpoint, metadata] = Array.isArray(stored) ? (stored as unknown[]) : []
        const cells = {
          thread_id,
          checkpoint_ns,
          checkpoint_id,
          type: 'json',
          checkpoint: bytesOf(checkpoint),
          metadata: bytesOf(metadata),
        }
        yield decodeRow(rowOf(CHECKPOINTS, cells))
      }
    }
  }
  for (const [key, tasks] of Object.entries(writes)) {
    const [thread_id, checkpoint_ns, checkpoint_id] = keyOf(key)
    for (const [, write] of entriesOf(tasks)) {
      if (!Array.isArray(write)) continue
      const [task_id, channel, value] = write as unknown[]
      const cells = {
        thread_id,
        checkpoint_ns,
        checkpoint_id,
        task_id: String(task_id),
        channel: String(channel),
        type: 'json',
        value: bytesOf(value),
      }
      yield decodeRow(rowOf(WRITES, cells))
    }
  }
}

function rowOf(table: StoredTable, cells: Record<string, Cell | undefined>): StoredRow {
  const present = Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell ?? null]))
  return { type: 'row', table, cells: present, bytes: 0 }
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function keyOf(key: string): readonly (string | undefined)[] {
  try {
    const parts: unknown = JSON.parse(key)
    return Array.isArray(parts) ? parts.map(String) : []
  } catch {
    return []
  }
}

/** Text that is no base64 is kept as it stands. */
function bytesOf(value: unknown): Cell | undefined {
  if (typeof value !== 'string') return value === undefined || value === null ? undefined : JSON.stringify(value)
  return /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? Buffer.from(value, 'base64') : value
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
