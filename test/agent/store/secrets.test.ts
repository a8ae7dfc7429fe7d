import { InMemoryStore } from '@langchain/langgraph-checkpoint'
import { describe, expect, it, vi } from 'vitest'
import { runAs, secret } from '../../../src/index.js'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { storeHarness } from '../../support/store-harness.js'
import { ALICE } from '../../support/vault-harness.js'

const USERS = ['users', 'ada']
const code = (error: string) => expect.objectContaining({ code: error })

describe('a wrapped store', () => {
  it('keeps a secret out of the inner store, and gives it back to who may have it', async () => {
    const { store, stored } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'profile', { name: 'Ada', note: `use ${token} for now` })
    expect(stored()).not.toContain(token)
    expect(stored()).toMatch(/use claim:\/\/\S+ for now/)
    expect((await store.get(USERS, 'profile'))!.value).toEqual({ name: 'Ada', note: `use ${token} for now` })
    const [found] = await store.search(['users'])
    expect(found!.value.note).toBe(`use ${token} for now`)
  })

  it('hands a clean value on in the same tick, as the reference that it was given', async () => {
    const { store, inner } = await storeHarness()
    const value = { nested: { text: 'nothing to hide' } }
    const put = vi.spyOn(inner, 'put')
    const pending = store.put(USERS, 'k', value)
    expect(put.mock.calls[0]![2]).toBe(value)
    await pending
  })

  it('never changes its arguments, and stores what they were when the call was made', async () => {
    const { store } = await storeHarness()
    const [first, second] = [anthropicKey(), anthropicKey()]
    const value = { token: first, clean: { text: 'before' } }
    const pending = store.put(USERS, 'k', value)
    value.token = second
    value.clean.text = 'after'
    await pending
    expect(value).toEqual({ token: second, clean: { text: 'after' } })
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token: first, clean: { text: 'before' } })
  })

  it('does not change what the inner store holds when it restores from it', async () => {
    const { store, stored } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const before = stored()
    await store.get(USERS, 'k')
    await store.search(USERS)
    expect(stored()).toBe(before)
  })

  it('seals what is marked, named or given as a field, also in maps, sets and nested objects', async () => {
    const { store, stored } = await storeHarness({ fields: ['profile.pin'] })
    const [marked, named, nested, listed] = [opaqueSecret(), opaqueSecret(), anthropicKey(), anthropicKey()]
    const at = new Date()
    const value = {
      marked: secret({ user: 'ada', word: marked }),
      password: named,
      profile: { pin: 1234, at },
      map: new Map([['k', { token: nested }]]),
      set: new Set([listed, 'plain']),
    }
    await store.put(USERS, 'k', value)
    for (const each of [marked, named, nested, listed, '1234']) expect(stored()).not.toContain(each)
    const read = (await store.get(USERS, 'k'))!.value
    expect(read.marked.expose()).toEqual({ user: 'ada', word: marked })
    expect({ ...read, marked: null }).toEqual({ ...value, marked: null })
  })

  it('knows a secret again in other items of its namespace, once it has seen it', async () => {
    const { store, stored } = await storeHarness()
    const word = opaqueSecret()
    await store.put(USERS, 'a', { password: word })
    await store.put(USERS, 'b', { text: `it was ${word}, or ${Buffer.from(word).toString('base64')}` })
    expect(stored()).not.toContain(word)
    expect(stored()).not.toContain(Buffer.from(word).toString('base64'))
  })

  it('finds in the first item of a batch what only the last one shows to be secret', async () => {
    const { store, stored } = await storeHarness()
    const word = opaqueSecret()
    await store.batch([
      { namespace: USERS, key: 'a', value: { text: `say ${word}` } },
      { namespace: USERS, key: 'b', value: { password: word } },
    ])
    expect(stored()).not.toContain(word)
    expect((await store.get(USERS, 'a'))!.value).toEqual({ text: `say ${word}` })
  })

  it('makes one claim of a secret however often and by whomever an item is written, and hides equality of items', async () => {
    const { h, store, elsewhere, inner } = await storeHarness()
    const token = anthropicKey()
    const other = elsewhere()
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? store : other).put(USERS, 'k', { token })))
    const first = (await inner.get(USERS, 'k'))!.value.token
    await other.put(USERS, 'k', { token })
    expect((await inner.get(USERS, 'k'))!.value.token).toBe(first)
    await store.put(USERS, 'other', { token })
    await store.put(['users', 'bob'], 'k', { token })
    const urls = await Promise.all([inner.get(USERS, 'other'), inner.get(['users', 'bob'], 'k')])
    expect(new Set([first, ...urls.map((item) => item!.value.token)]).size).toBe(3)
    expect(await h.store.countClaims({ tenant: 'default' }, 10)).toBe(3)
  })

  it('hands on what an inner store takes beyond the usual arguments', async () => {
    const { inner, store } = await storeHarness()
    const put = vi.spyOn(inner, 'put')
    const search = vi.spyOn(inner, 'search')
    const batch = vi.spyOn(inner, 'batch')
    const token = anthropicKey()
    await store.put(USERS, 'k', { token }, ['text'], { ttl: 5 })
    expect(put.mock.calls[0]!.slice(3)).toEqual([['text'], { ttl: 5 }])
    await store.search(USERS, { mode: 'hybrid', similarityThreshold: 0.5 })
    expect(search).toHaveBeenCalledWith(USERS, { mode: 'hybrid', similarityThreshold: 0.5 })
    await store.batch([{ namespace: USERS, key: 'k', value: { token }, options: { ttl: 5 } } as never])
    expect(batch.mock.lastCall![0]).toMatchObject([{ options: { ttl: 5 } }])
  })
})

