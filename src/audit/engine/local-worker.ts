import type { ScanTools } from '../scan/unit-scanner.js'
import { openSource } from '../sources/open-source.js'
import type { AuditSource, SourceSpec } from '../sources/source.js'
import { Pace } from './pace.js'
import { scanUnit } from './scan-unit.js'
import type { Task, TaskResult, WorkPlan } from './work.js'

/** Reads units in this thread, one at a time. */
export class LocalWorker {
  readonly #plan: WorkPlan
  readonly #tools: ScanTools
  readonly #pace: Pace | undefined
  readonly #given: ReadonlyMap<number, AuditSource>
  #opened: { readonly index: number; readonly source: AuditSource } | undefined

  /** @param given sources that are open already, which their owner closes. */
  constructor(plan: WorkPlan, tools: ScanTools, given: ReadonlyMap<number, AuditSource> = new Map()) {
    this.#plan = plan
    this.#tools = tools
    this.#given = given
    this.#pace = plan.rate === null ? undefined : new Pace(plan.rate)
  }

  async run(task: Task, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<TaskResult> {
    const source = await this.#source(task.source)
    const { key, filter, since } = this.#plan
    const state = await scanUnit(source, task.source, task.unit, this.#tools, {
      key: Buffer.from(key, 'base64'),
      filter,
      since: since ?? undefined,
      pace: this.#pace,
      signal,
      onBytes,
    })
    return { state: state ?? null, kind: source.kind, layout: source.layout }
  }

  async #source(index: number): Promise<AuditSource> {
    const given = this.#given.get(index)
    if (given !== undefined) return given
    if (this.#opened?.index === index) return this.#opened.source
    await this.close()
    const source = await openSource(this.#plan.specs[index] as SourceSpec)
    this.#opened = { index, source }
    return source
  }

  async close(): Promise<void> {
    await this.#opened?.source.close()
    this.#opened = undefined
  }
}
