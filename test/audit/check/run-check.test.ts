import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, git, hasZstd, placesOf, repository, warningsOf, write, zstd } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')

describe('check of files', () => {
  it('says the line and the column at which a secret stands, and nothing of it but what is public', async () => {
    const secret = token()
    const cwd = directory({ 'a/notes.md': `one\ntwo ${secret} three\n`, 'clean.txt': 'nothing here\n' })
    const result = await check(cwd)
    expect(placesOf(result)).toEqual(['a/notes.md:2:5 github-token'])
    expect(result).toMatchObject({ files: 2, failing: 1, unread: 0 })
    expect(result.report).toMatchObject({ command: 'check', complete: true, summary: { secrets: 1, copies: 1 } })
    expect(result.report.secrets[0]).toMatchObject({
      length: secret.length,
      places: [{ start: 8, end: 8 + secret.length }],
    })
    expect(JSON.stringify(result)).not.toContain(secret.slice(6))
  })

  it('counts one secret once, however many files hold it in whatever encoding', async () => {
    const secret = token()
    const cwd = directory({
      a: `x ${secret}`,
      b: `y ${secret} ${secret}`,
      c: Buffer.from(`t=${secret}`).toString('base64'),
    })
    const { report } = await check(cwd)
    expect(report.secrets).toHaveLength(1)
    expect(report.secrets[0]).toMatchObject({ copies: 4 })
    expect(report.secrets[0]!.places.map(({ encodings }) => encodings)).toContainEqual(['base64'])
  })

  it.each<[string, (text: string) => Uint8Array, string]>([
    ['CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n')), '3:6'],
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`), '3:6'],
    ['UTF-16, little endian, with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), '3:6'],
    ['UTF-16, big endian, with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), '3:6'],
    ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le'), '3:6'],
    ['characters outside of the BMP ahead of it', (text) => Buffer.from(text.replace('aä b', '😀 b')), '3:6'],
  ])('reads %s, and counts lines and columns as an editor does', async (_, encode, position) => {
    const cwd = directory({ 'a.txt': encode(`erste Zeile, ganz schlicht\nzweite\naä b ${token()}\nlast`) })
    expect(placesOf(await check(cwd))).toEqual([`a.txt:${position} github-token`])
  })

  it('reads text beside bytes that are none, and one that begins with them', async () => {
    const [first, second] = [token(), token()]
    const bytes = Buffer.concat([
      Buffer.from([0, 255, 254, 1, 2]),
      Buffer.from(` ${first} `),
      Buffer.alloc(400_000, 0xc3),
    ])
    const cwd = directory({ 'dump.bin': Buffer.concat([bytes, Buffer.from(` ${second}\n`)]) })
    const { report } = await check(cwd)
    expect(report.secrets).toHaveLength(2)
    expect(report.secrets.flatMap(({ places }) => places.map(({ start }) => start)).sort((a, b) => a - b)).toEqual([
      6,
      bytes.length + 1,
    ])
  })

  it('finds a password behind a word that is not ASCII, and counts its characters, not its bytes', async () => {
    const password = `Zür${fillTemplate('{{base62:10}}')}`
    const cwd = directory({ 'es.yml': `contraseña: ${password}\n` })
    const result = await check(cwd)
    expect(placesOf(result)).toEqual(['es.yml:1:13 spoken-password'])
    expect(result.report.secrets[0]).toMatchObject({ length: 13, places: [{ start: 13, end: 27 }] })
  })

  it.for<[string, (text: string) => Uint8Array]>([
    ['gzip', gzipSync],
    ['gzip of two members', (text) => Buffer.concat([gzipSync('first\n'), gzipSync(text)])],
    ['zstd', zstd],
  ])('opens %s', async ([name, pack], { skip }) => {
    skip(name === 'zstd' && !hasZstd, 'zstd is not installed')
    const cwd = directory({ 'dump.sql.gz': pack(`one\n${token()}\n`) })
    expect(placesOf(await check(cwd))).toEqual([`dump.sql.gz:${name.includes('two') ? 3 : 2}:1 github-token`])
  })

  it('asks git what is ignored, in directories only, and not with ignores off', async () => {
    const cwd = repository({ '.gitignore': 'local/\n*.log\n', 'a.txt': `${token()}\n` })
    write(cwd, { 'local/b.txt': `${token()}\n`, 'c.log': `${token()}\n`, 'untracked.txt': `${token()}\n` })
    expect(placesOf(await check(cwd)).map((place) => place.split(':')[0])).toEqual(['a.txt', 'untracked.txt'])
    expect(placesOf(await check(cwd, { paths: ['c.log'] }))).toHaveLength(1)
    expect((await check(cwd, { ignores: false })).report.summary.secrets).toBe(4)
  })

  it('reads a file that is named twice once, and a submodule with its own rules of what is ignored', async () => {
    const inner = repository({ '.gitignore': 'x\n', 'in.txt': `${token()}\n` })
    const cwd = repository({ 'a.txt': `${token()}\n` })
    git(cwd, 'submodule', '--quiet', 'add', inner, 'sub')
    write(cwd, { 'sub/x': `${token()}\n` })
    const places = placesOf(await check(cwd, { paths: ['.', 'a.txt', './a.txt'] }))
    expect(places.map((place) => place.split(':')[0])).toEqual(['a.txt', 'sub/in.txt'])
  })

  it('follows no link inside a directory, so that none leads in circles or out of it, and says so', async () => {
    const outside = directory({ 'secret.txt': token() })
    const cwd = directory({ 'a/b/c.txt': 'clean' })
    symlinkSync('..', path.join(cwd, 'a/b/loop'))
    symlinkSync(path.join(outside, 'secret.txt'), path.join(cwd, 'a/out'))
    const result = await check(cwd)
    expect(placesOf(result)).toEqual([])
    expect(result.report.warnings).toMatchObject([{ code: 'symlink-not-followed', count: 2 }])
    expect(placesOf(await check(cwd, { paths: ['a/out'] }))).toHaveLength(1)
  })

  it('keeps a finding that the configuration only reports from failing', async () => {
    const cwd = directory({
      'a.txt': token(),
      'secret-safe.config.yml': 'detector:\n  rules:\n    github-token: report\n',
    })
    expect(await check(cwd)).toMatchObject({ failing: 0, report: { summary: { secrets: 1 } } })
  })

  it('lets stay what the allow list of the configuration lets stay, and counts it once', async () => {
    const json = JSON.stringify({ fixtures: { demo: { token: token() } }, other: { token: token() } }, undefined, 1)
    const allow = 'detector:\n  allow:\n    - path: fixtures.*.token\n      reason: revoked\n'
    const cwd = directory({ 'a.json': json, 'secret-safe.config.yml': allow })
    const result = await check(cwd)
    expect(result.report.summary).toMatchObject({ secrets: 1, allowed: 1 })
    expect(result.report.secrets[0]!.places[0]!.path).toEqual(['other', 'token'])
  })

  it('takes secrets out of the names of files and fields that it prints', async () => {
    const [inName, inKey] = [token(), token()]
    const cwd = directory({ [`dump ${inName} of-${inKey}.json`]: JSON.stringify({ [inKey]: { deep: token() } }) })
    const text = JSON.stringify(await check(cwd))
    expect(text).not.toContain(inName)
    expect(text).not.toContain(inKey)
    expect(text).toContain('[redacted]')
  })

  it.each([
    [{ paths: [] }, /Name files or directories/],
    [{ staged: true, since: 'HEAD' }, /exclude each other/],
    [{ staged: true, updateBaseline: true }, /updated from whole files/],
    [{ wholeFiles: true }, /goes with --staged or --since/],
  ])('refuses %o', async (options, message) => {
    await expect(check(directory(), options)).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
      message: expect.stringMatching(message),
    })
  })

  it('has nothing to say about an empty directory', async () => {
    const result = await check(directory())
    expect(result).toMatchObject({ files: 0, failing: 0, unread: 0 })
    expect(warningsOf(result)).toEqual([])
  })
})
