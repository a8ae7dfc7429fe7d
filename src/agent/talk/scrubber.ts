import { types } from 'node:util'
import { Serializable } from '@langchain/core/load/serializable'
import { scanByteText } from '../../detect/byte-text.js'
import type { Detector } from '../../detect/detector.js'
import { type Cursor, DESCEND, type RewriteOptions, type RewriteVisitor, rewrite } from '../../detect/rewrite.js'
import { isStructural } from '../../detect/structural.js'
import type { Hit, ScanContext } from '../../detect/types.js'
import { createDetector } from '../../detect-entry.js'
import { isSecret } from '../../saver/secret.js'
import { mapThrown } from '../../saver/thrown.js'
import { processValues } from '../../vault/scrub/process-values.js'
import { isScannedKey, NO_CONTEXT, sealable, separate } from '../../vault/scrub/scrubber.js'

export interface ScrubberOptions {
  /** The stock rules unless told. */
  readonly detector?: Detector
  /** More text than that in one value or line is cut away; 1 MiB of characters unless told. */
  readonly maxChars?: number
}

const MAX_CHARS = 1024 * 1024
const MAX_DEPTH = 200
export const REDACTED = '[redacted]'
export const TOO_LARGE = '[redacted: too large]'
/** What is said in the place of what could not be looked at. */
export const FAILED = '[redacted: scrubbing failed]'
const ANY_URL = { owns: () => true }

const OPTIONS: RewriteOptions = {
  isProxy: types.isProxy,
  isKnownToJson: (toJson) => toJson === Serializable.prototype.toJSON,
  maxDepth: MAX_DEPTH,
}

/**
 * Takes secrets out of what belongs to no thread: log lines, traces. Finds what the rules and names find, and every value that
 * this process knows: marked, stored, restored or claimed, in any usual encoding. A secret becomes `[redacted <rule>]`, one way;
 * claim URLs stay. Never throws: what cannot be looked at is replaced as a whole.
 */
export class TalkScrubber {
  readonly #detector: Detector
  readonly #maxChars: number

  constructor({ detector = createDetector(), maxChars = MAX_CHARS }: ScrubberOptions = {}) {
    this.#detector = detector
    this.#maxChars = maxChars
  }

  text(text: string): string {
    try {
      return text.length > this.#maxChars ? TOO_LARGE : this.#replace(text, NO_CONTEXT, false)
    } catch {
      return FAILED
    }
  }

  /** A copy without secrets, as it would be serialized; the very value where it is clean. Errors stay errors. */
  value(value: unknown): unknown {
    try {
      return this.#value(value)
    } catch {
      return FAILED
    }
  }

  /** A line that a logger has written: as the JSON that it is, where it is, so that it stays one. */
  line(line: string): string {
    const body = line.trimEnd()
    const end = line.slice(body.length)
    if (!/^[[{]/.test(body) || body.length > this.#maxChars) return this.text(body) + end
    let parsed: unknown
    try {
      parsed = JSON.parse(body)
    } catch {
      return this.text(body) + end
    }
    const scrubbed = this.value(parsed)
    return scrubbed === parsed ? line : JSON.stringify(scrubbed) + end
  }

  #value(value: unknown): unknown {
    let chars = 0
    const take = (text: string, look: () => string): string => {
      chars += text.length
      return chars > this.#maxChars ? TOO_LARGE : look()
    }
    const visitor: RewriteVisitor = {
      text: (text, at) => take(text, () => this.#replace(text, at, isStructural(at.key))),
      key: (key) => (isScannedKey(key) ? take(key, () => this.#replace(key, NO_CONTEXT, false)) : key),
      whole: (content, at, kept) => this.#whole(content, at, kept),
      enter: (item) => (item instanceof Error ? mapThrown(item, (part) => this.#value(part)) : DESCEND),
      enterForeign: (item) => (isSecret(item) ? REDACTED : DESCEND),
    }
    return rewrite(value, visitor, OPTIONS)
  }

  #whole(content: Uint8Array | string, at: Cursor, kept: object): unknown {
    if (content.length > this.#maxChars) return TOO_LARGE
    const { scanner } = this.#detector
    const hits =
      typeof content === 'string' ? this.#scan(content, at, false) : scanByteText(scanner, content, at, processValues)
    const [hit] = sealable(hits)
    return hit === undefined ? kept : maskOf(hit)
  }

  #scan(text: string, context: ScanContext, structural: boolean): readonly Hit[] {
    return this.#detector.scanner.scan(text, context, structural ? undefined : processValues)
  }

  #replace(text: string, context: ScanContext, structural: boolean): string {
    const hits = sealable(this.#scan(text, context, structural))
    if (hits.length === 0) return text
    let out = ''
    let done = 0
    for (const hit of separate(text, hits, ANY_URL).secrets.toSorted((a, b) => a.start - b.start)) {
      out += text.slice(done, hit.start) + maskOf(hit)
      done = hit.end
    }
    return out + text.slice(done)
  }
}

const maskOf = ({ rule }: Pick<Hit, 'rule'>): string => `[redacted ${rule.id}]`

/** @see TalkScrubber */
export const createScrubber = (options?: ScrubberOptions): TalkScrubber => new TalkScrubber(options)

let stock: TalkScrubber | undefined

/** One text without its secrets, by the stock rules and by what this process knows. */
export function scrubText(text: string, options?: ScrubberOptions): string {
  if (options !== undefined) return new TalkScrubber(options).text(text)
  stock ??= new TalkScrubber()
  return stock.text(text)
}
