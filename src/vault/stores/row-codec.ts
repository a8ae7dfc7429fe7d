import { InputError } from '../../errors.js'

export type Cell = string | number | Uint8Array | null
export type CellType = 'text' | 'integer' | 'boolean' | 'bytes' | 'json'

export interface Column<Row> {
  readonly key: keyof Row & string
  readonly name: string
  readonly type: CellType
}

/** PostgreSQL's text refuses NUL, and a lone surrogate is stored as U+FFFD: two names would become one. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** @throws InputError if a store could not keep this text exactly as it is. */
function checkText(value: string, name: string): string {
  if (UNSTORABLE.test(value)) {
    throw new InputError(`${name} holds a NUL character or half of a surrogate pair, which no claim store can keep.`)
  }
  return value
}

/** {@link checkText} for every string in a query, also within arrays. */
export function checkTexts(value: unknown, name = 'query'): void {
  if (typeof value === 'string') checkText(value, name)
  else if (Array.isArray(value)) for (const item of value) checkTexts(item, name)
  else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const [key, item] of Object.entries(value)) checkTexts(item, key)
  }
}

/** @throws InputError unless it is a positive whole number. */
export function checkLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InputError('limit must be a whole number from 1.')
  return limit
}

/** Turns a row of the contract into SQL cells and back, alike for every SQL store. */
export class RowCodec<Row extends object> {
  readonly columns: readonly Column<Row>[]
  readonly names: readonly string[]

  /**
   * @param types in the order of the cells. @param renamed for keys that are reserved words in SQL.
   * @param omitted keys that a row does not have when their cell is null.
   */
  constructor(
    types: { readonly [Key in keyof Row & string]-?: CellType },
    renamed: { readonly [Key in keyof Row & string]?: string } = {},
    private readonly omitted: readonly (keyof Row & string)[] = [],
  ) {
    this.columns = (Object.entries(types) as [keyof Row & string, CellType][]).map(([key, type]) => ({
      key,
      name: renamed[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      type,
    }))
    this.names = this.columns.map((column) => column.name)
  }

  /** @throws InputError for text that cannot be stored. */
  encode(row: Row): Cell[] {
    return this.columns.map(({ key, type }) => {
      const value: unknown = row[key]
      if (value === null || value === undefined) return null
      if (type === 'json') return JSON.stringify(value)
      if (type === 'boolean') return value === true ? 1 : 0
      return type === 'text' ? checkText(value as string, key) : (value as Cell)
    })
  }

  /** Cells by name, for a row that goes to PostgreSQL as JSON. @throws InputError as {@link encode}. */
  encodeJson(row: Row): Readonly<Record<string, string | number | null>> {
    const cells = this.encode(row)
    const named: Record<string, string | number | null> = {}
    for (const [index, name] of this.names.entries()) named[name] = jsonCell(cells[index] ?? null)
    return named
  }

  decode(record: Readonly<Record<string, unknown>>): Row {
    const row: Record<string, unknown> = {}
    for (const { key, name, type } of this.columns) {
      const cell = record[name]
      if (cell !== null && cell !== undefined) row[key] = decodeCell(cell, type)
      else if (!this.omitted.includes(key)) row[key] = null
    }
    return row as Row
  }

  /**
   * A copy that shares no bytes and no array with the original.
   * @throws InputError for text that cannot be stored.
   */
  copy(row: Row): Row {
    const copy: Record<string, unknown> = {}
    for (const { key, type } of this.columns) {
      const value: unknown = row[key]
      if (value === undefined) continue
      if (type === 'text' && value !== null) checkText(value as string, key)
      copy[key] = value instanceof Uint8Array ? plain(Buffer.from(value)) : Array.isArray(value) ? [...value] : value
    }
    return copy as Row
  }
}

/** Bytes in PostgreSQL's hex form. */
export function jsonCell(cell: Cell): string | number | null {
  if (!(cell instanceof Uint8Array)) return cell
  return `\\x${Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex')}`
}

function decodeCell(cell: unknown, type: CellType): unknown {
  switch (type) {
    case 'integer':
      return Number(cell)
    case 'boolean':
      return Number(cell) === 1
    case 'json':
      return JSON.parse(cell as string)
    case 'bytes':
      return plain(cell as Uint8Array)
    case 'text':
      return cell
  }
}

/** Drivers give Buffers; the contract gives plain bytes. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
