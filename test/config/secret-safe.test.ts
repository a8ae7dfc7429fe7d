import path from 'node:path'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { detectorOf } from '../../src/config/detector-of.js'
import { fingerprintFromEnv } from '../../src/config/fingerprint.js'
import { loadConfig } from '../../src/config/load-config.js'
import { KeyRing, secretSafe } from '../../src/index.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { configDir } from './config-dir.js'

const config = { configurable: { thread_id: '1', checkpoint_ns: '' } }

async function store(options: Parameters<typeof secretSafe>[1], values: Record<string, unknown>): Promise<string> {
  const inner = new MemorySaver()
  const saver = secretSafe(inner, options)
  await saver.put(
    config,
    { ...emptyCheckpoint(), channel_values: values },
    { source: 'input', step: -1, parents: {} },
    {},
  )
  const stored = await inner.getTuple(config)
  await saver.end()
  return JSON.stringify(stored?.checkpoint.channel_values)
}

describe('what secretSafe takes from where', () => {
  beforeEach(() => {
    vi.stubEnv('SECRET_SAFE_KEY', KeyRing.generate())
    vi.stubEnv('SECRET_SAFE_VAULT', ':memory:')
  })
  afterEach(() => vi.unstubAllEnvs())
  const use = (yaml: string): string => {
    const root = configDir({ 'secret-safe.config.yml': yaml })
    vi.stubEnv('SECRET_SAFE_CONFIG', path.join(root, 'secret-safe.config.yml'))
    return root
  }

  it('seals the fields that the file names', async () => {
    use('saver: { fields: [note] }')
    expect(await store({}, { note: 'plain words' })).not.toContain('plain words')
  })

  it('gives out what the file’s policy allows, in the channels that it restores', async () => {
    use(`
saver: { channels: { left: handles } }
policy:
  rules:
    - { id: no-db, effect: deny, when: { channel: database } }
    - { id: all, effect: allow }
`)
    const inner = new MemorySaver()
    const saver = secretSafe(inner)
    const [password, token, left] = ['{{base62:24}}', '{{token:github-pat}}', '{{token:github-pat}}'].map((template) =>
      fillTemplate(template),
    )
    const values = { database: { password }, token, left }
    await saver.put(
      config,
      { ...emptyCheckpoint(), channel_values: values },
      { source: 'input', step: -1, parents: {} },
      {},
    )
    const read = (await saver.getTuple(config))!.checkpoint.channel_values as typeof values
    await saver.end()
    expect([read.token, read.database.password, read.left].map((value) => value?.startsWith('claim://'))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('refuses a policy that cannot be used at once, not at the first read', () => {
    use('policy: { rules: [{ id: x, effect: maybe }] }')
    expect(() => secretSafe(new MemorySaver())).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
  })

  it('does not seal what the file allows', async () => {
    const token = fillTemplate('{{token:github-pat}}')
    expect(await store({}, { text: token })).not.toContain(token)
    const ids = ['github-pat', 'github-token', 'github-fine-grained-pat', 'github-app-token']
    const { stockRules } = await import('../../src/detect-entry.js')
    const known = ids.filter((id) => stockRules.some((rule) => rule.id === id))
    use(`detector: { rules: { ${known.map((id) => `${id}: ignore`).join(', ')} } }`)
    expect(await store({}, { text: `see ${token}` })).toContain(token)
  })

  it('agrees with the detector of the same file: on allow lists, on kinds and on rules of one’s own', async () => {
    const [allowed, sealed] = [fillTemplate('acme_{{base62:20}}'), fillTemplate('acme_{{base62:20}}')]
    const reported = fillTemplate('acmetest_{{base62:20}}')
    vi.stubEnv('SECRET_SAFE_FINGERPRINT_KEY', KeyRing.generate())
    const root = use(`
detector:
  kinds: { test: report }
  customRules:
    - { id: acme-key, pattern: "acme_[A-Za-z0-9]{20}", examples: ["acme_{{base62:20}}"] }
    - { id: acme-test-key, kind: test, pattern: "acmetest_[A-Za-z0-9]{20}", examples: ["acmetest_{{base62:20}}"] }
  allow:
    - { fingerprint: "${fingerprintFromEnv()(allowed)}", reason: opens nothing }
`)
    const text = `${allowed} ${sealed} ${reported}`
    const detector = detectorOf(loadConfig({ cwd: root, env: {} }).config)
    expect(detector.scanText(text).map(({ ruleId, action }) => [ruleId, action])).toEqual([
      ['acme-key', 'seal'],
      ['acme-test-key', 'report'],
    ])
    expect(detector.allowedCount).toBe(1)
    const stored = await store({}, { text })
    expect(stored).toContain(allowed)
    expect(stored).not.toContain(sealed)
    expect(stored).toContain(reported)
  })

  it('lets an option go before the file', async () => {
    use('saver: { writes: off, fields: [note] }')
    expect(await store({}, { note: 'plain words' })).toContain('plain words')
    expect(await store({ writes: 'seal' }, { note: 'plain words' })).not.toContain('plain words')
  })

  it('lets the environment go before the file: the vault is not made where the file says', async () => {
    const root = use('{ vault: { address: missing-directory/vault.db }, saver: { fields: [note] } }')
    expect(await store({}, { note: 'plain words' })).toContain('claim://')
    vi.stubEnv('SECRET_SAFE_VAULT', '')
    await expect(store({}, { note: 'plain words' })).rejects.toThrow(path.join(root, 'missing-directory'))
  })

  it('takes a configuration in place of the file, and checks it alike', async () => {
    use('saver: { writes: off }')
    expect(await store({ config: { saver: { fields: ['note'] } } }, { note: 'plain words' })).toContain('claim://')
    expect(() => secretSafe(new MemorySaver(), { config: { saver: { writes: 'no' } } as never })).toThrow(
      'the config option: saver.writes: expected one of seal, report, off',
    )
  })

  it('refuses to start on a file that cannot be used', () => {
    use('saver: { write: off }')
    expect(() => secretSafe(new MemorySaver())).toThrow(/secret-safe\.config\.yml:1:10: saver\.write: unknown key/)
  })
})
