import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fillTemplate } from '../../../src/testing/templates.js'
import { commit, directory, git, repository, write } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const MAIN = path.resolve('src/cli/main.ts')

/** Stands in for npx, since a version that is not published yet cannot be fetched: runs this source, and notes its arguments. */
function npxDirectory(): string {
  const bin = directory()
  const script = [
    '#!/bin/sh',
    `[ "$1" = --yes ] && [ "$2" = "langgraph-secret-safe@${version}" ] || exit 97`,
    'shift 2',
    `printf '%s\\n' "$@" >> "${bin}/arguments"`,
    `exec "${process.execPath}" "${TSX}" "${MAIN}" "$@"`,
  ]
  writeFileSync(path.join(bin, 'npx'), `${script.join('\n')}\n`)
  chmodSync(path.join(bin, 'npx'), 0o755)
  return bin
}

function run(command: string, args: readonly string[], cwd: string, env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env })
  return { code: status, output: stdout + stderr }
}

interface Step {
  readonly id?: string
  readonly run?: string
  readonly uses?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

describe('the GitHub Action', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as Action
  const [check, upload] = action.runs.steps as [Step, Step]

  /** Runs the step's script as a runner does: inputs and the event fill its variables, `bash -e` runs it. */
  function runStep(cwd: string, inputs: Readonly<Record<string, string>>, event = '') {
    const bin = npxDirectory()
    const output = path.join(bin, 'output')
    appendFileSync(output, '')
    const fill = (text: string) =>
      text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
        if (expression.startsWith('github.event')) return event
        const name = expression.replace(/^inputs\./, '')
        return inputs[name] ?? String(action.inputs[name]!.default)
      })
    const env = Object.fromEntries(Object.entries(check.env!).map(([name, text]) => [name, fill(text)]))
    const base = { PATH: `${bin}:${process.env.PATH}`, HOME: cwd, GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true' }
    const result = run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', check.run!], cwd, {
      ...base,
      ...env,
    })
    return { ...result, outputs: readFileSync(output, 'utf8'), bin }
  }

  it('is a composite one that names this version, and puts no input into the text of a script', () => {
    expect(action.runs.using).toBe('composite')
    expect(String(action.inputs.version!.default)).toBe(version)
    for (const step of action.runs.steps) expect(step.run ?? '').not.toContain('${{')
    expect(upload.if).toContain('always()')
  })

  it('fails on a finding, annotates it, and writes a report', () => {
    const cwd = repository({ 'a.txt': `${token()}\n` })
    const { code, output, outputs } = runStep(cwd, { report: 'sarif', 'report-file': 'r.sarif' })
    expect(code).toBe(1)
    expect(output).toContain('::error file=a.txt,line=1')
    expect(outputs).toBe('report=r.sarif\n')
    expect(JSON.parse(readFileSync(path.join(cwd, 'r.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
  })

  it('reads what a pull request adds, and everything where a branch is new', () => {
    const cwd = repository({ 'old.txt': `${token()}\n` })
    const base = git(cwd, 'rev-parse', 'HEAD').trim()
    write(cwd, { 'new.txt': 'clean\n' })
    commit(cwd, 'new')
    expect(runStep(cwd, { since: 'auto' }, base).code).toBe(0)
    expect(runStep(cwd, { since: 'auto' }, '0'.repeat(40)).code).toBe(1)
    expect(runStep(cwd, { since: 'auto' }).code).toBe(1)
  })

  it('takes paths line by line, and no input for a command or an option', () => {
    const cwd = repository({ 'in side/a.txt': 'clean\n', '--report': 'clean\n', 'b.txt': `${token()}\n` })
    expect(runStep(cwd, { paths: 'in side\n--report\n' }).code).toBe(0)
    const { code, bin } = runStep(cwd, { since: '$(touch owned); `touch owned`', paths: "'; touch owned; '" })
    expect(code).toBe(2)
    expect(readFileSync(path.join(bin, 'arguments'), 'utf8')).toContain('--since=$(touch owned); `touch owned`\n')
    expect(git(cwd, 'status', '--porcelain')).toBe('')
  })
})

describe('the hooks of pre-commit', () => {
  const hasPreCommit = spawnSync('pre-commit', ['--version']).status === 0

  it('name this version', () => {
    const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { entry: string }[]
    for (const { entry } of hooks) expect(entry).toContain(`npx --yes langgraph-secret-safe@${version} check`)
  })

  it.skipIf(!hasPreCommit)('stop a commit that adds a secret, run by pre-commit itself', () => {
    const hooks = repository()
    cpSync('.pre-commit-hooks.yaml', path.join(hooks, '.pre-commit-hooks.yaml'))
    commit(hooks, 'hooks')
    const rev = git(hooks, 'rev-parse', 'HEAD').trim()
    const use = (id: string) => `repos:\n  - repo: file://${hooks}\n    rev: ${rev}\n    hooks:\n      - id: ${id}\n`
    const cwd = repository({ '.pre-commit-config.yaml': use('secret-safe'), 'a.txt': `${token()}\n` })
    const env = { PATH: `${npxDirectory()}:${process.env.PATH}`, HOME: hooks, PRE_COMMIT_HOME: directory() }
    expect(run('pre-commit', ['install'], cwd, env).code).toBe(0)
    const tryCommit = (message: string) => {
      git(cwd, 'add', '-A')
      return run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-m', message], cwd, env)
    }
    write(cwd, { 'a.txt': `${readFileSync(path.join(cwd, 'a.txt'), 'utf8')}more\n` })
    expect(tryCommit('what stood there before').code).toBe(0)
    const secret = token()
    write(cwd, { 'b.txt': `x ${secret}\n` })
    const stopped = tryCommit('a secret')
    expect(stopped.code).toBe(1)
    expect(stopped.output).toContain('b.txt:1:3 critical github-token')
    expect(stopped.output).not.toContain(secret)
    write(cwd, { '.pre-commit-config.yaml': use('secret-safe-files') })
    git(cwd, 'add', '-A')
    const all = run('pre-commit', ['run', '--all-files'], cwd, env)
    expect(all.code).toBe(1)
    expect(all.output).toMatch(/a\.txt:1:1 critical[\s\S]*b\.txt:1:3 critical/)
  })
})

describe('the GitLab template', () => {
  it('names this version, and runs its script: what a merge request adds, or everything', () => {
    const job = (parse(readFileSync('templates/gitlab-ci.yml', 'utf8')) as Record<string, Job>)['secret-safe']!
    expect(String(job.variables.SECRET_SAFE_VERSION)).toBe(version)
    const cwd = repository({ 'a.txt': `${token()}\n` })
    const env = { PATH: `${npxDirectory()}:${process.env.PATH}`, HOME: cwd, SECRET_SAFE_VERSION: version }
    const runJob = (more: Record<string, string>) =>
      run('sh', ['-e', '-c', job.script.join('\n')], cwd, { ...env, ...more })
    expect(runJob({}).code).toBe(1)
    expect(readFileSync(path.join(cwd, job.artifacts.reports.junit), 'utf8')).toContain('<testsuite')
    expect(runJob({ CI_MERGE_REQUEST_DIFF_BASE_SHA: git(cwd, 'rev-parse', 'HEAD').trim() }).code).toBe(0)
  })
})

interface Job {
  readonly variables: { readonly SECRET_SAFE_VERSION: string }
  readonly script: readonly string[]
  readonly artifacts: { readonly reports: { readonly junit: string } }
}
