import type { KnownValues } from '../../detect/known-values.js'
import type { Scanner } from '../../detect/scanner.js'

const MAX_SHOWN = 200
const MAX_CACHED = 20_000
/** What a terminal or a page would act on: controls, line separators, directions. */
const UNSHOWN =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const REDACTED = '[redacted]'

/** Makes a name fit for a report: nothing in it is a secret, nothing in it acts on whoever reads it. */
export class Shown {
  readonly #scanner: Scanner
  readonly #cache = new Map<string, string>()

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** @param known secrets of the row in which the name stands. */
  text(text: string, known?: KnownValues): string {
    if (known !== undefined && known.size > 0) return this.#clean(text, known)
    const cached = this.#cache.get(text)
    if (cached !== undefined) return cached
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear()
    const shown = this.#clean(text)
    this.#cache.set(text, shown)
    return shown
  }

  /** Scanned before it is cut: half a secret may look like none. */
  #clean(text: string, known?: KnownValues): string {
    let shown = text
    for (const { start, end } of [...this.#scanner.scan(text, undefined, known)].reverse()) {
      shown = shown.slice(0, start) + REDACTED + shown.slice(end)
    }
    if (shown.length > MAX_SHOWN) shown = `${shown.slice(0, MAX_SHOWN)}…`
    return shown.replace(UNSHOWN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  }
}
