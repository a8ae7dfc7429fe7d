import { writeFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { checkText } from '../audit/check/check-text.js'
import { FORMATS, type Format, renderReport } from '../audit/check/render.js'
import { runCheck } from '../audit/check/run-check.js'
import { ConfigError, foreignCode } from '../errors.js'
import { EXIT, style } from './output.js'
import type { GlobalOptions } from './target.js'

interface CheckCommandOptions extends GlobalOptions {
  readonly staged?: boolean
  readonly since?: string
  readonly wholeFiles?: boolean
  readonly ignore: boolean
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly report?: Format
  readonly out?: string
}

export function addCheckCommand(program: Command): void {
  program
    .command('check [paths...]')
    .description('look for secrets in files, for CI and before a commit; exit 1 when there are any. Needs no vault')
    .option('--staged', "only what the next commit adds, read from git's index")
    .option('--since <revision>', 'only what was added since HEAD and that revision parted')
    .option('--whole-files', 'with these: all findings in changed files, not only those on added lines')
    .option('--no-ignore', 'in directories, also what git ignores')
    .option('--baseline <file>', 'findings that may stay for now (the nearest .secret-safe-baseline.json unless told)')
    .option('--update-baseline', 'write what is found into the baseline, and take out what is gone')
    .addOption(new Option('--report <format>', 'instead of lines for people').choices([...FORMATS]))
    .option('--out <file>', 'where to write the report; standard output unless told')
    .action((paths: readonly string[], _options: object, command: Command) =>
      check(paths, command.optsWithGlobals<CheckCommandOptions>(), versionOf(command)),
    )
}

async function check(paths: readonly string[], options: CheckCommandOptions, version: string): Promise<void> {
  const { staged, since, wholeFiles, ignore, baseline, updateBaseline, config, report: format, out } = options
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
  const text = () => checkText(result, out === undefined || format !== undefined ? style : (_, plain) => plain)
  if (out === undefined) process.stdout.write(format === undefined ? text() : renderReport(format, result.report))
  else {
    writeReport(out, format === undefined ? text() : renderReport(format, result.report))
    if (format !== undefined) process.stdout.write(text())
  }
  process.exitCode = result.failing > 0 ? EXIT.findings : result.unread > 0 ? EXIT.failure : EXIT.ok
}

/** @throws ConfigError */
function writeReport(file: string, content: string): void {
  try {
    writeFileSync(file, content)
  } catch (error) {
    throw new ConfigError('The report could not be written to the file of --out.', { cause: foreignCode(error) })
  }
}

function versionOf(command: Command): string {
  return command.parent === null ? (command.version() ?? '') : versionOf(command.parent)
}
