/** What a cell holds: a checkpoint with its channels, its metadata, or the value of one channel. */
export type CellRole = 'checkpoint' | 'metadata' | 'value'

/** One cell of LangGraph's tables, by the table's primary key. */
export interface CellName {
  readonly table: string
  readonly column: string
  /** The primary key, in the order of the layout; its first part is the thread id. */
  readonly key: readonly (string | number)[]
}

/** A cell that holds a serialized value. */
export interface StoredCell extends CellName {
  readonly role: CellRole
  readonly threadId: string
  /** Of a value. */
  readonly channel: string | undefined
  /** As the saver says it: `json`, `bytes`; null where the row says nothing. */
  readonly type: string | null
  readonly bytes: Uint8Array
  /** True where SQLite keeps text, not a blob: the cell stays of its kind. */
  readonly isText: boolean
}

export interface CellChange {
  readonly cell: StoredCell
  readonly bytes: Uint8Array
  readonly type: string | null
}

/** Bytes in which a secret could still stand. */
export interface RawBytes {
  /** Table and column, or a file's name. */
  readonly place: string
  /** In order; a place may come in several pieces that overlap. */
  readonly bytes: Uint8Array
}

/** What was done about bytes that no row holds any more, and what is left to do; sentences. */
export interface Residue {
  readonly done: readonly string[]
  readonly left: readonly string[]
}

/**
 * A checkpoint store that is rewritten beside the graphs that use it. Its own SQL: a put through the saver leaves what an
 * earlier one stored, since blobs and writes are first-wins.
 */
export interface FixStore {
  readonly kind: 'sqlite' | 'postgres'
  /** As it may be shown, and what is typed to confirm. */
  readonly name: string
  /** The same for the same store, wherever it is opened from; for the journal. */
  readonly identity: string
  /** True when Python's savers wrote to it. */
  isPython(): Promise<boolean>
  /** True while a run of the thread waits for a person. */
  isInterrupted(threadId: string): Promise<boolean>
  listThreads(after: string | undefined, limit: number): Promise<readonly string[]>
  /** Every cell of a thread, a few rows at a time, in the order of their keys. */
  cells(threadId: string): AsyncIterable<StoredCell>
  /** A cell as it is now. */
  read(name: CellName): Promise<StoredCell | undefined>
  /**
   * All in one transaction, each only if its cell is as it was read: compared in the statement that replaces it.
   * @returns for each change whether it was made.
   */
  replace(changes: readonly CellChange[]): Promise<readonly boolean[]>
  /** Every byte that can be read of the store: all cells of all tables, and its files. */
  raw(): AsyncIterable<RawBytes>
  /** Clears what replaced rows have left behind. @param full also with a lock that stops every reader. */
  clearResidue(full: boolean): Promise<Residue>
  close(): Promise<void>
}

/** What LangGraph's tables hold, by its savers' own names. */
export interface TableSpec {
  readonly table: string
  readonly key: readonly string[]
  readonly cells: readonly { readonly column: string; readonly role: CellRole }[]
  /** How the cells are serialized; undefined where the column's own type says it. */
  readonly typeColumn: string | undefined
  readonly channelColumn: string | undefined
}

const CHECKPOINT_KEY = ['thread_id', 'checkpoint_ns', 'checkpoint_id']
const CHECKPOINT_CELLS = [
  { column: 'checkpoint', role: 'checkpoint' },
  { column: 'metadata', role: 'metadata' },
] as const

export const SQLITE_TABLES: readonly TableSpec[] = [
  { table: 'checkpoints', key: CHECKPOINT_KEY, cells: CHECKPOINT_CELLS, typeColumn: 'type', channelColumn: undefined },
  {
    table: 'writes',
    key: [...CHECKPOINT_KEY, 'task_id', 'idx'],
    cells: [{ column: 'value', role: 'value' }],
    typeColumn: 'type',
    channelColumn: 'channel',
  },
]

export const POSTGRES_TABLES: readonly TableSpec[] = [
  {
    table: 'checkpoints',
    key: CHECKPOINT_KEY,
    cells: CHECKPOINT_CELLS,
    typeColumn: undefined,
    channelColumn: undefined,
  },
  {
    table: 'checkpoint_blobs',
    key: ['thread_id', 'checkpoint_ns', 'channel', 'version'],
    cells: [{ column: 'blob', role: 'value' }],
    typeColumn: 'type',
    channelColumn: 'channel',
  },
  {
    table: 'checkpoint_writes',
    key: [...CHECKPOINT_KEY, 'task_id', 'idx'],
    cells: [{ column: 'blob', role: 'value' }],
    typeColumn: 'type',
    channelColumn: 'channel',
  },
]

/** The thread's latest checkpoint has an interrupt among its writes. @param from names a table, @param mark the thread id. */
export function interruptSql(from: (table: string) => string, writes: string, mark: string): string {
  return `SELECT 1 AS found FROM ${from(writes)} w WHERE thread_id = ${mark} AND checkpoint_ns = '' AND channel = '__interrupt__'
    AND checkpoint_id = (SELECT max(checkpoint_id) FROM ${from('checkpoints')} WHERE thread_id = ${mark} AND checkpoint_ns = '') LIMIT 1`
}

export const isPostgresAddress = (address: string): boolean => /^postgres(?:ql)?:\/\//.test(address)
