import { statSync } from 'node:fs'
import path from 'node:path'
import type { SourceSummary } from '../../report.js'
import type { StoredItem, Warn } from '../row.js'
import type { AuditSource, ReadFilter, SourceSpec, Unit } from '../source.js'
import { openContent } from './open-content.js'
import { readArchive } from './read-archive.js'
import { readBson } from './read-bson.js'
import { readJson, readJsonLines } from './read-json.js'
import { readSql } from './read-sql.js'
import { readText } from './read-text.js'
import { contentOf, isSqlite } from './sniff.js'
import { filesIn } from './walk-directory.js'

type FileSpec = Extract<SourceSpec, { readonly type: 'file' | 'directory' | 'stdin' }>

/** A file, all files below a directory, or standard input. */
export class FileSource implements AuditSource {
  kind: SourceSummary['kind'] = 'file'
  layout: string | null = null
  readonly name: string
  readonly spec: SourceSpec | undefined
  readonly totalBytes: number
  readonly #spec: FileSpec
  readonly #stdin: NodeJS.ReadableStream

  constructor(spec: FileSpec, stdin: NodeJS.ReadableStream) {
    this.#spec = spec
    this.#stdin = stdin
    this.spec = spec.type === 'stdin' ? undefined : spec
    this.name = spec.type === 'file' ? spec.file : spec.type === 'directory' ? spec.root : 'standard input'
    this.totalBytes = spec.type === 'file' ? (statSync(spec.file, { throwIfNoEntry: false })?.size ?? 0) : 0
  }

  async *units(last?: Unit): AsyncGenerator<Unit> {
    if (this.#spec.type !== 'directory') {
      if (last === undefined) yield { type: 'file', file: this.#spec.type === 'file' ? this.#spec.file : '-' }
      return
    }
    // What cannot be entered is told when its unit is read: a list of units has nobody to warn.
    if (last === undefined) yield { type: 'file', file: '' }
    const { root } = this.#spec
    for await (const found of filesIn(root, () => undefined)) {
      const file = path.relative(root, found)
      if (last?.type === 'file' && comesBefore(file, last.file)) continue
      if (!isSqlite(found)) yield { type: 'file', file }
    }
  }

  async *read(unit: Unit, _filter: ReadFilter, warn: Warn): AsyncGenerator<readonly StoredItem[]> {
    if (unit.type !== 'file') return
    const spec = this.#spec
    if (spec.type === 'directory' && unit.file === '') {
      for await (const _ of filesIn(spec.root, warn));
      return
    }
    const from =
      spec.type === 'stdin' ? this.#stdin : spec.type === 'directory' ? path.join(spec.root, unit.file) : spec.file
    yield* this.#content(from, spec.type === 'stdin' ? 'standard input' : unit.file, warn)
  }

  async *#content(
    from: string | NodeJS.ReadableStream,
    name: string,
    warn: Warn,
  ): AsyncGenerator<readonly StoredItem[]> {
    const content = await openContent(from, warn)
    const kind = contentOf(content.head, name)
    switch (kind) {
      case 'pg-archive':
        this.#tell('pg-dump', 'pg_dump custom')
        yield* readArchive(content.chunks, name, warn)
        break
      case 'sql': {
        const isSqliteDump = /PRAGMA foreign_keys/i.test(Buffer.from(content.head).toString('latin1'))
        this.#tell(isSqliteDump ? 'sql-dump' : 'pg-dump', isSqliteDump ? 'sqlite dump' : 'pg_dump plain')
        yield* readSql(content.chunks, name, warn)
        break
      }
      case 'bson':
        this.#tell('mongodb', 'bson')
        yield* readBson(content.chunks, name, warn)
        break
      case 'json-lines':
        yield* readJsonLines(content, name, warn)
        break
      case 'json':
        yield* readJson(content, name, warn)
        break
      case 'sqlite':
        if (content.isPacked)
          warn('sqlite-packed', 'A compressed SQLite file was read as bytes; unpack it to have its rows told apart.')
        yield* readText(content.chunks, name)
        break
      default:
        if (looksLikeDatabase(name) && content.head.length > 0) {
          warn(
            'sqlite-encrypted-or-damaged',
            'A file that is named like a SQLite database is none that can be read: encrypted, or damaged. Its bytes were read.',
          )
        }
        yield* readText(content.chunks, name)
    }
  }

  /** Of a single file: a directory's files may be of any kind. */
  #tell(kind: SourceSummary['kind'], layout: string): void {
    if (this.#spec.type === 'directory') return
    this.kind = kind
    this.layout = layout
  }

  async close(): Promise<void> {}
}

/** In the order of the walk, which is by the names on the way; the same file counts as before. */
function comesBefore(file: string, last: string): boolean {
  const [names, lastNames] = [file.split(path.sep), last.split(path.sep)]
  for (const [i, name] of names.entries()) {
    const other = lastNames[i]
    if (name !== other) return other !== undefined && name < other
  }
  return true
}

function looksLikeDatabase(name: string): boolean {
  return /\.(?:db|db3|sqlite3?)$/i.test(name)
}
