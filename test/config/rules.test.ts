import { describe, expect, it, vi } from 'vitest'
import type { SecretSafeConfig } from '../../src/config/config.js'
import { entropyOf } from '../../src/config/custom-rule.js'
import { detectorOf } from '../../src/config/detector-of.js'
import { loadConfig } from '../../src/config/load-config.js'
import { nearest, problemOfId, withActions } from '../../src/config/rule-ids.js'
import { warningsOf } from '../../src/config/rule-problems.js'
import { validateConfig } from '../../src/config/validate.js'
import { anchorsOf } from '../../src/detect/literal-prefix.js'
import { stockRules } from '../../src/detect-entry.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { configDir } from './config-dir.js'

const load = (yaml: string): SecretSafeConfig => {
  const cwd = configDir({ 'secret-safe.config.yml': yaml })
  return loadConfig({ cwd, env: {} }).config
}
const problem = (yaml: string): string => {
  try {
    detectorOf(load(yaml))
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    return (error as Error).message
  }
  throw new Error('it was accepted')
}
const rule = (fields: string): string => `
detector:
  customRules:
    - id: acme-key
      examples: ["acme_{{lower36:12}}"]
      ${fields}
`
const idsIn = (yaml: string, text: string, key?: string): string[] =>
  detectorOf(load(yaml))
    .scanText(text, { key })
    .map(({ ruleId }) => ruleId)

