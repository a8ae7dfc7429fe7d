/** A cell as the driver or the file gives it. Nothing in it has been parsed. */
export type Cell = string | number | bigint | Uint8Array | boolean | null

export type Cells = Readonly<Record<string, Cell>>

/** Which decoder reads a table; `unknown` is read as text and JSON, column by column. */
export type TableLayout =
  | 'sqlite-checkpoints'
  | 'sqlite-writes'
  | 'pg-checkpoints'
  | 'pg-blobs'
  | 'pg-writes'
  | 'unknown'

export interface StoredTable {
  /** PostgreSQL's; undefined elsewhere. */
  readonly schema?: string | undefined
  readonly name: string
  readonly columns: readonly string[]
  readonly layout: TableLayout
}

/** One row of a table. */
export interface StoredRow {
  readonly type: 'row'
  readonly table: StoredTable
  readonly cells: Cells
  /** What its cells take, about. */
  readonly bytes: number
  /** Of a dump: its file, and the line on which the row begins. */
  readonly file?: string
  readonly line?: number
}

/** One JSON document, parsed: of a file of its own, a line, or an element of a list. */
export interface StoredDocument {
  readonly type: 'document'
  readonly value: unknown
  readonly file: string
  /** From 1, of its first line; 0 where that is not known. */
  readonly line: number
  readonly bytes: number
}

/** A piece of a text or of bytes that nobody decodes: of a file, or of a cell too large to be read at once. */
export interface StoredText {
  readonly type: 'text'
  /** Where the text stands: pieces with the same name follow each other without a gap. */
  readonly stream: TextPlace
  readonly chunk: Uint8Array
  /** Of a piece that does not follow the last one: where it begins in the whole. */
  readonly from?: { readonly offset: number; readonly line: number }
  readonly isLast: boolean
}

export interface TextPlace {
  readonly file?: string
  readonly table?: string
  readonly column?: string
  readonly threadId?: string
  readonly checkpointId?: string
}

export type StoredItem = StoredRow | StoredDocument | StoredText

/** Reported by a source while it reads; `code` is stable. */
export type Warn = (code: string, message: string, count?: number) => void
