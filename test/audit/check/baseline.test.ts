import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, commit, directory, git, placesOf, repository, warningsOf, write } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')
const NAME = '.secret-safe-baseline.json'
const read = (cwd: string) => readFileSync(path.join(cwd, NAME), 'utf8')
const entriesOf = (cwd: string): string[] => (JSON.parse(read(cwd)) as { entries: string[] }).entries

describe('a baseline', () => {
  it('lets stay what was found when it was written, and nothing that is new', async () => {
    const cwd = directory({ 'a.txt': `${token()}\n`, 'b/c.txt': `x ${token()}\n` })
    expect(await check(cwd, { updateBaseline: true })).toMatchObject({ failing: 0, baselined: 2 })
    expect(await check(cwd)).toMatchObject({ failing: 0, baselined: 2, report: { summary: { allowed: 2 } } })
    write(cwd, { 'b/c.txt': `moved down\n${readFileSync(path.join(cwd, 'b/c.txt'), 'utf8')}${token()}\n` })
    const result = await check(cwd)
    expect(placesOf(result)).toEqual(['b/c.txt:3:1 github-token'])
    expect(result.baselined).toBe(2)
  })

  it('holds for one file and one rule: the same secret elsewhere is found', async () => {
    const secret = token()
    const cwd = directory({ 'a.txt': secret })
    await check(cwd, { updateBaseline: true })
    write(cwd, { 'b.txt': secret })
    expect(placesOf(await check(cwd))).toEqual(['b.txt:1:1 github-token'])
  })

  it('holds neither a secret nor anything that can be compared with one, or from file to file', async () => {
    const secret = token()
    const cwd = directory({ 'a.txt': secret, 'b.txt': secret })
    const other = directory({ 'a.txt': secret })
    await check(cwd, { updateBaseline: true })
    await check(other, { updateBaseline: true })
    expect(read(cwd)).not.toContain(secret.slice(4, 12))
    const prints = [...entriesOf(cwd), ...entriesOf(other)]
      .filter((entry) => entry !== '~')
      .map((entry) => entry.split(' ')[1])
    expect(prints).toHaveLength(3)
    expect(new Set(prints).size).toBe(3)
  })

  it('is written the same again while nothing changes, one entry on each line, by file', async () => {
    const cwd = directory({ 'b.txt': token(), 'a.txt': `${token()} ${token()}`, 'with space.txt': token() })
    await check(cwd, { updateBaseline: true })
    const first = read(cwd)
    await check(cwd, { updateBaseline: true })
    expect(read(cwd)).toBe(first)
    expect(entriesOf(cwd).map((entry) => entry.split(' ').slice(2).join(' '))).toEqual([
      'a.txt',
      'a.txt',
      'b.txt',
      'with space.txt',
      '',
    ])
    expect(first.split('\n').filter((line) => line.startsWith('    "'))).toHaveLength(5)
  })

  it('warns of entries that stand for nothing any more, of files that are gone, too, and takes them out', async () => {
    const cwd = directory({ 'a.txt': token(), 'b.txt': token(), 'c.txt': token() })
    await check(cwd, { updateBaseline: true })
    write(cwd, { 'a.txt': 'clean' })
    rmSync(path.join(cwd, 'b.txt'))
    const result = await check(cwd)
    expect(result).toMatchObject({
      failing: 0,
      unread: 0,
      report: { warnings: [{ code: 'baseline-stale', count: 2 }] },
    })
    await check(cwd, { updateBaseline: true })
    expect(entriesOf(cwd)).toHaveLength(2)
    expect(warningsOf(await check(cwd))).toEqual([])
  })

  it('keeps entries of what was not read', async () => {
    const cwd = repository({ 'a/x.txt': `${token()}\n`, 'b/y.txt': `${token()}\n` })
    await check(cwd, { updateBaseline: true })
    expect(warningsOf(await check(cwd, { paths: ['a'] }))).toEqual([])
    await check(cwd, { paths: ['a'], updateBaseline: true })
    expect(entriesOf(cwd)).toHaveLength(3)
    write(cwd, { 'a/x.txt': 'clean\n' })
    git(cwd, 'add', 'a')
    expect(warningsOf(await check(cwd, { staged: true }))).toEqual([])
  })

  it('is found from a subdirectory, and counts for what is staged', async () => {
    const cwd = repository({ 'in/a.txt': 'clean\n' })
    write(cwd, { 'in/a.txt': `${token()}\n` })
    await check(cwd, { updateBaseline: true })
    git(cwd, 'add', 'in')
    const inside = path.join(cwd, 'in')
    expect(await check(inside, { staged: true })).toMatchObject({ failing: 0, baselined: 1 })
    expect(await check(inside)).toMatchObject({ failing: 0, baselined: 1 })
  })

  it('merges when two branches add to it, with the union driver of git', async () => {
    const cwd = repository({ 'm.txt': `${token()}\n`, '.gitattributes': `${NAME} merge=union\n` })
    await check(cwd, { updateBaseline: true })
    commit(cwd, 'baseline')
    git(cwd, 'switch', '-q', '-c', 'other')
    write(cwd, { 'y.txt': `${token()}\n` })
    await check(cwd, { updateBaseline: true })
    commit(cwd, 'y')
    git(cwd, 'switch', '-q', 'main')
    write(cwd, { 'z.txt': `${token()}\n` })
    await check(cwd, { updateBaseline: true })
    commit(cwd, 'z')
    git(cwd, 'merge', '-q', '--no-edit', 'other')
    expect(await check(cwd)).toMatchObject({ failing: 0, baselined: 3 })
  })

  it('leaves out what the configuration only reports', async () => {
    const cwd = directory({
      'a.txt': token(),
      'secret-safe.config.yml': 'detector:\n  rules:\n    github-token: report\n',
    })
    const result = await check(cwd, { updateBaseline: true })
    expect(entriesOf(cwd)).toEqual(['~'])
    expect(result.report.summary.secrets).toBe(1)
  })

  it('is refused when it was named and is not there', async () => {
    await expect(check(directory(), { baseline: 'no.json' })).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
  })

  it.each([
    ['another format', '{"format":"x"}', /expected a baseline of format/],
    ['no JSON', '{', /not valid JSON/],
    ['null', 'null', /expected a baseline of format/],
    ['a merge conflict', '<<<<<<< ours\n', /merge conflict/],
    ['no salt', '{"format":"langgraph-secret-safe/baseline@1","entries":[]}', /a salt and a list/],
    [
      'an entry of other hands',
      `{"format":"langgraph-secret-safe/baseline@1","salt":"${'a'.repeat(22)}","entries":["~",7]}`,
      /entry 0 is not one/,
    ],
  ])('that holds %s is refused, and not quoted', async (_, content, message) => {
    const cwd = directory({ [NAME]: content })
    await expect(check(cwd)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(message),
    })
  })
})