describe('what is sent to whoever embeds texts', () => {
  const embedded: string[] = []
  const embeddings = {
    embedDocuments: async (texts: string[]) => texts.map(embed),
    embedQuery: async (text: string) => embed(text),
  }
  const embed = (text: string) => {
    embedded.push(text)
    return [text.length, 1]
  }
  const indexed = () => new InMemoryStore({ index: { dims: 2, embeddings: embeddings as never, fields: ['text'] } })

  it('holds no secret of an item, whichever fields are indexed', async () => {
    const { store } = await storeHarness({}, {}, indexed())
    const [first, second] = [anthropicKey(), anthropicKey()]
    await store.put(USERS, 'a', { text: `the token is ${first}` })
    await store.put(USERS, 'b', { other: `the token is ${second}` }, ['other'])
    expect(embedded.join()).toContain('the token is claim://')
    expect(embedded.join()).not.toContain(first)
    expect(embedded.join()).not.toContain(second)
  })

  it('holds no secret of a query, and finds what it finds', async () => {
    const { store } = await storeHarness({}, {}, indexed())
    const [token, word] = [anthropicKey(), opaqueSecret()]
    await store.put(USERS, 'a', { text: 'notes', password: word })
    const found = await store.search(USERS, { query: `what is ${token} for, or ${word}?` })
    expect(embedded.at(-1)).toBe('what is [redacted] for, or [redacted]?')
    expect(found).toMatchObject([{ key: 'a', value: { password: word } }])
    for (const prefix of [[], ['users']]) {
      await store.search(prefix, { query: `${word}x${word} and ${word}` })
      expect(embedded.at(-1)).toBe('[redacted]x[redacted] and [redacted]')
    }
    await store.search(['users', 'a'], { query: `not theirs: ${word}` })
    expect(embedded.at(-1)).toBe(`not theirs: ${word}`)
  })
})

