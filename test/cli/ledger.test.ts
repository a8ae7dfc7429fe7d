import { mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { configDir } from '../config/config-dir.js'
import { opaqueSecret } from '../support/secrets.js'
import { cli } from './cli.js'

async function makeVault(env: Record<string, string> = {}) {
  const cwd = configDir({ 'secret-safe.config.yml': 'vault: { address: vault.db }' })
  const key = KeyRing.generate()
  const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
  const auditorKey = env.auditorKey
  const ledger = auditorKey === undefined ? {} : { auditorKey }
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual', ledger })
  const principal = { sub: 'alice', act: 'agent' }
  const secret = opaqueSecret()
  const url = await vault.create(secret, { threadId: 'T1', principal, runId: 'R1' })
  await vault.claim(url, { principal, threadId: 'T1' })
  await vault.create(secret, { threadId: 'T2', principal })
  await vault.close()
  const tamper = (sql: string) => {
    const db = new Database(path.join(cwd, 'vault.db'))
    for (const name of ['ledger_keeps', 'ledger_stays']) db.exec(`DROP TRIGGER ${name}`)
    db.exec(sql)
    db.close()
  }
  return { cwd, env: { SECRET_SAFE_KEY: key }, secret, tamper }
}

describe('secret-safe ledger', () => {
  it('verify says that a ledger is intact and what it could not see, and exits with 0', async () => {
    const { cwd, env } = await makeVault()
    const { code, stdout, stderr } = await cli(cwd, ['ledger', 'verify'], env)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^The ledger is intact\.\n3 events of 1 writers; 0 roots/)
    expect(stdout).toContain('What this check could not have seen:')
    expect(stdout).toContain('whoever holds it can sign their records anew')
  })

  it('verify names the record that was edited, and exits with 1', async () => {
    const { cwd, env, tamper } = await makeVault()
    tamper("UPDATE ledger SET sub = 'mallory' WHERE seq = 2")
    const [text, json] = await Promise.all([
      cli(cwd, ['ledger', 'verify'], env),
      cli(cwd, ['ledger', 'verify', '--json'], env),
    ])
    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 1, stderr: '' })
    expect(text.stdout).toContain('edited  Record 2 is not what its writer signed.')
    expect(JSON.parse(json.stdout)).toMatchObject({ intact: false, findings: [{ kind: 'edited', seq: 2, link: 2 }] })
  })

  it('verify does not call broken what it could not check, and exits with 1 all the same', async () => {
    const { cwd, env } = await makeVault()
    const rotated = { SECRET_SAFE_KEY: KeyRing.generate(), SECRET_SAFE_KEYS_OLD: env.SECRET_SAFE_KEY }
    expect(await cli(cwd, ['keys', 'rotate'], rotated)).toMatchObject({ code: 0 })
    const without = await cli(cwd, ['ledger', 'verify'], { SECRET_SAFE_KEY: rotated.SECRET_SAFE_KEY })
    expect(without).toMatchObject({ code: 1 })
    expect(without.stdout).toMatch(/^The ledger could not be checked as a whole: a key is missing\.\n/)
    expect(await cli(cwd, ['ledger', 'verify'], rotated)).toMatchObject({ code: 0 })
  })

  it('verify exits with 2 when it cannot run: without any key, or with a file that is no key', async () => {
    const { cwd, env } = await makeVault()
    const none = await cli(cwd, ['ledger', 'verify'])
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('ERR_KEY_INVALID')
    const wrong = await cli(cwd, ['ledger', 'verify', '--signing-key', 'secret-safe.config.yml'], env)
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
  })

  it('keygen writes a pair that verify takes, the private half for its owner alone, and never over another', async () => {
    const keys = configDir({})
    mkdirSync(path.join(keys, 'k'))
    const made = await cli(keys, ['ledger', 'keygen', '--auditor', '--out', 'k/auditor'])
    expect(made.code).toBe(0)
    expect(statSync(path.join(keys, 'k/auditor')).mode & 0o777).toBe(0o600)
    expect(made.stdout).not.toContain(readFileSync(path.join(keys, 'k/auditor'), 'utf8').split('\n')[1])
    const again = await cli(keys, ['ledger', 'keygen', '--auditor', '--out', 'k/auditor'])
    expect(again).toMatchObject({ code: 2, stdout: '' })
    const auditorKey = readFileSync(path.join(keys, 'k/auditor.pub'), 'utf8')
    const { cwd, env } = await makeVault({ auditorKey })
    const auditor = ['--auditor-key', path.join(keys, 'k/auditor')]
    const [without, alone] = await Promise.all([
      cli(cwd, ['ledger', 'verify'], env),
      cli(cwd, ['ledger', 'verify', ...auditor]),
    ])
    expect(without).toMatchObject({ code: 1, stdout: expect.stringContaining('is not at hand') })
    expect(alone).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The ledger is intact/) })
  })

  it('seal, prove and prune work on a vault with old events, and a pruned ledger is intact', async () => {
    const { cwd, env } = await makeVault()
    // Nothing is older than a minute.
    expect(await cli(cwd, ['ledger', 'seal', '--anchor', 'roots.ndjson'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^0 new roots; sealed through event 0 by the vault's own key/),
    })
    const [prove, prune] = await Promise.all([
      cli(cwd, ['ledger', 'prove', '--seq', '1']),
      cli(cwd, ['ledger', 'prune', '--before', '1d'], env),
    ])
    expect(prove).toMatchObject({ code: 2, stderr: expect.stringContaining('is not sealed yet') })
    expect(prune).toMatchObject({ code: 0, stdout: '0 events pruned; their roots stay.\n' })
  })

  it('query is what ledger does by itself, and export writes what others read, without a key or a secret', async () => {
    const { cwd, secret } = await makeVault()
    const [bare, query, ndjson, ocsf, cloud] = await Promise.all([
      cli(cwd, ['ledger', '--thread', 'T1']),
      cli(cwd, ['ledger', 'query', '--thread', 'T1']),
      cli(cwd, ['ledger', 'export', '--operation', 'claim']),
      cli(cwd, ['ledger', 'export', '--format', 'ocsf']),
      cli(cwd, ['ledger', 'export', '--format', 'cloudevents']),
    ])
    expect(bare).toEqual(query)
    expect(query.stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(JSON.parse(ndjson.stdout)).toMatchObject({ operation: 'claim', sub: 'alice', link: 2 })
    expect(
      ocsf.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).class_uid),
    ).toEqual([6003, 6003, 6003])
    expect(
      cloud.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).specversion),
    ).toEqual(['1.0', '1.0', '1.0'])
    const printed = [bare, query, ndjson, ocsf, cloud].map(({ stdout, stderr }) => stdout + stderr).join('')
    expect(printed).not.toContain(secret)
  })
})
