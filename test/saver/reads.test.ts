import { describe, expect, it } from 'vitest'
import { runAs, SecretInFilterError, VaultReadOnlyError, VaultUnavailableError } from '../../src/index.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, DAY_MS, Harness } from '../support/vault-harness.js'

const CLAIM_URL = /^claim:\/\/[a-z2-7]{8}\/v1\/[a-z2-7]{4}\/[\w-]{22}\.[\w-]{22}$/

describe('what a reader gets', () => {
  it('gets what was put, on getTuple, get and list', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token, text: `before ${token} after` }, { note: token })
    const tuple = await h.saver.getTuple(CONFIG)
    expect(tuple!.checkpoint.channel_values).toEqual({ token, text: `before ${token} after` })
    expect(tuple!.metadata).toMatchObject({ note: token })
    expect((await h.saver.get(CONFIG))!.channel_values.token).toBe(token)
    for await (const listed of h.saver.list(CONFIG)) expect(listed.checkpoint.channel_values.token).toBe(token)
  })

  it('gets URLs without a principal, and from another tenant', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    for (const saver of [h.elsewhere({ principal: null }), h.elsewhere({ principal: () => undefined })]) {
      expect((await h.read(saver)).token).toMatch(CLAIM_URL)
    }
    expect((await h.read(h.elsewhere({ principal: { sub: 'eve', tenant: 'other' } }))).token).toMatch(CLAIM_URL)
  })

  it('is the first source of identity that is present: runAs, then as, then the constructor', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const stranger = { sub: 'eve', tenant: 'other' }
    const nobody = h.elsewhere({ principal: null })
    expect((await runAs(ALICE, () => h.read(nobody))).token).toBe(token)
    expect((await h.read(nobody.as(ALICE))).token).toBe(token)
    expect((await runAs(stranger, () => h.read(h.saver))).token).toMatch(CLAIM_URL)
    expect((await runAs(stranger, () => h.read(nobody.as(ALICE)))).token).toMatch(CLAIM_URL)
  })

  it('is denied when the source that is present is invalid; the next one is not asked', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const saver = h.elsewhere({ principal: () => ({ sub: '' }) })
    expect((await h.read(saver)).token).toMatch(CLAIM_URL)
  })

  it('cannot come from configurable', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const forged = { configurable: { ...CONFIG.configurable, principal: ALICE, sub: 'alice', tenant: 'default' } }
    const tuple = await h.elsewhere({ principal: null }).getTuple(forged)
    expect(tuple!.checkpoint.channel_values.token).toMatch(CLAIM_URL)
  })

  it('keeps the principal of the call for a lazy iterator that is consumed outside its scope', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const listing = runAs(ALICE, () => h.elsewhere({ principal: null }).list(CONFIG))
    for await (const tuple of listing) expect(tuple.checkpoint.channel_values.token).toBe(token)
  })

  it('never leaks from one async context into a parallel one', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    const saver = h.elsewhere({ principal: null })
    const reads = Array.from({ length: 200 }, (_, i) =>
      runAs(i % 2 === 0 ? ALICE : { sub: 'eve', tenant: 'other' }, async () => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
        return (await h.read(saver)).token
      }),
    )
    const got = await Promise.all(reads)
    for (const [i, value] of got.entries()) {
      if (i % 2 === 0) expect(value).toBe(token)
      else expect(value).toMatch(CLAIM_URL)
    }
  })

  it('gets a retryable error while the vault cannot be reached', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    h.failures.set('load', new VaultUnavailableError('down'))
    await expect(h.read()).rejects.toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', retryable: true })
  })

  it('gets no plaintext unless the ledger event was stored first', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    h.failures.set('commit', new VaultUnavailableError('down'))
    await expect(h.read()).rejects.toThrow(VaultUnavailableError)
    h.failures.set('commit', new VaultReadOnlyError())
    expect((await h.read()).token).toMatch(CLAIM_URL)
    h.failures.clear()
    await h.read()
    const events = await h.vault.ledger({ operation: 'restore' })
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ outcome: 'ok', sub: 'alice', threadId: 'thread-1', channels: ['token'] })
  })

  it('gets nothing when its claim is erased between the load and the ledger event', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() }, {}, { ...CONFIG, metadata: { run_id: 'run-1' } })
    const { commit } = h.store
    let erased = false
    h.store.commit = async (change) => {
      if (!erased) {
        erased = true
        const event = { operation: 'delete-thread', outcome: 'ok', tenant: 'default', claims: [] } as const
        await h.store.deleteThread('default', 'thread-1', event, () => [])
      }
      return commit(change)
    }
    const tuple = await h.saver.getTuple({ ...CONFIG, metadata: { run_id: 'run-1' } })
    expect(tuple!.checkpoint.channel_values.token).toMatch(CLAIM_URL)
    expect((await h.vault.ledger({ operation: 'restore' })).map(({ reason }) => reason)).toEqual(['unknown'])
  })

  it('gets one ledger event per read, denials held back when they repeat', async () => {
    const h = await Harness.open()
    await h.put({ a: anthropicKey(), b: anthropicKey() })
    await h.read()
    const stranger = h.elsewhere({ principal: { sub: 'eve', tenant: 'other' } })
    for (let i = 0; i < 20; i++) await h.read(stranger)
    const events = await h.vault.ledger({ operation: 'restore' })
    expect(events.map(({ outcome }) => outcome)).toEqual(['ok', 'denied'])
    expect(events[0]!.claims).toHaveLength(2)
  })

  it('leaves a denied, expired, revoked or damaged claim as its URL, and does not abort list', async () => {
    const h = await Harness.open({ ttlMs: DAY_MS })
    await h.put({ token: anthropicKey() })
    h.now += 2 * DAY_MS
    const seen: unknown[] = []
    for await (const tuple of h.saver.list(CONFIG)) seen.push(tuple.checkpoint.channel_values.token)
    expect(seen).toEqual([expect.stringMatching(CLAIM_URL)])
  })

  it('decides by onUnresolved: an error, or what a function answers', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    await expect(h.read(h.elsewhere({ principal: null, onUnresolved: 'throw' }))).rejects.toMatchObject({
      code: 'ERR_UNRESOLVED',
    })
    const answering = h.elsewhere({
      principal: null,
      onUnresolved: ({ reason, channel }) => `<${reason} in ${channel}>`,
    })
    expect((await h.read(answering)).token).toBe('<no-principal in token>')
  })

  it('writes unrestored state back unchanged, and it restores later', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token, text: `say ${token}` })
    const anonymous = h.elsewhere({ principal: null })
    const values = await h.read(anonymous)
    await anonymous.put(
      CONFIG,
      { ...h.inner.tuple!.checkpoint, channel_values: values },
      h.inner.tuple!.metadata as never,
      {},
    )
    h.inner.replay()
    expect(await h.read()).toEqual({ token, text: `say ${token}` })
  })
})

