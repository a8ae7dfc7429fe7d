import { type KnownRun, KnownValues } from '../../detect/known-values.js'

/** An index over few values is made anew for each that is added; over many, once in a while. */
const MAX_RECENT = 64
const MAX_GENERATION = 2_048
const BOUNDS = { maxCount: MAX_GENERATION + MAX_RECENT, maxTotalLength: 8 * 1024 * 1024 }

/**
 * What any thread, store or cache of this process knows, for text that belongs to none of them: a log line, a trace. When it
 * is full, what came first is forgotten, a generation at a time.
 */
export class ProcessValues extends KnownValues {
  #before = new KnownValues(BOUNDS)
  #older = new KnownValues(BOUNDS)
  #recent: string[] = []
  #recentIndex = new KnownValues()

  override add(secret: string): boolean {
    if (!this.#recentIndex.add(secret)) return false
    this.#recent.push(secret)
    this.version++
    if (this.#recent.length >= MAX_RECENT) this.#settle()
    return true
  }

  override get size(): number {
    return this.#before.size + this.#older.size + this.#recentIndex.size
  }

  override find(text: string): readonly KnownRun[] {
    const found = [this.#before, this.#older, this.#recentIndex].flatMap((values) => values.find(text))
    return found.length < 2 ? found : found.sort((a, b) => a.start - b.start)
  }

  #settle(): void {
    if (this.#older.size >= MAX_GENERATION) {
      this.#before = this.#older
      this.#older = new KnownValues(BOUNDS)
    }
    for (const secret of this.#recent) this.#older.add(secret)
    this.#recent = []
    this.#recentIndex = new KnownValues()
  }
}

// Shared by the ESM and the CJS copy of this package, which may both be loaded in one process.
const VALUES = Symbol.for('langgraph-secret-safe.process-values')
const holder = globalThis as { [VALUES]?: ProcessValues }
holder[VALUES] ??= new ProcessValues()

export const processValues: ProcessValues = holder[VALUES]

/** The known values of one thread, which the whole process knows, too. */
export const threadValues = (): KnownValues => new KnownValues({ onAdd: (secret) => processValues.add(secret) })
