import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, type RefreshInfo, type RefreshOptions, SecretSafeSaver } from '../../src/index.js'
import { jwt, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, DAY_MS, Harness } from '../support/vault-harness.js'

const HOUR_MS = 60 * 60_000
const MINUTE_MS = 60_000
const BY = { threadId: 'thread-1', principal: ALICE }

type Answer = Awaited<ReturnType<RefreshOptions['refresh']>>

class Issuer {
  readonly asked: RefreshInfo[] = []
  answer: (info: RefreshInfo) => Promise<Answer> = async () => null

  readonly options = {
    refresh: (info: RefreshInfo) => {
      this.asked.push(info)
      return this.answer(info)
    },
  }
}

async function withOAuth(options: Partial<RefreshOptions> = {}) {
  const issuer = new Issuer()
  const h = await Harness.open({}, { refresh: { ...issuer.options, ...options } })
  const token = opaqueSecret()
  await h.put({ auth: { access_token: token, expires_in: 3600 } })
  const url = (h.inner.lastValues().auth as { access_token: string }).access_token
  const read = async (saver?: SecretSafeSaver<never>) =>
    ((await h.read(saver)).auth as { access_token: string }).access_token
  return { h, issuer, token, url, read }
}

describe('a credential that ends soon', () => {
  it('is refreshed once on its way out, so that a resumed graph goes on', async () => {
    const { h, issuer, token, url, read } = await withOAuth()
    expect(await read()).toBe(token)
    expect(issuer.asked).toEqual([])
    const fresh = opaqueSecret()
    issuer.answer = async () => ({ value: fresh, expiresAt: h.now + HOUR_MS })
    h.now += HOUR_MS - MINUTE_MS
    expect([await read(), await read()]).toEqual([fresh, fresh])
    expect(issuer.asked).toHaveLength(1)
    expect(issuer.asked[0]).toMatchObject({ claim: url, threadId: 'thread-1', principal: ALICE })
    expect(await h.vault.peek(url, BY)).toMatchObject({ generation: 2, credentialExpiresAt: h.now + HOUR_MS })
    expect(await h.vault.ledger({ operation: 'refresh' })).toMatchObject([{ outcome: 'ok', sub: 'alice' }])
  })

  it('is refreshed under the same URL again and again, also when the graph stores the fresh value', async () => {
    const { h, issuer, url, read } = await withOAuth()
    for (let round = 1; round <= 3; round++) {
      const fresh = opaqueSecret()
      issuer.answer = async () => ({ value: fresh, expiresAt: h.now + HOUR_MS })
      h.now += HOUR_MS
      expect(await read()).toBe(fresh)
      await h.put({ auth: { access_token: fresh, expires_in: 3600 } })
      expect((h.inner.lastValues().auth as { access_token: string }).access_token).toBe(url)
    }
    expect(await h.store.find({ tenant: 'default' })).toHaveLength(1)
  })

  it('is asked for by one reader of many, here and in another process', async () => {
    const { h, issuer, read } = await withOAuth()
    const fresh = opaqueSecret()
    issuer.answer = async () => {
      await new Promise((done) => setTimeout(done, 150))
      return { value: fresh, expiresAt: h.now + HOUR_MS }
    }
    const vault = await ClaimVault.open({
      store: h.store,
      keys: new KeyRing(h.key),
      sweep: 'manual',
      refresh: issuer.options,
    })
    const other = new SecretSafeSaver(h.inner, { vault, principal: ALICE }) as never
    h.now += HOUR_MS
    expect(await Promise.all([read(), read(other), read(), read(other)])).toEqual(Array(4).fill(fresh))
    expect(issuer.asked).toHaveLength(1)
  })

  it('is given out as it is, at once, while another reader refreshes it and it is still good', async () => {
    const { h, issuer, token, read } = await withOAuth()
    let finish: (answer: Answer) => void = () => {}
    issuer.answer = () => new Promise((done) => (finish = done))
    h.now += HOUR_MS - MINUTE_MS / 2
    const first = read()
    while (issuer.asked.length === 0) await new Promise((done) => setTimeout(done, 1))
    expect(await read()).toBe(token)
    const fresh = opaqueSecret()
    finish({ value: fresh, expiresAt: h.now + HOUR_MS })
    expect(await first).toBe(fresh)
  })
})

describe('a refresh that fails', () => {
  it('gives the old value while it is good, afterwards none, and is not asked for at each read', async () => {
    const { h, issuer, token, url, read } = await withOAuth()
    issuer.answer = async () => {
      throw new Error(`the issuer refused ${token}`)
    }
    h.now += HOUR_MS - MINUTE_MS / 2
    expect([await read(), await read()]).toEqual([token, token])
    h.now += MINUTE_MS
    expect(await read()).toBe(url)
    expect(issuer.asked).toHaveLength(1)
    const events = await h.vault.ledger({ operation: 'refresh' })
    expect(events).toMatchObject([{ outcome: 'denied', reason: 'failed' }])
    expect(inspect(await h.vault.ledger(), { depth: 9 })).not.toContain(token)
  })

  it.each([
    ['too late', () => new Promise<never>(() => {})],
    ['nothing of use', async () => ({ value: 123 }) as never],
    ['an empty value', async () => ({ value: '' })],
    ['a value over the limit', async () => ({ value: 'x'.repeat(2_000_000) })],
    ['a value that has ended already', async () => ({ value: 'stale value', expiresAt: MINUTE_MS })],
    ['a token that has ended already', async () => ({ value: jwt({ exp: 1_600_000_000 }) })],
    ['an end that is no time', async () => ({ value: 'fresh value', expiresAt: Number.NaN })],
  ])('with %s is none', async (_, answer) => {
    const { h, issuer, url, read } = await withOAuth({ timeoutMs: 50 })
    issuer.answer = answer
    h.now += HOUR_MS
    expect(await read()).toBe(url)
  })

  it('is not repeated at each read when the fresh value ends within refreshBeforeMs, too', async () => {
    const { h, issuer, url, read } = await withOAuth()
    issuer.answer = async () => ({ value: 'short-lived value', expiresAt: h.now + MINUTE_MS / 2 })
    h.now += HOUR_MS
    expect([await read(), await read()]).toEqual(['short-lived value', 'short-lived value'])
    h.now += MINUTE_MS
    expect(await read()).toBe(url)
    expect(issuer.asked).toHaveLength(1)
  })

  it('by null means "not mine": the claim is restored as without it', async () => {
    const { h, token, read } = await withOAuth()
    h.now += HOUR_MS
    expect(await read()).toBe(token)
  })
})