describe('a claim URL that arrives as text', () => {
  it('restores nothing in a channel or thread that never held the secret, and comes back as the same text', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const url = (await h.read(h.elsewhere({ principal: null }))).token as string
    await h.put({ pasted: `please use ${url}`, twice: `claim-text${url.slice('claim'.length)}` })
    expect(h.stored()).toContain('claim-text://')
    expect(await h.read()).toEqual({ pasted: `please use ${url}`, twice: `claim-text${url.slice('claim'.length)}` })
  })

  it('is not restored where an attacker moved it within the store', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const url = h.inner.lastValues().token
    h.inner.tuple = {
      ...h.inner.tuple!,
      checkpoint: { ...h.inner.tuple!.checkpoint, channel_values: { messages: url } },
    }
    expect((await h.read()).messages).toBe(url)
    const [event] = await h.vault.ledger({ operation: 'restore' })
    expect(event).toMatchObject({ outcome: 'denied', reason: 'misplaced' })
  })

  it('is ordinary text when it is forged, truncated or of another thread: left as it is and counted', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const url = h.inner.lastValues().token as string
    const forged = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    const values = { forged, truncated: url.slice(0, 40), foreign: url.replace(/\/\/[a-z2-7]{8}/, '//aaaaaaaa') }
    await h.put(values)
    expect(h.inner.lastValues()).toEqual(values)
    const before = h.saver.counters.forged
    expect(await h.read()).toEqual(values)
    expect(h.saver.counters.forged).toBeGreaterThan(before)
  })
})

