import type { Scanner } from '../../detect/scanner.js'
import type { AuditReport } from '../report.js'
import { searchRaw } from './byte-search.js'
import { CollectedValues } from './collected-values.js'
import type { FixMode, Rewrite, ThreadWork } from './mode.js'
import { Plan } from './plan.js'
import type { FixStore, Residue, StoredCell } from './store.js'

const THREADS = 200
const MAX_PASSES = 8
const MAX_ROUNDS = 5
const MAX_SECRETS = 100_000

export interface FixOptions {
  readonly store: FixStore
  readonly mode: FixMode
  readonly scanner: Scanner
  /** False to say what would be done. */
  readonly apply: boolean
  /** Clear residue with a lock that stops every reader, too. */
  readonly vacuumFull: boolean
  /** A fresh audit of the whole store, by whoever knows its address. */
  readonly audit: () => Promise<AuditReport>
  readonly onThread?: (done: number) => void
}

export interface FixResult {
  readonly applied: boolean
  readonly mode: 'seal' | 'redact'
  readonly store: string
  /** What was found: replaced, or to be replaced. */
  readonly plan: Pick<Plan, 'entries' | 'cells' | 'copies' | 'threads'>
  readonly left: Plan['left']
  readonly residue: Residue
  /** False where more secrets were replaced than the last search looked for. */
  readonly searchedAll: boolean
}

/**
 * Takes every secret out of a checkpoint store, thread by thread: collects first, then replaces, as the saver does for one
 * call. Afterwards everything is read again, and searched for what was replaced. Calling it again goes on from where a
 * run was cut off.
 */
export async function runFix(options: FixOptions): Promise<FixResult> {
  const { store, apply, vacuumFull, mode } = options
  const plan = new Plan()
  const secrets = new Set<string>()
  await eachThread(store, async (threadId, done) => {
    await new ThreadFix(options, plan, secrets).run(threadId)
    options.onThread?.(done)
  })
  let residue: Residue = { done: [], left: [] }
  if (apply) {
    await eachThread(store, (threadId) => new ThreadFix(options, plan, secrets).verify(threadId))
    residue = await store.clearResidue(vacuumFull)
    for (const [place, count] of stillFound(await options.audit())) plan.leave(place, 'found-by-audit', count)
    for (const [place, count] of await searchRaw(store.raw(), secrets)) plan.leave(place, 'still-there', count)
  }
  const { entries, cells, copies, threads, left } = plan
  return {
    applied: apply,
    mode: mode.name,
    store: store.name,
    plan: { entries, cells, copies, threads },
    left,
    residue,
    searchedAll: secrets.size < MAX_SECRETS,
  }
}

/** Copies of secrets by where they stand; what a rule only reports may stay. */
function stillFound({ secrets }: AuditReport): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { action, places, copies, placesOmitted } of secrets) {
    if (action !== 'seal') continue
    if (placesOmitted > 0) found.set('elsewhere', (found.get('elsewhere') ?? 0) + copies)
    for (const { table, column, file, copies: here } of places) {
      const place =
        table === undefined ? (file ?? 'the store') : [table, ...(column === undefined ? [] : [column])].join('.')
      found.set(place, (found.get(place) ?? 0) + here)
    }
  }
  return found
}

async function eachThread(store: FixStore, work: (threadId: string, done: number) => Promise<void>): Promise<void> {
  let done = 0
  for (let after: string | undefined; ; ) {
    const threadIds = await store.listThreads(after, THREADS)
    for (const threadId of threadIds) await work(threadId, ++done)
    if (threadIds.length < THREADS) return
    after = threadIds.at(-1)
  }
}

class ThreadFix {
  readonly #options: FixOptions
  readonly #plan: Plan
  readonly #secrets: Set<string>
  readonly #known = new CollectedValues()

  constructor(options: FixOptions, plan: Plan, secrets: Set<string>) {
    this.#options = options
    this.#plan = plan
    this.#secrets = secrets
  }

