import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { loadConfig } from '../../../src/config/load-config.js'
import { policyOf as configuredPolicy } from '../../../src/config/policy-of.js'
import { createPolicy, type PolicyFileOptions, policyFromFile, type SecretSafeError } from '../../../src/index.js'
import { fillTemplate } from '../../../src/testing/templates.js'
import { configDir } from '../../config/config-dir.js'
import { request } from './requests.js'

function problem(yaml: string): string {
  const file = path.join(configDir({ 'policy.yml': yaml }), 'policy.yml')
  try {
    policyFromFile(file).close()
  } catch (error) {
    expect((error as SecretSafeError).code).toBe('ERR_CONFIG_INVALID')
    return (error as Error).message.replace(file, 'policy.yml')
  }
  throw new Error('the policy was accepted')
}

const rule = (lines: string) => `rules:\n  - id: one\n    effect: allow\n${lines.replace(/^/gm, '    ')}`

describe('a policy that is wrong', () => {
  it.each([
    ['', 'policy.yml: needs "rules".'],
    ['rules: [', 'policy.yml:1:9: not valid YAML'],
    ['rules: hunter2', 'policy.yml:1:1: rules: expected a list, got another string'],
    ['rules: []\nrules: []', 'policy.yml:2:1: not valid YAML'],
    ['rules:\n  - id: one\n    effects: allow', 'policy.yml:3:5: rules.0.effects: unknown key; known are id, effect'],
    ['rules:\n  - id: one\n    effects: allow', '(did you mean "effect"?)'],
    ['rules:\n  - effect: allow', 'policy.yml:2:5: rules.0: needs "id"'],
    ['rules:\n  - { id: default, effect: allow }', 'rules.0.id: expected an id of letters'],
    ['rules:\n  - { id: a, effect: permit }', 'policy.yml:2:14: rules.0.effect: expected one of allow, deny, approve'],
    [
      'rules:\n  - { id: a, effect: deny }\n  - { id: a, effect: deny }',
      'policy.yml:3:7: rules.1.id: another rule has this id',
    ],
    ['rules: []\ndefault: hunter2', 'policy.yml:2:1: default: expected one of allow, deny, got another string'],
    ['rules: []\ntimeZone: Mars/Olympus', 'timeZone: expected a time zone such as Europe/Berlin'],
    [rule('when: {}'), 'policy.yml:4:5: rules.0.when: needs at least one condition'],
    [rule('when:'), 'rules.0.when: expected a mapping of keys to values, got null'],
    [rule('when: { sub: [] }'), 'rules.0.when.sub: expected a list of 1 to 1000'],
    [
      rule('when: { sub: 7 }'),
      'rules.0.when.sub: expected a name of at most 256 characters, in which * is any run of them, got',
    ],
    [rule(`when: { sub: ${'a'.repeat(257)} }`), 'rules.0.when.sub: expected a name of at most 256'],
    [rule('when: { verbs: restore }'), 'rules.0.when.verbs: unknown key'],
    [rule('when: { verb: read }'), 'rules.0.when.verb: expected one of restore, claim'],
    [rule('when: { verb: [restore, read] }'), 'rules.0.when.verb.1: expected one of restore, claim'],
    [rule('when: { kind: secret }'), 'rules.0.when.kind: expected one of private, publishable'],
    [rule('when: { minSeverity: severe }'), 'rules.0.when.minSeverity: expected one of low, medium'],
    [rule('when: { claims: { role: null } }'), 'rules.0.when.claims.role: expected a string, a number'],
    [rule('when: { claims: {} }'), 'rules.0.when.claims: needs at least one claim'],
    [rule(`when: { claims: ${'{ a: '.repeat(9)}1${' }'.repeat(9)} }`), 'is nested over 8 deep'],
    [rule('when: { time: { from: 8:00 } }'), 'rules.0.when.time.from: expected a time such as 08:30'],
    [rule('when: { time: { from: 24:00 } }'), 'rules.0.when.time.from: expected a time such as 08:30'],
    [rule('when: { time: { from: 08:00, to: 08:00 } }'), 'the window ends when it begins'],
    [rule('when: { time: { timeZone: UTC } }'), 'rules.0.when.time: needs from, to or days'],
    [rule('when: { time: { days: [monday] } }'), 'rules.0.when.time.days.0: expected one of sun, mon'],
    [rule('until: 2027-02-30'), 'rules.0.until: expected a day such as 2027-01-31'],
    [rule('until: 2027-01-31T12:00'), 'rules.0.until: expected a day such as 2027-01-31'],
    [rule('approval: { approvers: [a] }'), 'rules.0.approval: goes with the effect approve alone'],
    ['rules:\n  - { id: a, effect: approve }', 'rules.0: needs "approval" with its approvers'],
    ['rules:\n  - { id: a, effect: approve, approval: { approvers: [] } }', 'approval.approvers: expected a list of 1'],
    ['rules:\n  - { id: a, effect: approve, approval: { approvers: hunter2 } }', 'approvers: expected a list of names'],
    [
      'rules:\n  - { id: a, effect: approve, approval: { approvers: [a], needed: 0 } }',
      'needed: expected a whole number',
    ],
  ])('%j: %s', (yaml, expected) => {
    const message = problem(yaml)
    expect(message).toContain(expected)
    expect(message).not.toContain('hunter2')
  })

  it('grows no further than its aliases may', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [i, name] of [...'bcdefgh'].entries()) {
      const before = 'abcdefg'[i]
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`)
    }
    expect(problem(bomb.join('\n'))).toContain('aliases')
  })

  it('holds no secret, and does not repeat it', () => {
    const token = fillTemplate('{{token:github-pat}}')
    const message = problem(rule(`when: { claims: { token: ${token} } }`))
    expect(message).toMatch(/holds a secret by rule "github-/)
    expect(message).not.toContain(token)
  })

  it('in code is refused alike, also with functions, accessors that throw, and too many rules', () => {
    const bad = expect.objectContaining({ code: 'ERR_CONFIG_INVALID' })
    const rules = Array.from({ length: 10_001 }, (_, i) => ({ id: `r${i}`, effect: 'allow' as const }))
    const cyclic: Record<string, unknown> = {}
    cyclic.again = cyclic
    for (const given of [
      undefined,
      { rules: [{ id: 'a', effect: 'allow', when: { sub: () => true } }] },
      { rules: [{ id: 'a', effect: 'allow', when: { claims: cyclic } }] },
      {
        get rules() {
          throw new Error('hunter2')
        },
      },
      { rules },
    ])
      expect(() => createPolicy(given as never)).toThrow(bad)
    expect(createPolicy({ rules: rules.slice(1) }).size).toBe(10_000)
  })
})

const ALLOW = 'rules: [{ id: open, effect: allow }]\n'
const DENY = 'rules: [{ id: shut, effect: deny }]\n'

function followed(options: PolicyFileOptions = {}) {
  const directory = configDir({ 'policy.yml': ALLOW })
  const file = path.join(directory, 'policy.yml')
  const errors: SecretSafeError[] = []
  // Looks of its own never come, so that a test says when.
  const policy = policyFromFile(file, { pollMs: 2 ** 30, onError: (error) => errors.push(error), ...options })
  onTestFinished(() => policy.close())
  return { directory, file, policy, errors, decides: () => policy.decide(request()).rule }
}

describe('a policy file in use', () => {
  it('is read again when it changes, and decides about what is there already', async () => {
    const { file, policy, errors, decides } = followed()
    expect(decides()).toBe('open')
    writeFileSync(file, DENY)
    expect(await policy.reload()).toMatchObject({ file, rules: 1, error: undefined })
    expect(decides()).toBe('shut')
    expect(errors).toEqual([])
  })

  it('is seen to change without being told', async () => {
    const { file, decides } = followed({ pollMs: 5 })
    writeFileSync(file, DENY)
    await vi.waitFor(() => expect(decides()).toBe('shut'))
  })

  it('is left alone while it is being written: half of a policy may be a valid one', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { file, decides } = followed({ pollMs: 1_000 })
    const look = async () => {
      vi.advanceTimersByTime(1_000)
      for (let i = 0; i < 100; i++) await new Promise(setImmediate)
    }
    writeFileSync(file, 'rules: []\n')
    await look()
    expect(decides()).toBe('open')
    writeFileSync(file, DENY)
    await look()
    expect(decides()).toBe('open')
    await vi.waitFor(async () => {
      await look()
      expect(decides()).toBe('shut')
    })
  })

  it('is replaced by rename, by a file of the same size and time', async () => {
    const { directory, file, policy, decides } = followed()
    const next = path.join(directory, 'next.yml')
    writeFileSync(next, DENY.padEnd(ALLOW.length, '\n'))
    renameSync(next, file)
    await policy.reload()
    expect(decides()).toBe('shut')
  })

  it('with a slip leaves the old policy in force, and is loud once', async () => {
    const { file, policy, errors, decides } = followed()
    writeFileSync(file, 'rules: [{ id: hunter2, effect')
    const status = await policy.reload()
    await policy.reload()
    expect(decides()).toBe('open')
    expect(status.error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(errors).toHaveLength(1)
    expect(errors[0]!.message).toMatch(/policy\.yml:1:\d+: not valid YAML/)
    expect(errors[0]!.message).not.toContain('hunter2')
    writeFileSync(file, DENY)
    expect((await policy.reload()).error).toBeUndefined()
    expect(decides()).toBe('shut')
  })

  it('that vanishes, is emptied, or is no file any more leaves the old policy in force, too', async () => {
    const { file, policy, errors, decides } = followed()
    rmSync(file)
    expect((await policy.reload()).error?.message).toContain('could not be read')
    writeFileSync(file, '')
    expect((await policy.reload()).error?.message).toContain('needs "rules"')
    writeFileSync(file, `${DENY}# ${'x'.repeat(1024 * 1024)}`)
    expect((await policy.reload()).error?.message).toContain('at most 1048576 bytes')
    expect(errors).toHaveLength(3)
    expect(decides()).toBe('open')
  })

  it('warns the process unless told otherwise, also when whoever is told throws', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const broken = (): void => {
      throw new Error('hunter2')
    }
    for (const onError of [undefined, broken]) {
      const { file, policy } = followed(onError === undefined ? { onError: undefined as never } : { onError })
      writeFileSync(file, 'rules:')
      await policy.reload()
    }
    expect(warn).toHaveBeenCalledTimes(2)
    for (const [message, options] of warn.mock.calls) {
      expect(message).toMatch(/policy\.yml:1:1: rules: expected a list.* stays in force\.$/)
      expect(options).toEqual({ code: 'SECRET_SAFE_POLICY' })
    }
  })

  it('cannot be followed from a start that is wrong', () => {
    const directory = configDir({})
    const missing = path.join(directory, 'none.yml')
    expect(() => policyFromFile(missing)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
    expect(problem('rules: [{ id: a }]')).toContain('needs "effect"')
  })
})

