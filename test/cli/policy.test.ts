import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { configDir } from '../config/config-dir.js'
import { cli } from './cli.js'

const POLICY = `rules:
  - id: workers
    effect: allow
    when: { sub: 'worker-*', verb: [restore, claim] }
  - id: agents
    effect: deny
    description: agents take nothing that was handed on
    when: { agent: '*', mode: [handoff, lease] }
  - id: production
    effect: approve
    when: { environment: production, verb: claim }
    unless: { sub: worker-ci }
    approval: { approvers: [lead, security-*], needed: 2 }
`

async function makeVault() {
  const cwd = configDir({
    'secret-safe.config.yml': 'vault: { address: vault.db }\npolicy: { file: policy.yml, environment: staging }',
    'policy.yml': POLICY,
  })
  const key = KeyRing.generate()
  const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  const secret = fillTemplate('{{token:github-pat}}')
  const url = await vault.create(secret, { threadId: 'T1', allow: ['worker-1'] })
  await vault.close()
  return { cwd, env: { SECRET_SAFE_KEY: key }, url, secret }
}

describe('policy explain', () => {
  it('reads a claim’s rule, thread, mode and allow list from the vault, records that, and prints no value', async () => {
    const { cwd, env, url, secret } = await makeVault()
    const explain = (...args: string[]) =>
      cli(cwd, ['policy', 'explain', '--claim', url, '--verb', 'claim', ...args], env)
    const mine = await explain('--as', 'worker-1')
    expect({ code: mine.code, stderr: mine.stderr }).toEqual({ code: 0, stderr: '' })
    expect(mine.stdout).toMatch(
      /^allow {2}a rule allows it: workers\n→ workers {5}allow {4}yes\n {2}agents {6}deny {5}no {7}when\.agent/,
    )
    expect((await explain('--as', 'worker-2')).stdout).toContain('deny  not on the allow list')
    const agent = await explain('--as', 'worker-1', '--act', 'bot', '--json')
    expect(JSON.parse(agent.stdout)).toMatchObject({
      decision: { allowed: false, forbidden: true, rule: 'agents' },
      rules: [
        { id: 'workers', fits: 'yes', decided: false },
        { id: 'agents', decided: true },
        { id: 'production', fits: 'no', because: 'when.environment' },
      ],
    })
    expect([mine, agent].map(({ stdout }) => stdout).join()).not.toContain(secret)
    const ledger = await cli(cwd, ['ledger', '--claim', url, '--operation', 'peek'], env)
    expect(ledger.stdout.trim().split('\n')).toHaveLength(3)
  })

  it('needs no vault and no key for a request that is told by hand', async () => {
    const cwd = configDir({ 'p.yml': POLICY })
    const explain = async (...args: string[]) =>
      (await cli(cwd, ['policy', 'explain', '--policy', 'p.yml', '--as', 'worker-1', ...args])).stdout.split('\n')[0]
    expect(await explain('--rule', 'github-token', '--thread', 'T1')).toBe('allow  a rule allows it: workers')
    expect(await explain('--rule', 'handoff', '--mode', 'handoff', '--act', 'bot')).toBe(
      'deny  a rule forbids it: agents',
    )
    expect(await explain('--rule', 'handoff', '--verb', 'claim', '--environment', 'production')).toBe(
      'approve  needs approval: production',
    )
    expect(await explain('--thread', 'T1', '--verb', 'revoke')).toBe('deny  no rule allows it')
    expect(await explain('--rule', 'x', '--tenant', 'a', '--as-tenant', 'b')).toBe('deny  tenant')
  })

  it('says what cannot be asked', async () => {
    const cwd = configDir({ 'p.yml': POLICY })
    const failing = async (...args: string[]) => {
      const { code, stdout, stderr } = await cli(cwd, ['policy', 'explain', '--policy', 'p.yml', ...args])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      return stderr
    }
    expect(await failing()).toContain('--as')
    expect(await failing('--as', 'a', '--verb', 'read')).toContain('--verb is one of restore, claim')
    const claims = await failing('--as', 'a', '--claims', '{hunter2')
    expect(claims).toContain('--claims is a JSON object')
    expect(claims).not.toContain('hunter2')
    expect(await failing('--as', 'a', '--claim', 'x', '--rule', 'y')).toContain('--claim says which rule')
    expect(await failing('--as', 'a', '--mode', 'lease')).toContain('--mode goes with --rule')
  })
})