describe('what is looked for as it is stored', () => {
  it('refuses namespaces and keys that are credentials for certain, wherever they stand', async () => {
    const { store, inner } = await storeHarness()
    const batch = vi.spyOn(inner, 'batch')
    const token = anthropicKey()
    const calls = [
      () => store.put([token], 'k', { v: 1 }),
      () => store.put(USERS, token, { v: 1 }),
      () => store.put(USERS, 'k', { v: 1 }, [token]),
      () => store.get([...USERS, token], 'k'),
      () => store.get(USERS, token),
      () => store.delete(USERS, token),
      () => store.search([token]),
      () => store.listNamespaces({ prefix: [token] }),
      () => store.batch([{ matchConditions: [{ matchType: 'suffix', path: [token] }], limit: 1, offset: 0 }]),
    ]
    for (const call of calls) {
      const error = await call().catch((thrown: unknown) => thrown)
      expect(error).toEqual(code('ERR_SECRET_IN_NAME'))
      expect(String(error)).not.toContain(token)
    }
    expect(batch).not.toHaveBeenCalled()
  })

  it('refuses a filter that holds a secret by pattern, name or field, for whoever asks, and asks nobody', async () => {
    const { h, store, inner } = await storeHarness({ fields: ['pin'] })
    const search = vi.spyOn(inner, 'search')
    const filters = [{ token: anthropicKey() }, { password: { $eq: opaqueSecret() } }, { pin: 1234 }]
    for (const filter of filters)
      await expect(store.search(USERS, { filter })).rejects.toEqual(code('ERR_SECRET_IN_FILTER'))
    expect(search).not.toHaveBeenCalled()
    expect(h.calls.commit).toBe(undefined)
    await store.put(USERS, 'k', { token: anthropicKey(), kind: 'note' })
    expect(await store.search(USERS, { filter: { kind: 'note' } })).toHaveLength(1)
  })

  it('finds an item by the claim URL that stands in it', async () => {
    const { store, inner } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const { token: url } = (await inner.get(USERS, 'k'))!.value
    expect(await store.search(USERS, { filter: { token: url } })).toHaveLength(1)
  })
})

describe('a claim URL that is pasted', () => {
  it('restores nothing under another key, in another namespace or for another tenant, and stays the same text', async () => {
    const { store, inner } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    const { token: url } = (await inner.get(USERS, 'k'))!.value
    await store.put(USERS, 'other', { text: `see ${url}` })
    await store.put(['users', 'eve'], 'k', { token: url })
    expect((await store.get(USERS, 'other'))!.value).toEqual({ text: `see ${url}` })
    expect((await store.get(['users', 'eve'], 'k'))!.value).toEqual({ token: url })
    const elsewhere = store.as({ sub: 'eve', tenant: 'eve-inc' })
    expect((await elsewhere.get(USERS, 'k'))!.value).toEqual({ token: url })
    expect(store.counters.forged).toBeGreaterThan(0)
  })

  it('stays live in its own item, so that an item can be read without a right and written back', async () => {
    const { store, elsewhere } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    const blind = elsewhere({ principal: null })
    const { value } = (await blind.get(USERS, 'k'))!
    await blind.put(USERS, 'k', { ...value, seen: true })
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token, seen: true })
  })

  it('restores nothing when it was forged, also where the vault knows the item', async () => {
    const { store, inner, elsewhere } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const { token: url } = (await inner.get(USERS, 'k'))!.value
    const [match] = findClaimUrls(url)
    const forged = url.replace(match!.tag, 'A'.repeat(match!.tag.length))
    const other = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    await store.put(USERS, 'k', { forged, other })
    expect((await elsewhere().get(USERS, 'k'))!.value).toEqual({ forged, other })
  })

  it('comes back as the same text when it looks like one that was escaped', async () => {
    const { store, inner } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const { token: url } = (await inner.get(USERS, 'k'))!.value
    const text = `${String(url).replace('claim://', 'claim-text://')} and claim-text-text://x`
    await store.put(USERS, 'k', { text })
    expect((await store.get(USERS, 'k'))!.value).toEqual({ text })
  })

  it('belongs to a store alone: a thread cannot take the name of an item', async () => {
    const { h, store } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const [threadId] = await h.store.listThreads('default')
    expect(threadId).toBe('secret-safe:store/users/ada/k')
    const config = { configurable: { thread_id: threadId! } }
    await expect(h.put({ a: 1 }, {}, config)).rejects.toEqual(code('ERR_INPUT_INVALID'))
    await expect(h.saver.useSecret('claim://x', () => null, config)).rejects.toEqual(code('ERR_INPUT_INVALID'))
    await expect(h.saver.deleteThread(threadId!)).rejects.toEqual(code('ERR_INPUT_INVALID'))
    await expect(h.saver.copyThread('thread-1', threadId!)).rejects.toEqual(code('ERR_INPUT_INVALID'))
  })

  it('tells items apart whatever their namespaces and keys hold', async () => {
    const { h, store } = await storeHarness()
    const ats: [string[], string][] = [
      [['a', 'b'], 'c'],
      [['a'], 'b/c'],
      [['a/b'], 'c'],
      [['a', 'b'], '%63'],
      [['a', 'ü'], '/'],
    ]
    for (const [namespace, key] of ats) await store.put(namespace, key, { token: anthropicKey() })
    expect(await h.store.listThreads('default')).toHaveLength(ats.length)
    await expect(store.put(USERS, '\ud800', { token: anthropicKey() })).rejects.toEqual(code('ERR_INPUT_INVALID'))
  })
})

