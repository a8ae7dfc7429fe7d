import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cedarAuthorizer, createPolicy, opaAuthorizer, policyFromFile } from '../../../src/index.js'
import { configDir } from '../../config/config-dir.js'
import { anthropicKey } from '../../support/secrets.js'
import { ALICE, Harness } from '../../support/vault-harness.js'

const URL_SHAPE = /^claim:\/\//

describe('a state that is read under a policy', () => {
  it('follows the policy that is in force at the read, for claims that exist already', async () => {
    const file = path.join(configDir({ 'policy.yml': 'rules: [{ id: a, effect: allow }]' }), 'policy.yml')
    const policy = policyFromFile(file, { pollMs: 2 ** 30, onError: () => undefined })
    onTestFinished(() => policy.close())
    const harness = await Harness.open({}, { authorizer: policy })
    const token = anthropicKey()
    await harness.put({ token })
    expect(await harness.read()).toEqual({ token })
    writeFileSync(file, 'rules: [{ id: b, effect: deny, when: { sub: alice } }]\ndefault: allow')
    await policy.reload()
    expect((await harness.read()).token).toMatch(URL_SHAPE)
    expect(await harness.read(harness.elsewhere({ principal: { sub: 'bob' } }))).toEqual({ token })
    writeFileSync(file, 'rules: [{')
    await policy.reload()
    expect((await harness.read()).token).toMatch(URL_SHAPE)
  })

  it('is restored by channel, by detection rule and by time of the store', async () => {
    const rules = [
      { id: 'day', effect: 'allow', when: { sub: 'alice', rule: 'anthropic-*', time: { from: '08:00', to: '18:00' } } },
      { id: 'audit', effect: 'deny', when: { channel: 'audit', verb: 'restore' } },
    ] as const
    const harness = await Harness.open({}, { authorizer: createPolicy({ rules }) })
    const state = { main: anthropicKey(), audit: anthropicKey(), password: 'correct horse battery' }
    harness.now = Date.parse('2026-06-17T12:00:00Z')
    await harness.put(state)
    expect(await harness.read()).toEqual({
      main: state.main,
      audit: expect.stringMatching(URL_SHAPE),
      password: expect.stringMatching(URL_SHAPE),
    })
    harness.now += 8 * 3_600_000
    expect((await harness.read()).main).toMatch(URL_SHAPE)
  })

  it('does not tell a reader which rule refused: what it gets is the URL', async () => {
    const rules = [{ id: 'no-alice', effect: 'deny', when: { sub: ALICE.sub } }] as const
    const harness = await Harness.open({}, { authorizer: createPolicy({ rules, default: 'allow' }) })
    await harness.put({ token: anthropicKey() })
    expect(JSON.stringify(await harness.read())).not.toContain('no-alice')
  })

  it('stays sealed while an engine cannot be reached', async () => {
    const authorizer = opaAuthorizer({ url: 'http://127.0.0.1:1', path: 'a' })
    const harness = await Harness.open({}, { authorizer })
    await harness.put({ token: anthropicKey() })
    expect((await harness.read()).token).toMatch(URL_SHAPE)
  })

  it('is decided by Cedar alike', async () => {
    const authorizer = await cedarAuthorizer({
      policies: `permit(principal == SecretSafe::Principal::"alice", action == SecretSafe::Action::"restore", resource)
        when { context has channel && context.channel == "token" };`,
    })
    const harness = await Harness.open({}, { authorizer })
    const token = anthropicKey()
    await harness.put({ token, other: token })
    expect(await harness.read()).toEqual({ token, other: expect.stringMatching(URL_SHAPE) })
  })
})
