import { BUILT_IN } from '../../detect/built-in.js'
import type { Detector } from '../../detect/detector.js'
import { KnownValues } from '../../detect/known-values.js'
import type { Hit } from '../../detect/types.js'
import type { Collector } from '../collect/collector.js'
import type { RuleCatalog } from '../collect/rule-catalog.js'
import type { Sighting } from '../collect/secret-entry.js'
import type { Shown } from '../collect/shown.js'
import { decodeDocument } from '../decode/decode-document.js'
import { decodeRow } from '../decode/decode-row.js'
import type { DecodedRow, DecodedValue } from '../decode/decoded.js'
import { type ParseState, parseText } from '../decode/serialized.js'
import type { Place } from '../report.js'
import type { StoredDocument, StoredItem, StoredRow } from '../sources/row.js'
import { HeldBlobs } from './held-blobs.js'
import { type RowHit, RowReader } from './row-hits.js'
import { TextReader } from './text-reader.js'

/** Secrets of one thread, and by which rule each was found first. */
interface Memory {
  readonly known: KnownValues
  readonly told: Map<string, Hit>
}

/** Threads of one unit whose secrets are remembered. */
const MAX_MEMORIES = 2_000

/** What a scan needs, the same for all units. */
export interface ScanTools {
  readonly detector: Detector
  readonly catalog: RuleCatalog
  readonly shown: Shown
  readonly reader: RowReader
}

export function scanTools(detector: Detector, catalog: RuleCatalog, shown: Shown): ScanTools {
  return { detector, catalog, shown, reader: new RowReader(detector) }
}

/** Scans the items of one unit into one collector. */
export class UnitScanner {
  readonly #tools: ScanTools
  readonly #collector: Collector
  readonly #source: number
  readonly #since: number | undefined
  readonly #held: HeldBlobs
  readonly #texts: TextReader
  readonly #threads = new Set<string>()
  readonly #memories = new Map<string, Memory>()

  /** @param since ms since the epoch: what is known to be older is passed over. */
  constructor(tools: ScanTools, collector: Collector, source: number, since: number | undefined) {
    this.#tools = tools
    this.#collector = collector
    this.#source = source
    this.#since = since
    this.#held = new HeldBlobs(collector, since, source)
    this.#texts = new TextReader(tools, collector, source)
  }

  scan(item: StoredItem): void {
    const counts = this.#collector.counts(this.#source)
    if (item.type === 'text') {
      counts.bytes += item.chunk.length
      const before = this.#tools.detector.allowedCount
      this.#texts.push(item)
      this.#collector.allowed += this.#tools.detector.allowedCount - before
      return
    }
    counts.rows++
    counts.bytes += item.bytes
    if (item.type === 'row') this.#scanRow(item, decodeRow(item, this.#parserFor(item)))
    else for (const row of decodeDocument(item.value)) this.#scanRow(item, row)
  }

  end(): void {
    const before = this.#tools.detector.allowedCount
    this.#texts.end()
    this.#collector.allowed += this.#tools.detector.allowedCount - before
    this.#held.end()
    this.#collector.counts(this.#source).threads += this.#threads.size
  }

  #scanRow(item: StoredRow | StoredDocument, row: DecodedRow): void {
    const { threadId, at } = row.place
    if (row.refersTo !== undefined) this.#held.refer(row.place, row.refersTo)
    if (this.#since !== undefined && at !== undefined && at < this.#since) return
    this.#count(row)
    for (const { code, message } of row.problems) this.#warn(code, message)
    const { found, known } = this.#find(row, item)
    const sightings = found.map((each) => this.#sighting(item, row, each, known))
    if (row.blobOf !== undefined && threadId !== undefined) this.#held.hold(row.place, row.blobOf, sightings)
    else for (const sighting of sightings) this.#collector.add(sighting)
  }

  #count({ place: { threadId }, owners, isCheckpoint, isKnown }: DecodedRow): void {
    if (!isKnown || threadId === undefined) return
    if (isCheckpoint) this.#collector.counts(this.#source).checkpoints++
    this.#threads.add(threadId)
    this.#collector.own(
      threadId,
      owners.map((owner) => this.#tools.shown.text(owner)),
    )
  }