describe('the policy of a configuration', () => {
  const load = (files: Record<string, string>, env = {}) => {
    const { config } = loadConfig({ cwd: configDir(files), env: {} })
    const policy = configuredPolicy(config, env)
    if (policy !== undefined && 'close' in policy) onTestFinished(() => policy.close())
    return policy
  }

  it('stands in it, or in a file beside it', () => {
    const decided = (policy: ReturnType<typeof load>) => policy?.decide(request()).rule
    expect(decided(load({ 'secret-safe.config.yml': `policy:\n  ${ALLOW}` }))).toBe('open')
    expect(decided(load({ 'secret-safe.config.yml': 'policy: { file: sub/p.yml }', 'sub/p.yml': DENY }))).toBe('shut')
    expect(load({ 'secret-safe.config.yml': 'vault: { tenant: a }' })).toBeUndefined()
  })

  it('knows where it runs from the environment, else from the configuration', () => {
    const yaml = `policy:
  environment: staging
  rules:
    - { id: staging, effect: allow, when: { environment: staging } }
    - { id: production, effect: allow, when: { environment: production } }`
    expect(load({ 'secret-safe.config.yml': yaml })?.decide(request()).rule).toBe('staging')
    const env = { SECRET_SAFE_ENVIRONMENT: 'production' }
    expect(load({ 'secret-safe.config.yml': yaml }, env)?.decide(request()).rule).toBe('production')
  })

  it('knows the rules of the configuration', () => {
    const yaml = `detector:
  customRules: [{ id: acme-key, pattern: 'acme_[a-z]{12}', kind: test, examples: ['acme_{{lower:12}}'] }]
policy:
  rules: [{ id: sandbox, effect: allow, when: { kind: test } }]`
    const policy = load({ 'secret-safe.config.yml': yaml })
    expect(policy?.decide(request({ claim: { ruleId: 'acme-key' } })).allowed).toBe(true)
    expect(policy?.decide(request()).allowed).toBe(false)
  })

  it('is checked with it: both at once is too much, and a mistake has its line', () => {
    const message = (yaml: string) => {
      try {
        load({ 'secret-safe.config.yml': yaml })
      } catch (error) {
        return (error as Error).message
      }
      return 'accepted'
    }
    expect(message('policy: { file: p.yml, rules: [] }')).toContain('policy.rules: unknown key; known are file')
    expect(message('policy:\n  rules:\n    - { id: a, effect: alow }')).toMatch(
      /yml:3:16: policy\.rules\.0\.effect: expected/,
    )
    expect(message('policy: allow')).toContain('policy: expected a mapping')
  })
})

it('the schema that is shipped in docs is the one that is used', async () => {
  const { CEDAR_SCHEMA } = await import('../../../src/access/policy/cedar-schema.js')
  expect(readFileSync('docs/schemas/secret-safe.cedarschema', 'utf8')).toBe(CEDAR_SCHEMA)
})
