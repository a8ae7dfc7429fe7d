import type { Scanner } from '../../detect/scanner.js'

/** The saver looks at no shorter key. */
export const MIN_KEY = 8
/** Longer texts are said once for the most part. */
const MAX_WORD = 32
const MAX_WORDS = 20_000
const MAX_NAMES = 5_000

/**
 * Short texts, names and keys in which nothing was found: the same few stand in every row, and looking one up costs less than
 * a scan. Not for a scan that knows secrets, nor where an allow list counts what it passes over.
 */
export class CleanWords {
  readonly #scanner: Scanner
  readonly #texts = new Set<string>()
  readonly #keys = new Set<string>()
  readonly #names = new Set<string>()
  /** By column: rows that follow each other mostly share their thread, namespace and channel. */
  readonly #lastNames = new Map<string, string>()

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** @param key of the field in which it stands. */
  isCleanText(text: string, key: string | undefined): boolean {
    if (text.length > MAX_WORD || this.#scanner.allow !== undefined) return false
    if (key !== undefined && this.#scanner.isContextual(key)) return false
    return this.#texts.has(text) || this.#isClean(text, this.#texts)
  }

  isCleanKey(key: string): boolean {
    if (this.#scanner.allow !== undefined) return false
    return this.#keys.has(key) || this.#isClean(key, this.#keys)
  }

  isCleanName(column: string, name: string): boolean {
    return this.#lastNames.get(column) === name || (name.length <= MAX_WORD && this.#names.has(name))
  }

  addCleanName(column: string, name: string): void {
    this.#lastNames.set(column, name)
    if (name.length > MAX_WORD) return
    if (this.#names.size >= MAX_NAMES) this.#names.clear()
    this.#names.add(name)
  }

  #isClean(text: string, clean: Set<string>): boolean {
    if (this.#scanner.scan(text).length > 0) return false
    if (clean.size >= MAX_WORDS) clean.clear()
    clean.add(text)
    return true
  }
}
