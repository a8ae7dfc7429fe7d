import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccessRequest, VERBS } from '../../../src/access/authorizer.js'
import type { PolicyConditions, PolicyDefinition, PolicyRule } from '../../../src/access/policy/definition.js'
import { createPolicy } from '../../../src/config/create-policy.js'
import { referenceDecision } from './reference.js'

const RULE_IDS = [
  'github-token',
  'aws-access-key-id',
  'circle-api-key',
  'named-field',
  'handoff',
  'known-value',
  'gone-rule',
]

/** Small alphabets, so that rules and requests meet often. */
const subject = fc.constantFrom('alice', 'alan', 'bob', 'a.b', 'a', '')
const pattern = fc.oneof(
  fc.constantFrom('alice', 'bob', 'al*', '*n', '*', 'a*e', '*a*', '**', 'a.b', 'a*l*e'),
  subject.filter((s) => s !== ''),
)
const names = fc.oneof(pattern, fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }))
const some = <T>(...values: T[]) =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }))
const claimValue = fc.constantFrom<string | number | boolean>('admin', 'dev', 'a*', 1, true)
const claimConditions = fc.oneof(
  fc.record({ role: fc.oneof(claimValue, fc.array(claimValue, { minLength: 1, maxLength: 2 })) }),
  fc.record({ scope: claimValue }),
  fc.record({ realm: fc.record({ role: claimValue }) }),
)
const time = fc.oneof(
  fc.constantFrom(
    { from: '08:00', to: '17:00' },
    { from: '22:00', to: '06:00', days: 'fri' as const },
    { from: '23:30', to: '00:30', timeZone: 'Europe/Berlin' },
    { days: ['sat', 'sun'] as const, timeZone: 'America/New_York' },
  ),
)
const conditions: fc.Arbitrary<PolicyConditions> = fc
  .record(
    {
      sub: names,
      agent: names,
      claims: claimConditions,
      via: some('code', 'token', 'platform'),
      tenant: fc.constantFrom('t1', 't*', 't2'),
      verb: some(...VERBS),
      mode: some('resume', 'handoff', 'lease'),
      rule: some('github-token', 'aws-*', '*-key', '*', 'handoff'),
      provider: some('github', 'aws', '*'),
      kind: some('private', 'publishable', 'test', 'identifier'),
      minSeverity: fc.constantFrom('low', 'medium', 'high', 'critical'),
      thread: names,
      run: names,
      node: names,
      channel: names,
      environment: fc.constantFrom('prod*', 'production', 'staging', '*'),
      time,
    },
    { requiredKeys: [] },
  )
  // A rule with seventeen conditions fits nothing.
  .chain((all) =>
    fc
      .subarray(Object.keys(all), { minLength: 0, maxLength: 2 })
      .map((keys) => Object.fromEntries(keys.map((key) => [key, all[key as never]]))),
  )
  .map((all) => all as PolicyConditions)
const filled = conditions.filter((all) => Object.keys(all).length > 0)
const approval = fc.record({
  approvers: fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
  needed: fc.constantFrom(1, 2),
})

const body = fc.record(
  { when: filled, unless: filled, until: fc.constantFrom('2026-06-18', '2026-06-20') },
  { requiredKeys: [] },
)
const rule = fc
  .tuple(fc.constantFrom('allow', 'deny', 'approve'), body, approval)
  .map(([effect, given, asked]) => ({ effect, ...given, ...(effect === 'approve' ? { approval: asked } : {}) }))
const definition: fc.Arbitrary<PolicyDefinition> = fc.record({
  rules: fc.array(rule, { maxLength: 8 }).map((all) => all.map((each, i) => ({ id: `r${i}`, ...each }) as PolicyRule)),
  default: fc.constantFrom('allow', 'deny'),
})

const principal = fc.record(
  {
    sub: subject,
    act: subject,
    tenant: fc.constantFrom('t1', 't2'),
    via: fc.constantFrom('code', 'token', 'platform'),
    claims: fc.record(
      {
        role: fc.oneof(claimValue, fc.array(claimValue, { maxLength: 2 })),
        scope: fc.constantFrom('admin dev', 'dev', 'administrator'),
        realm: fc.record({ role: claimValue }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['sub'] },
)
const at = fc.record(
  {
    now: fc.integer({ min: Date.parse('2026-06-18'), max: Date.parse('2026-06-22') }),
    runId: subject,
    node: subject,
    channel: subject,
  },
  { requiredKeys: ['now'] },
)
const oneClaim = fc.record({
  id: fc.constant('c'.repeat(22)),
  tenant: fc.constant('t1'),
  threadId: subject,
  mode: fc.constantFrom('resume', 'handoff', 'lease'),
  ruleId: fc.constantFrom(...RULE_IDS),
  allow: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(['alice'], ['bob', 'a']) },
  ),
})
const wholeThread = fc.record({
  id: fc.constant('*'),
  tenant: fc.constant('t1'),
  threadId: subject,
  mode: fc.constant('resume'),
  ruleId: fc.constant('*'),
  allow: fc.constant(null),
})
const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal,
  verb: fc.constantFrom(...VERBS),
  claim: fc.oneof({ weight: 3, arbitrary: oneClaim }, { weight: 1, arbitrary: wholeThread }),
  at,
}) as never
const environment = fc.constantFrom('production', 'staging', undefined)

