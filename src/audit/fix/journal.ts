import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, foreignCode, InputError } from '../../errors.js'
import type { UndoEdit } from './undo-cell.js'

const VERSION = 1
const FILE_MODE = 0o600
const NEWLINE = 10
const PIECE_BYTES = 1 << 20

/** What a journal belongs to. */
export interface JournalHead {
  readonly store: string
  readonly vaultId: string
  readonly tenant: string
  readonly work: 'fix' | 'eject'
}

/** One rewritten cell. Names the row, keyed hashes of its bytes before and after, and claims; never a text of it. */
export interface JournalCell {
  readonly table: string
  readonly column: string
  readonly key: readonly (string | number)[]
  readonly channel?: string
  /** How it was serialized before, where that changes. */
  readonly type?: string
  /** `fingerprint` of the bytes within {tenant, thread}, base64url. */
  readonly before: string
  readonly after: string
  readonly undo: readonly UndoEdit[]
}

/**
 * What a fix has done, in a file beside it: a line of JSON for each cell, on disk before the cell is replaced. A line says
 * what may have been done; whether it was, the cell's own bytes tell. So a kill at any moment loses nothing.
 */
export class Journal {
  readonly #handle: number

  private constructor(handle: number) {
    this.#handle = handle
  }

  /** Opens or makes it. @throws InputError when it belongs to another store, vault or tenant. */
  static open(file: string, head: JournalHead): Journal {
    const isNew = !existsSync(file)
    let handle: number
    try {
      handle = openSync(file, isNew ? 'wx+' : 'r+', FILE_MODE)
    } catch (error) {
      throw new ConfigError('The journal cannot be opened; name another place with --journal.', {
        cause: foreignCode(error),
      })
    }
    const journal = new Journal(handle)
    const whole = wholeLines(handle)
    // Behind it stands what was being written when the process was killed.
    ftruncateSync(handle, whole)
    if (whole === 0) {
      journal.#write([JSON.stringify({ version: VERSION, ...head })])
      syncDirectory(file)
      return journal
    }
    const found = journal.head()
    const same = (['store', 'vaultId', 'tenant', 'work'] as const).every((name) => found[name] === head[name])
    if (same) return journal
    journal.close()
    throw new InputError('The journal belongs to another store, vault, tenant or command. Name another with --journal.')
  }

  head(): JournalHead {
    const [first] = linesOf(this.#handle)
    const head = parseLine(first ?? '') as JournalHead & { readonly version?: number }
    if (head.version !== VERSION) throw new InputError('The journal is of another version.')
    return head
  }

  /** In the order in which they were written, however many there are. */
  *cells(): Generator<JournalCell> {
    let isHead = true
    for (const line of linesOf(this.#handle)) {
      if (!isHead) yield parseLine(line) as JournalCell
      isHead = false
    }
  }

  /** On disk when it returns. */
  append(cells: readonly JournalCell[]): void {
    this.#write(cells.map((cell) => JSON.stringify(cell)))
  }

  close(): void {
    closeSync(this.#handle)
  }

  #write(lines: readonly string[]): void {
    if (lines.length === 0) return
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    let at = fstatSync(this.#handle).size
    for (let done = 0; done < bytes.length; ) {
      const length = writeSync(this.#handle, bytes, done, bytes.length - done, at)
      done += length
      at += length
    }
    fsyncSync(this.#handle)
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    throw new InputError('The journal is damaged: a line of it is not JSON.')
  }
}

function* linesOf(handle: number): Generator<string> {
  let rest = Buffer.alloc(0)
  const piece = Buffer.alloc(PIECE_BYTES)
  for (let at = 0; ; ) {
    const length = readSync(handle, piece, 0, PIECE_BYTES, at)
    if (length === 0) return
    at += length
    rest = Buffer.concat([rest, piece.subarray(0, length)])
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      yield rest.toString('utf8', 0, end)
      rest = rest.subarray(end + 1)
    }
  }
}

/** How many bytes the complete lines take. */
function wholeLines(handle: number): number {
  const piece = Buffer.alloc(PIECE_BYTES)
  for (let end = fstatSync(handle).size; end > 0; ) {
    const start = Math.max(0, end - PIECE_BYTES)
    const length = readSync(handle, piece, 0, end - start, start)
    const newline = piece.subarray(0, length).lastIndexOf(NEWLINE)
    if (newline >= 0) return start + newline + 1
    end = start
  }
  return 0
}

/** So that the file itself survives a crash, not only what is in it. */
function syncDirectory(file: string): void {
  const handle = openSync(path.dirname(path.resolve(file)), 'r')
  fsyncSync(handle)
  closeSync(handle)
}
