import { BUILT_IN } from '../../detect/built-in.js'
import type { Detector } from '../../detect/detector.js'
import { KnownValues } from '../../detect/known-values.js'
import type { Hit } from '../../detect/types.js'
import { decodeDocument } from '../decode/decode-document.js'
import { decodeRow } from '../decode/decode-row.js'
import type { DecodedRow, DecodedValue } from '../decode/decoded.js'
import { type ParseState, parseText } from '../decode/serialized.js'
import type { StateParser } from '../decode/state-parser.js'
import type { StoredDocument, StoredRow } from '../sources/row.js'
import type { RowHit, RowReader } from './row-hits.js'

/** A row with all that was found in it. */
export interface FoundRow {
  readonly row: DecodedRow
  readonly found: readonly RowHit[]
  /** Secrets of the thread so far. */
  readonly known: KnownValues
  /** Values that were read as text for their depth. */
  readonly tooDeep: number
  /** Findings that the configuration lets stay. */
  readonly allowed: number
}

export interface StateParsers {
  /** Knows what is clean in threads without secrets. */
  readonly shared: StateParser
  /** For one thread with secrets at a time. */
  readonly own: StateParser
}

/** Secrets of one thread, and by which rule each was found first. */
interface Memory {
  readonly known: KnownValues
  readonly told: Map<string, Hit>
}

/** Threads of one unit whose secrets are remembered. */
const MAX_MEMORIES = 2_000

/** Finds secrets in rows, and what was found in a thread again in its later rows. One for each unit, which holds whole threads. */
export class ThreadFinder {
  readonly #detector: Detector
  readonly #reader: RowReader
  readonly #parsers: StateParsers | undefined
  readonly #memories = new Map<string, Memory>()
  /** Of the last thread with secrets: what `parsers.own` knows to be clean is clean of these. */
  #own: { readonly known: KnownValues; readonly version: number } | undefined

  /** @param parsers undefined where every message must be read. */
  constructor(detector: Detector, reader: RowReader, parsers: StateParsers | undefined) {
    this.#detector = detector
    this.#reader = reader
    this.#parsers = parsers
  }

  *find(item: StoredRow | StoredDocument): Generator<FoundRow> {
    if (item.type === 'document') {
      for (const row of decodeDocument(item.value)) yield this.#findIn(item, row, undefined)
      return
    }
    const parser = this.#parserFor(item)
    yield this.#findIn(item, decodeRow(item, parser && parseWith(parser, item)), parser)
  }

  /**
   * Collects first, then looks again for what it found here and in the thread's rows before: a secret is repeated where no
   * rule sees it.
   */
  #findIn(item: StoredRow | StoredDocument, first: DecodedRow, parser: StateParser | undefined): FoundRow {
    const { known, told } = this.#memoryOf(first.place.threadId)
    const deep = new Set<string>()
    let allowedBefore = this.#detector.allowedCount
    const onDeep = ({ column }: DecodedValue) => deep.add(column)
    const read = (row: DecodedRow, given: StateParser | undefined) => {
      // A row that is read again counts once.
      allowedBefore = this.#detector.allowedCount
      const found = this.#reader.read(row, known.size === 0 ? undefined : known, onDeep, given)
      this.#readDeep(deep, item, known, found)
      return found
    }
    let row = first
    let found = read(row, parser)
    if (found.length === 0) parser?.confirm()
    while (found.length > 0 && learn(found, known, told)) {
      // What was clean before may hold what is known only now.
      if (item.type === 'row') row = decodeRow(item)
      found = read(row, undefined)
    }
    return {
      row,
      found: found.map((each) => asTold(each, told)),
      known,
      tooDeep: deep.size,
      allowed: this.#detector.allowedCount - allowedBefore,
    }
  }

  #parserFor({ cells }: StoredRow): StateParser | undefined {
    if (this.#parsers === undefined || typeof cells.thread_id !== 'string') return undefined
    const { shared, own } = this.#parsers
    const known = this.#memories.get(cells.thread_id)?.known
    if (known === undefined || known.size === 0) return shared
    if (this.#own?.known !== known || this.#own.version !== known.version) {
      this.#own = { known, version: known.version }
      own.clear()
    }
    return own
  }

  #memoryOf(threadId: string | undefined): Memory {
    const kept = threadId === undefined ? undefined : this.#memories.get(threadId)
    if (kept !== undefined) return kept
    const memory = { known: new KnownValues(), told: new Map<string, Hit>() }
    if (threadId === undefined) return memory
    if (this.#memories.size >= MAX_MEMORIES) this.#memories.clear()
    this.#memories.set(threadId, memory)
    return memory
  }

  #readDeep(columns: ReadonlySet<string>, item: StoredRow | StoredDocument, known: KnownValues, found: RowHit[]): void {
    for (const column of columns) {
      const content = item.type === 'row' ? item.cells[column] : JSON.stringify(item.value)
      if (typeof content === 'string' || content instanceof Uint8Array) {
        this.#reader.readRaw(column, content, known, found)
      }
    }
  }
}

function parseWith(parser: StateParser, { cells }: StoredRow): ParseState {
  const key = `${String(cells.thread_id)}\n${String(cells.checkpoint_ns)}\n${String(cells.channel)}`
  return (content) =>
    content instanceof Uint8Array
      ? parser.parse(Buffer.from(content.buffer, content.byteOffset, content.length), key)
      : parseText(content)
}

/** @returns true when something is known now that was not before. */
function learn(found: readonly RowHit[], known: KnownValues, told: Map<string, Hit>): boolean {
  const { version } = known
  for (const { hit } of found) {
    known.add(hit.secret)
    for (const inner of hit.within ?? []) known.add(inner)
    if (hit.rule.id !== BUILT_IN.knownValue.id && !told.has(hit.secret)) told.set(hit.secret, hit)
  }
  return known.version !== version
}

/** A repetition is of the kind of what it repeats. */
function asTold(found: RowHit, told: ReadonlyMap<string, Hit>): RowHit {
  const first = found.hit.rule.id === BUILT_IN.knownValue.id ? told.get(found.hit.secret) : undefined
  return first === undefined
    ? found
    : { ...found, hit: { ...found.hit, rule: first.rule, confidence: first.confidence } }
}