describe('plaintext that is already stored', () => {
  const read = async (values: Record<string, unknown>, h: Harness) => {
    const warnings: string[] = []
    const listen = (warning: Error) => warnings.push(warning.message)
    process.on('warning', listen)
    h.inner.tuple = { ...h.inner.tuple!, checkpoint: { ...h.inner.tuple!.checkpoint, channel_values: values } }
    await h.read(h.elsewhere())
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    return warnings
  }

  it('is reported once, by rule and channel, without its value', async () => {
    const h = await Harness.open()
    await h.put({ note: 'x' })
    const token = anthropicKey()
    const warnings = await read({ note: `old ${token}` }, h)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('in note')
    expect(warnings[0]).not.toContain(token)
  })

  it('is not what a claim URL looks like inside other text', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    await h.put({ password: value, url: `https://me:${value}@example.com/` })
    expect(await read(h.inner.lastValues(), h)).toEqual([])
  })
})

describe('known values', () => {
  it('are found in later text in any form, though no pattern matches', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    const base64 = Buffer.from(`user:${value}`).toString('base64')
    await h.put({ error: `login with ${value} failed`, auth: { password: value } })
    await h.put({
      url: `https://x.test/?q=${encodeURIComponent(value)}`,
      header: `Basic ${base64}`,
      json: JSON.stringify({ v: value }),
    })
    expect(h.stored()).not.toContain(value)
    expect(h.stored()).not.toContain(base64)
    expect(await h.read()).toMatchObject({ header: `Basic ${base64}` })
  })

  it('leave nothing of each other in the text where two of them overlap', async () => {
    const h = await Harness.open()
    const [head, middle, tail] = [opaqueSecret(), opaqueSecret(), opaqueSecret().slice(0, 14)]
    await h.put({ a: { password: head + middle }, b: { password: middle + tail } })
    await h.put({ text: `see ${head}${middle}${tail} there` })
    for (const part of [head, middle, tail]) expect(JSON.stringify(h.inner.lastValues())).not.toContain(part)
    expect(await h.read()).toEqual({ text: `see ${head}${middle}${tail} there` })
  })

  it('are known to a process that only restored them', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    await h.put({ auth: { password: value } })
    const other = h.elsewhere()
    await h.read(other)
    await other.putWrites(CONFIG, [['__error__', { message: `bad credential ${value}` }]], 'task')
    expect(h.stored()).not.toContain(value)
  })

  it('are never replaced inside structural ids', async () => {
    const h = await Harness.open()
    const value = opaqueSecret()
    await h.put({ password: value, call: { tool_call_id: value.slice(0, 20), id: value } })
    expect((h.inner.lastValues().call as { id: string }).id).toBe(value)
  })
})