describe('who may not have it', () => {
  it('reads claim URLs: nobody, another principal under policy, and the reason is told', async () => {
    const reasons: string[] = []
    const { store, elsewhere } = await storeHarness(
      {
        onUnresolved: ({ reason }) => {
          reasons.push(reason)
          return undefined
        },
      },
      {
        authorizer: {
          decide: ({ principal, claim }) => ({
            allowed: principal.sub === 'alice' && claim.threadId.startsWith('secret-safe:store/users/'),
            reason: 'test',
          }),
        },
      },
    )
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    await store.put(['teams'], 'k', { token })
    const url = expect.stringMatching(/^claim:\/\//)
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token })
    expect((await elsewhere({ principal: null }).get(USERS, 'k'))!.value).toEqual({ token: url })
    expect((await store.as({ sub: 'mallory' }).get(USERS, 'k'))!.value).toEqual({ token: url })
    expect((await runAs({ sub: 'mallory' }, () => store.search(USERS)))[0]!.value).toEqual({ token: url })
    expect((await store.get(['teams'], 'k'))!.value).toEqual({ token: url })
    expect(reasons).toEqual(['no-principal', 'denied', 'denied', 'denied'])
    expect(store.counters).toMatchObject({ restored: 1 })
  })

  it('gets an error instead, or another text, where that is asked for', async () => {
    const { store, elsewhere } = await storeHarness()
    await store.put(USERS, 'k', { token: anthropicKey() })
    const throwing = elsewhere({ principal: null, onUnresolved: 'throw' })
    await expect(throwing.get(USERS, 'k')).rejects.toEqual(code('ERR_UNRESOLVED'))
    const replacing = elsewhere({ principal: null, onUnresolved: () => 'gone' })
    expect((await replacing.get(USERS, 'k'))!.value).toEqual({ token: 'gone' })
  })

  it('is asked at every read, so that a revocation holds at once, for one subject or for the value', async () => {
    const { h, store } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    await h.vault.revoke({ sub: 'alice' }, { principal: { sub: 'admin' } })
    expect((await store.get(USERS, 'k'))!.value.token).toMatch(/^claim:/)
    await h.vault.reinstate({ sub: 'alice' }, { principal: { sub: 'admin' } })
    expect((await store.get(USERS, 'k'))!.value.token).toBe(token)
    await h.vault.revoke({ value: token }, { principal: { sub: 'admin' } })
    expect((await store.get(USERS, 'k'))!.value.token).toMatch(/^claim:/)
  })

  it('is in the ledger, and so is who had it', async () => {
    const { h, store } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    await store.get(USERS, 'k')
    const threadId = 'secret-safe:store/users/ada/k'
    const events = await h.store.readEvents({ threadId })
    const told = events.map(({ operation, outcome, sub, channels }) => ({ operation, outcome, sub, channels }))
    expect(told).toEqual(
      expect.arrayContaining(
        ['mint', 'restore'].map((operation) => ({ operation, outcome: 'ok', sub: 'alice', channels: ['@store'] })),
      ),
    )
    expect(JSON.stringify(events)).not.toContain(token)
  })
})

