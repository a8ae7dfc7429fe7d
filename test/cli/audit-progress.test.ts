import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from './cli.js'
import { hasTerminal, onTerminal } from './terminal.js'

describe('the progress of an audit', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-progress-'))
  const line = `${JSON.stringify({ text: 'nothing to see here '.repeat(50) })}\n`
  const args = ['audit', 'log.jsonl', '--rate', '2MB', '--out', 'report.txt']

  beforeAll(() => writeFileSync(path.join(directory, 'log.jsonl'), line.repeat(4_000)))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it.skipIf(!hasTerminal)('is a bar on a terminal, with how much, how fast and how long it will take', async () => {
    const shown = await onTerminal(directory, args)
    expect(shown).toMatch(/█+░+ \d\.\d of 4\.\d MB, \d\.\d MB\/s, \d+s to go/)
    expect(shown).not.toMatch(/NaN|NF|undefined/)
    // The cursor is back at the end, and the bar is gone.
    expect(shown).toContain('\u001b[?25h')
    expect(shown.endsWith('\u001b[2K')).toBe(true)
  })

  it.skipIf(!hasTerminal)('says no more than it knows of a stream, whose end nobody knows', async () => {
    const shown = await onTerminal(directory, ['audit', '-', ...args.slice(2)], 'cat log.jsonl | ')
    expect(shown).toMatch(/░+ \d\.\d of \? MB, \d\.\d MB\/s\u001b/)
    expect(shown).not.toContain('to go')
  })

  it('is a line for each tenth elsewhere, so that a log stays readable', async () => {
    const { code, stdout, stderr } = await cli(directory, args)
    expect([code, stdout]).toEqual([0, ''])
    const lines = stderr.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.length).toBeLessThan(11)
    for (const each of lines) expect(each).toMatch(/^\d\.\d MB read of about 4\.\d$/)
  })

  it.skipIf(!hasTerminal)('is nothing where nobody asked for it', async () => {
    expect(await onTerminal(directory, [...args, '--no-progress'])).toBe('')
    expect((await cli(directory, [...args, '--no-progress'])).stderr).toBe('')
  })
})
