import { describe, expect, it } from 'vitest'
import type { PolicyRule } from '../../../src/access/policy/definition.js'
import { warningsOfRules } from '../../../src/access/policy/rule-warnings.js'
import { classesOf } from '../../../src/config/create-policy.js'
import { NOON } from './requests.js'

const warnings = (...rules: readonly PolicyRule[]) =>
  warningsOfRules({ rules }, classesOf({}), NOON).map(({ path, message }) => `${path.join('.')}: ${message}`)

const approval = { approvers: ['lead'] }

describe('rules that do nothing', () => {
  it('are those with names that no detection rule and no provider has: a mistyped deny rule forbids nothing', () => {
    expect(
      warnings(
        { id: 'a', effect: 'deny', when: { rule: ['aws-*', 'awz-*'], provider: 'AWS' } },
        { id: 'b', effect: 'allow', when: { rule: ['handoff', 'known-value'] }, unless: { provider: 'githbu' } },
      ),
    ).toEqual([
      'rules.0.when.rule.1: no detection rule has this name',
      'rules.1.unless.provider: no provider has this name',
    ])
  })

  it('are not those about named credentials: which there are, the application alone knows', () => {
    expect(
      warnings(
        { id: 'a', effect: 'allow', when: { rule: 'credential:DB_*' } },
        { id: 'b', effect: 'deny', when: { rule: ['credential:DB_PROD'] }, unless: { rule: 'credential:DB_PROD_RO' } },
      ),
    ).toEqual([])
  })

  it('are those that have ended', () => {
    expect(warnings({ id: 'a', effect: 'allow', until: '2020-01-31' })).toEqual([
      'rules.0.until: the rule has ended; take it out',
    ])
    expect(warnings({ id: 'a', effect: 'allow', until: '2999-01-31' })).toEqual([])
  })

  it('are those that another one overrides wherever they fit', () => {
    const allow: PolicyRule = {
      id: 'a',
      effect: 'allow',
      when: { sub: 'user-1', verb: 'claim', minSeverity: 'critical' },
    }
    const told = (effect: string) => [
      `rules.0: it never decides: "b" fits wherever it does, and ${effect} goes before allow`,
    ]
    expect(warnings(allow, { id: 'b', effect: 'deny', when: { sub: 'user-*', minSeverity: 'high' } })).toEqual(
      told('deny'),
    )
    expect(warnings(allow, { id: 'b', effect: 'approve', approval, when: { verb: ['claim', 'peek'] } })).toEqual(
      told('approve'),
    )
    expect(warnings(allow, { id: 'b', effect: 'deny' })).toEqual(told('deny'))
    for (const when of [{ sub: 'user-2' }, { verb: 'peek' }, { agent: '*' }, { sub: '*-1*', channel: 'x' }] as const)
      expect(warnings(allow, { id: 'b', effect: 'deny', when })).toEqual([])
    expect(warnings(allow, { id: 'b', effect: 'deny', unless: { node: 'x' } })).toEqual([])
    expect(warnings(allow, { id: 'b', effect: 'deny', until: '2999-01-31' })).toEqual([])
  })

  it('are those that repeat another, of two alike the later one', () => {
    const one: PolicyRule = { id: 'a', effect: 'allow', when: { sub: 'alice' } }
    expect(warnings(one, { ...one, id: 'b' })).toEqual(['rules.1: it changes nothing: "a" fits wherever it does'])
    expect(warnings(one, { id: 'b', effect: 'allow', when: { sub: 'al*' } })).toEqual([
      'rules.0: it changes nothing: "b" fits wherever it does',
    ])
    const ask: PolicyRule = { id: 'c', effect: 'approve', approval }
    expect(warnings(ask, { ...ask, id: 'd', approval: { approvers: ['cto'] } })).toEqual([])
  })

  it('are those whose exception holds whenever they do', () => {
    expect(warnings({ id: 'a', effect: 'deny', when: { sub: 'alice', node: 'x' }, unless: { sub: 'al*' } })).toEqual([
      'rules.0: it never fits: unless holds whenever when does',
    ])
  })
})
