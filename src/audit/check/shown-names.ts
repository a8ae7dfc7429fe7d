import { KnownValues } from '../../detect/known-values.js'
import type { Scanner } from '../../detect/scanner.js'

/** Takes secrets out of the names of files, fields and revisions: those of a rule, and those that were found in a file. */
export class ShownNames {
  readonly #scanner: Scanner
  readonly #known = new KnownValues({ maxCount: 10_000, maxTotalLength: 4_194_304 })
  readonly #cache = new Map<string, string>()

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** A secret that no name may show from now on. */
  learn(secret: string): void {
    if (this.#known.add(secret)) this.#cache.clear()
  }

  shown(text: string): string {
    let shown = this.#cache.get(text)
    if (shown === undefined) {
      shown = this.#scanner
        .scan(text, undefined, this.#known)
        .reduceRight((rest, { start, end }) => `${rest.slice(0, start)}[redacted]${rest.slice(end)}`, text)
      this.#cache.set(text, shown)
    }
    return shown
  }
}