describe('when the vault cannot be reached', () => {
  it('stores nothing of an operation that holds a secret, nor of its batch', async () => {
    const { h, store, inner, stored } = await storeHarness()
    const { VaultUnavailableError } = await import('../../../src/index.js')
    h.failures.set('commit', new VaultUnavailableError('down'))
    const token = anthropicKey()
    const value = { token }
    const error = await store.put(USERS, 'k', value).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', retryable: true })
    const clean = { namespace: USERS, key: 'clean', value: { v: 1 } }
    await expect(store.batch([clean, { namespace: USERS, key: 'k', value }])).rejects.toEqual(
      code('ERR_VAULT_UNAVAILABLE'),
    )
    expect(await inner.search(USERS)).toEqual([])
    expect(stored()).toBe('')
    expect(value).toEqual({ token })
    await store.put(USERS, 'clean', { v: 1 })
    expect((await store.get(USERS, 'clean'))!.value).toEqual({ v: 1 })
  })

  it('reads what holds no claim, and throws a retryable error for what does', async () => {
    const { h, store } = await storeHarness()
    const { VaultUnavailableError } = await import('../../../src/index.js')
    await store.put(USERS, 'k', { token: anthropicKey() })
    await store.put(USERS, 'clean', { v: 1 })
    h.failures.set('load', new VaultUnavailableError('down'))
    await expect(store.get(USERS, 'k')).rejects.toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', retryable: true })
    expect((await store.get(USERS, 'clean'))!.value).toEqual({ v: 1 })
  })

  it('deletes nothing: what an item held would be left without an owner', async () => {
    const { h, store, inner } = await storeHarness()
    const { VaultUnavailableError } = await import('../../../src/index.js')
    await store.put(USERS, 'k', { token: anthropicKey() })
    h.failures.set('load', new VaultUnavailableError('down'))
    await expect(store.delete(USERS, 'k')).rejects.toEqual(code('ERR_VAULT_UNAVAILABLE'))
    expect(await inner.get(USERS, 'k')).not.toBeNull()
  })

  it('copies what it is given before it waits for a vault that is not open yet', async () => {
    const { h, elsewhere, stored } = await storeHarness()
    const store = elsewhere({ vault: async () => h.vault })
    const token = anthropicKey()
    const value = { token, text: 'before' }
    const pending = store.put(USERS, 'k', value)
    value.text = 'after'
    await pending
    expect(stored()).not.toContain(token)
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token, text: 'before' })
  })
})

