import { randomBytes } from 'node:crypto'
import type { Detector } from '../../detect/detector.js'
import type { KnownValues } from '../../detect/known-values.js'
import type { Collector } from '../collect/collector.js'
import type { RuleCatalog } from '../collect/rule-catalog.js'
import type { Sighting } from '../collect/secret-entry.js'
import type { Shown } from '../collect/shown.js'
import type { DecodedRow } from '../decode/decoded.js'
import { StateParser } from '../decode/state-parser.js'
import type { Place } from '../report.js'
import type { StoredDocument, StoredItem, StoredRow } from '../sources/row.js'
import { isAskedFor, type ThreadFilter } from '../sources/thread-filter.js'
import { HeldBlobs } from './held-blobs.js'
import { type RowHit, RowReader } from './row-hits.js'
import { TextReader } from './text-reader.js'
import { type FoundRow, type StateParsers, ThreadFinder } from './thread-finder.js'

/** What a scan needs, the same for all units. */
export interface ScanTools {
  readonly detector: Detector
  readonly catalog: RuleCatalog
  readonly shown: Shown
  readonly reader: RowReader
  /** Know which messages are clean; undefined where a path decides about fields, or about what is allowed. */
  readonly parsers: StateParsers | undefined
}

export function scanTools(detector: Detector, catalog: RuleCatalog, shown: Shown): ScanTools {
  const isByPath = !detector.fields.isEmpty || detector.scanner.allow !== undefined
  const parsers = isByPath ? undefined : { shared: newParser(), own: newParser() }
  return { detector, catalog, shown, reader: new RowReader(detector), parsers }
}

const newParser = () => new StateParser(randomBytes(12).toString('hex'))

/** Which part of a store is asked for. */
interface Asked {
  /** Ms since the epoch: what is known to be older is passed over. */
  readonly since: number | undefined
  readonly threads: ThreadFilter | undefined
}

/** Scans the items of one unit into one collector. */
export class UnitScanner {
  readonly #tools: ScanTools
  readonly #collector: Collector
  readonly #source: number
  readonly #asked: Asked
  readonly #finder: ThreadFinder
  readonly #held: HeldBlobs
  readonly #texts: TextReader
  readonly #threads = new Set<string>()

  constructor(tools: ScanTools, collector: Collector, source: number, asked: Asked) {
    this.#tools = tools
    this.#collector = collector
    this.#source = source
    this.#asked = asked
    this.#finder = new ThreadFinder(tools.detector, tools.reader, tools.parsers)
    this.#held = new HeldBlobs(collector, asked.since, source)
    this.#texts = new TextReader(tools, collector, source)
  }

  scan(item: StoredItem): void {
    if (!isAskedFor(item, this.#asked.threads)) return
    const counts = this.#collector.counts(this.#source)
    if (item.type === 'text') {
      counts.bytes += item.chunk.length
      this.#counting(() => this.#texts.push(item))
      return
    }
    counts.rows++
    counts.bytes += item.bytes
    for (const found of this.#finder.find(item)) this.#take(item, found)
  }

  end(): void {
    this.#counting(() => this.#texts.end())
    this.#held.end()
    this.#collector.counts(this.#source).threads += this.#threads.size
  }

  /** What the configuration lets stay. */
  #counting(work: () => void): void {
    const before = this.#tools.detector.allowedCount
    work()
    this.#collector.allowed += this.#tools.detector.allowedCount - before
  }

  #take(item: StoredRow | StoredDocument, { row, found, known, tooDeep, allowed }: FoundRow): void {
    const { threadId, at } = row.place
    const { since, threads } = this.#asked
    if (threads?.(threadId) === false) return
    if (row.refersTo !== undefined) this.#held.refer(row.place, row.refersTo)
    if (since !== undefined && at !== undefined && at < since) return
    this.#count(row)
    this.#collector.allowed += allowed
    for (const { code, message, isRead } of row.problems) {
      if (isRead) this.#collector.warnings.add(code, message, this.#source)
      else this.#warn(code, message)
    }
    for (let i = 0; i < tooDeep; i++) {
      this.#warn('value-too-deep', 'Values are nested too deep to be walked; they were read as text.')
    }
    if (found.length === 0) return
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
      node: name(nodeOf(found) ?? row.node ?? nodeAround(row.namespace)),
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
const BRANCH = 'branch:to:'

/** Whose output or input it is, where the place says so: `metadata.writes` of old stores, what is sent to a node, its own channel. */
function nodeOf({ kind, path, value }: RowHit): string | undefined {
  const [first, second] = path ?? []
  if (kind === 'metadata') return first === 'writes' && typeof second === 'string' ? second : undefined
  if (value?.channel.startsWith(BRANCH)) return value.channel.slice(BRANCH.length)
  if (value?.channel !== TASKS) return undefined
  const sent: unknown = Array.isArray(value.value) && typeof first === 'number' ? value.value[first] : value.value
  const node = typeof sent === 'object' && sent !== null && 'node' in sent ? sent.node : undefined
  return typeof node === 'string' ? node : undefined
}

/** A subgraph's namespace names the node in which it runs: `outer:<task>|inner:<task>`. */
function nodeAround(namespace: string | undefined): string | undefined {
  return namespace?.split('|').at(-1)?.split(':')[0] || undefined
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key]
  return fields as T
}
