import { rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, commit, directory, git, placesOf, repository, warningsOf, write } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')

describe('check --staged', () => {
  it('reads the index: not what the work tree has instead of it or beside it', async () => {
    const [staged, later] = [token(), token()]
    const cwd = repository({ 'a.txt': 'clean\n', 'b.txt': 'clean\n' })
    write(cwd, { 'a.txt': `clean\n${staged}\n` })
    git(cwd, 'add', 'a.txt')
    write(cwd, { 'a.txt': 'clean again\n', 'b.txt': `${later}\n`, 'new.txt': `${later}\n` })
    expect(placesOf(await check(cwd, { staged: true }))).toEqual(['a.txt:2:1 github-token'])
  })

  it('reports what was added, and what stood there before only with whole files', async () => {
    const cwd = repository({ 'a.txt': `${token()}\nmiddle\n${token()}\n` })
    write(cwd, { 'a.txt': (git(cwd, 'show', 'HEAD:a.txt') as string).replace('middle', `new ${token()}`) })
    git(cwd, 'add', '-A')
    expect(placesOf(await check(cwd, { staged: true }))).toEqual(['a.txt:2:5 github-token'])
    expect((await check(cwd, { staged: true, wholeFiles: true })).report.summary.secrets).toBe(3)
  })

  it('reports a secret of several lines when any of them was added', async () => {
    const pem = fillTemplate('{{pem:PRIVATE KEY}}')
    const cwd = repository({ 'key.txt': pem.split('\n').toSpliced(3, 1).join('\n') })
    write(cwd, { 'key.txt': pem })
    git(cwd, 'add', '-A')
    expect((await check(cwd, { staged: true })).failing).toBe(1)
  })

  it('works before the first commit, from a subdirectory, and within the paths that it is given', async () => {
    const cwd = directory({ 'in/a.txt': `${token()}\n`, 'b.txt': `${token()}\n` })
    git(cwd, 'init', '-q')
    git(cwd, 'add', '-A')
    const inside = path.join(cwd, 'in')
    expect((await check(inside, { staged: true })).report.summary.secrets).toBe(2)
    expect(placesOf(await check(inside, { staged: true, paths: ['.'] }))).toEqual(['a.txt:1:1 github-token'])
  })

  it.each([
    'with space.txt',
    'new\nline.txt',
    'tab\t"quote"\\.txt',
    'ümläut-日本.txt',
    '-dash.txt',
    ':(top)x',
    'b/+++ b.txt',
  ])('reads a file called %j, whose name git quotes in a patch', async (name) => {
    const cwd = repository({ [name]: 'one\n' })
    write(cwd, { [name]: `one\n++ b/x\n@@ -1 +1 @@\n${token()}\n` })
    git(cwd, 'add', '-A')
    expect(placesOf(await check(cwd, { staged: true }))).toEqual([`${name}:4:1 github-token`])
  })

  it('takes a renamed file for a new one, and what replaced a link for all new', async () => {
    const cwd = repository({ 'a.txt': `${token()}\n` })
    symlinkSync('a.txt', path.join(cwd, 'link'))
    commit(cwd, 'link')
    git(cwd, 'mv', 'a.txt', 'moved.txt')
    rmSync(path.join(cwd, 'link'))
    write(cwd, { link: `${token()}\n` })
    git(cwd, 'add', '-A')
    expect(placesOf(await check(cwd, { staged: true }))).toEqual([
      'link:1:1 github-token',
      'moved.txt:1:1 github-token',
    ])
  })

  it('is not led astray by how a user reads diffs', async () => {
    const cwd = repository({ '.gitattributes': '*.txt diff=odd\n', 'a.txt': 'one\n' })
    for (const [key, value] of [
      ['diff.noprefix', 'true'],
      ['diff.odd.textconv', 'false'],
      ['diff.external', 'false'],
      ['color.ui', 'always'],
      ['diff.renames', 'copies'],
      ['diff.context', '3'],
      ['diff.mnemonicPrefix', 'true'],
    ]) {
      git(cwd, 'config', key!, value!)
    }
    write(cwd, { 'a.txt': `one\ntwo\n${token()}\n` })
    git(cwd, 'add', '-A')
    expect(placesOf(await check(cwd, { staged: true }))).toEqual(['a.txt:3:1 github-token'])
  })

  it('reads many staged files, large and empty ones among them, through one process', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`f${i}.txt`, i % 7 === 0 ? '' : `${i}\n${token()}\n`]),
    )
    const cwd = repository()
    write(cwd, { ...files, 'large.txt': `${'x'.repeat(99)}\n`.repeat(50_000) + token() })
    git(cwd, 'add', '-A')
    const result = await check(cwd, { staged: true })
    expect(result.report.summary.secrets).toBe(Object.values(files).filter((text) => text !== '').length + 1)
    expect(result.unread).toBe(0)
  })

  it('says that a submodule is to be checked by itself, and that a conflict is not staged', async () => {
    const inner = repository({ 'in.txt': 'x' })
    const cwd = repository({ 'a.txt': 'one\n' })
    git(cwd, 'switch', '-q', '-c', 'other')
    write(cwd, { 'a.txt': 'two\n' })
    commit(cwd, 'two')
    git(cwd, 'switch', '-q', 'main')
    write(cwd, { 'a.txt': 'three\n' })
    commit(cwd, 'three')
    expect(() => git(cwd, 'merge', 'other')).toThrow()
    git(cwd, 'submodule', '--quiet', 'add', inner, 'sub')
    const result = await check(cwd, { staged: true })
    expect(warningsOf(result)).toEqual(['index-unmerged', 'submodule-not-read'])
    expect(result.report.complete).toBe(false)
  })
})

