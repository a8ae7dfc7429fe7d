import { describe, expect, it } from 'vitest'
import type { PolicyConditions } from '../../../src/access/policy/definition.js'
import { toRule } from '../../../src/config/custom-rule.js'
import { allows, denies, policyOf, type RequestParts, request, wholeRequest } from './requests.js'

const token = (claims: Readonly<Record<string, unknown>>): RequestParts => ({
  principal: { sub: 'alice', via: 'token', claims },
})

describe('conditions on who asks', () => {
  it.each<[PolicyConditions, RequestParts, boolean]>([
    [{ sub: 'alice' }, {}, true],
    [{ sub: 'Alice' }, {}, false],
    [{ sub: ['bob', 'al*'] }, {}, true],
    [{ sub: '*@example.com' }, { principal: { sub: 'alice@example.com' } }, true],
    [{ sub: '*@example.com' }, { principal: { sub: 'alice@example.com.evil.test' } }, false],
    [{ agent: 'researcher' }, { principal: { sub: 'alice', act: 'researcher' } }, true],
    [{ agent: '*' }, { principal: { sub: 'alice', act: 'researcher' } }, true],
    [{ agent: '*' }, {}, false],
    [{ via: 'code' }, {}, true],
    [{ via: ['token', 'platform'] }, {}, false],
    [{ via: 'token' }, token({}), true],
    [{ tenant: 'default' }, {}, true],
    [{ tenant: 'acme' }, {}, false],
  ])('%j, asked as %j: %j', (when, parts, expected) => {
    expect(allows(when, parts)).toBe(expected)
    expect(denies(when, request(parts))).toBe(expected)
  })

  it.each<[PolicyConditions['claims'], Readonly<Record<string, unknown>>, boolean]>([
    [{ role: 'admin' }, { role: 'admin' }, true],
    [{ role: 'admin' }, { role: ['dev', 'admin'] }, true],
    [{ role: ['admin', 'owner'] }, { role: 'owner' }, true],
    [{ role: 'adm*' }, { role: 'admin' }, true],
    [{ role: 'admin' }, { role: 'administrator' }, false],
    [{ role: 'admin' }, {}, false],
    [{ role: 'admin', mfa: true }, { role: 'admin' }, false],
    [{ mfa: true }, { mfa: 'true' }, false],
    [{ level: 3 }, { level: 3 }, true],
    [{ level: 3 }, { level: '3' }, false],
    [{ realm_access: { roles: 'admin' } }, { realm_access: { roles: ['admin'] } }, true],
    [{ realm_access: { roles: 'admin' } }, { realm_access: 'admin' }, false],
    [{ scope: 'secrets.read' }, { scope: 'openid secrets.read' }, true],
    [{ scope: 'secrets.read' }, { scope: 'openid secrets.read.all' }, false],
    [{ groups: 'a b' }, { groups: 'a b' }, true],
  ])('claims %j of a token that says %j: %j', (claims, said, expected) => {
    expect(allows({ claims: claims! }, token(said))).toBe(expected)
  })

  it('takes claims named like parts of every object for what they are: nothing is inherited', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const claims = JSON.parse(`{ "${name}": "admin" }`) as Record<string, string>
      expect(allows({ claims }, token({}))).toBe(false)
      expect(allows({ claims }, token(claims))).toBe(true)
      expect(allows({ claims: { [name]: { name: '*' } } }, token({}))).toBe(false)
    }
    expect(allows({ claims: { role: 'admin' } }, token(JSON.parse('{ "__proto__": { "role": "admin" } }')))).toBe(false)
  })
})

describe('conditions on the secret', () => {
  it.each<[PolicyConditions, string, boolean]>([
    [{ rule: 'github-*' }, 'github-token', true],
    [{ rule: 'aws-*' }, 'github-token', false],
    [{ provider: 'github' }, 'github-token', true],
    [{ provider: ['GitHub', 'x'] }, 'github-token', true],
    [{ provider: 'git*' }, 'github-token', true],
    [{ provider: 'aws' }, 'github-token', false],
    [{ kind: 'private' }, 'github-token', true],
    [{ kind: ['test', 'publishable'] }, 'github-token', false],
    [{ minSeverity: 'high' }, 'github-token', true],
    [{ rule: 'handoff' }, 'handoff', true],
    [{ kind: 'private' }, 'named-field', true],
    [{ minSeverity: 'high' }, 'marked-secret', true],
    [{ minSeverity: 'critical' }, 'marked-secret', false],
    [{ minSeverity: 'high' }, 'handoff', true],
  ])('%j, for a claim of rule %s: %j', (when, ruleId, expected) => {
    expect(allows(when, { claim: { ruleId } })).toBe(expected)
    expect(denies(when, request({ claim: { ruleId } }))).toBe(expected)
  })

  it('does not take a copy, or what was handed on, for less than it may be', () => {
    for (const ruleId of ['known-value', 'handoff']) {
      expect(denies({ minSeverity: 'critical' }, request({ claim: { ruleId } }))).toBe(true)
      expect(allows({ minSeverity: 'critical' }, { claim: { ruleId } })).toBe(false)
      expect(denies({ provider: 'aws' }, request({ claim: { ruleId } }))).toBe(true)
    }
  })

  it('knows nothing of a rule that is not there, so that a deny rule counts and an allow rule does not', () => {
    const claim = { ruleId: 'removed-rule' }
    for (const when of [{ provider: 'github' }, { kind: 'test' }, { minSeverity: 'medium' }] as const) {
      expect(denies(when, request({ claim }))).toBe(true)
      expect(allows(when, { claim })).toBe(false)
    }
    expect(allows({ minSeverity: 'low', kind: ['private', 'publishable', 'test', 'identifier'] }, { claim })).toBe(true)
  })

  it('knows the rules of a configuration when it is given them', () => {
    const options = {
      rules: [toRule({ id: 'acme-key', pattern: 'acme_[a-z]{9}', kind: 'test', severity: 'low', examples: [] })],
    }
    const claim = { ruleId: 'acme-key' }
    expect(allows({ provider: 'acme', kind: 'test' }, { claim }, options)).toBe(true)
    expect(allows({ provider: 'acme', kind: 'test' }, { claim })).toBe(false)
  })
})

