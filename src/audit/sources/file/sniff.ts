import { closeSync, openSync, readSync } from 'node:fs'

const SQLITE_MAGIC = 'SQLite format 3\0'

export type ContentKind = 'pg-archive' | 'sql' | 'json-lines' | 'json' | 'bson' | 'sqlite' | 'text'

export function isSqlite(file: string): boolean {
  try {
    return readHead(file, SQLITE_MAGIC.length).toString('latin1') === SQLITE_MAGIC
  } catch {
    return false
  }
}

/** What a content is, by how it begins. */
export function contentOf(head: Uint8Array, name: string): ContentKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  if (text.startsWith('PGDMP')) return 'pg-archive'
  if (text.startsWith(SQLITE_MAGIC)) return 'sqlite'
  if (/\.bson(?:\.gz|\.zst)?$/i.test(name) || isBson(head)) return 'bson'
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  if (/^[[{]/.test(start)) return isLines(start) ? 'json-lines' : 'json'
  const isSql = /^(?:--|\/\*|SET |PRAGMA |BEGIN|CREATE |INSERT |COPY |\\connect|\\restrict)/i.test(start)
  return isSql && /\b(?:COPY|INSERT INTO|CREATE TABLE|PRAGMA foreign_keys|PostgreSQL database dump)\b/i.test(start)
    ? 'sql'
    : 'text'
}

/** True when the first line is a value by itself and more follow; a pretty-printed document's first line is not. */
function isLines(start: string): boolean {
  const end = start.indexOf('\n')
  if (end < 0) return false
  const rest = start.slice(end).trimStart()
  const line = start.slice(0, end).trim()
  return /^[[{]/.test(rest) && /[\]}]$/.test(line) && !/^[[{]$/.test(line)
}

/** A document's length, an element's type, and a name that ends. */
function isBson(head: Uint8Array): boolean {
  if (head.length < 16) return false
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const length = view.getInt32(0, true)
  const type = head[4]!
  if (length < 16 || length > 16 << 20 || type < 1 || type > 19) return false
  const end = head.indexOf(0, 5)
  return end > 5 && end < 64 && head.subarray(5, end).every((byte) => byte > 32 && byte < 127)
}

function readHead(file: string, length: number): Buffer {
  const fd = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(fd, bytes, 0, length, 0))
  } finally {
    closeSync(fd)
  }
}
