import { execFile } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { validateConfig } from '../../src/config/validate.js'
import { KeyRing } from '../../src/index.js'
import { blocksOf } from './markdown.js'

const run = promisify(execFile)
const REPO = path.resolve('.')
const EXPORTS = {
  '.': './src/index.ts',
  './detect': './src/detect-entry.ts',
  './agent': './src/agent.ts',
  './sqlite': './src/sqlite.ts',
  './postgres': './src/postgres.ts',
  './redis': './src/redis.ts',
  './testing': './src/testing.ts',
}

/** A project that has this package installed, from its sources. */
function makeProject(root: string): string {
  const project = path.join(root, 'project')
  const installed = path.join(project, 'node_modules/langgraph-secret-safe')
  mkdirSync(installed, { recursive: true })
  mkdirSync(path.join(project, 'node_modules/.bin'))
  symlinkSync(path.join(REPO, 'node_modules'), path.join(root, 'node_modules'))
  symlinkSync(path.join(REPO, 'src'), path.join(installed, 'src'))
  const manifest = { name: 'langgraph-secret-safe', type: 'module', exports: EXPORTS }
  writeFileSync(path.join(installed, 'package.json'), JSON.stringify(manifest))
  writeFileSync(path.join(project, 'package.json'), '{ "type": "module", "private": true }')
  const bin = path.join(project, 'node_modules/.bin/secret-safe')
  writeFileSync(bin, `#!/bin/sh\nexec '${REPO}/node_modules/.bin/tsx' '${REPO}/src/cli/main.ts' "$@"\n`)
  chmodSync(bin, 0o755)
  return project
}

describe('every block of the README', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'secret-safe-readme-'))
  const project = makeProject(root)
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  const blocks = blocksOf('README.md')
  const of = (language: string) =>
    blocks.filter((block) => block.language === language).map((block) => [block.line, block.code] as const)
  const isSetUp = (code: string): boolean => code.startsWith('npm ci')
  const env = { ...process.env, SECRET_SAFE_KEY: KeyRing.generate(), SECRET_SAFE_VAULT: ':memory:' }

  it('is of a language that is run here', () => {
    expect(
      blocks.map(({ language }) => language).filter((language) => !['json', 'sh', 'ts', 'yml'].includes(language)),
    ).toEqual([])
  })

  it('sets up with exactly two commands, which .ci/run runs on a fresh clone', () => {
    expect(
      of('sh')
        .map(([, code]) => code)
        .filter(isSetUp),
    ).toEqual(['npm ci && npm run demo\n', 'npm ci && npm test\n'])
  })

  it.each(of('json'))('parses (json, line %i)', (_, code) => {
    expect(() => JSON.parse(code)).not.toThrow()
  })

  it.each(of('yml'))('is a valid configuration (yml, line %i)', (_, code) => {
    expect(() => validateConfig(parse(code), { name: 'README.md' })).not.toThrow()
  })

  it.each(of('sh').filter(([, code]) => !isSetUp(code)))('runs (sh, line %i)', async (_, code) => {
    await run('bash', ['-euo', 'pipefail', '-c', code], { cwd: project, env })
  })

  it.each(of('ts'))('runs (ts, line %i)', async (line, code) => {
    const isTest = code.includes("from 'vitest'")
    const file = path.join(project, isTest ? `block-${line}.test.ts` : `block-${line}.ts`)
    writeFileSync(file, code)
    const command = isTest
      ? [path.join(REPO, 'node_modules/vitest/vitest.mjs'), 'run', '--root', project, file]
      : [path.join(REPO, 'node_modules/tsx/dist/cli.mjs'), file]
    await run(process.execPath, command, { cwd: project, env })
  })

  it('keeps the promise of its quick start: the key is not in the file, its claim URL is', () => {
    const files = readdirSync(project).filter((name) => name.startsWith('checkpoints.db'))
    const stored = files.map((name) => readFileSync(path.join(project, name), 'latin1')).join('')
    expect(stored).toContain('claim://')
    expect(stored).not.toMatch(/sk-[0-9a-f]{8}-/)
  })
})