const policyOf = (given: PolicyDefinition, where: string | undefined) =>
  createPolicy(given, where === undefined ? {} : { environment: where })

function outcome(decision: { allowed: boolean; forbidden?: boolean; approval?: object; rule?: string }) {
  const effect = decision.allowed ? (decision.approval ? 'approve' : 'allow') : decision.forbidden ? 'forbid' : 'deny'
  return { effect, rules: decision.rule?.split(' + ') ?? [] }
}

const RUNS = { numRuns: 1_000 }

describe('any policy and request', () => {
  it('the compiled engine answers as a reference that is written plainly', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(definition, request, environment, (given, asked, where) => {
        const got = outcome(policyOf(given, where).decide(asked))
        const wanted = referenceDecision(given, asked, where)
        seen.set(got.effect, (seen.get(got.effect) ?? 0) + 1)
        // Where nobody may approve for all of the rules, the reference only knows that approval is asked for.
        if (got.effect === 'forbid' && wanted.effect === 'approve' && got.rules.length > 1) {
          expect(got.rules).toEqual(wanted.rules)
        } else expect(got).toEqual(wanted)
      }),
      RUNS,
    )
    // The generators reach every kind of answer, or the comparison would say little.
    for (const effect of ['allow', 'approve', 'deny', 'forbid'])
      expect(seen.get(effect) ?? 0).toBeGreaterThan(RUNS.numRuns / 50)
  })

  it('what it keeps of one request changes no answer to another', () => {
    fc.assert(
      fc.property(definition, fc.array(request, { minLength: 2, maxLength: 12 }), environment, (given, all, where) => {
        const kept = policyOf(given, where)
        for (const asked of [...all, ...all]) {
          expect(kept.decide(asked)).toEqual(policyOf(given, where).decide(asked))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('one more deny rule never allows more, and what was forbidden stays so', () => {
    fc.assert(
      fc.property(definition, filled, request, environment, (given, when, asked, where) => {
        const before = policyOf(given, where).decide(asked)
        const more = { ...given, rules: [...given.rules, { id: 'added', effect: 'deny', when }] } as PolicyDefinition
        const after = policyOf(more, where).decide(asked)
        expect(after.allowed && !before.allowed).toBe(false)
        if (before.forbidden) expect(after.forbidden).toBe(true)
        if (after.allowed) expect(after).toEqual(before)
      }),
      RUNS,
    )
  })

  it('one more approve rule never takes an approval away', () => {
    fc.assert(
      fc.property(definition, filled, approval, request, (given, when, asked, asks) => {
        const before = policyOf(given, undefined).decide(asks)
        const added = { id: 'added', effect: 'approve', when, approval: asked } as PolicyRule
        const after = policyOf({ ...given, rules: [...given.rules, added] }, undefined).decide(asks)
        if (before.reason === 'a rule forbids it') expect(after).toEqual(before)
        if (before.approval !== undefined && after.allowed) {
          expect(after.approval?.needed ?? 1).toBeGreaterThanOrEqual(before.approval.needed ?? 1)
        }
        if (after.allowed && !before.allowed) expect(after.approval).toBeDefined()
      }),
      RUNS,
    )
  })

  it('the order of the rules does not matter', () => {
    fc.assert(
      fc.property(
        definition.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray([...given.rules], { minLength: given.rules.length })),
        ),
        request,
        environment,
        ([given, rules], asked, where) => {
          const shuffled = policyOf({ ...given, rules }, where)
          expect(shuffled.decide(asked)).toEqual(policyOf(given, where).decide(asked))
        },
      ),
      RUNS,
    )
  })

  it('telling more never turns a forbidden request into one that needs less than it would have', () => {
    fc.assert(
      fc.property(definition, request, subject, (given, asked, channel) => {
        const { channel: _none, ...rest } = asked.at
        const unknown = policyOf(given, undefined).decide({ ...asked, at: rest })
        const known = policyOf(given, undefined).decide({ ...asked, at: { ...rest, channel } })
        // What is allowed without knowing the channel is allowed whatever it is.
        if (unknown.allowed && unknown.approval === undefined) expect(known.allowed).toBe(true)
      }),
      RUNS,
    )
  })

  it('an explanation names a rule as decisive only if it fits or may, and decides as the engine does', () => {
    fc.assert(
      fc.property(definition, request, environment, (given, asked, where) => {
        const policy = policyOf(given, where)
        const { decision, rules } = policy.explain(asked)
        expect(decision).toEqual(policy.decide(asked))
        expect(rules.map(({ id }) => id)).toEqual(given.rules.map(({ id }) => id))
        for (const { decided, fits, because } of rules) {
          if (decided) expect(fits).not.toBe('no')
          expect(because === undefined).toBe(fits === 'yes')
        }
        if (decision.rule !== undefined) {
          expect(
            rules
              .filter(({ decided }) => decided)
              .map(({ id }) => id)
              .sort(),
          ).toEqual(decision.rule.split(' + '))
        }
      }),
      RUNS,
    )
  })
})
