import { ScanStream } from '../../detect/scan-stream.js'
import type { Hit } from '../../detect/types.js'
import { AllowComments } from './allow-comments.js'
import { LineTrail, type Position } from './line-trail.js'
import { type JsonHit, scanJson } from './scan-json.js'
import { type Target, touches } from './target.js'
import { type TextChunk, TextReader, textFormOf } from './text-form.js'
import type { Warnings } from './warnings.js'
import type { WatchedDetector } from './watched-detector.js'

/** A secret in a file. Holds plaintext: never leaves the process. */
export interface FileHit {
  readonly hit: Hit
  readonly path: readonly (string | number)[]
  readonly inKey: boolean
  readonly first: Position
  /** Behind the last byte of the stored run. */
  readonly endByte: number
  /** An allow comment lets it stay. */
  readonly isAllowed: boolean
}

export interface FileScanOptions {
  readonly watched: WatchedDetector
  readonly warnings: Warnings
  readonly report: (target: Target, hit: FileHit) => void
}

/** Larger documents are read as text: the values of one take several times its size. */
const MAX_DOCUMENT = 16 * 1024 * 1024
const MAX_LINE = 4 * 1024 * 1024
/** What may still be asked for its position: a document or a line, and behind it what the raw scan lags by. */
const KEPT = MAX_DOCUMENT + 1024 * 1024
/** How many runs may wait before the old ones are looked through. */
const MAX_RUNS = 1_000

/** `document`: one value, until it turns out otherwise. `lines`: one for each line. */
type Structure = 'document' | 'lines' | 'none'

/**
 * One pass over one file: as raw text, so that nothing hides, and where it is JSON with its structure, which knows more.
 * What both find is reported once, as the structure has it.
 */
export class FileScan {
  readonly #target: Target
  readonly #options: FileScanOptions
  readonly #reader: TextReader
  readonly #trail: LineTrail
  readonly #stream: ScanStream
  readonly #comments: AllowComments
  /** Lines of a change are those of the file as git sees it: not of what is compressed in it. */
  readonly #added: Target['added']
  readonly #isNamedJson: boolean
  #structure: Structure
  #lineStart = 0
  #jsonLines = 0
  #otherLines = 0
  /** Raw hits that a value of the same place may still speak for. */
  #waiting: Hit[] = []
  /** Runs that the structure reported or lets stay. */
  #runs: { readonly start: number; readonly end: number }[] = []
  #allowed = { raw: 0, json: 0 }
  #isJson = false

  constructor(target: Target, head: Uint8Array, isUnpacked: boolean, options: FileScanOptions) {
    const form = textFormOf(head)
    this.#target = target
    this.#options = options
    this.#reader = new TextReader(form)
    this.#trail = new LineTrail(form, KEPT)
    this.#stream = new ScanStream(options.watched.detector.scanner, (hit) => this.#waiting.push(hit))
    this.#comments = new AllowComments((offset) => this.#trail.locate(offset).line)
    this.#added = isUnpacked || form.name.startsWith('utf-16') ? undefined : target.added
    const name = target.name.replace(/\.(?:gz|zst)$/i, '')
    this.#isNamedJson = /\.(?:jsonl?|ndjson)$/i.test(name)
    this.#structure = structureOf(name, head)
  }

  push(chunk: Uint8Array): void {
    this.#read(this.#reader.read(chunk))
  }

