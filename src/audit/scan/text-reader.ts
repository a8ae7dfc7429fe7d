import { ScanStream } from '../../detect/scan-stream.js'
import type { Hit } from '../../detect/types.js'
import type { Collector } from '../collect/collector.js'
import type { Place } from '../report.js'
import type { StoredText, TextPlace } from '../sources/row.js'
import { beside } from './row-hits.js'
import type { ScanTools } from './unit-scanner.js'

/** Line breaks that are remembered behind the last finding, so that offsets become lines. */
const NEWLINE = 10

/** Reads what nobody decodes, piece by piece. */
export class TextReader {
  readonly #tools: ScanTools
  readonly #collector: Collector
  readonly #source: number
  #stream: ScanStream | undefined
  #place: TextPlace = {}
  /** Of the stream's first byte in the whole. */
  #base = 0
  #lines = new LineCounter(1)

  constructor(tools: ScanTools, collector: Collector, source: number) {
    this.#tools = tools
    this.#collector = collector
    this.#source = source
  }

  push({ stream, chunk, from, isLast }: StoredText): void {
    this.#stream ??= this.#begin(stream, from)
    this.#lines.push(chunk)
    this.#stream.push(chunk)
    if (isLast) this.end()
  }

  end(): void {
    this.#stream?.end()
    this.#stream = undefined
  }

  #begin(place: TextPlace, from: StoredText['from']): ScanStream {
    this.#place = place
    this.#base = from?.offset ?? 0
    this.#lines = new LineCounter(from?.line ?? 1)
    return new ScanStream(this.#tools.detector.scanner, (hit, window, inWindow) => {
      const unit = Math.max(1, Math.round((hit.end - hit.start) / Math.max(1, inWindow.end - inWindow.start)))
      for (const part of besideClaimUrls(window, inWindow)) {
        const start = hit.start + (part.start - inWindow.start) * unit
        this.#take({ ...part, start, end: start + (part.end - part.start) * unit })
      }
    })
  }

  #take(hit: Hit): void {
    const { shown, catalog } = this.#tools
    const { file, table, column, threadId, checkpointId } = this.#place
    const named = { file, table, column, threadId, checkpointId }
    const names = Object.entries(named).flatMap(([key, text]) => (text === undefined ? [] : [[key, shown.text(text)]]))
    const place: Omit<Place, 'copies'> = {
      source: this.#source,
      kind: file === undefined ? 'raw' : 'text',
      ...(Object.fromEntries(names) as Pick<Place, 'file' | 'table' | 'column' | 'threadId' | 'checkpointId'>),
      ...(file === undefined ? {} : this.#lines.at(hit.start)),
      start: this.#base + hit.start,
      end: this.#base + hit.end,
      encodings: [...hit.encodings],
      inKey: false,
    }
    const id = this.#collector.fingerprint(hit.secret)
    this.#collector.add({ id, rule: catalog.sight(hit), length: hit.secret.length, place })
  }
}

/** A claim URL is shorter, with a few escapes. */
const AROUND = 128

/** A claim URL of ours is what stands in a secret's place. */
function besideClaimUrls(window: string, hit: Hit): readonly Hit[] {
  const from = Math.max(0, hit.start - AROUND)
  const near = { ...hit, start: hit.start - from, end: hit.end - from }
  return beside(window.slice(from, hit.end + AROUND), [near]).map((part) => ({
    ...part,
    start: part.start + from,
    end: part.end + from,
  }))
}

/** Turns offsets into lines while the text goes by. A finding lies at most a window behind what was pushed. */
class LineCounter {
  #pushed = 0
  /** Offsets just behind line breaks, of the pieces that findings may still lie in. */
  #pieces: {
    readonly start: number
    readonly lineAtStart: number
    readonly lineStart: number
    readonly chunk: Uint8Array
  }[] = []
  #line: number
  #lineStart = 0

  constructor(line: number) {
    this.#line = line
  }

  push(chunk: Uint8Array): void {
    const start = this.#pushed
    this.#pieces.push({ start, lineAtStart: this.#line, lineStart: this.#lineStart, chunk })
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      this.#line++
      this.#lineStart = start + at + 1
    }
    this.#pushed += chunk.length
    while (
      this.#pieces.length > 1 &&
      this.#pieces[0]!.start + this.#pieces[0]!.chunk.length < start - REMEMBERED_BYTES
    ) {
      this.#pieces.shift()
    }
  }

  at(offset: number): { readonly line: number; readonly column1: number } {
    const piece = this.#pieces.findLast(({ start }) => start <= offset) ?? this.#pieces[0]!
    let { lineAtStart: line, lineStart } = piece
    const end = offset - piece.start
    for (let at = piece.chunk.indexOf(NEWLINE); at >= 0 && at < end; at = piece.chunk.indexOf(NEWLINE, at + 1)) {
      line++
      lineStart = piece.start + at + 1
    }
    return { line, column1: offset - lineStart + 1 }
  }
}

/** More than a scan stream holds back. */
const REMEMBERED_BYTES = 1 << 20