describe('how long it is kept', () => {
  it('is as long as the item: unread for years, and gone with it', async () => {
    const { h, store, inner } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    await store.put(USERS, 'other', { token })
    h.now += 3 * 365 * 24 * 3_600_000
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token })
    await store.delete(USERS, 'k')
    expect(await inner.get(USERS, 'k')).toBeNull()
    expect(await h.store.listThreads('default')).toEqual(['secret-safe:store/users/ada/other'])
    expect((await store.get(USERS, 'other'))!.value).toEqual({ token })
  })

  it('ends what was overwritten, and what the inner store dropped by itself, by tidy; once nobody uses the item', async () => {
    const { h, store, inner, elsewhere } = await storeHarness()
    const [old, fresh, other, gone] = [anthropicKey(), anthropicKey(), anthropicKey(), anthropicKey()]
    await store.put(USERS, 'k', { old, fresh })
    await store.put(USERS, 'k', { fresh })
    await store.put(['users', 'bob/2'], 'gone', { gone })
    await store.put(['teams'], 'k', { other })
    await store.put(['teams'], 'k', { v: 1 })
    await inner.delete(['users', 'bob/2'], 'gone')
    await h.put({ token: anthropicKey() })
    expect(await store.tidy()).toBe(0)
    h.now += 6 * 60_000
    const states = async () => {
      const rows = await h.store.find({ tenant: 'default' })
      return rows.map(({ threadId, state }) => `${threadId} ${state}`).sort()
    }
    expect(await store.tidy(['users'])).toBe(2)
    const item = 'secret-safe:store/users/ada/k'
    const left = [`${item} ended`, `${item} live`, 'thread-1 live']
    expect(await states()).toEqual(['secret-safe:store/teams/k live', ...left].sort())
    expect(await store.tidy()).toBe(1)
    expect(await states()).toEqual(['secret-safe:store/teams/k ended', ...left].sort())
    expect((await store.get(USERS, 'k'))!.value).toEqual({ fresh })
    await elsewhere().put(USERS, 'k', { old })
    expect((await store.get(USERS, 'k'))!.value).toEqual({ old })
  })

  it('is ended by tidy only for who may revoke, and for somebody', async () => {
    const { h, store, elsewhere } = await storeHarness(
      {},
      {
        authorizer: { decide: ({ verb }) => ({ allowed: verb !== 'revoke', reason: 'test' }) },
      },
    )
    await store.put(USERS, 'k', { token: anthropicKey() })
    await store.put(USERS, 'k', { v: 1 })
    h.now += 6 * 60_000
    expect(await store.tidy()).toBe(0)
    await expect(elsewhere({ principal: null }).tidy()).rejects.toEqual(code('ERR_CLAIM_DENIED'))
  })

  it('costs the vault no event to delete what held nothing', async () => {
    const { h, store } = await storeHarness()
    await store.put(USERS, 'k', { v: 1 })
    await store.delete(USERS, 'k')
    expect(h.calls.deleteThread).toBeUndefined()
  })

  it('begins anew when an item is written again after it was deleted', async () => {
    const { store } = await storeHarness()
    const token = anthropicKey()
    for (let i = 0; i < 2; i++) {
      await store.put(USERS, 'k', { token })
      expect((await store.get(USERS, 'k'))!.value).toEqual({ token })
      await store.delete(USERS, 'k')
    }
  })

  it('may slide instead, from the last use of the item', async () => {
    const { h, store } = await storeHarness({ ttlMs: 10_000 })
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    for (let i = 0; i < 3; i++) {
      h.now += 8_000
      expect((await store.get(USERS, 'k'))!.value).toEqual({ token })
    }
    h.now += 11_000
    expect((await store.get(USERS, 'k'))!.value.token).toMatch(/^claim:/)
  })
})

describe('operations that are not waited for', () => {
  const token = anthropicKey()

  it('happen to one item in the order in which they were called, whichever of them waits for the vault', async () => {
    const { store, elsewhere } = await storeHarness()
    const read = async () => (await elsewhere().get(USERS, 'k'))?.value ?? null
    await Promise.all([store.put(USERS, 'k', { token }), store.put(USERS, 'k', { v: 1 })])
    expect(await read()).toEqual({ v: 1 })
    await Promise.all([store.delete(USERS, 'k'), store.put(USERS, 'k', { token })])
    expect(await read()).toEqual({ token })
    await Promise.all([store.put(USERS, 'k', { token }), store.as(ALICE).delete(USERS, 'k')])
    expect(await read()).toBeNull()
    await Promise.all([store.delete(USERS, 'k'), store.put(USERS, 'k', { v: 2 })])
    expect(await read()).toEqual({ v: 2 })
    const [, item] = await Promise.all([store.put(USERS, 'k', { token }), store.get(USERS, 'k')])
    expect(item!.value).toEqual({ token })
  })

  it('go on after one that failed', async () => {
    const { h, store } = await storeHarness()
    const { VaultUnavailableError } = await import('../../../src/index.js')
    h.failures.set('commit', new VaultUnavailableError('down'))
    const failing = store.put(USERS, 'k', { token })
    const next = store.put(USERS, 'k', { v: 1 })
    await expect(failing).rejects.toEqual(code('ERR_VAULT_UNAVAILABLE'))
    await next
    expect((await store.get(USERS, 'k'))!.value).toEqual({ v: 1 })
  })

  it('keep the claims of an item that is deleted and put again in one batch', async () => {
    const { h, store } = await storeHarness()
    await store.put(USERS, 'k', { token })
    await store.batch([
      { namespace: USERS, key: 'k', value: null },
      { namespace: USERS, key: 'k', value: { token } },
    ])
    expect((await store.get(USERS, 'k'))!.value).toEqual({ token })
    await store.batch([
      { namespace: USERS, key: 'k', value: { token } },
      { namespace: USERS, key: 'k', value: null },
    ])
    expect(await store.get(USERS, 'k')).toBeNull()
    expect(await h.store.listThreads('default')).toEqual([])
  })

  it('hold what it was when they were called, also where a search of the same batch has to be looked at', async () => {
    const { store } = await storeHarness()
    const value = { text: 'before' }
    const pending = store.batch([
      { namespace: USERS, key: 'k', value },
      { namespacePrefix: USERS, filter: { kind: 'note' } },
    ])
    value.text = 'after'
    await pending
    expect((await store.get(USERS, 'k'))!.value).toEqual({ text: 'before' })
  })
})