describe('expiry', () => {
  it('slides from the last read of the thread, by the store’s clock', async () => {
    const h = await Harness.open({ ttlMs: 10 * DAY_MS })
    const token = anthropicKey()
    await h.put({ token })
    for (let day = 0; day < 50; day += 9) {
      h.now += 9 * DAY_MS
      expect((await h.read()).token).toBe(token)
    }
    h.now += 11 * DAY_MS
    expect((await h.read()).token).toMatch(CLAIM_URL)
  })

  it('slides for lifetimes of seconds too', async () => {
    const h = await Harness.open({ ttlMs: 4_000 })
    const token = anthropicKey()
    await h.put({ token })
    for (let second = 0; second < 20; second += 2) {
      h.now += 2_000
      expect((await h.read()).token).toBe(token)
    }
  })

  it('slides for a secret that stands only in the history, when the thread is used without it', async () => {
    const h = await Harness.open({ ttlMs: 10 * DAY_MS })
    const token = anthropicKey()
    await h.put({ token })
    const past = h.inner.tuple!
    for (let day = 0; day < 40; day += 8) {
      h.now += 8 * DAY_MS
      const process = h.elsewhere()
      await process.put(CONFIG, { ...past.checkpoint, channel_values: { note: 'no secret' } }, past.metadata!, {})
      await new Promise((resolve) => setImmediate(resolve))
    }
    h.inner.tuple = past
    expect((await h.read()).token).toBe(token)
  })

  it('ends at the hard cap however often it slides', async () => {
    const h = await Harness.open({ ttlMs: 10 * DAY_MS }, { maxTtlMs: 25 * DAY_MS })
    await h.put({ token: anthropicKey() })
    for (const days of [9, 9, 9]) {
      h.now += days * DAY_MS
      await h.read()
    }
    expect((await h.read()).token).toMatch(CLAIM_URL)
  })

  it('mints an expired claim again under the same URL when the plaintext is stored again', async () => {
    const h = await Harness.open({ ttlMs: DAY_MS })
    const token = anthropicKey()
    await h.put({ token })
    const url = h.inner.lastValues().token
    h.now += 2 * DAY_MS
    await h.elsewhere().put(CONFIG, { ...h.inner.tuple!.checkpoint, channel_values: { token } }, {} as never, {})
    h.inner.replay()
    expect(h.inner.lastValues().token).toBe(url)
    expect((await h.read()).token).toBe(token)
  })

  it('does not come under ttlMs: "thread" before deleteThread, which erases claims', async () => {
    const h = await Harness.open({ ttlMs: 'thread' })
    const token = anthropicKey()
    await h.put({ token })
    h.now += 5_000 * DAY_MS
    await h.vault.sweep()
    expect((await h.read()).token).toBe(token)
    await h.saver.deleteThread('thread-1')
    expect((await h.read()).token).toMatch(CLAIM_URL)
    expect((await h.vault.ledger({ operation: 'delete-thread' }))[0]).toMatchObject({
      threadId: 'thread-1',
      sub: 'alice',
    })
  })

  it('is followed by a sweep that clears ciphertext and keeps what is live', async () => {
    const h = await Harness.open({ ttlMs: DAY_MS })
    await h.put({ token: anthropicKey() })
    expect(await h.vault.sweep()).toBe(0)
    h.now += DAY_MS + 120_000
    expect(await h.vault.sweep()).toBe(1)
    expect((await h.vault.ledger({ operation: 'sweep' }))[0]).toMatchObject({ sub: 'system:sweeper' })
  })
})

describe('a filter that holds a secret', () => {
  it('is mapped to the stored form for a thread, and mints nothing', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({}, { note: token })
    const seen: unknown[] = []
    const { list } = h.inner
    h.inner.list = (...args: unknown[]) => {
      seen.push((args[1] as { filter: Record<string, unknown> }).filter)
      return list.call(h.inner)
    }
    for await (const _ of h.saver.list(CONFIG, { filter: { note: token, step: 1 } })) void _
    expect(seen).toEqual([{ note: (h.inner.puts[0]![2] as { note: string }).note, step: 1 }])
    for await (const _ of h.saver.list(CONFIG, { filter: { note: anthropicKey() } })) void _
    expect(await h.vault.ledger({ operation: 'mint' })).toHaveLength(1)
  })

  it('is refused without a thread id, without a principal, and for one who may not restore', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({}, { note: token })
    const drain = async (saver: typeof h.saver, config: object) => {
      for await (const _ of saver.list(config, { filter: { note: token } })) void _
    }
    await expect(drain(h.saver, { configurable: {} })).rejects.toThrow(SecretInFilterError)
    await expect(drain(h.elsewhere({ principal: null }), CONFIG)).rejects.toThrow(SecretInFilterError)
    const stranger = h.elsewhere({ principal: { sub: 'eve', tenant: 'other' } })
    await expect(drain(stranger, CONFIG)).rejects.toThrow(SecretInFilterError)
  })
})

describe('state that an unauthorized reader writes back', () => {
  it('keeps the URLs in it live, also when a text around one now counts as a secret', async () => {
    const h = await Harness.open()
    const password = `xxxxxxxx-"token":" ${opaqueSecret()}"`
    await h.put({ password })
    const anonymous = h.elsewhere({ principal: null })
    const values = await h.read(anonymous)
    await anonymous.put(CONFIG, { ...h.inner.tuple!.checkpoint, channel_values: values }, h.inner.tuple!.metadata!, {})
    h.inner.replay()
    expect(await h.read()).toEqual({ password })
  })
})

describe('the room for known values', () => {
  it('cannot be filled by what a stranger writes into a text', async () => {
    const h = await Harness.open()
    for (let i = 0; i < 4; i++) {
      await h.put({ chat: Array.from({ length: 100 }, () => anthropicKey()).join('\n') })
    }
    const value = opaqueSecret()
    await h.put({ auth: { password: value }, later: `failed with ${value}` })
    expect(h.stored()).not.toContain(value)
  })
})