  /**
   * Collects first, then looks again for what it found here and in the thread's rows before: a secret is repeated where no
   * rule sees it.
   */
  #find(
    row: DecodedRow,
    item: StoredRow | StoredDocument,
  ): { readonly found: readonly RowHit[]; readonly known: KnownValues } {
    const { reader, detector } = this.#tools
    let allowedBefore = detector.allowedCount
    const tooDeep = (value: DecodedValue) => {
      this.#warn('value-too-deep', 'Values are nested too deep to be walked; they were read as text.')
      deep.add(value.column)
    }
    const deep = new Set<string>()
    const memory = this.#memoryOf(row.place.threadId)
    const { known, told } = memory
    let found = reader.read(row, known.size === 0 ? undefined : known, tooDeep)
    this.#readDeep(deep, item, known, found)
    if (found.length === 0) reader.parser?.confirm()
    else if (item.type === 'row') row = decodeRow(item)
    while (found.length > 0) {
      const { version } = known
      for (const { hit } of found) {
        learn(known, hit)
        if (hit.rule.id !== BUILT_IN.knownValue.id && !told.has(hit.secret)) told.set(hit.secret, hit)
      }
      if (known.version === version) break
      // A row that is read again counts once.
      allowedBefore = detector.allowedCount
      found = reader.read(row, known, () => undefined)
      this.#readDeep(deep, item, known, found)
    }
    this.#collector.allowed += detector.allowedCount - allowedBefore
    return { found: found.map((each) => asTold(each, told)), known }
  }

  /** What was clean before is not once the thread has a secret that may be repeated in it. */
  #parserFor({ cells }: StoredRow): ParseState | undefined {
    const { parser } = this.#tools.reader
    const memory = typeof cells.thread_id === 'string' ? this.#memories.get(cells.thread_id) : undefined
    if (parser === undefined || (memory !== undefined && memory.known.size > 0)) return undefined
    const key = `${String(cells.thread_id)}\n${String(cells.checkpoint_ns)}\n${String(cells.channel)}`
    return (content) =>
      content instanceof Uint8Array
        ? parser.parse(Buffer.from(content.buffer, content.byteOffset, content.length), key)
        : parseText(content)
  }

  /** A unit holds whole threads, so that it does not matter who reads it. */
  #memoryOf(threadId: string | undefined): Memory {
    const kept = threadId === undefined ? undefined : this.#memories.get(threadId)
    if (kept !== undefined) return kept
    const memory = { known: new KnownValues(), told: new Map<string, Hit>() }
    if (threadId === undefined) return memory
    if (this.#memories.size >= MAX_MEMORIES) this.#memories.clear()
    this.#memories.set(threadId, memory)
    return memory
  }

  #readDeep(
    columns: ReadonlySet<string>,
    item: StoredRow | StoredDocument,
    known: KnownValues | undefined,
    found: RowHit[],
  ): void {
    for (const column of columns) {
      const content = item.type === 'row' ? item.cells[column] : JSON.stringify(item.value)
      if (typeof content === 'string' || content instanceof Uint8Array) {
        this.#tools.reader.readRaw(column, content, known, found)
      }
    }
  }

  #sighting(
    item: StoredRow | StoredDocument,
    { place: row }: DecodedRow,
    found: RowHit,
    known: KnownValues | undefined,
  ): Sighting {
    const { catalog, shown } = this.#tools
    const { hit, value, message, path } = found
    const name = (text: string | undefined) => (text === undefined ? undefined : shown.text(text, known))
    const table = item.type === 'row' ? item.table : undefined
    const channel =
      value === undefined || value.channel === '' || value.channel.startsWith('@') ? undefined : value.channel
    const place: Omit<Place, 'copies'> = defined({
      source: this.#source,
      kind: found.kind,
      table: table && name(table.schema === undefined ? table.name : `${table.schema}.${table.name}`),
      column: name(found.column === '' ? undefined : found.column),
      file: name(item.file),
      line: item.line === 0 ? undefined : item.line,
      threadId: name(row.threadId),
      namespace: name(row.namespace),
      checkpointId: name(row.checkpointId),
      taskId: name(row.taskId),
      at: row.at,
      channel: name(channel),
      node: name(row.node ?? nodeOf(found)),
      path: path?.map((segment) => (typeof segment === 'string' ? shown.text(segment, known) : segment)),
      message: message && defined({ index: message.index, id: name(message.id), role: name(message.role) }),
      start: hit.start,
      end: hit.end,
      encodings: [...hit.encodings],
      inKey: found.inKey,
    })
    const id = this.#collector.fingerprint(hit.secret)
    return { id, rule: catalog.sight(hit), length: hit.secret.length, place }
  }

  #warn(code: string, message: string): void {
    this.#collector.counts(this.#source).unreadable++
    this.#collector.warnings.add(code, message, this.#source)
  }
}

const TASKS = '__pregel_tasks'

/** Whose output or input it is, where the place says so: `metadata.writes` of old stores, and what is sent to a node. */
function nodeOf({ kind, path, value }: RowHit): string | undefined {
  const [first, second] = path ?? []
  if (kind === 'metadata') return first === 'writes' && typeof second === 'string' ? second : undefined
  if (value?.channel !== TASKS) return undefined
  const sent: unknown = Array.isArray(value.value) && typeof first === 'number' ? value.value[first] : value.value
  const node = typeof sent === 'object' && sent !== null && 'node' in sent ? sent.node : undefined
  return typeof node === 'string' ? node : undefined
}

/** A repetition is of the kind of what it repeats. */
function asTold(found: RowHit, told: ReadonlyMap<string, Hit>): RowHit {
  const first = found.hit.rule.id === BUILT_IN.knownValue.id ? told.get(found.hit.secret) : undefined
  return first === undefined
    ? found
    : { ...found, hit: { ...found.hit, rule: first.rule, confidence: first.confidence } }
}

function learn(known: KnownValues, { secret, within = [] }: Hit): void {
  known.add(secret)
  for (const inner of within) known.add(inner)
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key]
  return fields as T
}
