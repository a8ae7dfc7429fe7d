import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { type CheckOptions, type CheckResult, runCheck } from '../../../src/audit/check/run-check.js'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** A directory with files, gone when the test ends. */
export function directory(files: Files = {}): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'secret-safe-check-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  write(root, files)
  return root
}

export function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']

/** Runs the real git, without whatever this machine or a hook has configured. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync(
    'git',
    [...IDENTITY, '-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', ...args],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' },
    },
  )
}

/** A repository with these files in its first commit. */
export function repository(files: Files = {}): string {
  const root = directory(files)
  git(root, 'init', '-q')
  commit(root, 'first')
  return root
}

export function commit(root: string, message: string): void {
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '--allow-empty', '-m', message)
}

export function check(cwd: string, options: Partial<CheckOptions> = {}): Promise<CheckResult> {
  const { staged, since } = options
  const paths = staged || since !== undefined ? [] : ['.']
  return runCheck({ version: '0.0.0', paths, cwd, env: {}, ...options })
}

/** `file:line:column rule`, in order. */
export function placesOf({ report }: CheckResult): string[] {
  return report.secrets
    .flatMap(({ ruleId, places }) => places.map(({ file, line, column1 }) => `${file}:${line}:${column1} ${ruleId}`))
    .sort()
}

export const warningsOf = ({ report }: CheckResult): string[] => report.warnings.map(({ code }) => code).sort()

/** Node 20 compresses no zstd. */
export const hasZstd = spawnSync('zstd', ['--version']).status === 0
export const zstd = (content: string): Uint8Array =>
  execFileSync('zstd', ['-c', '-q'], { input: content, maxBuffer: 1e9 })