describe('conditions on what and where', () => {
  it.each<[PolicyConditions, boolean]>([
    [{ verb: 'restore' }, true],
    [{ verb: ['claim', 'peek'] }, false],
    [{ mode: 'resume' }, true],
    [{ mode: ['handoff', 'lease'] }, false],
    [{ thread: 'thread-*' }, true],
    [{ run: 'run-2' }, false],
    [{ node: 'agent' }, true],
    [{ channel: 'messages' }, true],
    [{ channel: 'auth' }, false],
    [{ environment: 'production' }, true],
    [{ environment: 'prod' }, false],
  ])('%j: %j', (when, expected) => {
    expect(allows(when, {}, { environment: 'production' })).toBe(expected)
    expect(denies(when, request(), { environment: 'production' })).toBe(expected)
  })

  it('all must hold, and not all of unless', () => {
    const policy = policyOf([
      { id: 'one', effect: 'allow', when: { sub: 'alice', channel: 'auth' }, unless: { node: 'agent', run: 'run-1' } },
    ])
    const ask = (at: RequestParts['at'], sub = 'alice') =>
      policy.decide(request({ principal: { sub }, at: at! })).allowed
    expect(ask({ channel: 'auth', node: 'tools' })).toBe(true)
    expect(ask({ channel: 'auth', runId: 'run-2' })).toBe(true)
    expect(ask({ channel: 'auth' })).toBe(false)
    expect(ask({ channel: 'messages', node: 'tools' })).toBe(false)
    expect(ask({ channel: 'auth', node: 'tools' }, 'bob')).toBe(false)
  })

  it.each<keyof PolicyConditions>(['channel', 'node', 'run', 'environment'])(
    'an unknown %s: an allow rule does not fit, a deny rule does, and * asks for nothing',
    (name) => {
      const asked = request({ at: { channel: undefined, node: undefined, runId: undefined } as never })
      const allowed = (when: PolicyConditions) => policyOf([{ id: 'one', effect: 'allow', when }]).decide(asked).allowed
      expect([allowed({ [name]: 'x' }), denies({ [name]: 'x' }, asked)]).toEqual([false, true])
      expect([allowed({ [name]: '*' }), denies({ [name]: '*' }, asked)]).toEqual([true, true])
    },
  )

  it('an exception that rests on something unknown: an allow rule does not fit, a deny rule does', () => {
    const asked = request({ at: { channel: undefined } as never })
    const unless = { channel: 'auth' }
    expect(policyOf([{ id: 'one', effect: 'allow', unless }]).decide(asked).allowed).toBe(false)
    const open = { id: 'all', effect: 'allow' } as const
    expect(policyOf([open, { id: 'one', effect: 'deny', unless }]).decide(asked).forbidden).toBe(true)
  })
})

describe('requests about a whole thread or tenant', () => {
  it('may meet any secret: who must not touch some of them does not touch all of them', () => {
    for (const when of [
      { rule: 'aws-*' },
      { provider: 'aws' },
      { kind: 'test' },
      { minSeverity: 'critical' },
    ] as const) {
      expect(denies(when, wholeRequest())).toBe(true)
      expect(policyOf([{ id: 'some', effect: 'allow', when }]).decide(wholeRequest()).allowed).toBe(false)
    }
  })

  it('are of no mode, whatever they carry', () => {
    const allowed = (when: PolicyConditions) =>
      policyOf([{ id: 'one', effect: 'allow', when }]).decide(wholeRequest()).allowed
    expect(allowed({ mode: 'resume' })).toBe(false)
    expect(allowed({ mode: ['resume', 'handoff', 'lease'] })).toBe(true)
    expect(denies({ mode: 'handoff' }, wholeRequest())).toBe(true)
  })

  it('a thread has its id, a tenant has every thread', () => {
    const when = { thread: 'thread-1' }
    const tenant = wholeRequest({ claim: { threadId: '' } })
    const policy = policyOf([{ id: 'one', effect: 'allow', when }])
    expect(policy.decide(wholeRequest()).allowed).toBe(true)
    expect(policy.decide(tenant).allowed).toBe(false)
    expect(denies({ thread: 'thread-2' }, wholeRequest())).toBe(false)
    expect(denies({ thread: 'thread-2' }, tenant)).toBe(true)
    expect(policyOf([{ id: 'one', effect: 'allow', when: { thread: '*', rule: '*' } }]).decide(tenant).allowed).toBe(
      true,
    )
  })

  it('a deny rule for other verbs, or for restores from a channel, leaves them alone', () => {
    expect(denies({ verb: ['restore', 'claim'], rule: 'aws-*' }, wholeRequest())).toBe(false)
    expect(denies({ verb: 'restore', channel: 'messages' }, wholeRequest())).toBe(false)
  })
})
