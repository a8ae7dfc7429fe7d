import { describe, expect, it } from 'vitest'
import type { Authorizer, Decision } from '../../../src/access/authorizer.js'
import type { PolicyRule } from '../../../src/access/policy/definition.js'
import { combineAuthorizers } from '../../../src/index.js'
import { policyOf, request, wholeRequest } from './requests.js'

const open: PolicyRule = { id: 'open', effect: 'allow' }
const approve = (
  id: string,
  approvers: readonly string[],
  more: object = {},
  when?: PolicyRule['when'],
): PolicyRule => ({
  id,
  effect: 'approve',
  approval: { approvers, ...more },
  ...(when === undefined ? {} : { when }),
})

describe('a policy', () => {
  it('denies what no rule allows; a grant may still permit that', () => {
    expect(policyOf([]).decide(request())).toEqual({ allowed: false, reason: 'no rule allows it' })
    expect(policyOf([], { default: 'allow' }).decide(request()).allowed).toBe(true)
  })

  it('a deny rule overrides every other, and no grant lifts it', () => {
    const rules = [open, approve('ask', ['*']), { id: 'never', effect: 'deny', when: { sub: 'alice' } } as const]
    const denied = { allowed: false, reason: 'a rule forbids it', rule: 'never', forbidden: true }
    for (const fallback of ['allow', 'deny'] as const)
      expect(policyOf(rules, { default: fallback }).decide(request())).toEqual(denied)
  })

  it('an approve rule overrides plain allow rules, and permits by itself', () => {
    const needs = { allowed: true, reason: 'needs approval', rule: 'ask', approval: { approvers: ['lead'] } }
    expect(policyOf([open, approve('ask', ['lead'])]).decide(request())).toEqual(needs)
    expect(policyOf([approve('ask', ['lead'])]).decide(request())).toEqual(needs)
  })

  it('an approve rule that may fit asks for approval, but permits nothing', () => {
    const inAuth = approve('ask', ['lead'], {}, { channel: 'auth' })
    const explicit = request({ verb: 'claim', at: { channel: undefined } as never })
    expect(policyOf([open, inAuth]).decide(explicit)).toMatchObject({
      allowed: true,
      approval: { approvers: ['lead'] },
    })
    expect(policyOf([inAuth]).decide(explicit)).toMatchObject({ allowed: false, forbidden: true, rule: 'ask' })
  })

  it('of several approve rules each is fulfilled: common approvers, the most of them, the shortest times', () => {
    const rules = [
      approve('a', ['security-*', 'lead'], { needed: 2, validMs: 1_000 }),
      approve('b', ['security-ops', 'lead', 'cto'], { requestTtlMs: 5_000, validMs: 9_000 }),
    ]
    expect(policyOf(rules).decide(request())).toEqual({
      allowed: true,
      reason: 'needs approval',
      rule: 'a + b',
      approval: { approvers: ['lead', 'security-ops'], needed: 2, requestTtlMs: 5_000, validMs: 1_000 },
    })
  })

  it('is denied when nobody may approve for all: patterns that only overlap are no common ground', () => {
    for (const [a, b] of [
      [['alice'], ['bob']],
      [['sec-*'], ['*-lead']],
    ] as const) {
      const decision = policyOf([approve('a', a), approve('b', b)]).decide(request())
      expect(decision).toMatchObject({ allowed: false, forbidden: true, rule: 'a + b' })
    }
  })

  it('another tenant and an allow list go before every rule', () => {
    const policy = policyOf([open], { default: 'allow' })
    const foreign = { principal: { sub: 'alice', tenant: 'other' } }
    expect(policy.decide(request(foreign))).toEqual({ allowed: false, reason: 'tenant', forbidden: true })
    const listed = { claim: { allow: ['bob'] } }
    expect(policy.decide(request(listed))).toEqual({ allowed: false, reason: 'not on the allow list' })
    expect(policy.decide(request({ ...listed, principal: { sub: 'alice', act: 'bob' } })).allowed).toBe(true)
  })

  it('who is not on an allow list is told of a deny rule all the same: a grant could lift the list', () => {
    const listed = request({ claim: { allow: ['bob'] } })
    const never = { id: 'never', effect: 'deny' } as const
    expect(policyOf([open, never]).decide(listed)).toMatchObject({ forbidden: true, rule: 'never' })
    expect(policyOf([open, approve('ask', ['lead'])]).decide(listed)).toMatchObject({ allowed: false, forbidden: true })
  })

  it('cannot be changed by who holds its definition, or a decision of it', () => {
    const when = { sub: 'alice' }
    const rules: PolicyRule[] = [{ id: 'one', effect: 'allow', when }, approve('two', ['lead'], {}, { verb: 'claim' })]
    const policy = policyOf(rules)
    when.sub = '*'
    rules.push(open)
    expect(policy.decide(request({ principal: { sub: 'mallory' } })).allowed).toBe(false)
    const asked = policy.decide(request({ verb: 'claim' }))
    expect(() => (asked.approval!.approvers as string[]).push('mallory')).toThrow(TypeError)
    expect(() => Object.assign(asked, { approval: undefined })).toThrow(TypeError)
  })

  it('explains every rule: whether it fits, the first condition in the way, and which decided', () => {
    const policy = policyOf([
      open,
      { id: 'b', effect: 'deny', description: 'for bots', when: { sub: 'alice', agent: '*' } },
      { id: 'c', effect: 'deny', when: { channel: 'auth', environment: 'prod' } },
      { id: 'd', effect: 'allow', unless: { node: 'agent' } },
      { id: 'e', effect: 'deny', until: '2020-01-31' },
    ])
    expect(policy.explain(request({ at: { channel: 'auth' } }))).toEqual({
      decision: { allowed: false, reason: 'a rule forbids it', rule: 'c', forbidden: true },
      rules: [
        { id: 'open', effect: 'allow', fits: 'yes', decided: false },
        { id: 'b', effect: 'deny', description: 'for bots', fits: 'no', because: 'when.agent', decided: false },
        { id: 'c', effect: 'deny', fits: 'unknown', because: 'when.environment', decided: true },
        { id: 'd', effect: 'allow', fits: 'no', because: 'unless', decided: false },
        { id: 'e', effect: 'deny', fits: 'no', because: 'until', decided: false },
      ],
    })
  })

  it('a whole thread needs a rule that fits whatever lies in it', () => {
    const some: PolicyRule = { id: 'some', effect: 'allow', when: { verb: 'revoke', rule: 'github-*' } }
    expect(policyOf([some]).decide(wholeRequest()).allowed).toBe(false)
    expect(policyOf([{ ...some, when: { verb: 'revoke' } }]).decide(wholeRequest()).allowed).toBe(true)
  })
})

