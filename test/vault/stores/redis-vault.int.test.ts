import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../../src/index.js'
import { RedisClaimStore } from '../../../src/redis.js'
import { storeAt } from '../../../src/vault/store-address.js'
import { blocksOf } from '../../repo/markdown.js'
import { newPrefix } from '../../services/redis-prefix.js'

const DOCS = 'docs/stores.md'
const url = inject('redisUrl')
const threadId = 'thread-1'
const by = { threadId, principal: { sub: 'alice' } }
const denied = { code: 'ERR_CLAIM_DENIED' }

describe.skipIf(url === '')('a vault in Redis', () => {
  let prefix: string
  let dispose: () => Promise<void>
  let client: Redis
  let vault: ClaimVault
  let key: string
  const open = async (): Promise<ClaimVault> => {
    const store = RedisClaimStore.fromConnString(url, { prefix })
    return ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  }
  beforeEach(async () => {
    ;({ prefix, dispose } = newPrefix(url))
    client = new Redis(url)
    key = KeyRing.generate()
    vault = await open()
  })
  afterEach(async () => {
    await vault.close()
    client.disconnect()
    await dispose()
  })

  const create = async (options = {}): Promise<{ claim: string; id: string; secret: string }> => {
    const secret = crypto.randomUUID()
    const claim = await vault.create(secret, { threadId, ...options })
    return { claim, id: /\/([\w-]{22})\./.exec(claim)![1]!, secret }
  }
  const keyOf = (kind: string, id: string): string => `{${prefix}}:${kind}:${id}`

  describe('whose rows somebody edits by hand', () => {
    it.each([
      ['a raised limit', 'max_claims', '100'],
      ['a count set back', 'claimed', '-1'],
      ['a raised expiry', 'expires_at', String(Date.now() + 1e12)],
      ['another state', 'state', 'ended'],
      ['another tenant', 'tenant', 'globex'],
      ['an opened allow list', 'allow', '["mallory"]'],
    ])('gives nothing out for %s', async (_, field, value) => {
      const { claim, id } = await create({ allow: ['alice'] })
      await client.hset(keyOf('claim', id), field, value)
      await expect(vault.claim(claim, by)).rejects.toMatchObject(denied)
      await expect(vault.claim(claim, { threadId, principal: { sub: 'mallory' } })).rejects.toMatchObject(denied)
    })

    it("does not open another claim's ciphertext, and uses nothing up", async () => {
      const [mine, theirs] = [await create(), await create()]
      const own = await client.hgetBuffer(keyOf('secret', mine.id), 'sealed')
      await client.hset(
        keyOf('secret', mine.id),
        'sealed',
        (await client.hgetBuffer(keyOf('secret', theirs.id), 'sealed'))!,
      )
      await expect(vault.claim(mine.claim, by)).rejects.toMatchObject({ code: 'ERR_ENVELOPE_INVALID' })
      await client.hset(keyOf('secret', mine.id), 'sealed', own!)
      expect(await vault.claim(mine.claim, by)).toBe(mine.secret)
    })

    it('names the record when one is dropped from the ledger', async () => {
      const { claim } = await create()
      await vault.claim(claim, by)
      // Until its writer's head is registered, a missing record could still be on its way.
      await vault.close()
      vault = await open()
      expect((await vault.verifyLedger()).findings).toEqual([])
      const [first] = await client.xrange(`{${prefix}}:ledger`, '-', '+')
      await client.xdel(`{${prefix}}:ledger`, first![0])
      expect((await vault.verifyLedger()).findings).toMatchObject([{ kind: 'gap', link: 1 }])
    })
  })

  it('shows nothing of a secret in its keys and values', async () => {
    const { claim, secret } = await create({ metadata: { for: 'test' } })
    await vault.claim(claim, by)
    const stored = await Promise.all((await client.keys(`{${prefix}}:*`)).map((name) => client.dumpBuffer(name)))
    expect(Buffer.concat(stored.map((bytes) => bytes ?? Buffer.of())).includes(secret)).toBe(false)
  })

  describe(DOCS, () => {
    it('shows code that opens a vault', async () => {
      const { code } = blocksOf(DOCS).find((block) => block.code.includes('RedisClaimStore'))!
      const body = code
        .replace(/^import .*\n/gm, '')
        .replace(/'redis:[^']*'/, JSON.stringify(url))
        .replace("'secret-safe'", JSON.stringify(prefix))
      const AsyncFunction = (async () => {}).constructor as FunctionConstructor
      const open = new AsyncFunction('ClaimVault', 'KeyRing', 'RedisClaimStore', 'process', `${body}\nreturn vault`)
      const env = { SECRET_SAFE_KEY: KeyRing.generate() }
      // Another key than this vault's: that is noticed only by what really opened it.
      const opened = open(ClaimVault, KeyRing, RedisClaimStore, { env }) as Promise<ClaimVault>
      await expect(opened).rejects.toMatchObject({ code: 'ERR_KEY_MISMATCH' })
    })

    it('names every kind of key that a vault has', async () => {
      const { claim } = await create()
      await vault.claim(claim, by)
      await vault.suspendHandoffs('test')
      await vault.sealLedger()
      const kinds = new Set(
        (await client.keys(`{${prefix}}:*`)).map((name) => name.slice(prefix.length + 3).split(':')[0]!),
      )
      expect(kinds.size).toBeGreaterThan(15)
      const text = readFileSync(DOCS, 'utf8')
      for (const kind of kinds) expect(text).toMatch(new RegExp(`\`${kind}(:[^\`]*)?\``))
    })
  })

  it('is found at its address', async () => {
    const store = await storeAt(url)
    expect(store).toBeInstanceOf(RedisClaimStore)
    await store.close()
  })
})
