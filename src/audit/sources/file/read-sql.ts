import type { Cell, StoredItem, StoredRow, StoredTable, Warn } from '../row.js'
import { layoutOf } from '../table-layout.js'
import { copyRow, copyTable } from './copy-row.js'
import { type Line, splitLines } from './split-lines.js'
import { StatementEnd } from './sql-statement.js'
import { type Insert, parseCreate, parseInsert } from './sql-values.js'

/** A row longer than this is read as text. */
const MAX_LINE_BYTES = 24 << 20
const MAX_STATEMENT_CHARS = 24 << 20
const END_OF_COPY = '\\.'

/** A plain dump of `pg_dump` or of SQLite's shell: its rows as rows, and whatever else it holds as text. */
export async function* readSql(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  warn: Warn,
): AsyncGenerator<readonly StoredItem[]> {
  const reader = new SqlReader(file, warn)
  for await (const line of splitLines(chunks, MAX_LINE_BYTES)) {
    const items = reader.take(line)
    if (items.length > 0) yield items
  }
  const items = reader.end()
  if (items.length > 0) yield items
}

class SqlReader {
  readonly #file: string
  readonly #warn: Warn
  /** Columns by table, for an INSERT that names none. */
  readonly #columns = new Map<string, readonly string[]>()
  readonly #end = new StatementEnd()
  #copy: StoredTable | undefined
  #lines: { readonly text: string; readonly bytes: Uint8Array }[] = []
  #chars = 0
  #from = { offset: 0, line: 1 }
  #isSqlite = false

  constructor(file: string, warn: Warn) {
    this.#file = file
    this.#warn = warn
  }

  take({ bytes, number, offset, isPiece, isEnd }: Line): readonly StoredItem[] {
    if (isPiece) {
      if (isEnd) this.#warn('line-too-long', 'Rows of a dump are too long to be decoded; they were read as text.')
      const from = { offset, line: number }
      return [...this.#flush(), { type: 'text', stream: { file: this.#file }, chunk: bytes, from, isLast: isEnd }]
    }
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').replace(/\r$/, '')
    if (this.#copy !== undefined) {
      if (text !== END_OF_COPY) return [copyRow(this.#copy, text, this.#file, number)]
      this.#copy = undefined
      return []
    }
    if (this.#lines.length === 0) {
      if (text === '') return []
      this.#from = { offset, line: number }
      this.#copy = copyTable(text)
      if (this.#copy !== undefined) return []
    }
    this.#lines.push({ text, bytes })
    this.#chars += text.length
    const isComment = this.#lines.length === 1 && text.startsWith('--')
    return isComment || this.#end.push(text) || this.#chars > MAX_STATEMENT_CHARS ? this.#flush() : []
  }

  end(): readonly StoredItem[] {
    if (this.#copy !== undefined) this.#warn('file-truncated', 'A dump ends within a table.')
    return this.#flush()
  }

  /** The statement is complete, or will not be. */
  #flush(): readonly StoredItem[] {
    if (this.#lines.length === 0) return []
    const statement = this.#lines.map(({ text }) => text).join('\n')
    const bytes = this.#lines.flatMap((line) => [line.bytes, Buffer.from('\n')])
    this.#lines = []
    this.#chars = 0
    this.#end.reset()
    if (/^\s*PRAGMA\b/i.test(statement)) this.#isSqlite = true
    const created = parseCreate(statement)
    if (created !== undefined) this.#columns.set(created.table, created.columns)
    const insert = parseInsert(statement)
    if (insert !== undefined) return this.#rowsOf(insert, statement.length)
    return [{ type: 'text', stream: { file: this.#file }, chunk: Buffer.concat(bytes), from: this.#from, isLast: true }]
  }

  #rowsOf({ table: name, columns, rows }: Insert, length: number): readonly StoredRow[] {
    const known = columns ?? this.#columns.get(name) ?? rows[0]!.map((_, i) => `column${i + 1}`)
    const layout = layoutOf(name, known, this.#isSqlite ? 'sqlite' : 'postgres')
    const table: StoredTable = { name, columns: known, layout }
    const bytes = Math.ceil(length / rows.length)
    return rows.map((values) => {
      const cells: Record<string, Cell> = Object.fromEntries(known.map((column, i) => [column, values[i] ?? null]))
      return { type: 'row', table, cells, bytes, file: this.#file, line: this.#from.line }
    })
  }
}
