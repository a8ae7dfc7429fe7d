import { InputError } from '../errors.js'
import { type ByteWidth, bytesToText, detectWidth } from './byte-text.js'
import { toFinding } from './finding.js'
import type { Scanner } from './scanner.js'
import type { Finding, Hit } from './types.js'

export type OnHit = (hit: Hit, window: string, inWindow: Hit) => void

/** Text is scanned in windows of this size; memory is bounded by twice that. */
const WINDOW = 262_144
/** How much must follow a hit before it is final: the longest secret that a rule or a named value may have. */
const LOOK_AHEAD = 20_480
/** How much stays before the next window: a field's name, a rule's context, the left boundary. */
const LOOK_BEHIND = 1024

/**
 * Scans text or bytes that arrive in chunks. Offsets are absolute: characters for strings, bytes for `Uint8Array`
 * chunks. A secret that is split across chunks is found exactly once. An encoded run longer than the window is
 * reported in parts.
 */
export class ScanStream {
  readonly #scanner: Scanner
  readonly #onHit: OnHit | undefined
  #buffer = ''
  /** Absolute offset of the buffer's first character. */
  #offset = 0
  /** Hits that begin before this have been reported. */
  #reportedTo = 0
  #lastEnd = 0
  #width: ByteWidth | undefined
  #carry: Uint8Array = new Uint8Array(0)
  #input: 'text' | 'bytes' | undefined

  /** @param onHit gets each hit with its plaintext at its absolute offsets, and the same in the text of its window. */
  constructor(scanner: Scanner, onHit?: OnHit) {
    this.#scanner = scanner
    this.#onHit = onHit
  }

  /** @throws InputError if strings and bytes are mixed in one stream. */
  push(chunk: string | Uint8Array): Finding[] {
    const input = typeof chunk === 'string' ? 'text' : 'bytes'
    this.#input ??= input
    if (input !== this.#input) throw new InputError(`This stream began with ${this.#input}; got ${input}.`)
    const text = typeof chunk === 'string' ? chunk : this.#decode(chunk, false)
    const findings: Finding[] = []
    for (let at = 0; at < text.length; at += WINDOW) {
      this.#buffer += text.slice(at, at + WINDOW)
      if (this.#buffer.length >= WINDOW) this.#scan(this.#buffer.length - LOOK_AHEAD, findings)
    }
    return findings
  }

  /** Reports what is left. The stream may be used again from offset 0 afterwards. */
  end(): Finding[] {
    const findings: Finding[] = []
    this.#buffer += this.#decode(new Uint8Array(0), true)
    this.#scan(this.#buffer.length, findings)
    this.#buffer = ''
    this.#offset = 0
    this.#reportedTo = 0
    this.#lastEnd = 0
    this.#width = undefined
    this.#input = undefined
    return findings
  }

  #scan(cut: number, findings: Finding[]): void {
    let final = this.#offset + cut
    const unit = this.#width === 'utf-16le' || this.#width === 'utf-16be' ? 2 : 1
    for (const hit of this.#scanner.scan(this.#buffer)) {
      const start = Math.max(this.#offset + hit.start, this.#lastEnd)
      const end = this.#offset + hit.end
      if (this.#offset + hit.start >= final) break
      if (end <= this.#lastEnd || end <= this.#reportedTo) continue
      const at = { start: start * unit, end: end * unit }
      findings.push({ ...toFinding(hit), ...at })
      this.#onHit?.({ ...hit, ...at }, this.#buffer, hit)
      this.#lastEnd = end
      final = Math.max(final, end)
    }
    this.#reportedTo = final
    const drop = Math.max(0, final - this.#offset - LOOK_BEHIND)
    this.#buffer = this.#buffer.slice(drop)
    this.#offset += drop
  }

  #decode(chunk: Uint8Array, last: boolean): string {
    const bytes = this.#carry.length === 0 ? chunk : concat(this.#carry, chunk)
    this.#carry = new Uint8Array(0)
    if (this.#width === undefined && bytes.length < 512 && !last) {
      this.#carry = bytes.slice()
      return ''
    }
    this.#width ??= detectWidth(bytes)
    if (this.#width === 'narrow' || bytes.length % 2 === 0) return bytesToText(bytes, this.#width)
    this.#carry = last ? new Uint8Array(0) : bytes.slice(-1)
    return bytesToText(bytes.subarray(0, bytes.length - 1), this.#width)
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