describe('check --since', () => {
  it('reports what a branch added, committed or not, and nothing that the other branch did', async () => {
    const cwd = repository({ 'a.txt': `${token()}\n` })
    git(cwd, 'switch', '-q', '-c', 'feature')
    write(cwd, { 'b.txt': `one\n${token()}\n` })
    commit(cwd, 'b')
    git(cwd, 'switch', '-q', 'main')
    write(cwd, { 'c.txt': `${token()}\n` })
    commit(cwd, 'c')
    git(cwd, 'switch', '-q', 'feature')
    write(cwd, {
      'a.txt': `${git(cwd, 'show', 'HEAD:a.txt')}${token()}\n`,
      'new.txt': `${token()}\n`,
      '.gitignore': 'no\n',
      no: token(),
    })
    expect(placesOf(await check(cwd, { since: 'main' }))).toEqual([
      'a.txt:2:1 github-token',
      'b.txt:2:1 github-token',
      'new.txt:1:1 github-token',
    ])
  })

  it('compares with a revision that shares no history directly, and says so', async () => {
    const cwd = repository({ 'a.txt': `${token()}\n` })
    git(cwd, 'switch', '-q', '--orphan', 'alone')
    write(cwd, { 'b.txt': `${token()}\n` })
    commit(cwd, 'b')
    const result = await check(cwd, { since: 'main' })
    expect(placesOf(result)).toEqual(['b.txt:1:1 github-token'])
    expect(warningsOf(result)).toEqual(['no-merge-base'])
  })

  it('does not follow a link, and leaves out what was deleted', async () => {
    const cwd = repository({ 'a.txt': `${token()}\n` })
    const base = git(cwd, 'rev-parse', 'HEAD').trim()
    rmSync(path.join(cwd, 'a.txt'))
    symlinkSync('/etc/passwd', path.join(cwd, 'link'))
    commit(cwd, 'link')
    const result = await check(cwd, { since: base })
    expect(result).toMatchObject({ files: 0, failing: 0 })
    expect(warningsOf(result)).toEqual(['symlink-not-followed'])
  })

  it.each(['nope', '--output=x', '0'.repeat(40), 'main; true', ''])('refuses the revision %j', async (since) => {
    const cwd = repository({ 'a.txt': 'x' })
    await expect(check(cwd, { since })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      message: expect.stringMatching(/names no commit/),
    })
  })

  it('says what to fetch when a shallow clone ends too early', async () => {
    const origin = repository({ 'a.txt': '1' })
    git(origin, 'switch', '-q', '-c', 'feature')
    write(origin, { 'a.txt': '2' })
    commit(origin, 'two')
    git(origin, 'switch', '-q', 'main')
    write(origin, { 'b.txt': '3' })
    commit(origin, 'three')
    const cwd = directory()
    git(cwd, 'clone', '-q', '--depth', '1', '--no-single-branch', `file://${origin}`, 'clone')
    const clone = path.join(cwd, 'clone')
    git(clone, 'switch', '-q', 'feature')
    const shallow = (since: string) => expect(check(clone, { since })).rejects
    await shallow('origin/main').toMatchObject({
      code: 'ERR_INPUT_INVALID',
      message: expect.stringMatching(/fetch-depth: 0/),
    })
    await shallow(git(origin, 'rev-parse', 'main~1').trim()).toMatchObject({
      message: expect.stringMatching(/shallow clone/),
    })
  })

  it.each([{ staged: true }, { since: 'HEAD' }])('refuses %o where there is no repository', async (options) => {
    await expect(check(directory(), options)).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      message: expect.stringMatching(/needs a git repository/),
    })
  })
})