  async run(threadId: string): Promise<void> {
    const work = await this.#open(threadId)
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      if (await this.#collect(work, threadId)) return
      if (!this.#options.apply) return this.#tell(work, threadId)
      if ((await this.#replaceAll(work, threadId)) === 0) return
    }
  }

  /** Names what is still there. */
  async verify(threadId: string): Promise<void> {
    const work = await this.#open(threadId)
    if (await this.#collect(work, threadId)) return
    for await (const { cell, scrubbed } of this.#rewrites(work, threadId)) {
      const { left, edits } = scrubbed
      if (left !== undefined) this.#leave(cell, left)
      else if (edits.length > 0) this.#leave(cell, this.#isSecretKey(cell) ? 'secret-in-key' : 'written-meanwhile')
    }
  }

  /** What would be done. */
  async #tell(work: ThreadWork, threadId: string): Promise<void> {
    for await (const { cell, scrubbed } of this.#rewrites(work, threadId)) {
      if (scrubbed.left !== undefined) this.#leave(cell, scrubbed.left)
      else if (scrubbed.edits.length > 0 && this.#isSecretKey(cell)) this.#leave(cell, 'secret-in-key')
      else this.#plan.add(cell, scrubbed.edits, this.#hides)
    }
  }

  async #open(threadId: string): Promise<ThreadWork> {
    const work = await this.#options.mode.open(threadId, this.#known)
    this.#known.settle()
    return work
  }

  /** Reads the thread until nothing new is known of it. @returns true when there is nothing to replace or to name. */
  async #collect(work: ThreadWork, threadId: string): Promise<boolean> {
    let isClean = true
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      for await (const { scrubbed } of this.#rewrites(work, threadId)) {
        if (scrubbed.edits.length > 0 || scrubbed.left !== undefined) isClean = false
      }
      if (!this.#known.settle()) break
    }
    return isClean
  }

  async #replaceAll(work: ThreadWork, threadId: string): Promise<number> {
    const { batch } = this.#options.mode
    let changes = 0
    let waiting: Rewrite[] = []
    let bytes = 0
    const flush = async () => {
      await this.#commit(work, waiting)
      waiting = []
      bytes = 0
    }
    for await (const rewrite of this.#rewrites(work, threadId)) {
      const { cell, scrubbed } = rewrite
      if (scrubbed.edits.length === 0 || this.#isSecretKey(cell)) continue
      changes++
      waiting.push(rewrite)
      bytes += cell.bytes.length
      if (waiting.length >= batch.cells || bytes >= batch.bytes) await flush()
    }
    await flush()
    return changes
  }

  /** A cell that changed meanwhile is read again, and again; one that never stays is named by `verify`. */
  async #commit(work: ThreadWork, rewrites: readonly Rewrite[]): Promise<void> {
    let todo = rewrites
    for (let attempt = 0; todo.length > 0; attempt++) {
      const changed = new Set(await work.commit(todo))
      for (const { cell, scrubbed } of todo) if (!changed.has(cell)) this.#done(cell, scrubbed)
      const again: Rewrite[] = []
      for (const cell of changed) {
        const now = attempt < MAX_ROUNDS ? await this.#options.store.read(cell) : undefined
        if (now !== undefined) again.push({ cell: now, scrubbed: this.#options.mode.scrub(now, work.context) })
      }
      todo = again
    }
  }

  #done(cell: StoredCell, scrubbed: Rewrite['scrubbed']): void {
    this.#plan.add(cell, scrubbed.edits, this.#hides)
    for (const { secret } of scrubbed.edits.flatMap(({ claims }) => claims)) {
      if (typeof secret === 'string' && this.#secrets.size < MAX_SECRETS) this.#secrets.add(secret)
    }
  }

  async *#rewrites(work: ThreadWork, threadId: string): AsyncGenerator<Rewrite> {
    for await (const cell of this.#options.store.cells(threadId))
      yield { cell, scrubbed: this.#options.mode.scrub(cell, work.context) }
  }

  /** A journal names rows by their key, and so may not name this one. */
  #isSecretKey({ key, channel }: StoredCell): boolean {
    return [...key, channel].some((name) => typeof name === 'string' && this.#hides(name))
  }

  readonly #hides = (name: string): boolean => this.#options.scanner.scan(name).length > 0

  #leave({ table, column }: StoredCell, reason: Parameters<Plan['leave']>[1]): void {
    this.#plan.leave(`${table}.${column}`, reason)
  }
}