describe('who may cause a refresh', () => {
  it('is nobody who may not restore, and no URL that was pasted elsewhere', async () => {
    const { h, issuer, url } = await withOAuth()
    h.now += HOUR_MS
    const deny = new SecretSafeSaver(h.inner, { vault: h.vault, principal: { sub: 'eve', tenant: 'other' } })
    await deny.getTuple(CONFIG)
    await new SecretSafeSaver(h.inner, { vault: h.vault, principal: null }).getTuple(CONFIG)
    h.inner.tuple = {
      ...h.inner.tuple!,
      checkpoint: { ...h.inner.tuple!.checkpoint, channel_values: { elsewhere: url } },
    }
    expect((await h.read()).elsewhere).toBe(url)
    expect(issuer.asked).toEqual([])
  })

  it('is nobody once the claim, the thread or the reader is revoked, also while the callback runs', async () => {
    const { h, issuer, url, read } = await withOAuth()
    issuer.answer = async () => {
      await h.vault.revoke({ claim: url }, { principal: ALICE })
      return { value: opaqueSecret(), expiresAt: h.now + HOUR_MS }
    }
    h.now += HOUR_MS
    expect(await read()).toBe(url)
    expect(await read()).toBe(url)
    expect(issuer.asked).toHaveLength(1)
  })

  it('is told the old value only if the application asks for it', async () => {
    const [without, withValue] = [await withOAuth(), await withOAuth({ withValue: true })]
    for (const { h, read } of [without, withValue]) {
      h.now += HOUR_MS
      await read()
    }
    expect(inspect(without.issuer.asked, { depth: 9 })).not.toContain(without.token)
    expect(withValue.issuer.asked[0]!.value).toBe(withValue.token)
  })
})

describe('what a credential says of its end', () => {
  const recorded = async (h: Harness, url: string) => (await h.vault.peek(url, BY)).credentialExpiresAt

  it('is taken from a JWT itself', async () => {
    const h = await Harness.open()
    const end = Math.floor(h.now / 1000) * 1000 + HOUR_MS
    const token = jwt({ sub: 'x', exp: end / 1000 })
    await h.put({ token })
    expect(await recorded(h, h.inner.lastValues().token as string)).toBe(end)
  })

  it.each([
    ['expires_in in seconds', (now: number) => ({ expires_in: 3600, at: now + HOUR_MS })],
    ['expires_in as text', (now: number) => ({ expires_in: '3600', at: now + HOUR_MS })],
    ['expires_at in seconds', () => ({ expires_at: 2_000_000_000, at: 2_000_000_000_000 })],
    ['expiresAt in milliseconds', () => ({ expiresAt: 2_000_000_000_123, at: 2_000_000_000_123 })],
    ['expiry as a date', () => ({ expiry: '2033-05-18T03:33:20Z', at: 2_000_000_000_000 })],
  ])('is taken from %s beside an access token, never for a refresh token', async (_, make) => {
    const h = await Harness.open()
    const { at, ...beside } = make(h.now)
    await h.put({ auth: { access_token: opaqueSecret(), refresh_token: opaqueSecret(), ...beside } })
    const auth = h.inner.lastValues().auth as Record<string, string>
    expect(await recorded(h, auth.access_token!)).toBe(at)
    expect(await recorded(h, auth.refresh_token!)).toBe(null)
  })

  it.each([{ expires_in: -1 }, { expires_in: '1e9' }, { expires_at: 12 }, { expiry: 'never' }, { expiresAt: 1e300 }])(
    'is nothing for %j',
    async (beside) => {
      const h = await Harness.open()
      await h.put({ auth: { access_token: opaqueSecret(), ...beside } })
      expect(await recorded(h, (h.inner.lastValues().auth as Record<string, string>).access_token!)).toBe(null)
    },
  )

  it('bounds a handoff, and a claim of the saver only on request', async () => {
    const [h, bound] = [await Harness.open(), await Harness.open({ boundByCredential: true })]
    for (const harness of [h, bound]) {
      const exp = Math.floor(harness.now / 1000) + 3600
      const token = jwt({ exp })
      const handoff = await harness.vault.create(token, { threadId: 'thread-1', ttlMs: DAY_MS })
      expect((await harness.vault.peek(handoff, BY)).expiresAt).toBe(exp * 1000)
      await harness.put({ token })
      harness.now = exp * 1000
      await expect(harness.vault.claim(handoff, BY)).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
      expect((await harness.read()).token === token).toBe(harness === h)
      await expect(harness.vault.create(token, { threadId: 'thread-1' })).rejects.toMatchObject({
        code: 'ERR_INPUT_INVALID',
      })
    }
  })
})