describe('policy test', () => {
  const table = (cases: string) => ({
    'p.yml': POLICY,
    'p.test.yml': `cases:\n${cases.trim().replace(/^ */gm, '  ')}\n`,
  })
  const test = (files: Record<string, string>, ...args: string[]) =>
    cli(configDir(files), ['policy', 'test', '--policy', 'p.yml', ...args])

  it('exits with 0 when every case is decided as expected', async () => {
    const { code, stdout } = await test(
      table(`
        - { as: worker-1, rule: github-token, thread: T1, expect: allow, by: workers }
        - { name: agents, as: worker-1, act: bot, rule: handoff, mode: handoff, verb: claim, expect: deny, by: agents }
        - { as: worker-1, rule: github-token, verb: claim, environment: production, expect: approve, by: production }
        - { as: worker-ci, rule: github-token, verb: claim, environment: production, expect: allow }
        - { as: alice, rule: github-token, claims: { role: admin }, at: 2026-01-31T12:00Z, expect: deny, by: default }
      `),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('5 cases, 0 failed.\n') })
    expect(stdout).toMatch(/^ok {4}agents +deny by agents$/m)
  })

  it('exits with 1 and names the cases that are not', async () => {
    const files = table(
      '- { as: worker-1, rule: github-token, expect: deny }\n- { as: worker-1, rule: x-y, expect: allow, by: agents }',
    )
    const { code, stdout } = await test(files, 'p.test.yml')
    expect(code).toBe(1)
    expect(stdout).toContain('FAIL  worker-1 restore github-token  expected deny, got allow by workers\n')
    expect(stdout).toContain('expected allow by agents, got allow by workers\n2 cases, 2 failed.\n')
    const json = await test(files, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ failed: 2, cases: [{ passed: false }, { passed: false }] })
  })

  it('exits with 2 when there is nothing to test, or the table is wrong, and says where', async () => {
    const failing = async (files: Record<string, string>) => {
      const { code, stderr } = await test(files)
      expect(code).toBe(2)
      return stderr
    }
    expect(await failing({ 'p.yml': POLICY })).toContain('p.test.yml: the table of cases could not be read')
    expect(await failing(table('[]'))).toContain('needs at least one case')
    expect(await failing(table('- { as: a, expects: allow }'))).toMatch(
      /p\.test\.yml:2:14: cases\.0\.expects: unknown key/,
    )
    expect(await failing({ ...table('- { as: a, expect: allow }'), 'p.yml': 'rules: 1' })).toContain(
      'p.yml:1:1: rules: expected a list',
    )
  })
})

describe('policy check', () => {
  const check = (files: Record<string, string>, ...args: string[]) =>
    cli(configDir(files), ['policy', 'check', ...args])

  it('exits with 0 for a policy in which every rule does something', async () => {
    const { code, stdout } = await check({ 'p.yml': POLICY }, '--policy', 'p.yml')
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/p\.yml: 3 rules, 0 warnings\.\n$/) })
  })

  it('exits with 1 for rules that do nothing, with their place, also inside a configuration', async () => {
    const rules = "rules:\n  - { id: a, effect: deny, when: { rule: 'awz-*' } }\n  - { id: b, effect: deny }\n"
    const own = await check({ 'p.yml': rules }, '--policy', 'p.yml')
    expect(own.code).toBe(1)
    expect(own.stdout).toMatch(/^warning {2}\S*p\.yml:2:36: rules\.0\.when\.rule: no detection rule has this name\.\n/)
    const inline = await check({ 'secret-safe.config.yml': `policy:\n${rules.replace(/^/gm, '  ')}` })
    expect(inline.stdout).toMatch(/config\.yml:3:38: policy\.rules\.0\.when\.rule: no detection rule/)
  })

  it('exits with 2 for a policy that cannot be used, and when there is none', async () => {
    const wrong = await check({ 'p.yml': 'rules: [{ id: a, effect: alow }]' }, '--policy', 'p.yml')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/p\.yml:1:18: rules\.0\.effect: expected one of/),
    })
    expect(await check({})).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no policy') })
  })
})
