import { execFileSync } from 'node:child_process'
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { changesSince } from '../../../src/audit/check/changes.js'
import { scanFile } from '../../../src/audit/check/scan-file.js'
import { Warnings } from '../../../src/audit/check/warnings.js'
import { WatchedDetector } from '../../../src/audit/check/watched-detector.js'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, hasZstd, placesOf, repository, warningsOf, write, zstd } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')
const cut = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 6)

describe('check of bad input', () => {
  it.for<[string, () => Uint8Array, string]>([
    ['truncated gzip', () => cut(gzipSync(`${token()}\n`.repeat(3))), 'file-truncated'],
    ['truncated zstd', () => cut(zstd(`${token()}\n${'x'.repeat(400_000)}${token()}`)), 'file-truncated'],
    [
      'a gzip bomb',
      () => gzipSync(Buffer.concat([Buffer.from(`${token()}\n`), Buffer.alloc(80_000_000)])),
      'file-bomb',
    ],
    ['a zstd bomb', () => zstd(`${token()}\n${'\0'.repeat(80_000_000)}`), 'file-bomb'],
    ['gzip that is damaged midway', () => damaged(gzipSync(`${token()}\n${randomText()}`)), 'file-corrupt'],
    ['bytes behind a gzip stream', () => Buffer.concat([gzipSync('x'), Buffer.from(` ${token()}`)]), 'file-corrupt'],
    [
      'what only begins like gzip',
      () => Buffer.concat([Buffer.from([31, 139, 8, 255]), Buffer.from(` ${token()}`)]),
      'file-corrupt',
    ],
    [
      'what only begins like zstd',
      () => Buffer.concat([Buffer.from([40, 181, 47, 253]), Buffer.from(` ${token()}`)]),
      'file-truncated',
    ],
  ])('reads what there is of %s, and fails as not wholly read', async ([name, make, warning], { skip }) => {
    skip(name.includes('zstd') && !hasZstd, 'zstd is not installed')
    const result = await check(directory({ 'a.gz': make() }))
    expect(warningsOf(result)).toEqual([warning])
    expect(result.report).toMatchObject({ complete: false, sources: [{ unreadable: 1 }] })
    if (!name.startsWith('truncated')) expect(result.failing).toBe(1)
  })

  it('says that an archive is not opened', async () => {
    const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), deflateRawSync('x')])
    expect(warningsOf(await check(directory({ 'a.zip': zip, 'b.gz': gzipSync(gzipSync('x')) })))).toEqual([
      'archive-not-opened',
    ])
  })

  it('fails for a path that is not there, and reads the others', async () => {
    const result = await check(directory({ 'a.txt': token() }), { paths: ['nope', 'a.txt', 'a.txt/x'] })
    expect(result).toMatchObject({ failing: 1, unread: 2, report: { warnings: [{ code: 'path-missing', count: 2 }] } })
  })

  it.skipIf(process.getuid?.() === 0)('fails for a file that it may not read', async () => {
    const cwd = directory({ 'a.txt': token() })
    chmodSync(path.join(cwd, 'a.txt'), 0)
    expect(await check(cwd)).toMatchObject({ unread: 1, report: { warnings: [{ code: 'file-unreadable' }] } })
  })

  it('does not wait for a pipe, and says that it was not read', async () => {
    const cwd = directory()
    execFileSync('mkfifo', [path.join(cwd, 'pipe')])
    for (const paths of [['.'], ['pipe']]) {
      expect(warningsOf(await check(cwd, { paths }))).toEqual(['not-a-file'])
    }
  })

  it('does not fail for a file that is gone when its turn comes', async () => {
    const cwd = repository({ 'a.txt': 'x\n', 'b.txt': 'x\n' })
    write(cwd, { 'a.txt': `${token()}\n` })
    const warnings = new Warnings()
    const { targets } = await changesSince('HEAD', { cwd, paths: [], warnings })
    rmSync(path.join(cwd, 'a.txt'))
    const watched = new WatchedDetector({})
    expect(await scanFile(targets[0]!, { watched, warnings, report: () => undefined })).toEqual({
      bytes: 0,
      allowed: 0,
    })
    expect(warnings.list((name) => name)).toMatchObject([
      { code: 'file-vanished', message: expect.stringContaining('a.txt') },
    ])
    renameSync(path.join(cwd, 'b.txt'), path.join(cwd, 'c.txt'))
    expect(await check(cwd)).toMatchObject({ unread: 0, report: { warnings: [{ code: 'file-vanished', count: 2 }] } })
  })

  it('reads a repository that git refuses, and says that it could not be asked', async () => {
    const cwd = directory({ 'a.txt': token() })
    writeFileSync(path.join(cwd, '.git'), 'gitdir: /nowhere\n')
    const result = await check(cwd)
    expect(placesOf(result)).toContain('a.txt:1:1 github-token')
    expect(warningsOf(result)).toEqual(['ignore-unknown'])
  })

  it('shows a name with a line end as one', async () => {
    const result = await check(directory({ 'a\nb.txt': token() }))
    expect(placesOf(result)).toEqual(['a\nb.txt:1:1 github-token'])
  })
})

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.fill(0xff, copy.length >> 1, (copy.length >> 1) + 40)
  return copy
}

/** Hardly compresses, so that there is a middle. */
const randomText = () => Array.from({ length: 4_000 }, () => Math.random().toString(36)).join('\n')
