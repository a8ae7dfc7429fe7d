import { AIMessage } from '@langchain/core/messages'
import { describe, expect, it } from 'vitest'
import { KeyRing, SecretSafeSaver, VaultUnavailableError } from '../../src/index.js'
import { ClaimVault } from '../../src/vault/claim-vault.js'
import { checkpointOf, metadataOf, RecordingSaver } from '../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { CONFIG, Harness } from '../support/vault-harness.js'

describe('what reaches the inner saver', () => {
  it('gets clean values as the original references, in the same tick', async () => {
    const h = await Harness.open()
    const checkpoint = checkpointOf({ messages: [new AIMessage('hello')], note: { a: ['b'] } })
    const done = h.saver.put(CONFIG, checkpoint, metadataOf(), { note: 1 })
    expect(h.inner.puts).toHaveLength(1)
    expect(h.inner.puts[0]![1]).toBe(checkpoint)
    expect(h.inner.puts[0]![0]).toBe(CONFIG)
    await done
  })

  it('never changes its arguments: the running graph holds the same objects', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const message = new AIMessage({ content: `use ${token}`, tool_calls: [{ id: 'c1', name: 't', args: { token } }] })
    const values = { messages: [message], nested: { list: [{ token }], map: new Map([[token, token]]) } }
    const before = structuredClone(JSON.parse(JSON.stringify(values)))
    await h.put(values)
    expect(JSON.parse(JSON.stringify(values))).toEqual(before)
    expect(values.nested.map.get(token)).toBe(token)
    expect(message.content).toBe(`use ${token}`)
    expect(h.stored()).not.toContain(token)
  })

  it('stores the state as it was when the call was made, though the vault is waited for', async () => {
    const h = await Harness.open()
    const state = { token: anthropicKey(), other: { note: 'before' } }
    const done = h.saver.put(CONFIG, checkpointOf({ state }), metadataOf(), {})
    state.other.note = 'after'
    await done
    expect((h.inner.lastValues().state as typeof state).other.note).toBe('before')
  })

  it('stores the state as it was when the vault is not even open yet', async () => {
    const h = await Harness.open()
    const saver = new SecretSafeSaver(h.inner, { vault: async () => h.vault, principal: null })
    const state = { token: anthropicKey(), note: 'before' }
    const done = saver.putWrites(CONFIG, [['state', state]], 'task')
    state.note = 'after'
    await done
    expect(JSON.stringify(h.inner.writes)).toContain('before')
    expect(h.stored()).not.toContain(state.token)
  })

  it('forwards newVersions, taskPath, the order and the positions of writes', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.saver.put(CONFIG, checkpointOf({}), metadataOf(), { a: 7 })
    expect(h.inner.puts[0]![3]).toEqual({ a: 7 })
    await h.saver.putWrites(
      CONFIG,
      [
        ['a', 1],
        ['b', token],
        ['a', 2],
      ],
      'task-1',
      'path-1',
    )
    expect((h.inner.writes[0]![1] as unknown[][]).map(([channel]) => channel)).toEqual(['a', 'b', 'a'])
    expect(h.inner.writes[0]!.slice(2)).toEqual(['task-1', 'path-1'])
    await h.saver.putWrites(CONFIG, [['a', 1]], 'task-2')
    expect(h.inner.writes[1]).toHaveLength(3)
  })

  it('returns the inner config, with the caller’s own values in it', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const config = { configurable: { thread_id: 'thread-1', model_key: token } }
    const returned = await h.saver.put(config, checkpointOf({}), metadataOf(), {})
    expect(returned.configurable).toMatchObject({ thread_id: 'thread-1', model_key: token })
    expect(h.stored()).not.toContain(token)
  })

  it('is given nothing when the vault cannot store a claim', async () => {
    const h = await Harness.open()
    h.failures.set('commit', new VaultUnavailableError('down'))
    const token = anthropicKey()
    await expect(h.put({ token })).rejects.toMatchObject({ code: 'ERR_VAULT_UNAVAILABLE', retryable: true })
    await expect(h.saver.putWrites(CONFIG, [['a', token]], 't')).rejects.toThrow(VaultUnavailableError)
    expect(h.inner.puts).toHaveLength(0)
    expect(h.inner.writes).toHaveLength(0)
  })

  it('is given nothing when the vault cannot be opened, and the next call tries again', async () => {
    const h = await Harness.open()
    let tries = 0
    const open = async () => {
      tries += 1
      if (tries === 1) throw new VaultUnavailableError('down')
      return h.vault
    }
    const saver = new SecretSafeSaver(h.inner, { vault: open, principal: null })
    await expect(saver.put(CONFIG, checkpointOf({ a: 1 }), metadataOf(), {})).rejects.toThrow(VaultUnavailableError)
    expect(h.inner.puts).toHaveLength(0)
    await saver.put(CONFIG, checkpointOf({ a: 1 }), metadataOf(), {})
    expect(h.inner.puts).toHaveLength(1)
  })

  it('gets one claim for one secret: in retries, in parallel writers, in every superstep', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const others = [h.elsewhere(), h.elsewhere(), h.elsewhere()]
    await Promise.all(others.map((saver) => saver.putWrites(CONFIG, [['a', token]], 't')))
    await h.put({ a: token, b: `again ${token}` })
    expect(new Set(h.stored().match(/claim:\/\/[^"\\ ]+/g))).toHaveProperty('size', 1)
    const minted = (await h.vault.ledger())
      .filter(({ operation }) => operation === 'mint')
      .flatMap(({ claims }) => claims)
    expect(minted).toHaveLength(1)
  })

  it('hides equality across threads', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ token })
    await h.put({ token }, {}, { configurable: { thread_id: 'thread-2' } })
    expect(new Set(h.stored().match(/claim:\/\/[^"\\ ]+/g))).toHaveProperty('size', 2)
  })

  it('is reached without the vault for a claim and place that were confirmed lately', async () => {
    const h = await Harness.open()
    const values = { token: anthropicKey() }
    await h.put(values)
    const before = { ...h.calls }
    const done = h.saver.put(CONFIG, checkpointOf(values), metadataOf(), {})
    expect(h.inner.puts).toHaveLength(2)
    await done
    expect(h.calls).toEqual(before)
  })

  it('holds no token that stands by itself when it also stands inside another secret, which alone says what it is', async () => {
    const h = await Harness.open()
    const token = opaqueSecret()
    await h.put({ messages: [{ password: ` ${JSON.stringify(JSON.stringify({ token }))} ` }, `use ${token} now`] })
    expect(h.stored()).not.toContain(token)
  })

  it('gets no key of a state object in plaintext either', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ byToken: { [token]: 1, other: 2 }, map: new Map([[token, 'x']]) })
    expect(h.stored()).not.toContain(token)
    const { byToken, map } = (await h.read()) as { byToken: object; map: Map<string, string> }
    expect(Object.keys(byToken)).toEqual([token, 'other'])
    expect(map.get(token)).toBe('x')
  })

  it('refuses a thread id, a task id or a channel that is a credential for certain', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const config = { configurable: { thread_id: token } }
    await expect(h.put({}, {}, config)).rejects.toMatchObject({ code: 'ERR_SECRET_IN_NAME' })
    await expect(h.put({ [token]: 1 })).rejects.toMatchObject({ code: 'ERR_SECRET_IN_NAME' })
    await expect(h.saver.putWrites(CONFIG, [], token)).rejects.toMatchObject({ code: 'ERR_SECRET_IN_NAME' })
    await expect(h.saver.putWrites(CONFIG, [[token, 1]], 't')).rejects.not.toThrow(token)
    await h.put({}, {}, { configurable: { thread_id: 'session-4f3a2b1c9d8e7f60' } })
  })

  it('needs a thread id, and says so', async () => {
    const h = await Harness.open()
    await expect(h.put({ a: 1 }, {}, { configurable: {} })).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
    expect(h.inner.puts).toHaveLength(0)
  })

  it('stores as before under writes: "off" and "report", and "report" says so', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error) => warnings.push(warning)
    process.on('warning', listen)
    const token = opaqueSecret()
    for (const writes of ['off', 'report'] as const) {
      const h = await Harness.open({ writes })
      await h.put({ password: token })
      expect(h.stored()).toContain(token)
    }
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]!.message).toContain('password')
    expect(warnings[0]!.message).not.toContain(token)
  })

  it('caps the state and each secret, and stores nothing beyond', async () => {
    const small = await Harness.open({ maxStateBytes: 100 })
    await expect(small.put({ note: 'x'.repeat(101) })).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
    expect(small.inner.puts).toHaveLength(0)
    const h = await Harness.open({}, { maxSecretBytes: 16 })
    await expect(h.put({ token: anthropicKey() })).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
    expect(h.inner.puts).toHaveLength(0)
  })
})

