import Database from 'better-sqlite3'

/** Every cell of LangGraph's tables, with its kind. */
export function cellsOf(file: string): Record<string, string> {
  const db = new Database(file, { readonly: true })
  const cells: Record<string, string> = {}
  for (const [table, key, columns] of [
    ['checkpoints', ['thread_id', 'checkpoint_ns', 'checkpoint_id'], ['checkpoint', 'metadata']],
    ['writes', ['thread_id', 'checkpoint_ns', 'checkpoint_id', 'task_id', 'idx'], ['value']],
  ] as const) {
    const shown = columns.flatMap((column) => [`hex(${column}) AS ${column}`, `typeof(${column}) AS ${column}_kind`])
    for (const row of db.prepare(`SELECT ${[...key, 'type', ...shown].join(', ')} FROM ${table}`).all() as Record<
      string,
      unknown
    >[]) {
      const name = [table, ...key.map((column) => row[column])].join(' ')
      for (const column of columns) cells[`${name} ${column}`] = `${row.type} ${row[`${column}_kind`]} ${row[column]}`
    }
  }
  db.close()
  return cells
}

export interface RowInit {
  readonly threadId?: string
  readonly id?: string
  readonly checkpoint?: string | Uint8Array
  readonly metadata?: string | Uint8Array
  readonly type?: string | null
}

let count = 0

/** A row as nobody's saver would write it. */
export function insertCheckpoint(file: string, init: RowInit): void {
  const db = new Database(file)
  const { threadId = 'hostile', id = `row-${++count}`, checkpoint = '{}', metadata = '{}', type = 'json' } = init
  db.prepare(
    'INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, type, checkpoint, metadata) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(threadId, '', id, type, checkpoint, metadata)
  db.close()
}

export function checkpointText(file: string, threadId: string, id: string): string {
  const db = new Database(file, { readonly: true })
  const sql = 'SELECT CAST(checkpoint AS TEXT) AS text FROM checkpoints WHERE thread_id = ? AND checkpoint_id = ?'
  const row = db.prepare(sql).get(threadId, id) as { text: string }
  db.close()
  return row.text
}
