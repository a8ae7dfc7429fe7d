import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { describe, expect, it } from 'vitest'
import { SecretSafeSaver, secret } from '../../src/index.js'
import { checkpointOf, metadataOf } from '../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { Harness } from '../support/vault-harness.js'

const nest = (levels: number, leaf: unknown): unknown => {
  let value = leaf
  for (let i = 0; i < levels; i++) value = { next: value }
  return value
}

describe('a hostile state object', () => {
  it('whose getter changes is read once: what was scanned is what is stored', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    let reads = 0
    const hostile = Object.defineProperty({}, 'text', {
      enumerable: true,
      get: () => (++reads % 2 === 1 ? 'clean' : token),
    })
    const list = Object.defineProperty(['a'], 0, { enumerable: true, get: () => (++reads % 2 === 1 ? 'clean' : token) })
    await h.put({ hostile, list })
    expect(h.stored()).not.toContain(token)
    expect(h.stored()).not.toContain(token)
  })

  it('that is a proxy, or has a changing toJSON, is read once', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    let reads = 0
    const flip = () => (++reads % 2 === 1 ? 'clean' : token)
    await h.put({ proxy: new Proxy({ text: '' }, { get: flip }), json: { toJSON: flip } })
    expect(h.stored()).not.toContain(token)
    expect(h.stored()).not.toContain(token)
  })

  it('whose getter throws fails the call, and nothing is stored', async () => {
    const h = await Harness.open()
    const bad = Object.defineProperty({}, 'x', {
      enumerable: true,
      get() {
        throw new Error('boom')
      },
    })
    await expect(h.put({ bad, token: anthropicKey() })).rejects.toThrow('boom')
    expect(h.inner.puts).toHaveLength(0)
  })

  it('with a __proto__ key keeps it as a field and pollutes nothing', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const value = JSON.parse(`{"__proto__": {"polluted": "${token}"}, "constructor": {"prototype": {"x": "${token}"}}}`)
    await h.put({ value })
    expect(h.stored()).not.toContain(token)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    const restored = (await h.read()).value as object
    expect(Object.getOwnPropertyDescriptor(restored, '__proto__')?.value).toEqual({ polluted: token })
  })

  it('shaped like a serialized object is scanned like any other', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    await h.put({ fake: { lc: 1, type: 'constructor', id: ['langchain', 'x'], kwargs: { deep: [{ token }] } } })
    expect(h.stored()).not.toContain(token)
  })

  it('nested 10,000 levels deep gets a typed error and stores nothing; 1,200 levels are stored', async () => {
    const h = await Harness.open()
    await expect(h.put({ deep: nest(10_000, anthropicKey()) })).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
    expect(h.inner.puts).toHaveLength(0)
    const token = anthropicKey()
    await h.put({ deep: nest(1_200, token) })
    let value = h.inner.lastValues().deep as { next: unknown }
    for (let i = 0; i < 1_199; i++) value = value.next as { next: unknown }
    expect(value.next).toMatch(/^claim:/)
  })

  it('with a cycle is stored as the bare saver stores it, its secret replaced', async () => {
    const h = await Harness.open()
    const inner = new MemorySaver()
    const saver = new SecretSafeSaver(inner, { vault: h.vault, principal: { sub: 'alice' } })
    const token = anthropicKey()
    const cyclic: Record<string, unknown> = { token, list: [] }
    cyclic.self = cyclic
    ;(cyclic.list as unknown[]).push(cyclic)
    const config = await saver.put(
      { configurable: { thread_id: 't', checkpoint_ns: '' } },
      checkpointOf({ cyclic }),
      metadataOf(),
      {},
    )
    const read = (await saver.getTuple(config))!.checkpoint.channel_values.cyclic
    expect(read).toEqual({ token, list: ['[Circular]'], self: '[Circular]' })
    expect(cyclic.self).toBe(cyclic)
  })

  it('with a BigInt fails no worse than bare', async () => {
    const h = await Harness.open()
    const bare = new MemorySaver()
    const saver = new SecretSafeSaver(new MemorySaver(), { vault: h.vault, principal: null })
    const config = { configurable: { thread_id: 't', checkpoint_ns: '' } }
    const attempt = async (target: typeof bare | typeof saver) => {
      try {
        await target.put(config, checkpointOf({ big: 1n, note: 'x' }), metadataOf(), {} as never)
        return 'stored'
      } catch (error) {
        return (error as Error).name
      }
    }
    expect(await attempt(saver)).toBe(await attempt(bare))
  })

  it('of a message subclass that computes its fields is stored as its toJSON, scanned', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    class Computed extends HumanMessage {
      override get lc_attributes() {
        return { hidden: token }
      }
    }
    await h.put({ messages: [new Computed('hi')] })
    expect(h.stored()).not.toContain(token)
  })

  it('of boxed strings, byte arrays, Buffers, typed arrays and number lists holds no secret when stored', async () => {
    const h = await Harness.open()
    const token = anthropicKey()
    const bytes = Buffer.from(token)
    const values = {
      boxed: new String(token),
      array: Uint8Array.from(bytes),
      buffer: bytes,
      clamped: Uint8ClampedArray.from(bytes),
      numbers: [...bytes],
      regexp: new RegExp(`a/${token}`, 'g'),
      error: new Error(`failed: ${token}`),
      url: new URL(`https://user:${token}@host.test/`),
    }
    await h.put(values)
    const stored = h.inner.lastValues()
    for (const [name, value] of Object.entries(stored)) {
      const text = value instanceof Error ? `${value.message} ${value.stack}` : JSON.stringify(value)
      expect(text, name).toContain('claim://')
      expect(text, name).not.toContain(token)
    }
    const read = await h.read()
    expect(read.array).toEqual(values.array)
    expect(read.numbers).toEqual(values.numbers)
    expect(read.buffer).toEqual(JSON.parse(JSON.stringify(bytes)))
    expect(read.regexp).toEqual(values.regexp)
    expect((read.error as Error).message).toBe(values.error.message)
    expect(read.boxed).toBe(token)
  })
})

