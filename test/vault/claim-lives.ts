import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, type RefreshOptions, SecretSafeSaver } from '../../src/index.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import { checkpointOf, metadataOf, RecordingSaver } from '../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'

const ALICE = { sub: 'alice' }
const THREAD = { threadId: 'thread-1' }
const BY = { ...THREAD, principal: ALICE }
const CONFIG = { configurable: { thread_id: 'thread-1' } }

interface Place {
  open(): ClaimStore
  dispose(): Promise<void> | void
}

/** What a claim goes through, with two vaults over one real store as two processes have them. */
export function describeClaimLives(make: () => Place): void {
  let place: Place
  const key = KeyRing.generate()
  const open = (options: { refresh?: RefreshOptions; quotas?: { claimsPerTenant: number } } = {}) =>
    ClaimVault.open({ store: place.open(), keys: new KeyRing(key), sweep: 'manual', ...options })
  const vaults: ClaimVault[] = []
  const two = async (options: Parameters<typeof open>[0] = {}) => {
    const pair = [await open(options), await open(options)] as const
    vaults.push(...pair)
    return pair
  }

  beforeEach(() => {
    place = make()
  })
  afterEach(async () => {
    for (const vault of vaults.splice(0)) await vault.close()
    await place.dispose()
  })

  async function put(vault: ClaimVault, values: Record<string, unknown>): Promise<RecordingSaver> {
    const inner = new RecordingSaver()
    await new SecretSafeSaver(inner, { vault, principal: ALICE }).put(CONFIG, checkpointOf(values), metadataOf(), {})
    inner.replay()
    return inner
  }

  const read = async (inner: RecordingSaver, vault: ClaimVault) =>
    (await new SecretSafeSaver(inner, { vault, principal: ALICE }).getTuple(CONFIG))!.checkpoint.channel_values

  describe('a claim', () => {
    it('that is replaced while many claim it is won exactly as often as it may be, with the old value or the new one', async () => {
      const [a, b] = await two()
      const [old, next] = [opaqueSecret(), opaqueSecret()]
      const url = await a.create(old, { ...THREAD, maxClaims: 3 })
      const racers = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? a : b).claim(url, BY))
      const [replaced, ...results] = await Promise.allSettled([b.replace(url, next, BY), ...racers])
      const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(won).toHaveLength(3)
      expect(won.every((value) => value === old || (value === next && replaced.status === 'fulfilled'))).toBe(true)
      expect(await a.peek(url, BY)).toMatchObject({ state: 'spent', claimsLeft: 0 })
    })

    it('that is replaced by two at once has one of their values, under all of its URLs', async () => {
      const [a, b] = await two()
      const old = anthropicKey()
      const inner = await put(a, { token: old })
      const url = inner.lastValues().token as string
      const handoff = await a.create(old, { ...THREAD, maxClaims: 2 })
      const values = [anthropicKey(), anthropicKey()]
      await Promise.all([a.replace(url, values[0]!, BY), b.replace(url, values[1]!, BY)])
      const { token } = await read(inner, a)
      expect(values).toContain(token)
      expect(await b.claim(handoff, BY)).toBe(token)
      // The third is what the losing value would be minted as: it stands for the winning one.
      expect(await b.find({ value: token as string }, BY)).toHaveLength(3)
    })

    it('of a credential that has ended is refreshed once for readers in two processes', async () => {
      let asked = 0
      const fresh = opaqueSecret()
      const refresh = async () => {
        asked++
        await new Promise((done) => setTimeout(done, 100))
        return { value: fresh, expiresAt: Date.now() + 3_600_000 }
      }
      const [a, b] = await two({ refresh: { refresh } })
      const inner = await put(a, { auth: { access_token: opaqueSecret(), expires_at: 1_500_000_000 } })
      const reads = await Promise.all([a, b, a, b].map((vault) => read(inner, vault)))
      expect(reads.map(({ auth }) => (auth as { access_token: string }).access_token)).toEqual(Array(4).fill(fresh))
      expect(asked).toBe(1)
      expect(await a.ledger({ operation: 'refresh' })).toHaveLength(1)
    })

    it('is stopped in the other process by each standing revocation, and comes back', async () => {
      const [a, b] = await two()
      const token = anthropicKey()
      const inner = await put(a, { token })
      const url = inner.lastValues().token as string
      for (const target of [{ sub: 'alice' }, { tenant: true }, { value: token }, { grant: url }, THREAD] as const) {
        await b.revoke(target, { principal: { sub: 'admin' } })
        expect((await read(inner, a)).token).toBe(url)
        await b.reinstate(target, { principal: { sub: 'admin' } })
        expect((await read(inner, a)).token).toBe(token)
      }
      await b.suspendHandoffs('restored backup')
      const handoff = await a.create(opaqueSecret(), THREAD)
      await expect(a.claim(handoff, BY)).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
      await b.resumeHandoffs({ principal: ALICE })
      await a.claim(handoff, BY)
    })

    it('is held while an interrupt is pending, in the other process too', async () => {
      const [a, b] = await two()
      const inner = await put(a, { token: anthropicKey() })
      const saver = new SecretSafeSaver(inner, { vault: a, principal: ALICE })
      const config = { configurable: { ...CONFIG.configurable, checkpoint_id: inner.tuple!.checkpoint.id } }
      await saver.getTuple(config)
      await saver.putWrites(config, [['__interrupt__', { value: 'go on?' }]], 'task')
      const capAt = (await b.context().store.find({ tenant: 'default' }))[0]!.capAt
      expect((await b.peek(inner.lastValues().token as string, BY)).expiresAt).toBe(capAt)
      const other = new SecretSafeSaver(inner, { vault: b, principal: ALICE })
      await other.getTuple(config)
      await other.putWrites(config, [['__resume__', 'yes']], 'task')
      const isHeld = async () => (await a.peek(inner.lastValues().token as string, BY)).expiresAt === capAt
      for (let tries = 0; (await isHeld()) && tries < 100; tries++) await new Promise((done) => setTimeout(done, 10))
      expect(await isHeld()).toBe(false)
    })

    it('for each of several consumers is stored with the others or not at all', async () => {
      const [a, b] = await two({ quotas: { claimsPerTenant: 3 } })
      const consumers = ['bob', 'carol', 'dave'].map((sub) => ({ sub }))
      const value = opaqueSecret()
      const urls = await a.createFor(value, consumers, { ...THREAD, metadata: { a: 1 } })
      const taken = urls.map((url, i) => b.claim(url, { ...THREAD, principal: { sub: consumers[i]!.sub } }))
      expect(await Promise.all(taken)).toEqual([value, value, value])
      await expect(b.createFor(value, consumers, THREAD)).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
      expect(await b.context().store.find({ tenant: 'default' })).toHaveLength(3)
    })
  })
}
