import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { isFailure } from '../audit/collect/warnings.js'
import { AuditStateFile } from '../audit/engine/audit-state.js'
import { parseRate } from '../audit/engine/pace.js'
import { type AuditOptions, runAudit } from '../audit/engine/run-audit.js'
import { runQueued } from '../audit/queue/run-queued.js'
import type { AuditReport } from '../audit/report.js'
import { REPORTS, type Render } from '../audit/reports/index.js'
import { rotationPlan } from '../audit/reports/rotation.js'
import { loadConfig } from '../config/load-config.js'
import { ConfigError, StoreUnreadableError } from '../errors.js'
import { bytesProgress } from './audit-progress.js'
import { keepHeapLean } from './lean-heap.js'
import { EXIT, style } from './output.js'
import type { GlobalOptions } from './target.js'
import { timeOf } from './time.js'

interface AuditCommandOptions extends GlobalOptions {
  readonly schema?: string
  readonly report: string
  readonly out?: string
  readonly rotatePlan?: boolean
  readonly since?: string
  readonly thread?: readonly string[]
  readonly sample?: string
  readonly rate?: string
  readonly jobs?: string
  readonly queue?: string
  readonly state?: string
  readonly progress: boolean
}

const FORMATS = Object.keys(REPORTS).join(', ')

export function addAuditCommands(program: Command, version: string): void {
  program
    .command('audit <store>')
    .description(
      'look for secrets in checkpoints or a dump of them, without changing anything; exit 1 when there are some',
    )
    .option('--schema <name>', "the PostgreSQL schema (every one with tables of LangGraph's unless told)")
    .option('--report <format>', FORMATS, 'text')
    .option('--out <file>', 'write the report there instead of standard output')
    .option('--rotate-plan', 'what to rotate first, where and whose it is, as a table with tabs; instead of a report')
    .option('--since <time>', 'only checkpoints made since then, such as 2027-01-31 or 30d')
    .option('--thread <id>', 'only this thread; may be given more than once', (id: string, ids: string[] = []) => [
      ...ids,
      id,
    ])
    .option('--sample <percent>', 'only that part of the threads, such as 5%')
    .option('--rate <amount>', 'read no faster: rows a second such as 500, or bytes such as 5MB')
    .option('--jobs <number>', 'how many threads read (1 unless told)')
    .option('--queue <address>', 'work together with other hosts through a PostgreSQL database: postgres://…')
    .option('--state <file>', 'where an interrupted audit goes on; made at an interrupt, removed at the end')
    .option('--no-progress', 'say nothing while it runs')
    .action((store: string, _options: object, command: Command) =>
      audit(store, command.optsWithGlobals<AuditCommandOptions>(), version),
    )
}

async function audit(store: string, options: AuditCommandOptions, version: string): Promise<void> {
  keepHeapLean()
  const render = renderOf(options)
  const progress = bytesProgress(options.progress)
  const interrupt = onInterrupt()
  try {
    const asked = auditOptions(store, options, version)
    const { queue } = options
    const running = { ...asked, signal: interrupt.signal, onProgress: progress.show }
    const report = await (queue === undefined ? runAudit(running) : runQueued({ ...running, queue }))
    progress.stop()
    write(options.out === undefined ? render(report, style) : render(report), options.out)
    process.exitCode = exitCodeOf(report)
    if (interrupt.signal.aborted) throw new StoreUnreadableError(howToGoOn(options))
  } finally {
    progress.stop()
    interrupt.stop()
  }
}

function auditOptions(store: string, options: AuditCommandOptions, version: string): AuditOptions {
  const { file, config } = loadConfig({ file: options.config })
  if (options.queue !== undefined && (options.state !== undefined || options.jobs !== undefined)) {
    throw new ConfigError(
      '--queue takes neither --state nor --jobs: the queue keeps what was done; start the command more than once.',
    )
  }
  const since = options.since === undefined ? undefined : timeOf(options.since)
  const filter = {
    ...(options.thread === undefined ? {} : { threadIds: options.thread }),
    ...(options.sample === undefined ? {} : { sample: parseSample(options.sample) }),
  }
  const asked = { store, schema: options.schema ?? null, since: options.since ?? null, filter }
  return {
    store,
    schema: options.schema,
    config,
    configFile: file,
    version,
    filter,
    since,
    rate: options.rate === undefined ? undefined : parseRate(options.rate),
    jobs: options.jobs === undefined ? undefined : parseJobs(options.jobs),
    state: options.state === undefined ? undefined : new AuditStateFile(path.resolve(options.state), asked),
  }
}

function renderOf({ report, rotatePlan }: AuditCommandOptions): Render {
  if (rotatePlan) return rotationPlan
  const render = Object.hasOwn(REPORTS, report) ? REPORTS[report] : undefined
  if (render === undefined) throw new ConfigError(`There is no such format of a report; there are ${FORMATS}.`)
  return render
}

function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(out, text, { mode: 0o600 })
  } catch {
    throw new ConfigError('The report could not be written to the file given as --out.')
  }
}

/** Findings before failures: whoever sees 1 has secrets to rotate, and the report says what was not read. */
function exitCodeOf({ summary, complete, warnings }: AuditReport): number {
  if (summary.secrets > 0) return EXIT.findings
  const wasAskedFor = warnings.some(({ code }) => code === 'part-only') && !warnings.some(isFailure)
  return complete || wasAskedFor ? EXIT.ok : EXIT.failure
}

/** The first Ctrl+C ends the audit in order, the second at once. */
function onInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const abort = () => controller.abort()
  process.once('SIGINT', abort)
  process.once('SIGTERM', abort)
  return {
    signal: controller.signal,
    stop: () => {
      process.removeListener('SIGINT', abort)
      process.removeListener('SIGTERM', abort)
    },
  }
}

function howToGoOn({ state }: AuditCommandOptions): string {
  return state === undefined
    ? 'The audit was interrupted. With --state <file> it could be gone on with.'
    : 'The audit was interrupted. The same command goes on where it stopped.'
}

function parseSample(text: string): number {
  const percent = Number(/^(\d+(?:\.\d+)?)\s*%?$/.exec(text)?.[1])
  if (!(percent > 0 && percent <= 100)) throw new ConfigError('A sample is a part of the threads, from 0 to 100 %.')
  return percent / 100
}

function parseJobs(text: string): number {
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new ConfigError('--jobs is a number from 1 to 64.')
  return jobs
}