describe('a marked value', () => {
  it('of any serializable type is sealed as a whole and restored as a Secret', async () => {
    const h = await Harness.open()
    const value = { pin: 1234, when: new Map([['a', new Set([1])]]), words: opaqueSecret() }
    await h.put({ marked: secret(value), list: [secret('x')] })
    expect(JSON.stringify(h.inner.lastValues().marked)).toMatch(/^"claim:/)
    const read = (await h.read()) as { marked: { expose(): unknown }; list: { expose(): unknown }[] }
    expect(read.marked.expose()).toEqual(value)
    expect(read.list[0]!.expose()).toBe('x')
    expect(`${read.marked} ${JSON.stringify(read.marked)}`).toBe('[redacted] "[redacted]"')
  })

  it('by field path restores the raw value, in __start__ and deep inside too', async () => {
    const h = await Harness.open({ fields: ['auth.pin', 'users.*.note'] })
    const values = { auth: { pin: 42 }, __start__: { users: [{ note: 'short' }, { note: { a: 1 } }] } }
    await h.put(values)
    expect(h.stored()).not.toContain('short')
    expect(h.inner.lastValues().auth).toEqual({ pin: expect.stringMatching(/^claim:/) })
    expect(await h.read()).toEqual(values)
  })

  it('that cannot be serialized fails the call with a typed error', async () => {
    const h = await Harness.open()
    await expect(h.put({ marked: secret({ big: 1n }) })).rejects.toMatchObject({ code: 'ERR_VALUE_UNSUPPORTED' })
    expect(h.inner.puts).toHaveLength(0)
  })

  it('is redacted by a bare saver, never plaintext', async () => {
    const inner = new MemorySaver()
    const value = opaqueSecret()
    const config = await inner.put(
      { configurable: { thread_id: 't', checkpoint_ns: '' } },
      checkpointOf({ s: secret(value) }),
      metadataOf(),
    )
    expect((await inner.getTuple(config))!.checkpoint.channel_values.s).toBe('[redacted]')
  })
})

describe('messages', () => {
  it('come back as instances with text around an embedded secret', async () => {
    const h = await Harness.open()
    const inner = new MemorySaver()
    const saver = new SecretSafeSaver(inner, { vault: h.vault, principal: { sub: 'alice' } })
    const token = anthropicKey()
    const messages = [
      new HumanMessage({ id: 'm1', content: [{ type: 'text', text: `key: ${token}.` }] }),
      new AIMessage({
        id: 'm2',
        content: '',
        tool_calls: [{ id: 'call_1', name: 'login', args: { password: token } }],
      }),
    ]
    const config = await saver.put(
      { configurable: { thread_id: 't', checkpoint_ns: '' } },
      checkpointOf({ messages }),
      metadataOf(),
      {},
    )
    const read = (await saver.getTuple(config))!.checkpoint.channel_values.messages as AIMessage[]
    expect(read[0]).toBeInstanceOf(HumanMessage)
    expect(read[1]).toBeInstanceOf(AIMessage)
    expect(JSON.stringify(read)).toBe(JSON.stringify(messages))
    expect(read[1]!.tool_calls).toEqual((messages[1] as AIMessage).tool_calls)
  })
})
