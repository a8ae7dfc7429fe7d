import { BUILT_IN } from '../../detect/built-in.js'
import type { Detector } from '../../detect/detector.js'
import type { KnownValues } from '../../detect/known-values.js'
import { isStructural } from '../../detect/structural.js'
import type { Hit, ScanContext } from '../../detect/types.js'
import { LimitError } from '../../errors.js'
import { findClaimUrls, parseClaimUrl } from '../../vault/claim-url.js'
import { hitsBeside } from '../../vault/hits-beside.js'
import type { DecodedRow, DecodedValue } from '../decode/decoded.js'
import type { StateParser } from '../decode/state-parser.js'
import { type StoredCursor, type StoredMessage, type StoredVisitor, walkStored } from '../decode/walk-stored.js'
import { CleanWords, MIN_KEY } from './clean-words.js'
import { scanBinary } from './scan-binary.js'

/** A hit with where in its row it stands. */
export interface RowHit {
  readonly hit: Hit
  readonly value: DecodedValue | undefined
  readonly column: string
  /** From the channel's value. */
  readonly path: readonly (string | number)[] | undefined
  readonly message: StoredMessage | undefined
  readonly inKey: boolean
  readonly kind: DecodedValue['kind']
}

type OnDeep = (value: DecodedValue) => void

const NO_CONTEXT: ScanContext = { key: undefined, parent: undefined }
const REDACTED = '[redacted]'

/** Finds in a decoded row what the saver would have sealed, and whatever else stands in its columns. */
export class RowReader {
  readonly #detector: Detector
  readonly #clean: CleanWords

  constructor(detector: Detector) {
    this.#detector = detector
    this.#clean = new CleanWords(detector.scanner)
  }

  /** @param known secrets of this row, to be found again in any usual encoding. @param onDeep called for a value that is nested too deep. @param parser by which it was decoded. */
  read(row: DecodedRow, known: KnownValues | undefined, onDeep: OnDeep, parser?: StateParser): RowHit[] {
    const found: RowHit[] = []
    for (const value of row.values) this.#readValue(value, known, found, onDeep, parser)
    for (const { column, text } of row.names) this.#readName(column, text, found)
    for (const { column, content } of row.raw) this.readRaw(column, content, known, found)
    return found
  }

  #readValue(
    value: DecodedValue,
    known: KnownValues | undefined,
    found: RowHit[],
    onDeep: OnDeep,
    parser: StateParser | undefined,
  ): void {
    const { scanner, fields } = this.#detector
    const { column, kind } = value
    const take = (hits: readonly Hit[], at: StoredCursor, inKey: boolean) => {
      for (const hit of hits) {
        found.push({ hit, value, column, kind, path: at.path.slice(1), message: at.message, inKey })
      }
    }
    const visitor: StoredVisitor = {
      text: (text, at) => {
        if (known === undefined && this.#clean.isCleanText(text, at.key)) return
        const hits = scanner.scan(text, at, known !== undefined && !isStructural(at.key) ? known : undefined)
        if (hits.length > 0) take(beside(text, hits), at, false)
      },
      bytes: (bytes, at) => take(scanBinary(scanner, bytes, at, known), at, false),
      key: (key, at) => {
        if (key.length < MIN_KEY || (known === undefined && this.#clean.isCleanKey(key))) return key
        const hits = scanner.scan(key, NO_CONTEXT, known)
        if (hits.length === 0) return key
        take(beside(key, hits), at, true)
        return REDACTED
      },
      part: (part, walk) => {
        const [before, allowedBefore] = [found.length, this.#detector.allowedCount]
        walk()
        if (found.length === before && this.#detector.allowedCount === allowedBefore) parser?.addClean(part)
      },
      ...(fields.isEmpty ? {} : { enter: (item: unknown, at: StoredCursor) => this.#enter(item, at, take) }),
    }
    try {
      walkStored(value.value, visitor, [value.channel], value.parts)
    } catch (error) {
      if (!(error instanceof LimitError)) throw error
      onDeep(value)
    }
  }

  /** A field that the configuration names is a secret as a whole. */
  #enter(
    item: unknown,
    at: StoredCursor,
    take: (hits: readonly Hit[], at: StoredCursor, inKey: boolean) => void,
  ): boolean {
    if (item === null || item === undefined || item === '' || !this.#detector.fields.matches(at.path)) return false
    if (typeof item === 'string' && parseClaimUrl(item) !== null) return true
    const secret = typeof item === 'string' ? item : JSON.stringify(item, plainNumbers)
    take(
      [{ rule: BUILT_IN.fieldPath, confidence: 'certain', start: 0, end: secret.length, encodings: [], secret }],
      at,
      false,
    )
    return true
  }

  /** Names are stored as they are: a session id is no secret, so that only a format that proves itself counts. */
  #readName(column: string, text: string, found: RowHit[]): void {
    if (text.length < MIN_KEY || this.#clean.isCleanName(column, text)) return
    const hits = this.#detector.scanner
      .scan(text)
      .filter(({ rule, confidence }) => rule.action === 'seal' && (confidence === 'certain' || confidence === 'high'))
    if (hits.length === 0) this.#clean.addCleanName(column, text)
    for (const hit of hits) {
      found.push({
        hit,
        value: undefined,
        column,
        kind: 'key-column',
        path: undefined,
        message: undefined,
        inKey: false,
      })
    }
  }

  /** A column as it stands; of what its decoded value showed already nothing is told again. */
  readRaw(column: string, content: string | Uint8Array, known: KnownValues | undefined, found: RowHit[]): void {
    const { scanner } = this.#detector
    const text =
      typeof content === 'string'
        ? content
        : Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1')
    const hits =
      typeof content === 'string'
        ? scanner.scan(text, undefined, known)
        : scanBinary(scanner, content, undefined, known)
    const told = found.filter((each) => each.column === column && each.path !== undefined).map(({ hit }) => hit.secret)
    for (const hit of beside(text, hits)) {
      if (told.some((secret) => secret.includes(hit.secret) || hit.secret.includes(secret))) continue
      found.push({ hit, value: undefined, column, kind: 'raw', path: undefined, message: undefined, inKey: false })
    }
  }
}

/** A claim URL of ours is what stands in a secret's place. */
export function beside(text: string, hits: readonly Hit[]): readonly Hit[] {
  if (hits.length === 0) return hits
  const urls = findClaimUrls(text)
  return urls.length === 0 ? hits : hitsBeside(text, hits, urls)
}

const plainNumbers = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