describe('a store of handles', () => {
  it('leaves claim URLs in what it reads, and gives a secret to a function by an explicit claim', async () => {
    const { h, store, elsewhere } = await storeHarness()
    const token = anthropicKey()
    await store.put(USERS, 'k', { token })
    const handles = elsewhere({ reads: 'handles' })
    const { token: url } = (await handles.get(USERS, 'k'))!.value
    expect(url).toMatch(/^claim:\/\//)
    const answer = await handles.useSecret({ namespace: USERS, key: 'k', url }, (value) => `sent ${value}`)
    expect(answer).toBe(`sent ${url}`)
    const [event] = await h.store.readEvents({ operation: 'claim' })
    expect(event).toMatchObject({ outcome: 'ok', sub: 'alice', threadId: 'secret-safe:store/users/ada/k' })
    await expect(handles.useSecret({ namespace: USERS, key: 'x', url }, () => null)).rejects.toEqual(
      code('ERR_CLAIM_URL_INVALID'),
    )
    await expect(
      handles.as({ sub: 'eve', tenant: 'eve-inc' }).useSecret({ namespace: USERS, key: 'k', url }, () => null),
    ).rejects.toEqual(code('ERR_CLAIM_URL_INVALID'))
  })
})

describe('a rollout', () => {
  it('reports what it stores as before, once for a namespace', async () => {
    const { elsewhere, stored } = await storeHarness({ writes: 'report' })
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const token = anthropicKey()
    const store = elsewhere()
    await store.put(USERS, 'a', { token })
    await store.put(USERS, 'b', { token })
    expect(stored()).toContain(token)
    expect(warn).toHaveBeenCalledTimes(1)
    expect(String(warn.mock.calls[0])).toMatch(/anthropic-api-key/)
    expect(String(warn.mock.calls[0])).not.toContain(token)
    warn.mockRestore()
  })

  it('can only restore, as the way out', async () => {
    const { store, elsewhere, stored } = await storeHarness()
    const [sealed, plain] = [anthropicKey(), anthropicKey()]
    await store.put(USERS, 'a', { token: sealed })
    const off = elsewhere({ writes: 'off' })
    await off.put(USERS, 'b', { token: plain })
    expect(stored()).toContain(plain)
    expect((await off.get(USERS, 'a'))!.value).toEqual({ token: sealed })
  })
})

describe('its options', () => {
  it.each([
    ['no vault', { vault: undefined }],
    ['no principal', { principal: undefined }],
    ['a ttl of half a millisecond', { ttlMs: 0.5 }],
    ["a saver's ttl", { ttlMs: 'thread' }],
    ['reads of a kind that is not known', { reads: 'urls' }],
    ['a field path that matches everything', { fields: ['*'] }],
  ])('are refused with %s', async (_, options) => {
    const { elsewhere } = await storeHarness()
    expect(() => elsewhere(options as never)).toThrow(code('ERR_CONFIG_INVALID'))
  })

  it('leave the inner store and its methods in reach', async () => {
    const { store, inner } = await storeHarness()
    expect(store.inner).toBe(inner)
    expect(store.as(ALICE).inner).toBe(inner)
  })
})
