import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectorOf } from '../../src/config/detector-of.js'
import { loadConfig } from '../../src/config/load-config.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { configDir } from './config-dir.js'

const load = (cwd: string, env: Record<string, string> = {}) => loadConfig({ cwd, env })
const problem = (cwd: string): string => {
  try {
    load(cwd)
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    return (error as Error).message
  }
  throw new Error('it was accepted')
}

describe('finding the configuration', () => {
  it('is empty where there is none', () => {
    expect(load(configDir({}))).toEqual({ file: undefined, config: {} })
  })

  it('takes the nearest file upward', () => {
    const root = configDir({
      'secret-safe.config.yml': 'saver: { writes: report }',
      'app/secret-safe.config.json': '{ "saver": { "writes": "off" } }',
      'app/src/.keep': '',
    })
    expect(load(path.join(root, 'app/src')).config.saver).toEqual({ writes: 'off' })
    expect(load(root).config.saver).toEqual({ writes: 'report' })
  })

  it('ends at the root of a repository, so that a file further up is not the project’s', () => {
    const root = configDir({ 'secret-safe.config.yml': 'saver: { writes: off }', 'repo/.keep': '' })
    mkdirSync(path.join(root, 'repo/.git'))
    expect(load(path.join(root, 'repo')).file).toBeUndefined()
  })

  it('refuses two in one directory, rather than pick one', () => {
    expect(problem(configDir({ 'secret-safe.config.yml': '', 'secret-safe.config.json': '{}' }))).toContain('keep one')
  })

  it('takes the file that SECRET_SAFE_CONFIG names, and fails when it is not there', () => {
    const root = configDir({
      'other.yml': 'vault: { tenant: acme }',
      'secret-safe.config.yml': 'saver: { writes: off }',
    })
    expect(load(root, { SECRET_SAFE_CONFIG: 'other.yml' }).config).toEqual({ vault: { tenant: 'acme' } })
    expect(() => load(root, { SECRET_SAFE_CONFIG: 'missing.yml' })).toThrow(/missing\.yml: .*could not be read/)
  })

  it('reads a path in the vault address from the file’s directory, wherever the process was started', () => {
    const root = configDir({ 'secret-safe.config.yml': 'vault: { address: data/vault.db }', 'src/.keep': '' })
    expect(load(path.join(root, 'src')).config.vault?.address).toBe(`sqlite:${path.join(root, 'data/vault.db')}`)
  })

  it.each(['sqlite::memory:', ':memory:', 'postgres://db.internal/app', 'sqlite:/var/lib/vault.db'])(
    'leaves the address %s as it is',
    (address) => {
      const root = configDir({ 'secret-safe.config.json': JSON.stringify({ vault: { address } }) })
      expect(load(root).config.vault?.address).toBe(address)
    },
  )
})

