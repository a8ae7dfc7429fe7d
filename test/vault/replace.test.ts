import { describe, expect, it } from 'vitest'
import { ClaimDeniedError } from '../../src/index.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, DAY_MS, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }
const BY = { ...THREAD, principal: ALICE }

async function withToken(): Promise<{ h: Harness; old: string; url: string }> {
  const h = await Harness.open()
  const old = anthropicKey()
  await h.put({ token: old })
  return { h, old, url: h.inner.lastValues().token as string }
}

describe('replacing the value behind a claim', () => {
  it('changes what a read gives, and touches no checkpoint', async () => {
    const { h, url } = await withToken()
    const [before, next] = [h.stored(), anthropicKey()]
    expect(await h.vault.replace(url, next, BY)).toEqual({ replaced: 1, left: 0 })
    expect((await h.read()).token).toBe(next)
    expect((await h.read(h.elsewhere())).token).toBe(next)
    expect(h.stored()).toBe(before)
    expect(await h.vault.peek(url, BY)).toMatchObject({ generation: 2, state: 'live' })
  })

  it('takes those claims of the secret along that hold it as it is, and says how many hold it in something else', async () => {
    const h = await Harness.open()
    const [old, next] = [anthropicKey(), anthropicKey()]
    await h.put({ token: old, header: `Basic ${Buffer.from(`x:${old}`).toString('base64')}` })
    const handoff = await h.vault.create(old, { ...THREAD, maxClaims: 2 })
    await h.vault.claim(handoff, BY)
    const result = await h.vault.replace(h.inner.lastValues().token as string, next, BY)
    expect(result).toEqual({ replaced: 2, left: 1 })
    expect(await h.vault.claim(handoff, BY)).toBe(next)
    await expect(h.vault.claim(handoff, BY)).rejects.toThrow(ClaimDeniedError)
  })

  it('keeps a handoff’s owners, count, end and metadata, and an open lease open', async () => {
    const h = await Harness.open()
    const options = { ...THREAD, allow: ['alice'], ttlMs: DAY_MS, metadata: { a: 1 } }
    const url = await h.vault.create(opaqueSecret(), { ...options, mode: 'lease' })
    await h.vault.claim(url, BY)
    const before = await h.vault.peek(url, BY)
    const next = opaqueSecret()
    await h.vault.replace(url, next, BY)
    expect(await h.vault.claim(url, BY)).toBe(next)
    expect(await h.vault.peek(url, BY)).toEqual({ ...before, generation: 2 })
    await expect(h.vault.claim(url, { ...BY, principal: { sub: 'bob' } })).rejects.toThrow(ClaimDeniedError)
  })

  it('does not let the old value come back: written again, by any process, it stands for the new one', async () => {
    const { h, old, url } = await withToken()
    const next = anthropicKey()
    await h.vault.replace(url, next, BY)
    for (const saver of [h.saver, h.elsewhere()]) await saver.putWrites(CONFIG, [['token', old]], 'late')
    await h.put({ token: old, copy: old })
    expect(h.inner.lastValues()).toEqual({ token: url, copy: url })
    expect(await h.read()).toEqual({ token: next, copy: next })
    expect(h.stored()).not.toContain(old)
  })

  it('does not let the value in between come back either, after a second replacement', async () => {
    const { h, url } = await withToken()
    const [second, third] = [anthropicKey(), anthropicKey()]
    await h.vault.replace(url, second, BY)
    await h.read()
    await h.vault.replace(url, third, BY)
    for (const saver of [h.saver, h.elsewhere()]) {
      await saver.put(CONFIG, { ...h.inner.tuple!.checkpoint, channel_values: { token: second } }, {} as never, {})
      h.inner.replay()
      expect((await h.read(h.elsewhere())).token).toBe(third)
    }
  })

  it('keeps one URL through many replacements, so that writers in step make no new claims', async () => {
    const { h, url } = await withToken()
    for (let i = 0; i < 3; i++) {
      await h.vault.replace(url, anthropicKey(), BY)
      const { token } = await h.read()
      await h.put({ token })
      expect(h.inner.lastValues().token).toBe(url)
    }
  })

  it('keeps what was marked a Secret a Secret', async () => {
    const { secret, isSecret } = await import('../../src/index.js')
    const h = await Harness.open()
    await h.put({ pin: secret('hunter2-and-more') })
    const next = opaqueSecret()
    await h.vault.replace(h.inner.lastValues().pin as string, next, BY)
    const { pin } = await h.read()
    expect(isSecret(pin) && pin.expose()).toBe(next)
  })

  it('is refused for a structured value, an empty one and one over the limit; then the old value stands', async () => {
    const h = await Harness.open({ fields: ['auth'] }, { maxSecretBytes: 200 })
    await h.put({ auth: { user: 'u', pass: opaqueSecret() } })
    const url = h.inner.lastValues().auth as string
    await expect(h.vault.replace(url, 'next', BY)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    const handoff = await h.vault.create('old value', THREAD)
    await expect(h.vault.replace(handoff, '', BY)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    await expect(h.vault.replace(handoff, 'x'.repeat(300), BY)).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
    expect(await h.vault.claim(handoff, BY)).toBe('old value')
  })

  it('is denied for what has ended, for a stranger, and for a value that is revoked', async () => {
    const h = await Harness.open()
    const revoked = anthropicKey()
    await h.vault.revoke({ value: revoked }, { principal: ALICE })
    const url = await h.vault.create(opaqueSecret(), { ...THREAD, allow: ['alice'] })
    const stranger = { ...THREAD, principal: { sub: 'bob' } }
    await expect(h.vault.replace(url, opaqueSecret(), stranger)).rejects.toThrow(ClaimDeniedError)
    await expect(h.vault.replace(url, revoked, BY)).rejects.toThrow(ClaimDeniedError)
    await h.vault.claim(url, BY)
    await expect(h.vault.replace(url, opaqueSecret(), BY)).rejects.toThrow(ClaimDeniedError)
    const reasons = (await h.vault.ledger({ operation: 'replace' })).map(({ reason }) => reason)
    expect(reasons).toEqual(['denied', 'revoked', 'spent'])
  })

  it('ends with the new value when that one is revoked, and not with the old one', async () => {
    const { h, old, url } = await withToken()
    const next = anthropicKey()
    await h.vault.replace(url, next, BY)
    expect(await h.vault.revoke({ value: old }, { principal: ALICE })).toBe(0)
    // A process that has not confirmed the claim yet asks the vault for each of its secrets.
    const values = { token: old, other: anthropicKey() }
    await h.elsewhere().put(CONFIG, { ...h.inner.tuple!.checkpoint, channel_values: values }, {} as never, {})
    expect((await h.read()).token).toBe(next)
    expect(await h.vault.revoke({ value: next }, { principal: ALICE })).toBe(1)
    expect((await h.read()).token).toBe(url)
  })

  it('holds only as long as the claim does: stored anew after its end, the old value is what is read, and the new one too', async () => {
    const { h, old, url } = await withToken()
    const next = anthropicKey()
    await h.vault.replace(url, next, BY)
    expect((await h.read()).token).toBe(next)
    await h.saver.putWrites({ ...CONFIG, metadata: { run_id: 'run-1' } }, [['token', next]], 'task')
    await h.vault.revoke({ runId: 'run-1' }, { principal: ALICE })
    await h.elsewhere().putWrites(CONFIG, [['token', old]], 'task')
    expect((await h.read(h.elsewhere())).token).toBe(old)
    // This process still remembers the new value behind the old URL.
    await h.saver.put(
      { ...CONFIG, metadata: { run_id: 'run-2' } },
      { ...h.inner.tuple!.checkpoint, channel_values: { token: next, other: old } },
      {} as never,
      {},
    )
    h.inner.replay()
    expect(await h.read(h.elsewhere())).toEqual({ token: next, other: old })
    expect(h.stored()).not.toContain(next)
  })

  it('does not let a claim slip away from its revocation', async () => {
    const { h, old, url } = await withToken()
    const handoff = await h.vault.create(old, THREAD)
    const commit = h.store.commit.bind(h.store)
    let replaced = false
    h.store.commit = async (change) => {
      const result = await commit(change)
      if (change.addRevocations !== undefined && !replaced) {
        replaced = true
        await h.vault.replace(url, anthropicKey(), BY)
      }
      return result
    }
    expect(await h.vault.revoke({ claim: url }, { principal: ALICE })).toBe(2)
    expect(replaced).toBe(true)
    expect((await h.read()).token).toBe(url)
    await expect(h.vault.claim(handoff, BY)).rejects.toThrow(ClaimDeniedError)
  })

  it('races with claims: each gets the old value or the new one, and exactly as many win as may', async () => {
    const h = await Harness.open()
    const [old, next] = [opaqueSecret(), opaqueSecret()]
    const url = await h.vault.create(old, { ...THREAD, maxClaims: 3 })
    const racers = Array.from({ length: 10 }, () => h.vault.claim(url, BY))
    const results = await Promise.allSettled([...racers, h.vault.replace(url, next, BY).catch(() => 'too late')])
    const won = results.slice(0, 10).flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(won).toHaveLength(3)
    expect(won.every((value) => value === old || value === next)).toBe(true)
  })
})