  /** @returns how many findings the configuration's allow list let stay. */
  end(): number {
    this.#read(this.#reader.end())
    this.#comments.end()
    this.#scan((stream) => stream.end())
    if (this.#structure === 'document') this.#readDocument()
    else if (this.#structure === 'lines') this.#readLine(this.#trail.length)
    this.#settle(this.#trail.length)
    const { name } = this.#target
    const { warnings } = this.#options
    if (this.#isNamedJson && this.#otherLines > 0) warnings.add('json-as-text', name)
    for (const line of this.#comments.invalid) warnings.add('allow-comment-invalid', `${name}:${line}`)
    for (const line of this.#comments.unused) warnings.add('allow-comment-unused', `${name}:${line}`)
    // What the list lets stay in JSON was met twice.
    return this.#isJson ? this.#allowed.json : this.#allowed.raw
  }

  #scan(work: (stream: ScanStream) => void): void {
    const { allowed } = this.#options.watched.watch(() => work(this.#stream))
    this.#allowed.raw += countOf(allowed.map(({ finding }) => finding))
  }

  #read(chunk: TextChunk): void {
    if (chunk.text === '') return
    const from = this.#trail.length
    this.#trail.push(chunk)
    this.#comments.push(chunk.text)
    this.#scan((stream) => stream.push(chunk.text))
    if (this.#structure === 'document' && this.#trail.length > MAX_DOCUMENT) {
      this.#structure = 'lines'
      this.#readLines(this.#trail.slice(0, this.#trail.length), 0)
    } else if (this.#structure === 'lines') this.#readLines(chunk.text, from)
    if (this.#structure === 'none') this.#settle(this.#trail.length)
    else if (this.#structure === 'lines') this.#settle(this.#lineStart)
  }

  #readDocument(): void {
    const text = this.#trail.slice(0, this.#trail.length)
    if (text.trim() === '') return
    if (this.#readJson(text, 0)) return
    // Some call a file of JSON lines `.json`.
    this.#readLines(text, 0)
    this.#readLine(this.#trail.length)
    if (this.#jsonLines === 0) this.#otherLines = 1
  }

  #readLines(text: string, from: number): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#readLine(from + at)
  }

  #readLine(end: number): void {
    const start = this.#lineStart
    this.#lineStart = end + 1
    if (end - start > MAX_LINE) {
      this.#otherLines++
      return
    }
    const text = this.#trail.slice(start, end)
    if (text.trim() === '') return
    if (/^\s*[[{"]/.test(text) && this.#readJson(text, start)) this.#jsonLines++
    else this.#otherLines++
  }

  /** @returns false when it is no JSON. */
  #readJson(text: string, offset: number): boolean {
    const mark = text.charCodeAt(0) === 0xfeff ? 1 : 0
    const found = scanJson(text.slice(mark), this.#options.watched)
    if (found === undefined) return false
    this.#isJson = true
    this.#allowed.json += countOf(found.allowed)
    const moved = <T extends { readonly start: number; readonly end: number }>(run: T): T => ({
      ...run,
      start: run.start + offset + mark,
      end: run.end + offset + mark,
    })
    for (const hit of found.hits.map(moved<JsonHit>)) {
      this.#runs.push({ start: hit.start, end: hit.end })
      this.#report(hit)
    }
    this.#runs.push(...found.allowed.map(moved))
    return true
  }

  /** Reports the raw hits before `end` that no value accounts for. */
  #settle(end: number): void {
    const [ready, waiting] = [
      this.#waiting.filter(({ start }) => start < end),
      this.#waiting.filter((hit) => hit.start >= end),
    ]
    this.#waiting = waiting
    for (const hit of ready) {
      const isKnown = this.#runs.some((run) => hit.start < run.end && hit.end > run.start)
      if (!isKnown) this.#report({ hit, path: [], inKey: false, start: hit.start, end: hit.end })
    }
    if (this.#runs.length > MAX_RUNS)
      this.#runs = this.#runs.filter((run) => run.end > this.#trail.length - MAX_DOCUMENT)
  }

  #report({ hit, path, inKey, start, end }: JsonHit): void {
    const first = this.#trail.locate(start)
    const last = this.#trail.locate(Math.max(start, end - 1))
    const isAllowed = this.#comments.allows(hit.rule.id, first.line)
    if (this.#added !== undefined && !touches(this.#added, first.line, last.line)) return
    const endByte = this.#trail.locate(end).byte
    this.#options.report(this.#target, { hit, path, inKey, first, endByte, isAllowed })
  }
}

/** Several rules may find one run. */
const countOf = (runs: readonly { readonly start: number; readonly end: number }[]): number =>
  new Set(runs.map(({ start, end }) => `${start} ${end}`)).size

function structureOf(name: string, head: Uint8Array): Structure {
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'lines'
  const looksLikeIt = /^\ufeff?\s*[[{]/.test(Buffer.from(head).toString('utf8'))
  return /\.json$/i.test(name) || looksLikeIt ? 'document' : 'none'
}
