import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/audit/report.js'
import { cli } from '../cli/cli.js'
import { expectExactly, newPlant, newSecrets, type Plant, plant } from './planted.js'

describe('secret-safe audit', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  const store = path.join(directory, 'checkpoints.db')
  let given: Plant

  beforeAll(async () => {
    given = newPlant()
    const saver = SqliteSaver.fromConnString(store)
    await plant(saver, 'thread-1', given)
    const insert = saver.db.prepare("INSERT INTO checkpoints VALUES (?, '', 'c', NULL, 'json', '{}', '{}')")
    saver.db.transaction(() => {
      for (let i = 0; i < 4_000; i++) insert.run(`a${String(i).padStart(6, '0')}`)
    })()
    saver.db.close()
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('needs no key, no vault and no configuration; exits 1 for secrets, and prints nothing but the report', async () => {
    const { code, stdout } = await cli(directory, ['audit', store, '--report', 'json'])
    expect(code).toBe(1)
    expectExactly(JSON.parse(stdout) as AuditReport, given.all)
  })

  it('exits 0 for a store without one, also when only a part was asked for', async () => {
    const clean = path.join(directory, 'clean.json')
    writeFileSync(clean, '{"a":"nothing"}')
    expect((await cli(directory, ['audit', clean])).code).toBe(0)
    expect((await cli(directory, ['audit', store, '--thread', 'a000001', '--no-progress'])).code).toBe(0)
  })

  it('exits 2 where nothing was found and not all was read, and for what is no store', async () => {
    const broken = path.join(directory, 'broken.sqlite')
    writeFileSync(broken, Buffer.alloc(5_000, 7))
    const unread = await cli(directory, ['audit', broken])
    expect([unread.code, unread.stdout]).toEqual([2, expect.stringContaining('sqlite-encrypted-or-damaged')])
    const missing = await cli(directory, ['audit', path.join(directory, 'missing')])
    expect([missing.code, missing.stdout]).toEqual([2, ''])
    expect(missing.stderr).toContain('ERR_STORE_UNREADABLE')
    const format = await cli(directory, ['audit', store, '--report', 'poem'])
    expect([format.code, format.stdout]).toEqual([2, ''])
  })

  it('writes the report to a file that only its owner reads, and reads standard input', async () => {
    const [one] = newSecrets(1)
    const out = path.join(directory, 'report.json')
    const { code, stdout } = await cli(
      directory,
      ['audit', '-', '--report', 'json', '--out', out],
      {},
      `x ${one!.secret}`,
    )
    expect([code, stdout]).toEqual([1, ''])
    expectExactly(JSON.parse(readFileSync(out, 'utf8')) as AuditReport, [one!])
    expect(statSync(out).mode & 0o777).toBe(0o600)
  })

  it('lists what to rotate, whose it is and where', async () => {
    const { stdout } = await cli(directory, ['audit', store, '--rotate-plan'])
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.slice(1).every((each) => each.includes('\tdana@example.com\t') && each.includes('https://'))).toBe(
      true,
    )
  })

  it('keeps what the configuration allows out of the report, and counts it', async () => {
    const config = path.join(directory, 'allowing.json')
    writeFileSync(
      config,
      JSON.stringify({
        detector: {
          rules: { [given.prose.ruleId]: 'ignore' },
          allow: [{ rule: given.nested.ruleId, reason: 'a fixture' }],
        },
      }),
    )
    const { stdout } = await cli(directory, ['audit', store, '--report', 'json', '--config', config])
    const report = JSON.parse(stdout) as AuditReport
    expectExactly(
      report,
      given.all.filter((each) => each !== given.prose && each !== given.nested),
    )
    expect(report.summary.allowed).toBe(1)
  })

  it('takes a part of the threads in percent, and refuses one that is none', async () => {
    for (const sample of ['0', '101%', 'some']) {
      const { code, stderr } = await cli(directory, ['audit', store, '--sample', sample])
      expect([code, stderr]).toEqual([2, expect.stringContaining('ERR_CONFIG_INVALID')])
    }
    const { stdout } = await cli(directory, ['audit', store, '--sample', '20%', '--report', 'json'])
    const { threads } = (JSON.parse(stdout) as AuditReport).sources[0]!
    expect(threads).toBeGreaterThan(600)
    expect(threads).toBeLessThan(1_000)
  })

  it('at Ctrl+C says how to go on and exits 2; the same command then reports all of it', async () => {
    const state = path.join(directory, 'state.json')
    const args = ['audit', store, '--report', 'json', '--state', state]
    const tsx = path.resolve('node_modules/tsx/dist/loader.mjs')
    const child = spawn(
      process.execPath,
      ['--import', tsx, path.resolve('src/cli/main.ts'), ...args, '--rate', '1000'],
      { cwd: directory },
    )
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
      // Once: the second one ends it at once.
      if (!child.killed && stderr.includes('MB read')) child.kill('SIGINT')
    })
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect([code, stderr]).toEqual([2, expect.stringContaining('goes on where it stopped')])
    const { stdout } = await cli(directory, args)
    expectExactly(JSON.parse(stdout) as AuditReport, given.all)
  })
})
