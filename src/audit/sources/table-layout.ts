import type { TableLayout } from './row.js'

const KEY = ['thread_id', 'checkpoint_id']

/** By name and columns: the layout of a table that lacks one of them is not known, and it is read column by column. */
export function layoutOf(name: string, columns: readonly string[], store: 'sqlite' | 'postgres'): TableLayout {
  const has = (...needed: string[]) => needed.every((column) => columns.includes(column))
  if (name === 'checkpoints' && has(...KEY, 'checkpoint', 'metadata')) {
    return store === 'sqlite' ? 'sqlite-checkpoints' : 'pg-checkpoints'
  }
  if (name === 'writes' && has(...KEY, 'task_id', 'channel', 'value')) return 'sqlite-writes'
  if (name === 'checkpoint_writes' && has(...KEY, 'task_id', 'channel', 'blob')) return 'pg-writes'
  return name === 'checkpoint_blobs' && has('thread_id', 'channel', 'version', 'blob') ? 'pg-blobs' : 'unknown'
}
