import { type KnownRun, KnownValues } from '../../detect/known-values.js'

/** An index over few values is made anew for each that is added; over many, once in a while. */
const MAX_RECENT = 64
const MAX_OLDER = 4_096
const BOUNDS = { maxCount: MAX_OLDER, maxTotalLength: 4 * 1024 * 1024 }

/**
 * What any thread, store or cache of this process knows, for text that belongs to none of them: a log line, a trace. When it
 * is full, what came first is forgotten.
 */
export class ProcessValues extends KnownValues {
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
    return this.#older.size + this.#recentIndex.size
  }

  override find(text: string): readonly KnownRun[] {
    const older = this.#older.find(text)
    const recent = this.#recentIndex.find(text)
    if (older.length === 0 || recent.length === 0) return older.length === 0 ? recent : older
    return [...older, ...recent].sort((a, b) => a.start - b.start)
  }

  #settle(): void {
    if (this.#older.size + this.#recent.length > MAX_OLDER) this.#older = new KnownValues(BOUNDS)
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