describe('opening', () => {
  it('refuses another key than the vault’s and names both ids', async () => {
    const h = await Harness.open()
    await h.put({ token: anthropicKey() })
    const other = new KeyRing(KeyRing.generate())
    const own = new KeyRing(h.key)
    const opening = ClaimVault.open({ store: h.store, keys: other, sweep: 'manual' })
    await expect(opening).rejects.toMatchObject({
      code: 'ERR_KEY_MISMATCH',
      vaultKeyId: await own.currentId(),
      ringKeyId: await other.currentId(),
    })
    const both = new KeyRing(KeyRing.generate(), [h.key])
    await ClaimVault.open({ store: h.store, keys: both, sweep: 'manual' })
  })

  it.each([undefined, '', '   ', 'short', Buffer.alloc(32, 7).toString('base64')])(
    'refuses the key %j: no plaintext fallback',
    (key) => {
      expect(() => KeyRing.fromEnv({ SECRET_SAFE_KEY: key })).toThrow(
        expect.objectContaining({ code: 'ERR_KEY_INVALID' }),
      )
    },
  )

  it('requires a principal, and takes null for "leave URLs, still scrub"', async () => {
    const h = await Harness.open()
    const options = { vault: h.vault } as never
    expect(() => new SecretSafeSaver(new RecordingSaver(), options)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  })
})
