import { describe, expect, it, vi } from 'vitest'
import { runAs, secret, VaultUnavailableError } from '../../../src/index.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { cacheHarness } from '../../support/store-harness.js'

type Key = [string[], string]
const KEY: Key = [['node', 'writes'], 'key-1']
const code = (error: string) => expect.objectContaining({ code: error })

const quietly = async (work: () => Promise<void>) => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  await work()
  const warnings = warn.mock.calls.map(([text]) => String(text))
  warn.mockRestore()
  return warnings
}

describe('a wrapped cache', () => {
  it('keeps a secret out of the inner cache, and gives it back to who may have it', async () => {
    const { cache, stored } = await cacheHarness({ fields: ['pin'] })
    const [token, marked] = [anthropicKey(), opaqueSecret()]
    const value = [
      ['messages', { text: `use ${token}`, marked: secret(marked), pin: 1234, map: new Map([['k', token]]) }],
    ]
    await cache.set([{ key: KEY, value, ttl: 60 }])
    for (const each of [token, marked, '1234']) expect(stored()).not.toContain(each)
    const [found] = await cache.get([KEY])
    expect(found!.key).toEqual(KEY)
    const [[channel, read]] = found!.value as [[string, { marked: { expose(): string } }]]
    expect([channel, read.marked.expose()]).toEqual(['messages', marked])
    expect({ ...read, marked: null }).toEqual({
      text: `use ${token}`,
      marked: null,
      pin: 1234,
      map: new Map([['k', token]]),
    })
  })

  it('stores keys as keyed names: a key may hold a secret, or a hash of one that can be guessed', async () => {
    const { cache, elsewhere, stored, inner } = await cacheHarness()
    const token = anthropicKey()
    const keys: Key[] = [
      [['a'], token],
      [['a'], 'plain-key'],
      [['b'], token],
    ]
    await cache.set(keys.map((key, i) => ({ key, value: { i } })))
    expect(stored()).not.toContain(token)
    expect(stored()).not.toContain('plain-key')
    expect(await inner.get(keys)).toEqual([])
    const found = await elsewhere().get([...keys, [['a'], 'unknown']])
    expect(found).toEqual(keys.map((key, i) => ({ key, value: { i } })))
  })

  it('refuses namespaces that are credentials for certain', async () => {
    const { cache, stored } = await cacheHarness()
    const token = anthropicKey()
    await expect(cache.get([[[token], 'k']])).rejects.toEqual(code('ERR_SECRET_IN_NAME'))
    const warnings = await quietly(() => cache.set([{ key: [[token], 'k'], value: 1 }]))
    expect(warnings).toHaveLength(1)
    expect(warnings.join()).not.toContain(token)
    expect(stored()).toBe('')
    expect(cache.counters.skipped).toBe(1)
  })

  it('is a miss for whom policy gives nothing, and for nobody: never a value with a URL in it', async () => {
    const { cache, elsewhere } = await cacheHarness(
      {},
      {
        authorizer: { decide: ({ principal }) => ({ allowed: principal.sub === 'alice', reason: 'test' }) },
      },
    )
    const [token, clean] = [anthropicKey(), [['a'], 'clean'] as Key]
    await cache.set([
      { key: KEY, value: { token } },
      { key: clean, value: { v: 1 } },
    ])
    expect(await cache.get([KEY, clean])).toHaveLength(2)
    const onlyClean = [{ key: clean, value: { v: 1 } }]
    expect(await runAs({ sub: 'mallory' }, () => cache.get([KEY, clean]))).toEqual(onlyClean)
    expect(await elsewhere({ principal: null }).get([KEY, clean])).toEqual(onlyClean)
    expect(await cache.as({ sub: 'alice', tenant: 'other' }).get([KEY, clean])).toEqual([])
    expect(cache.counters).toMatchObject({ restored: 1, unresolved: 1, skipped: 0 })
  })

  it('is a miss for an entry that was moved under another key, or whose claims have ended or were revoked', async () => {
    const { h, cache, inner } = await cacheHarness({ ttlMs: 10_000 })
    const token = anthropicKey()
    await cache.set([{ key: KEY, value: { token } }])
    const internals = (inner as unknown as { cache: Record<string, Record<string, unknown>> }).cache['node,writes']!
    const [name] = Object.keys(internals)
    await cache.set([{ key: [KEY[0], 'other'], value: { v: 1 } }])
    const other = Object.keys(internals).find((each) => each !== name)!
    internals[other] = internals[name!]
    expect(await cache.get([[KEY[0], 'other']])).toEqual([])
    h.now += 11_000
    expect(await cache.get([KEY])).toEqual([])
  })

  it('is a hit again once what had ended was written again', async () => {
    const { h, elsewhere } = await cacheHarness({ ttlMs: 10_000 })
    const token = anthropicKey()
    await elsewhere().set([{ key: KEY, value: { token } }])
    h.now += 11_000
    await elsewhere().set([{ key: KEY, value: { token } }])
    expect(await elsewhere().get([KEY])).toHaveLength(1)
  })

  it('gives text that only looks like a claim URL back as it is', async () => {
    const { cache, stored } = await cacheHarness()
    await cache.set([{ key: KEY, value: { token: anthropicKey() } }])
    const [match] = findClaimUrls(stored())
    const url = stored().slice(match!.start, match!.end)
    const other: Key = [['elsewhere'], 'k']
    await cache.set([{ key: other, value: { text: `see ${url}` } }])
    expect(await cache.get([other])).toEqual([{ key: other, value: { text: `see ${url}` } }])
  })

  it('caches nothing that it cannot seal, says so once, and does not reject: LangGraph awaits no write', async () => {
    const { h, cache, stored } = await cacheHarness()
    h.failures.set('commit', new VaultUnavailableError('down'))
    const token = anthropicKey()
    const warnings = await quietly(async () => {
      await cache.set([{ key: KEY, value: { token } }])
      await cache.set([{ key: KEY, value: { token } }])
    })
    expect(warnings).toHaveLength(1)
    expect(warnings.join()).not.toContain(token)
    expect(stored()).toBe('')
    expect(cache.counters.skipped).toBe(2)
    await cache.set([{ key: KEY, value: { v: 1 } }])
    expect(await cache.get([KEY])).toEqual([{ key: KEY, value: { v: 1 } }])
  })

  it('misses what it cannot restore while the vault is down, and finds what is clean', async () => {
    const { h, cache } = await cacheHarness()
    const clean: Key = [['a'], 'clean']
    await cache.set([
      { key: KEY, value: { token: anthropicKey() } },
      { key: clean, value: { v: 1 } },
    ])
    h.failures.set('load', new VaultUnavailableError('down'))
    expect(await cache.get([KEY, clean])).toEqual([{ key: clean, value: { v: 1 } }])
    h.failures.clear()
    expect(await cache.get([KEY, clean])).toHaveLength(2)
  })

  it('throws where the vault is closed or not the right one: somebody has to see it', async () => {
    const { h, cache, elsewhere } = await cacheHarness()
    await cache.set([{ key: KEY, value: { token: anthropicKey() } }])
    await h.vault.close()
    await expect(cache.get([KEY])).rejects.toEqual(code('ERR_VAULT_CLOSED'))
    const down = elsewhere({ vault: () => Promise.reject(new VaultUnavailableError('down')) })
    expect(await down.get([KEY])).toEqual([])
  })

  it('never changes its arguments, and caches what they were when the call was made', async () => {
    const { h, elsewhere } = await cacheHarness()
    const cache = elsewhere({ vault: async () => h.vault })
    const value = { token: anthropicKey(), text: 'before' }
    const given = { ...value }
    const pending = cache.set([{ key: KEY, value }])
    value.text = 'after'
    await pending
    expect(value).toEqual({ ...given, text: 'after' })
    expect((await cache.get([KEY]))[0]!.value).toEqual(given)
  })

  it('erases claims with the namespaces that it clears, and all of them with all', async () => {
    const { h, cache, stored } = await cacheHarness()
    const namespaces = [['a'], ['a', 'b'], ['c']]
    const pairs = namespaces.map((namespace) => ({ key: [namespace, 'k'] as Key, value: { token: anthropicKey() } }))
    await h.put({ token: anthropicKey() })
    await cache.set(pairs)
    await cache.clear([['a']])
    expect(await h.store.listThreads('default')).toEqual(['secret-safe:cache/a/b', 'secret-safe:cache/c', 'thread-1'])
    await cache.clear([])
    expect(await h.store.listThreads('default')).toEqual(['thread-1'])
    expect(stored()).toBe('')
  })

  it('can report or only restore, for a rollout', async () => {
    const { cache, elsewhere, stored } = await cacheHarness()
    const [sealed, reported, plain] = [anthropicKey(), anthropicKey(), anthropicKey()]
    await cache.set([{ key: KEY, value: { token: sealed } }])
    const warnings = await quietly(() =>
      elsewhere({ writes: 'report' }).set([{ key: [['r'], 'k'], value: { reported } }]),
    )
    expect(warnings).toHaveLength(1)
    expect(stored()).toContain(reported)
    const off = elsewhere({ writes: 'off' })
    await off.set([{ key: [['o'], 'k'], value: { plain } }])
    expect(stored()).toContain(plain)
    expect((await off.get([KEY]))[0]!.value).toEqual({ token: sealed })
  })

  it.each([{ vault: undefined }, { principal: undefined }, { ttlMs: 0 }])(
    'refuses options such as %o',
    async (options) => {
      const { elsewhere } = await cacheHarness()
      expect(() => elsewhere(options as never)).toThrow(code('ERR_CONFIG_INVALID'))
    },
  )
})
