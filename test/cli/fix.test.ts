import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyRing } from '../../src/index.js'
import { resume, runToInterrupt } from '../audit/fix/graphs.js'
import { cellsOf } from '../audit/fix/rows.js'
import { anthropicKey } from '../support/secrets.js'
import { cli } from './cli.js'

const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-cli-fix-'))
const store = path.join(directory, 'checkpoints.db')
const key = { SECRET_SAFE_KEY: KeyRing.generate() }
const token = anthropicKey()
const vault = ['--vault', path.join(directory, 'vault.db')]
let before: Record<string, string>

const run = (args: readonly string[], env: Record<string, string> = key) => cli(directory, [...vault, ...args], env)
const shown = ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`
const holds = () =>
  Object.values(cellsOf(store)).some((cell) => cell.includes(Buffer.from(token).toString('hex').toUpperCase()))

beforeAll(async () => {
  const saver = SqliteSaver.fromConnString(store)
  await runToInterrupt(saver, 'thread-1', token)
  saver.db.close()
  before = cellsOf(store)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('secret-safe fix and eject', () => {
  it('refuse to start without a key: there is no plaintext fallback, and no plan that could not be carried out', async () => {
    for (const args of [
      ['fix', store],
      ['fix', store, '--apply'],
    ]) {
      const result = await run(args, {})
      expect(result.code).toBe(2)
      expect(result.stderr).toContain('ERR_KEY_INVALID')
    }
    expect(cellsOf(store)).toEqual(before)
  })

  it('say what would be done, as shapes, and change nothing: 1, because there is something to do', async () => {
    const result = await run(['fix', store])
    expect(result.code).toBe(1)
    expect(result.stdout).toMatch(/would be sealed/)
    expect(result.stdout).toContain('checkpoints.checkpoint / login / access_token')
    expect(result.stdout).toContain('Do it with --apply')
    expect(shown(result)).not.toContain(token)
    expect(cellsOf(store)).toEqual(before)
    expect(existsSync(path.join(directory, 'vault.db'))).toBe(false)
  })

  it('seal, and have nothing left to do: 0', async () => {
    const result = await run(['fix', store, '--apply', '--json'])
    expect(result.code).toBe(0)
    expect(JSON.parse(result.stdout)).toMatchObject({ applied: true, mode: 'seal', left: [] })
    expect(shown(result)).not.toContain(token)
    expect(holds()).toBe(false)
    expect(readFileSync(`${store}.fix-journal`, 'utf8')).not.toContain(token)
    expect(await run(['fix', store])).toMatchObject({ code: 0 })
  })

  it('undo, which takes the vault’s key', async () => {
    expect((await run(['fix', store, '--undo'], { SECRET_SAFE_KEY: KeyRing.generate() })).stderr).toContain(
      'ERR_KEY_MISMATCH',
    )
    const result = await run(['fix', store, '--undo'])
    expect(result.code).toBe(0)
    expect(cellsOf(store)).toEqual(before)
    expect(shown(result)).not.toContain(token)
  })

  it('commit, after which there is no undo', async () => {
    expect((await run(['fix', store, '--apply'])).code).toBe(0)
    expect((await run(['fix', store, '--commit'])).code).toBe(0)
    const undo = await run(['fix', store, '--undo'])
    expect(undo.code).toBe(2)
    expect(undo.stderr).toContain('ERR_INPUT_INVALID')
  })

  it('eject only with the store’s name typed, and with somebody to name in the ledger', async () => {
    expect((await run(['eject', store, '--confirm', 'checkpoints.db'])).code).toBe(2)
    for (const confirm of [[], ['--confirm', 'other.db']]) {
      const refused = await run(['eject', store, '--as', 'operator:leaver', ...confirm])
      expect(refused.code).toBe(2)
      expect(refused.stderr).toContain('ERR_INPUT_INVALID')
    }
    expect(holds()).toBe(false)
    const result = await run(['eject', store, '--as', 'operator:leaver', '--confirm', 'checkpoints.db'])
    expect(result.code).toBe(0)
    expect(shown(result)).not.toContain(token)
    expect(cellsOf(store)).toEqual(before)
    const saver = SqliteSaver.fromConnString(store)
    expect((await resume(saver, 'thread-1')).items).toContain(`${token} yes`)
    saver.db.close()
    const ledger = await run(['ledger', 'query', '--json'])
    expect(ledger.stdout).toContain('operator:leaver')
  })

  it('refuse to seal what Python wrote, and say why', async () => {
    const python = path.join(directory, 'python.db')
    const saver = SqliteSaver.fromConnString(python)
    await runToInterrupt(saver, 'thread-1', token)
    saver.db.close()
    const db = new Database(python)
    db.prepare("UPDATE writes SET type = 'msgpack' WHERE rowid = 1").run()
    db.close()
    for (const apply of [[], ['--apply']]) {
      const result = await run(['fix', python, ...apply])
      expect(result.code).toBe(2)
      expect(result.stderr).toMatch(/Python.*redact/)
    }
  })

  it.each([
    ['nothing there', ['fix', 'missing.db'], 'ERR_STORE_UNREADABLE'],
    ['another kind of store', ['fix', 'mongodb://localhost/x'], 'ERR_CONFIG_INVALID'],
    ['an unknown mode', ['fix', store, '--mode', 'hide'], 'ERR_INPUT_INVALID'],
    ['two things at once', ['fix', store, '--apply', '--undo'], 'ERR_INPUT_INVALID'],
  ])('fail with a reason: %s', async (_, args, code) => {
    const result = await run(args)
    expect(result.code).toBe(2)
    expect(result.stderr).toContain(code)
  })
})
