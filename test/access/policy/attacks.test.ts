import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namePatterns, patternCovers } from '../../../src/access/policy/name-patterns.js'
import { createPolicy } from '../../../src/index.js'
import { policyOf, request } from './requests.js'

const UNAVAILABLE = { allowed: false, reason: 'policy unavailable', forbidden: true }

describe('names and patterns of somebody who means harm', () => {
  const asRegExp = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*')}$`)
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), minLength: 1, maxLength: 8 })

  it('a pattern fits what the same expression fits, also where it begins anew inside itself', () => {
    fc.assert(
      fc.property(pattern, text, (given, name) => {
        expect(namePatterns(given).matches(name)).toBe(asRegExp(given).test(name))
      }),
      { numRuns: 5_000 },
    )
    expect(namePatterns('*aab*').matches('aaab')).toBe(true)
    expect(namePatterns('a*a').matches('a')).toBe(false)
  })

  it('a pattern that covers another fits everything that the other fits', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, name) => {
        fc.pre(patternCovers(wide, narrow) && namePatterns(narrow).matches(name))
        expect(namePatterns(wide).matches(name)).toBe(true)
      }),
      { numRuns: 500, maxSkipsPerRun: 10_000 },
    )
  })

  // An engine that goes back would take years; one that searches each part anew, minutes.
  it('a megabyte of almost the right name is looked through once', { timeout: 20_000 }, () => {
    const hostile = 'a'.repeat(1_000_000)
    const patterns = [
      `${'a*'.repeat(100)}b`,
      `*${'a'.repeat(200)}b*`,
      `*${'a'.repeat(120)}b${'a'.repeat(120)}*`,
      `${'*a'.repeat(127)}b`,
    ]
    for (const each of patterns) {
      expect(namePatterns(each).matches(hostile)).toBe(false)
      const policy = policyOf([
        { id: 'one', effect: 'allow', when: { sub: each, thread: each, claims: { role: each } } },
      ])
      const principal = { sub: hostile, claims: { role: [hostile, hostile] } }
      expect(policy.decide(request({ principal, claim: { threadId: hostile } })).allowed).toBe(false)
    }
  })

  it('a pattern does not take characters of an expression for anything but themselves', () => {
    expect(namePatterns('a.c').matches('abc')).toBe(false)
    expect(namePatterns('(a|b)*').matches('a')).toBe(false)
    expect(namePatterns('[ab]').matches('a')).toBe(false)
    expect(namePatterns('a*').matches('a\nb\0')).toBe(true)
  })
})

describe('what fails inside a decision', () => {
  const open = policyOf(
    [
      { id: 'all', effect: 'allow' },
      { id: 'x', effect: 'deny', when: { claims: { role: 'x' } } },
    ],
    {
      default: 'allow',
    },
  )

  it('denies: a token whose claims throw when they are read', () => {
    const claims = {
      get role(): string {
        throw new Error('hunter2')
      },
    }
    expect(open.decide(request({ principal: { sub: 'alice', claims } }))).toEqual(UNAVAILABLE)
    const proxy = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('hunter2')
        },
      },
    )
    expect(open.decide(request({ principal: { sub: 'alice', claims: proxy } }))).toEqual(UNAVAILABLE)
  })

  it('denies: a request that is none, or of a verb that is none', () => {
    expect(open.decide(undefined as never)).toEqual(UNAVAILABLE)
    expect(open.decide({} as never)).toEqual(UNAVAILABLE)
    for (const verb of ['__proto__', 'constructor', 'RESTORE', '*'])
      expect(open.decide(request({ verb: verb as never }))).toEqual(UNAVAILABLE)
  })

  it('leaves no trace in what every object has', () => {
    const rules = JSON.parse(
      '[{ "id": "a", "effect": "allow", "when": { "claims": { "__proto__": { "polluted": true } } } }]',
    )
    createPolicy({ rules }).decide(
      request({ principal: { sub: 'a', claims: JSON.parse('{"__proto__":{"polluted":1}}') } }),
    )
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(() => createPolicy(JSON.parse('{ "rules": [], "__proto__": { "default": "allow" } }'))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  })

  it('made-up rule ids do not fill memory, and are decided all the same', () => {
    const policy = policyOf([{ id: 'one', effect: 'allow', when: { rule: 'x-1*' } }])
    for (let i = 0; i < 10_000; i++) policy.decide(request({ claim: { ruleId: `x-${i}` } }))
    expect(policy.decide(request({ claim: { ruleId: 'x-17' } })).allowed).toBe(true)
    expect(policy.decide(request({ claim: { ruleId: 'x-27' } })).allowed).toBe(false)
  })
})
