import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ApprovalRequiredError, ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { configDir } from '../config/config-dir.js'
import { by, Rights, THREAD } from '../support/access.js'
import { opaqueSecret } from '../support/secrets.js'
import { cli } from './cli.js'

/** A vault file in which an agent waits for the operators' approval of two claims. */
async function waiting(isWanted: (firstId: string) => boolean = () => true) {
  const cwd = configDir({ 'secret-safe.config.yml': 'vault: { address: vault.db }' })
  const key = KeyRing.generate()
  const rights = new Rights().set('agent', 'claim', { allowed: true, approval: { approvers: ['operator:*', 'boss'] } })
  const open = () =>
    ClaimVault.open({
      store: SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db')),
      keys: new KeyRing(key),
      sweep: 'manual',
      authorizer: rights,
    })
  const vault = await open()
  const value = opaqueSecret()
  const urls: string[] = []
  const ids: string[] = []
  do {
    urls.splice(0, 2, await vault.create(value, THREAD), await vault.create(opaqueSecret(), THREAD))
    ids.length = 0
    for (const url of urls)
      await vault.claim(url, by('agent')).catch((error: ApprovalRequiredError) => ids.push(error.approvalId))
  } while (!isWanted(ids[0]!))
  await vault.close()
  return { cwd, env: { SECRET_SAFE_KEY: key }, open, urls, ids, value }
}

describe('secret-safe approvals', () => {
  it('lists what waits, approves and denies as the person at the keyboard, and never prints a value', async () => {
    const { cwd, env, open, urls, ids, value } = await waiting()
    const listed = await cli(cwd, ['approvals', 'list'], env)
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    for (const id of ids) expect(listed.stdout).toContain(`${id}  pending  by=agent  wants=claim`)
    const approved = await cli(cwd, ['approvals', 'approve', ids[0]!], env)
    expect(approved.stdout).toContain(`${ids[0]}  approved`)
    const denied = await cli(cwd, ['approvals', 'deny', ids[1]!, '--revoke', '--as', 'boss', '--json'], env)
    expect(JSON.parse(denied.stdout)).toMatchObject({ id: ids[1], state: 'denied', votes: [{ sub: 'boss' }] })
    expect((await cli(cwd, ['approvals', 'list'], env)).stdout).toBe('No open requests.\n')
    const all = (await cli(cwd, ['approvals', 'list', '--all', '--thread', 'thread-1', '--json'], env)).stdout
    expect(
      all
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).state)
        .sort(),
    ).toEqual(['approved', 'denied'])
    expect([listed, approved, denied].map(({ stdout }) => stdout).join()).not.toContain(value)
    const vault = await open()
    expect(await vault.claim(urls[0]!, by('agent'))).toBe(value)
    expect((await vault.ledger({ operation: 'approve' }))[0]!.sub).toMatch(/^operator:/)
    expect((await vault.ledger({ operation: 'reject' }))[0]!.sub).toBe('boss')
    await vault.close()
  })

  it('takes an id that begins as an option does', async () => {
    const { cwd, env, ids } = await waiting((id) => id.startsWith('-'))
    const approved = await cli(cwd, ['approvals', 'approve', '--json', ids[0]!, '--as', 'boss'], env)
    expect(JSON.parse(approved.stdout)).toMatchObject({ id: ids[0], state: 'approved' })
  })

  it('fails with exit code 2 for an unknown or decided request, and for who asked', async () => {
    const { cwd, env, ids } = await waiting()
    const codes = await Promise.all([
      cli(cwd, ['approvals', 'approve', 'A'.repeat(22)], env),
      cli(cwd, ['approvals', 'approve', 'nonsense'], env),
      cli(cwd, ['approvals', 'approve', ids[0]!, '--as', 'agent'], env),
      cli(cwd, ['approvals', 'deny', ids[0]!, '--as', 'stranger'], env),
    ])
    expect(codes.map(({ code }) => code)).toEqual([2, 2, 2, 2])
    for (const { stdout, stderr } of codes) expect([stdout, stderr.includes('ERR_')]).toEqual(['', true])
  })
})
