import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { opaqueSecret } from '../support/secrets.js'
import { type CliResult, cli } from './cli.js'

const ALICE = { principal: { sub: 'alice' } }
const key = KeyRing.generate()
const env = { SECRET_SAFE_KEY: key }
const secret = opaqueSecret()
const cwd = mkdtempSync(path.join(tmpdir(), 'secret-safe-upkeep-'))
let url: string
let kept: string

beforeAll(async () => {
  const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  url = await vault.create(secret, { threadId: 'T1', runId: 'R1', maxClaims: 3, metadata: { purpose: 'deploy' } })
  kept = await vault.create(opaqueSecret(), { threadId: 'T2', allow: ['bob'] })
  await vault.claim(url, { ...ALICE, threadId: 'T1' })
  await vault.close()
})

afterAll(() => rmSync(cwd, { recursive: true }))

async function run(args: readonly string[], input = ''): Promise<CliResult> {
  const result = await cli(cwd, [...args, '--vault', 'vault.db'], env, input)
  expect(result.stdout + result.stderr).not.toContain(secret)
  return result
}

const idOf = (text: string) => text.slice(text.lastIndexOf('/') + 1, text.lastIndexOf('.'))

describe('secret-safe claims', () => {
  it('lists claims by thread, run, state and mode, and records who looked', async () => {
    const [all, thread, runs, none] = await Promise.all(
      [[], ['--thread', 'T1'], ['--run', 'R1'], ['--mode', 'lease']].map((args) => run(['claims', 'list', ...args])),
    )
    expect(all!.stdout.trim().split('\n')).toHaveLength(2)
    expect(thread!.stdout).toMatch(/^claim:.* {2}live {2}handoff {2}rule=handoff {2}thread=T1 .*left=2\n$/)
    expect(runs!.stdout).toBe(thread!.stdout)
    expect(none!.stdout).toBe('No such claims.\n')
    const ledger = await run(['ledger', 'query', '--json', '--thread', 'T1'])
    expect(ledger.stdout).toMatch(/"operation":"peek".*"sub":"operator:/)
  })

  it('shows what is known of one, by URL or by id, with what happened to it', async () => {
    const [byUrl, byId] = await Promise.all([
      run(['claims', 'show', url, '--json']),
      run(['claims', 'show', idOf(url), '--json']),
    ])
    const shown = JSON.parse(byUrl.stdout) as { metadata: object; events: { operation: string }[] }
    expect(shown).toMatchObject({ url, claimsLeft: 2, metadata: { purpose: 'deploy' } })
    expect(shown.events.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['mint', 'claim']))
    expect(JSON.parse(byId.stdout)).toMatchObject({ url })
  })

  it('tells where a leaked value is, read from standard input alone', async () => {
    const found = await run(['claims', 'where'], `${secret}\n`)
    expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('thread=T1') })
    expect(await run(['claims', 'where'], `${opaqueSecret()}\n`)).toMatchObject({
      code: 0,
      stdout: 'No claim holds it.\n',
    })
    expect(await run(['claims', 'where', opaqueSecret()])).toMatchObject({ code: 2 })
  })

  it('ends a claim that is kept for somebody else: whoever holds the key may, and it is recorded', async () => {
    expect((await run(['claims', 'revoke', kept, '--as', 'oncall'])).stdout).toBe('1 claim ended.\n')
    expect((await run(['claims', 'list', '--state', 'revoked'])).stdout).toContain(kept)
    expect((await run(['ledger', 'query', '--json', '--sub', 'oncall'])).stdout).toContain('"operation":"revoke"')
  })

  it.each([
    [[]],
    [['--thread', 'T1', '--run', 'R1']],
    [['--tenant-wide']],
    [['--thread', 'T1', '--alone']],
    [['not-a-claim']],
  ])('refuses to revoke %j', async (args) => {
    expect(await run(['claims', 'revoke', ...args])).toMatchObject({ code: 2, stdout: '' })
  })

  it('says the same of an unknown claim as of a forged one', async () => {
    const unknown = await run(['claims', 'show', 'A'.repeat(22)])
    const forged = await run(['claims', 'show', `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`])
    expect(unknown).toEqual(forged)
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('ERR_CLAIM_DENIED') })
  })

  it('kills a value everywhere, now and later', async () => {
    expect((await run(['claims', 'revoke', '--value-stdin', '--json'], secret)).stdout).toBe('{"ended":1}\n')
    expect((await run(['claims', 'list', '--thread', 'T1'])).stdout).toContain('  revoked  ')
  })
})

describe('secret-safe doctor', () => {
  it('exits with 1 when a person should look, with 0 when not, and with 2 when it could not run', async () => {
    const first = await run(['doctor', '--json'])
    expect(first.code).toBe(1)
    const report = JSON.parse(first.stdout) as { level: string; diagnoses: { id: string; level: string }[] }
    expect(report.level).toBe('warn')
    expect(report.diagnoses.filter(({ level }) => level !== 'ok').map(({ id }) => id)).toEqual(['sweeper'])
    await run(['sweep'])
    expect(await run(['doctor'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok {4}key-file /) })
    expect(await run(['doctor', '--checkpoints', 'nowhere.db'])).toMatchObject({ code: 2, stdout: '' })
  })

  it('works without a key as far as it can', async () => {
    const { code, stdout } = await cli(cwd, ['doctor', '--vault', 'vault.db'])
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/fail {2}key-provider .*SECRET_SAFE_KEY/),
    })
  })

  it('suspends handoffs of a restored backup, and lifts that for a person', async () => {
    copyFileSync(path.join(cwd, 'vault.db'), path.join(cwd, 'backup.db'))
    await run(['claims', 'list'])
    expect(await run(['doctor'])).toMatchObject({ code: 0 })
    for (const suffix of ['-wal', '-shm']) rmSync(path.join(cwd, `vault.db${suffix}`), { force: true })
    copyFileSync(path.join(cwd, 'backup.db'), path.join(cwd, 'vault.db'))
    expect(await run(['doctor'])).toMatchObject({ code: 1, stdout: expect.stringMatching(/fail {2}handoffs /) })
    expect(await run(['doctor', '--resume-handoffs', '--as', 'oncall'])).toMatchObject({ code: 0 })
    const events = (await run(['ledger', 'query', '--json'])).stdout
    expect(events).toMatch(/"operation":"suspend".*"sub":"system:vault"/)
    expect(events).toMatch(/"operation":"resume".*"sub":"oncall"/)
  })
})

describe('secret-safe sweep', () => {
  it('--watch prints a line for each pass, and ends well at a signal', async () => {
    const args = ['node_modules/tsx/dist/cli.mjs', 'src/cli/main.ts', 'sweep', '--watch', '--every', '1s', '--json']
    const child = spawn(process.execPath, [...args, '--vault', path.join(cwd, 'vault.db')], {
      env: { ...process.env, ...env },
    })
    let printed = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        printed += chunk
        if (printed.split('\n').length > 2) resolve()
      })
    })
    const ended = new Promise((resolve) => child.on('close', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)),
    ).toContainEqual(['cleared', 'removed', 'at'])
  })

  it.each(['0s', '2d', '5', 'soon'])('refuses to wait %s', async (every) => {
    expect(await run(['sweep', '--watch', '--every', every])).toMatchObject({ code: 2 })
  })
})
