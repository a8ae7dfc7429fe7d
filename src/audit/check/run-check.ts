import path from 'node:path'
import { rulesOf } from '../../config/detector-of.js'
import { type LoadConfigOptions, loadConfig } from '../../config/load-config.js'
import { InputError } from '../../errors.js'
import { RuleCatalog } from '../collect/rule-catalog.js'
import { type AuditReport, REPORT_SCHEMA, type ReportSummary, type SecretSummary } from '../report.js'
import { BaselineAt } from './apply-baseline.js'
import { changesSince, stagedChanges } from './changes.js'
import { Findings } from './findings.js'
import { listFiles } from './list-files.js'
import { scanFile } from './scan-file.js'
import { ShownNames } from './shown-names.js'
import type { Target } from './target.js'
import { Warnings } from './warnings.js'
import { WatchedDetector } from './watched-detector.js'

export interface CheckOptions {
  readonly version: string
  /** Files and directories; with `staged` or `since`, only what is in one of them. */
  readonly paths: readonly string[]
  readonly staged?: boolean | undefined
  readonly since?: string | undefined
  /** With `staged` or `since`: every finding in a changed file, not only those on added lines. */
  readonly wholeFiles?: boolean | undefined
  /** False to read what git ignores, too. */
  readonly ignores?: boolean | undefined
  /** The baseline; the nearest `.secret-safe-baseline.json` unless told. */
  readonly baseline?: string | undefined
  readonly updateBaseline?: boolean | undefined
  /** The configuration file, as for every command. */
  readonly config?: string | undefined
  readonly cwd?: string | undefined
  readonly env?: LoadConfigOptions['env']
}

export interface CheckResult {
  readonly report: AuditReport
  readonly files: number
  /** Secrets that are not only to be reported. */
  readonly failing: number
  /** Parts that should have been read and were not. */
  readonly unread: number
  /** Findings that the baseline lets stay; they are among the allowed ones. */
  readonly baselined: number
}

/**
 * Looks for secrets in files, or in what changed of them. Needs no key and no vault.
 * @throws ConfigError, InputError; KeyInvalidError if the allow list has fingerprints and their key is not set.
 */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  refuseContradictions(options)
  const { paths, updateBaseline = false, cwd = process.cwd(), env } = options
  const startedAt = Date.now()
  const { config } = loadConfig({ file: options.config, cwd, ...(env === undefined ? {} : { env }) })
  const baseline = BaselineAt.open(options.baseline, cwd, updateBaseline)
  const watched = new WatchedDetector(config)
  const names = new ShownNames(watched.detector.scanner)
  const catalog = new RuleCatalog(rulesOf(config))
  const findings = new Findings(catalog, names)
  const warnings = new Warnings()
  const listed = await targetsOf(options, cwd, warnings)
  // Random characters under the names of rules; every line of it was parsed.
  const targets = listed.targets.filter((target) => target.path !== baseline.file)
  let bytes = 0
  let allowed = 0
  try {
    for (const target of targets) {
      const totals = await scanFile(options.wholeFiles ? { ...target, added: undefined } : target, {
        watched,
        warnings,
        report: (from, hit) => {
          if (hit.isAllowed) allowed++
          else findings.add(from, hit)
        },
      })
      bytes += totals.bytes
      allowed += totals.allowed
    }
  } finally {
    listed.close()
  }
  const roots = isOfChanges(options) ? [] : paths.map((given) => path.resolve(cwd, given))
  const input = { findings: findings.all(), targets, roots, warnings }
  const { left, baselined } = await (updateBaseline ? baseline.update(input) : baseline.apply(input))
  const secrets = findings.summaries(left)
  const unread = warnings.unreadCount
  const source = { kind: 'file', layout: null, threads: 0, checkpoints: 0 } as const
  return {
    files: targets.length,
    failing: secrets.filter(({ action }) => action === 'seal').length,
    unread,
    baselined,
    report: {
      schema: REPORT_SCHEMA,
      tool: { name: 'langgraph-secret-safe', version: options.version, rules: catalog.size },
      command: 'check',
      startedAt,
      endedAt: Date.now(),
      complete: unread === 0,
      sources: [{ ...source, name: names.shown(sourceName(options)), rows: targets.length, bytes, unreadable: unread }],
      summary: summaryOf(secrets, allowed + baselined),
      secrets,
      warnings: warnings.list((name) => names.shown(name)),
    },
  }
}

const isOfChanges = ({ staged = false, since }: CheckOptions): boolean => staged || since !== undefined

function refuseContradictions(options: CheckOptions): void {
  const { paths, staged, since, wholeFiles, updateBaseline } = options
  if (staged && since !== undefined) throw new InputError('--staged and --since exclude each other.')
  if (isOfChanges(options)) {
    if (updateBaseline)
      throw new InputError('A baseline is updated from whole files: name paths, without --staged or --since.')
  } else {
    if (paths.length === 0) throw new InputError('Name files or directories to check, or say --staged or --since.')
    if (wholeFiles) throw new InputError('--whole-files goes with --staged or --since.')
  }
}

async function targetsOf(
  { paths, staged, since, ignores = true }: CheckOptions,
  cwd: string,
  warnings: Warnings,
): Promise<{ readonly targets: readonly Target[]; close(): void }> {
  if (staged) return stagedChanges({ cwd, paths, warnings })
  if (since !== undefined) return changesSince(since, { cwd, paths, warnings })
  return { targets: await listFiles({ cwd, paths, ignores, warnings }), close: () => undefined }
}

function sourceName({ paths, staged, since }: CheckOptions): string {
  const what = staged ? 'staged changes' : since === undefined ? '' : `changes since ${since}`
  const where = paths.slice(0, 5).join(' ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '')
  return [what, where].filter((part) => part !== '').join(' in ')
}

function summaryOf(secrets: readonly SecretSummary[], allowed: number): ReportSummary {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const { severity } of secrets) bySeverity[severity]++
  const copies = secrets.reduce((sum, secret) => sum + secret.copies, 0)
  return { secrets: secrets.length, copies, threads: 0, checkpoints: 0, bySeverity, allowed }
}