describe('a rule of a user’s own, as data', () => {
  it('needs an id, a pattern and examples; its anchor is what the pattern begins with', () => {
    expect(idsIn(rule('pattern: acme_[a-z0-9]{12}'), 'use acme_0123456789ab.')).toEqual(['acme-key'])
  })

  it('takes everything that a rule may say', () => {
    const yaml = rule(`
      title: Acme key
      pattern: '(?:acme_|ACME-)(?<secret>[a-z0-9]{12})'
      anchors: [acme_, ACME-]
      caseInsensitive: true
      severity: low
      confidence: certain
      kind: test
      action: report
      leftBoundary: none
      rightBoundary: word
      maxLength: 40
      minEntropy: 1.5
      nonExamples: ["acme_aaaaaaaaaaaa", "acme_short"]
`).replace('acme_{{lower36:12}}', 'acme_<<{{lower36:12}}>>')
    expect(detectorOf(load(yaml)).scanText('xAcme_0123456789ab')).toMatchObject([
      { severity: 'low', confidence: 'certain', kind: 'test', action: 'report', start: 6, end: 18 },
    ])
  })

  it('may rest on a field’s name or on a word before it', () => {
    const yaml = rule(`
      pattern: '[0-9a-f]{32}'
      keys: [acmetoken]
      near: [acme]
`).replace('acme_{{lower36:12}}', '{{hex:32}}')
    const value = fillTemplate('{{hex:32}}')
    expect(idsIn(yaml, value)).toEqual([])
    expect(idsIn(yaml, value, 'acmeToken')).toEqual(['acme-key'])
    expect(idsIn(yaml, `our acme one: ${value}`)).toEqual(['acme-key'])
  })

  it.each([
    ['pattern: "[a-z]{12}"', 'detector.customRules.0: its pattern does not begin with three literal characters'],
    ['pattern: "acme_(?=x)"', '"acme-key" looks ahead or behind'],
    ['pattern: "acme_(a)\\\\1"', '"acme-key" has a back reference'],
    ['pattern: "acme_["', '"acme-key" is not a regular expression'],
    ['pattern: "acmo_[a-z]{12}"', 'Rule "acme-key" does not find its example 0'],
    ['{ pattern: "acme_[a-z0-9]{12}", nonExamples: [x, acme_0123456789ab] }', 'finds something in its nonExample 1'],
    ['pattern: "acme_[a-z0-9]{12}"\n      severity: huge', 'customRules.0.severity: expected one of critical, high'],
    ['pattern: "acme_[a-z0-9]{12}"\n      entropy: 3', 'customRules.0.entropy: unknown key; known are id, title'],
    ['pattern: "acme_[a-z0-9]{12}"\n      minEntropy: 9', 'minEntropy: expected bits for each character'],
    ['title: x', 'customRules.0: needs "pattern"'],
  ])('is refused when it says %s', (fields, message) => {
    const yaml = fields.startsWith('{')
      ? `detector: { customRules: [{ id: acme-key, examples: ["acme_{{lower36:12}}"], ${fields.slice(1)}] }`
      : rule(fields)
    expect(problem(yaml)).toContain(message)
  })

  it.each([
    ['no examples', 'examples: []', 'a rule needs at least one example'],
    ['an example that is no template', 'examples: ["acme_{{no-such:3}}"]', 'example 0'],
    ['an unknown placeholder', 'examples: ["acme_{{nosuch:3}}"]', 'example 0 is not a template'],
    ['an id in another style', 'id: Acme_Key', 'customRules.0.id: expected an id such as acme-api-key'],
    ['a stock rule’s id', `id: ${stockRules[0]!.id}`, 'a stock rule has this id'],
    ['the id of what is built in', 'id: named-field', 'a stock rule has this id'],
  ])('is refused for %s', (_, line, message) => {
    const yaml = rule('pattern: "acme_[a-z0-9]{12}"')
    const [key] = line.split(':')
    expect(problem(yaml.replace(new RegExp(`${key}: .*`), line))).toContain(message)
  })

  it('is refused when two have one id', () => {
    const one = '{ id: acme-key, pattern: "acme_[a-z]{8}", examples: [acme_abcdefgh] }'
    expect(problem(`detector: { customRules: [${one}, ${one}] }`)).toContain('Two rules have the id "acme-key"')
  })

  it('is never quoted: neither its pattern nor its examples', () => {
    const secret = fillTemplate('acme_{{base62:30}}')
    for (const fields of [`pattern: "${secret}["`, `pattern: "${secret}x"`, `pattern: "${secret}(?=x)"`]) {
      const yaml = rule(fields).replace('acme_{{lower36:12}}', secret)
      expect(problem(yaml)).not.toContain(secret)
    }
  })

  it('cannot hang the process that loads it, nor the one that runs it', () => {
    const yaml = rule('pattern: "acme_(a+)+$"').replace('acme_{{lower36:12}}', 'acme_aaaaaaaa')
    const started = performance.now()
    detectorOf(load(yaml)).scanText(`acme_${'a'.repeat(50_000)}! `.repeat(20))
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it.each([
    ['acme_[a-z]', ['acme_']],
    ['acme_?x', ['acme']],
    ['acm?x', []],
    ['acme-v1\\.\\-[a-z]', ['acme-v1.-']],
    ['acme_|acmx-[|)]', ['acme_', 'acmx-']],
    ['acme_|ac', []],
    ['(?:acme|b)', []],
    ['acmes{0,2}', ['acme']],
    ['acmes+', ['acmes']],
    ['\\d{3}acme', []],
    ['acme\\d', ['acme']],
  ])('with the pattern %s is anchored at %j', (pattern, anchors) => {
    expect(anchorsOf(pattern)).toEqual(anchors)
  })

  it('measures entropy in bits for each character', () => {
    expect(entropyOf('aaaa')).toBe(0)
    expect(entropyOf('abcd')).toBe(2)
  })
})

describe('what to do with a rule’s findings', () => {
  const npm = fillTemplate('{{token:npm}}')
  const npmId = detectorOf({}).scanText(npm)[0]!.ruleId

  it('goes by its id, else by its kind, else by the rule itself', () => {
    const actions = (detector: SecretSafeConfig['detector']) =>
      new Map(
        detectorOf({ detector: detector! })
          .scanText(npm)
          .map((one) => [one.ruleId, one.action]),
      )
    expect(actions({ kinds: { private: 'report' } }).get(npmId)).toBe('report')
    expect(actions({ kinds: { private: 'report' }, rules: { [npmId]: 'seal' } }).get(npmId)).toBe('seal')
    expect(actions({ kinds: { test: 'ignore' } }).get(npmId)).toBe('seal')
    expect(actions({ kinds: { private: 'ignore' } }).size).toBe(0)
  })

  it('may be said of a rule of one’s own', () => {
    const own = rule('pattern: "acme_[a-z0-9]{12}"')
    expect(idsIn(`${own}  rules: { acme-key: ignore }`, 'acme_0123456789ab')).toEqual([])
  })

  it('is refused for an id that is not there, with the nearest that is', () => {
    const typo = npmId.replace(/.$/, '')
    expect(problem(`detector: { rules: { ${typo}: ignore } }`)).toContain(`did you mean "${npmId}"?`)
    expect(problem('detector: { rules: { zzzzzzzzzzzzzzzz: ignore } }')).toContain('docs/rules.md lists them')
    expect(problem('detector: { allow: [{ rule: zzzzzzzzzzzzzzzz, reason: x }] }')).toContain(
      'allow.0.rule: there is no',
    )
    expect(problem('detector: { rules: { named-field: ignore } }')).toContain('detector.allow')
    expect(problem('detector: { rules: { known-value: ignore } }')).toContain('always sealed')
    expect(problem('detector: { kinds: { tests: ignore } }')).toContain('unknown key; known are private')
    expect(nearest('x'.repeat(100_000), ['acme-key'])).toBeUndefined()
  })

  it('does not repeat a secret that stands where an id belongs', () => {
    const message = problem(`detector: { rules: { ${npm}: ignore } }`)
    expect(message).toContain('detector.rules.[redacted]')
    expect(message).not.toContain(npm)
  })

  const pair = [
    { ...stockRules[0]!, id: 'old-id', deprecated: 'new-id' },
    { ...stockRules[0]!, id: 'new-id' },
  ]

  it('still works by a deprecated id, which stands for its successor, with a warning', () => {
    const actionOf = (byId: Record<string, 'ignore' | 'report'>) =>
      withActions(pair, byId, {}).find(({ id }) => id === 'new-id')!.action
    expect(actionOf({ 'old-id': 'ignore' })).toBe('ignore')
    expect(actionOf({ 'old-id': 'ignore', 'new-id': 'report' })).toBe('report')
    expect(problemOfId('old-id', pair)).toBeUndefined()
    const config = { detector: { rules: { 'old-id': 'ignore' }, allow: [{ rule: 'old-id', reason: 'x' }] } } as const
    const messages = warningsOf(config, pair).map(({ path, message }) => `${path.join('.')}: ${message}`)
    expect(messages).toEqual([
      'detector.rules.old-id: the rule id is deprecated and stands for "new-id"; name that one',
      'detector.allow.0.rule: the rule id is deprecated and stands for "new-id"; name that one',
    ])
    expect(
      warningsOf({ detector: { rules: { gone: 'ignore' } } }, [{ ...pair[0]!, id: 'gone', deprecated: 'too vague' }]),
    ).toMatchObject([{ message: 'the rule id is deprecated (too vague)' }])
  })

  it('is warned of once, with the file and the line', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const config = { detector: { allow: [{ rule: npmId, reason: 'x', until: '2020-01-31' }] } }
    const source = { name: 'a.yml', positionOf: () => ({ line: 3, column: 7 }) }
    validateConfig(config, source)
    validateConfig(config, source)
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(/^a\.yml:3:7: detector\.allow\.0: this entry ended on 2020-01-31/),
        { code: 'SECRET_SAFE_CONFIG' },
      ],
    ])
    warn.mockRestore()
    expect(detectorOf(config).scanText(npm)).toHaveLength(1)
  })
})
