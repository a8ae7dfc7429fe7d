import type { Cell, StoredRow, StoredTable } from '../row.js'
import { layoutOf } from '../table-layout.js'
import { fromHex, lastName, names, unescapeText } from './sql-values.js'

const COPY = /^COPY\s+((?:"(?:[^"]|"")*"|[\w$]+)(?:\.(?:"(?:[^"]|"")*"|[\w$]+))?)\s*\(([^)]*)\)\s+FROM\s+stdin\b/i

/** The table of `COPY table (columns) FROM stdin;`, undefined for any other line. */
export function copyTable(line: string): StoredTable | undefined {
  const match = COPY.exec(line)
  if (match === null) return undefined
  const columns = names(match[2]!)
  const name = lastName(match[1]!)
  return { name, columns, layout: layoutOf(name, columns, 'postgres') }
}

/** One line of COPY's text format. */
export function copyRow(table: StoredTable, line: string, file: string, number: number): StoredRow {
  const fields = line.split('\t')
  const cells: Record<string, Cell> = {}
  table.columns.forEach((column, i) => {
    const field = fields[i]
    cells[column] = field === undefined || field === '\\N' ? null : fromHex(unescapeText(field))
  })
  return { type: 'row', table, cells, bytes: line.length, file, line: number }
}