describe('reading the configuration', () => {
  it.each([
    ['ts', 'const ttlMs: number = 1000\nexport default { saver: { ttlMs } }'],
    ['mjs', 'export default { saver: { ttlMs: 1000 } }'],
    ['js', 'module.exports = { saver: { ttlMs: 1000 } }'],
    ['yml', 'saver:\n  ttlMs: 1000\n'],
    ['yaml', 'saver: { ttlMs: 1000 }'],
    ['json', '{ "saver": { "ttlMs": 1000 } }'],
  ])('reads .%s', (extension, content) => {
    expect(load(configDir({ [`secret-safe.config.${extension}`]: content })).config).toEqual({ saver: { ttlMs: 1000 } })
  })

  it('names the file and the line of a typo, and what is known', () => {
    const message = problem(configDir({ 'secret-safe.config.yml': 'vault:\n  tenant: a\nsaver:\n  ttl: 5\n' }))
    expect(message).toMatch(/secret-safe\.config\.yml:4:3: saver\.ttl: unknown key; known are fields, ttlMs/)
  })

  it.each([
    ['saver: { ttlMs: -1 }', "saver.ttlMs: expected a whole number of milliseconds, or 'thread', got another number"],
    ['saver: { writes: maybe }', 'saver.writes: expected one of seal, report, off, got another string'],
    ['saver: { fields: auth }', 'saver.fields: expected a list, got another string'],
    ['saver: { fields: [ok, "a b"] }', 'saver.fields.1: expected a field path'],
    ['vault: [1]', 'vault: expected a mapping of keys to values, got a list'],
    ['vault: { sweep: true }', 'vault.sweep: expected one of auto, manual, got boolean'],
    ['detector: { rules: { no-such-rule: ignore } }', 'detector.rules.no-such-rule: there is no rule of this id'],
    ['detector: { extraRules: [5] }', 'detector.extraRules.0: expected a rule'],
    ['__proto__: { writes: off }', '__proto__'],
  ])('refuses %s', (content, message) => {
    expect(problem(configDir({ 'secret-safe.config.yml': content }))).toContain(message)
  })

  it.each(['key: abc', 'vault: { key: abc }', 'vault: { password: abc }', 'saver: { secrets: [] }'])(
    'refuses a credential’s key, and says where keys belong: %s',
    (content) => {
      const message = problem(configDir({ 'secret-safe.config.yml': content }))
      expect(message).toContain('holds no keys and no secrets; set SECRET_SAFE_KEY')
      expect(message).not.toContain('abc')
    },
  )

  it('refuses an address with a password, and does not repeat it', () => {
    const message = problem(configDir({ 'secret-safe.config.yml': 'vault: { address: "postgres://u:hunter2@h/db" }' }))
    expect(message).toContain('vault.address: an address in a configuration file holds no password')
    expect(message).not.toContain('hunter2')
  })

  it('refuses a token wherever it stands, and does not repeat it', () => {
    const token = fillTemplate('{{token:github-pat}}')
    const message = problem(configDir({ 'secret-safe.config.yml': `vault: { tenant: "${token}" }` }))
    expect(message).toMatch(/vault\.tenant: holds a secret by rule "github-/)
    expect(message).not.toContain(token)
  })

  it.each([
    ['yml', 'a: [hunter2', /:1:\d+: not valid YAML/],
    ['json', '{ "a": hunter2 }', /not valid JSON/],
    ['ts', 'const a = 1\nthrow new TypeError("hunter2")', /\.ts(:2)?: loading it threw a TypeError/],
    ['mjs', 'export default "hunter2"', /expected a configuration object/],
  ])('says where a broken .%s file is broken, and does not quote it', (extension, content, expected) => {
    const message = problem(configDir({ [`secret-safe.config.${extension}`]: content }))
    expect(message).toMatch(expected)
    expect(message).not.toContain('hunter2')
  })
})

describe('the detector that it describes', () => {
  const text = `token ${fillTemplate('{{token:github-pat}}')}`
  const [stock] = detectorOf({}).scanText(text)

  it('lets a rule be ignored or reported', () => {
    const withAction = (action: 'ignore' | 'report') =>
      detectorOf({ detector: { rules: { [stock!.ruleId]: action } } })
        .scanText(text)
        .filter(({ ruleId }) => ruleId === stock!.ruleId)
        .map((finding) => finding.action)
    expect(withAction('report')).toEqual(['report'])
    expect(withAction('ignore')).toEqual([])
  })

  it('adds rules of a module’s own', () => {
    const root = configDir({
      'secret-safe.config.ts': `export default { detector: { extraRules: [{
        id: 'acme-key', provider: 'acme', title: 'Acme', link: 'https://example.com', kind: 'private',
        severity: 'high', confidence: 'high', action: 'seal',
        definition: { anchors: ['acme_'], pattern: 'acme_[a-z]{12}' }, examples: [], nonExamples: [],
      }] } }`,
    })
    const found = detectorOf(load(root).config).scanText('use acme_abcdefghijkl here')
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['acme-key'])
  })
})
