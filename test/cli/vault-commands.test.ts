import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { configDir } from '../config/config-dir.js'
import { cli } from './cli.js'

async function makeVault(): Promise<{ cwd: string; env: Record<string, string>; url: string; keyId: string }> {
  const cwd = configDir({ 'secret-safe.config.yml': 'vault: { address: vault.db }' })
  const key = KeyRing.generate()
  const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  const principal = { sub: 'alice', act: 'agent' }
  const url = await vault.create('correct horse', { threadId: 'T1', principal, runId: 'R1' })
  await vault.claim(url, { principal, threadId: 'T1' })
  await vault.create('battery staple', { threadId: 'T2', ttlMs: 1 })
  await vault.close()
  return { cwd, env: { SECRET_SAFE_KEY: key }, url, keyId: await new KeyRing(key).currentId() }
}

describe('the commands that read a vault', () => {
  it('status opens it and says what it is', async () => {
    const { cwd, env, keyId, url } = await makeVault()
    const { code, stdout, stderr } = await cli(cwd, ['status'], env)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`vault    ${url.slice('claim://'.length, 'claim://'.length + 8)}\n`)
    expect(stdout).toContain(`key      ${keyId} (current)\n`)
    expect(stdout).toMatch(/schema {3}ok\ntenant {3}default\nthreads {2}\d\nconfig {3}.*secret-safe\.config\.yml\n$/)
  })

  it('status ends when the vault cannot be reached: nothing keeps on trying behind it', async () => {
    const { cwd, env } = await makeVault()
    for (const address of ['redis://127.0.0.1:1/0', 'postgres://nobody@127.0.0.1:1/none']) {
      const { code, stdout, stderr } = await cli(cwd, ['status', '--vault', address], env)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('(ERR_VAULT_UNAVAILABLE)')
    }
  })

  it('ledger prints who did what, filtered, without a key', async () => {
    const { cwd, url } = await makeVault()
    const lines = async (...args: string[]) => (await cli(cwd, ['ledger', ...args])).stdout.trimEnd().split('\n')
    const [all, claim, thread, run, since, until, json] = await Promise.all([
      lines(),
      lines('--claim', url),
      lines('--thread', 'T2'),
      lines('--run', 'R1'),
      lines('--since', '2d', '--sub', 'alice'),
      lines('--until', '2001-01-01'),
      lines('--json'),
    ])
    expect(all).toHaveLength(3)
    expect(claim.map((line) => line.split(/ {2}/)[1])).toEqual(['mint', 'claim'])
    expect(thread).toEqual([expect.stringMatching(/ {2}mint {2}ok {2}thread=T2 {2}/)])
    expect(run).toEqual([expect.stringContaining('by=agent for alice')])
    expect(since).toHaveLength(2)
    expect(until).toEqual([''])
    const event = { operation: 'mint', outcome: 'ok', tenant: 'default', threadId: 'T1', sub: 'alice' }
    expect(JSON.parse(json[0]!)).toMatchObject(event)
  })

  it('sweep says how many claims it cleared', async () => {
    const { cwd, env } = await makeVault()
    const { code, stdout } = await cli(cwd, ['sweep'], env)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+ claims? cleared\.\n$/) })
  })

  it('does not make a vault where none is: the address may be mistyped', async () => {
    const cwd = configDir({})
    for (const command of ['status', 'sweep', 'ledger']) {
      const { code, stderr } = await cli(cwd, [command, '--vault', 'typo.db'], { SECRET_SAFE_KEY: KeyRing.generate() })
      expect({ command, code }).toEqual({ command, code: 2 })
      expect(stderr).toMatch(/^secret-safe: There is no vault at .*typo\.db\. .* \(ERR_CONFIG_INVALID\)\n$/)
    }
    expect(existsSync(path.join(cwd, 'typo.db'))).toBe(false)
  })

  it('an option goes before the environment, and that before the file', async () => {
    const { cwd, env } = await makeVault()
    const other = { ...env, SECRET_SAFE_VAULT: 'sqlite:other.db' }
    expect((await cli(cwd, ['status'], other)).stderr).toContain('other.db')
    expect((await cli(cwd, ['status', '--vault', 'vault.db'], other)).code).toBe(0)
  })
})

describe('when a command fails', () => {
  it('says so in one line with a code, and exits with 2', async () => {
    const { cwd, env } = await makeVault()
    const wrongKey = await cli(cwd, ['status'], { SECRET_SAFE_KEY: KeyRing.generate() })
    expect(wrongKey).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^secret-safe: .*\(ERR_KEY_MISMATCH\)\n$/),
    })
    expect((await cli(cwd, ['status'])).stderr).toMatch(
      /^secret-safe: SECRET_SAFE_KEY is not set\..*\(ERR_KEY_INVALID\)\n$/,
    )
    expect(await cli(cwd, ['ledger', '--since', 'yesterday'], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('(ERR_INPUT_INVALID)'),
    })
  })

  it.each([
    [['status', '--vault=postgres://u:hunter2@127.0.0.1:1/db']],
    [['status', '--vaultt=postgres://u:hunter2@127.0.0.1:1/db']],
    [['postgres://u:hunter2@127.0.0.1:1/db']],
    [['status', '--vault', 'mysql://u:hunter2@127.0.0.1:1/db']],
  ])('never repeats an address: %j', async (args) => {
    const { code, stdout, stderr } = await cli(configDir({}), args, { SECRET_SAFE_KEY: KeyRing.generate() })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toMatch(/hunter2|127\.0\.0\.1| at /)
  })

  it('prints help without failing, and fails without a command', async () => {
    const cwd = configDir({})
    expect(await cli(cwd, ['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit codes: 0 done') })
    expect(await cli(cwd, [])).toMatchObject({ code: 2 })
    expect(await cli(cwd, ['sweep', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Try --help.') })
  })
})
