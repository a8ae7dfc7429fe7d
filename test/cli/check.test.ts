import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../src/testing/templates.js'
import { directory, git, repository, write } from '../audit/check/files.js'
import { cli } from './cli.js'
import { hasTerminal, onTerminal } from './terminal.js'

const token = () => fillTemplate('{{token:github-pat}}')

describe('secret-safe check', () => {
  it('exits with 0 and says how much it read, without a key, a vault or a configuration', async () => {
    expect(await cli(directory({ 'a.txt': 'clean' }), ['check', '.'])).toEqual({
      code: 0,
      stdout: 'No secret in 1 file.\n',
      stderr: '',
    })
  })

  it('exits with 1 and one line for each place, as compilers write it, without the secret', async () => {
    const secret = token()
    const { code, stdout } = await cli(directory({ 'a.txt': `x\n  ${secret}\n` }), ['check', 'a.txt'])
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^a\.txt:2:3 critical github-token: .+, ghp_… 40 characters \S{16}\n1 secret in 1 place of 1 file\.\n$/,
    )
    expect(stdout).not.toContain(secret.slice(4))
  })

  it.each([
    ['a path that is not there', ['nope'], /path-missing: nope/],
    ['no path', [], /Name files or directories/],
    ['a revision outside of a repository', ['--since', 'main'], /needs a git repository/],
    ['an unknown format', ['.', '--report', 'pdf'], /--report is one of text, json/],
    ['a directory that is not there for its report', ['.', '--out', 'no/where'], /could not be written/],
    ['an unknown option', ['.', '--nope'], /unknown option/],
  ])('exits with 2 for %s, and says why', async (_, args, message) => {
    const { code, stdout, stderr } = await cli(directory({ 'a.txt': 'clean' }), ['check', ...args])
    expect(code).toBe(2)
    expect(stdout + stderr).toMatch(message)
  })

  it.skipIf(!hasTerminal)(
    'shows colours on a terminal, in its lines and in a report of text; in a file there are none',
    async () => {
      const cwd = directory({ 'a.txt': token() })
      const red = '\u001b[31m'
      expect(await onTerminal(cwd, ['check', 'a.txt'])).toContain(red)
      expect(await onTerminal(cwd, ['check', 'a.txt', '--report', 'text'])).toContain(red)
      expect(await onTerminal(cwd, ['audit', 'a.txt', '--no-progress'])).toContain(red)
      expect((await cli(cwd, ['check', 'a.txt', '--report', 'text'])).stdout).not.toContain('\u001b')
      await onTerminal(cwd, ['check', 'a.txt', '--report', 'text', '--out', 'report.txt'])
      expect(readFileSync(path.join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001b')
    },
  )

  it('exits with 1 when there are findings and something could not be read', async () => {
    const { code, stdout } = await cli(directory({ 'a.txt': token() }), ['check', 'a.txt', 'nope'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/1 part could not be read, so this is not the whole truth/)
  })

  it('exits with 0 for what the configuration only reports, and still shows it', async () => {
    const config = 'detector:\n  rules:\n    github-token: report\n'
    const { code, stdout } = await cli(directory({ 'a.txt': token(), 'secret-safe.config.yml': config }), [
      'check',
      '.',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/a\.txt:1:1 critical, reported only github-token/)
  })

  it.each(['json', 'sarif', 'junit', 'github', 'markdown', 'html', 'text'])(
    'writes a report as %s, to standard output or a file, and never a secret',
    async (format) => {
      const secret = token()
      const cwd = directory({ 'a.txt': secret })
      const direct = await cli(cwd, ['check', 'a.txt', '--report', format])
      const filed = await cli(cwd, ['check', 'a.txt', '--report', format, '--out', 'out'])
      const report = readFileSync(path.join(cwd, 'out'), 'utf8')
      expect([direct.code, filed.code]).toEqual([1, 1])
      expect(report.length).toBeGreaterThan(50)
      expect(filed.stdout).toMatch(/^a\.txt:1:1 /)
      expect(direct.stdout + report + filed.stdout).not.toContain(secret.slice(4))
      if (format === 'json') {
        expect(JSON.parse(direct.stdout)).toMatchObject({
          command: 'check',
          secrets: [{ ruleId: 'github-token', places: [{ file: 'a.txt', line: 1, column1: 1 }] }],
        })
      }
    },
  )

  it('annotates the lines of a pull request where GitHub runs it, below the lines for people', async () => {
    const { stdout } = await cli(directory({ 'a.txt': `\n${token()}` }), ['check', '.'], { GITHUB_ACTIONS: 'true' })
    expect(stdout).toMatch(/^a\.txt:2:1 .*\n[\s\S]*^::error file=a\.txt,line=2,col=1,/m)
  })

  it('reads the index in a hook, where git says which one', async () => {
    const cwd = repository({ 'a.txt': 'clean\n' })
    write(cwd, { 'a.txt': `${token()}\n` })
    const env = { GIT_INDEX_FILE: path.join(cwd, '.git', 'index'), GIT_DIR: path.join(cwd, '.git') }
    expect((await cli(cwd, ['check', '--staged'], env)).code).toBe(0)
    git(cwd, 'add', '-A')
    expect((await cli(cwd, ['check', '--staged'], env)).code).toBe(1)
  })

  it('makes a baseline, and lets stay what is in it', async () => {
    const cwd = directory({ 'a.txt': token() })
    expect((await cli(cwd, ['check', '.', '--update-baseline'])).code).toBe(0)
    expect(await cli(cwd, ['check', '.'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 finding in the baseline/),
    })
  })

  it('obeys nothing in the name of a file: a terminal sees it spelled out', async () => {
    const { stdout } = await cli(directory({ 'a\u001b[2J\n::error::x\u202e.txt': token() }), ['check', '.'])
    expect(stdout).toMatch(/^a\\u\{1b\}\[2J\\u\{a\}::error::x\\u\{202e\}\.txt:1:1 /)
  })
})