describe('combineAuthorizers', () => {
  const fixed = (decision: Decision): Authorizer => ({ decide: () => decision })
  const yes = fixed({ allowed: true, reason: 'yes' })
  const no = fixed({ allowed: false, reason: 'no' })
  const never = fixed({ allowed: false, reason: 'never', forbidden: true })
  const asks = (...approvers: string[]) =>
    fixed({ allowed: true, reason: 'ask', rule: approvers[0]!, approval: { approvers } })
  const decide = (...all: readonly Authorizer[]) => combineAuthorizers(...all).decide(request())

  it('allows what all of them allow, at once when all answer at once', async () => {
    expect(decide(yes, yes)).toEqual({ allowed: true, reason: 'yes' })
    const later: Authorizer = { decide: async () => ({ allowed: true, reason: 'later' }) }
    expect(decide(yes, later)).toBeInstanceOf(Promise)
    expect(await decide(yes, later)).toMatchObject({ allowed: true })
    expect(await decide(later, no)).toMatchObject({ allowed: false })
  })

  it('is forbidden by whichever forbids, and a plain denial does not hide that, nor an approval', () => {
    expect(decide(no, never)).toMatchObject({ allowed: false, forbidden: true })
    expect(decide(no, asks('lead'))).toMatchObject({ allowed: false, forbidden: true })
    expect(decide(yes, no)).toEqual({ allowed: false, reason: 'no' })
  })

  it('needs the approval that fulfils every requirement', () => {
    expect(decide(yes, asks('a', 'b'), asks('b'))).toMatchObject({ rule: 'a + b', approval: { approvers: ['b'] } })
    expect(decide(asks('a'), asks('b'))).toMatchObject({ allowed: false, forbidden: true })
  })

  it('one that throws, rejects or answers nothing denies', async () => {
    const throws: Authorizer = {
      decide: () => {
        throw new Error('secret')
      },
    }
    const rejects: Authorizer = { decide: () => Promise.reject(new Error('secret')) }
    const nothing: Authorizer = { decide: () => undefined as never }
    for (const broken of [throws, rejects, nothing]) {
      expect(await decide(yes, broken)).toEqual({ allowed: false, reason: 'policy unavailable', forbidden: true })
    }
  })

  it('needs at least one', () => {
    expect(() => combineAuthorizers()).toThrow(expect.objectContaining({ code: 'ERR_INPUT_INVALID' }))
  })
})
