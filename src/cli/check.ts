import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { checkText } from '../audit/check/check-text.js'
import { type CheckResult, runCheck } from '../audit/check/run-check.js'
import type { Render } from '../audit/reports/index.js'
import { ConfigError, foreignCode, InputError } from '../errors.js'
import { EXIT, style } from './output.js'
import type { GlobalOptions } from './target.js'

interface CheckCommandOptions extends GlobalOptions {
  readonly staged?: boolean
  readonly since?: string
  readonly wholeFiles?: boolean
  readonly ignore: boolean
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly report?: string
  readonly out?: string
}

export function addCheckCommand(program: Command, version: string): void {
  program
    .command('check [paths...]')
    .description('look for secrets in files, for CI and before a commit; exit 1 when there are any. Needs no vault')
    .option('--staged', "only what the next commit adds, read from git's index")
    .option('--since <revision>', 'only what was added since HEAD and that revision parted')
    .option('--whole-files', 'with these: all findings in changed files, not only those on added lines')
    .option('--no-ignore', 'in directories, also what git ignores')
    .option('--baseline <file>', 'findings that may stay for now (the nearest .secret-safe-baseline.json unless told)')
    .option('--update-baseline', 'write what is found into the baseline, and take out what is gone')
    .option(
      '--report <format>',
      'text, json, sarif, junit, github, markdown or html, instead of one line for each place',
    )
    .option('--out <file>', 'write the report there, and lines for people to standard output')
    .action((paths: readonly string[], _options: object, command: Command) =>
      check(paths, command.optsWithGlobals<CheckCommandOptions>(), version),
    )
}

async function check(paths: readonly string[], options: CheckCommandOptions, version: string): Promise<void> {
  const { staged, since, wholeFiles, ignore, baseline, updateBaseline, config, report: format, out } = options
  const render = format === undefined ? undefined : await renderOf(format)
  const result = await runCheck({
    version,
    paths,
    staged,
    since,
    wholeFiles,
    ignores: ignore,
    baseline,
    updateBaseline,
    config,
  })
  await print(result, render, out)
  process.exitCode = result.failing > 0 ? EXIT.findings : result.unread > 0 ? EXIT.failure : EXIT.ok
}

/** Where to write what: a report goes to its file, and who reads the log still sees the lines. */
async function print(result: CheckResult, render: Render | undefined, out: string | undefined): Promise<void> {
  if (render !== undefined && out === undefined) {
    process.stdout.write(render(result.report, style))
    return
  }
  if (out !== undefined) writeReport(out, render?.(result.report) ?? checkText(result, (_, text) => text))
  process.stdout.write(checkText(result, style))
  if (process.env.GITHUB_ACTIONS === 'true') process.stdout.write((await renderOf('github'))(result.report))
}

/** Loaded only when one is asked for. @throws InputError */
async function renderOf(format: string): Promise<Render> {
  const { REPORTS } = await import('../audit/reports/index.js')
  const render = Object.hasOwn(REPORTS, format) ? REPORTS[format] : undefined
  if (render === undefined) throw new InputError(`--report is one of ${Object.keys(REPORTS).join(', ')}.`)
  return render
}

/** @throws ConfigError */
function writeReport(file: string, content: string): void {
  try {
    writeFileSync(file, content)
  } catch (error) {
    throw new ConfigError('The report could not be written to the file of --out.', { cause: foreignCode(error) })
  }
}
