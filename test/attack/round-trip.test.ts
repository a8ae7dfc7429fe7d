import { HumanMessage } from '@langchain/core/messages'
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import { describe, expect, it } from 'vitest'
import { type Secret, SecretSafeSaver, type SecretSafeSaverOptions, secret } from '../../src/index.js'
import { checkpointOf, metadataOf } from '../support/recording-saver.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'
import { ALICE, CONFIG, Harness } from '../support/vault-harness.js'

type Values = Record<string, unknown>

async function through(saver: MemorySaver | SecretSafeSaver, values: Values): Promise<Values> {
  await saver.put(CONFIG, checkpointOf(values), metadataOf(), {})
  return (await saver.getTuple(CONFIG))!.checkpoint.channel_values
}

const bare = (values: Values): Promise<Values> => through(new MemorySaver(), values)

async function wrapped(values: Values, options: Partial<SecretSafeSaverOptions> = {}) {
  const { vault } = await Harness.open()
  const inner = new MemorySaver()
  const got = await through(new SecretSafeSaver(inner, { vault, principal: ALICE, ...options }), values)
  const rows = Object.values(inner.storage['thread-1']!['']!)
  return { got, stored: rows.map(([checkpoint]) => Buffer.from(checkpoint).toString()).join() }
}

describe('a Secret', () => {
  it('inside a marked value is sealed with it and comes back as a Secret, never as "[redacted]"', async () => {
    const [inner, other] = [opaqueSecret(), opaqueSecret()]
    const values = { whole: secret({ list: [secret(inner)], plain: 1 }), auth: { token: secret(other), user: 'bob' } }
    const { got, stored } = await wrapped(values, { fields: ['auth'] })
    const whole = (got.whole as Secret<{ list: Secret<string>[]; plain: number }>).expose()
    const auth = got.auth as { token: Secret<string>; user: string }
    expect([whole.plain, whole.list[0]!.expose(), auth.user, auth.token.expose()]).toEqual([1, inner, 'bob', other])
    expect(stored.includes(inner) || stored.includes(other)).toBe(false)
  })

  it('inside a marked value is a known value from then on', async () => {
    const inner = opaqueSecret()
    const { got, stored } = await wrapped({ whole: secret({ deep: secret(inner) }), log: `login with ${inner} failed` })
    expect(stored).not.toContain(inner)
    expect(got.log).toBe(`login with ${inner} failed`)
  })

  it('of a function or a symbol fails the call with a typed error; a marked field of one is dropped as bare', async () => {
    await expect(wrapped({ a: secret(() => 1) })).rejects.toMatchObject({ code: 'ERR_VALUE_UNSUPPORTED' })
    await expect(wrapped({ a: secret(Symbol('x')) })).rejects.toMatchObject({ code: 'ERR_VALUE_UNSUPPORTED' })
    const values = { auth: { token: () => 1 }, kept: 2 }
    expect((await wrapped(values, { fields: ['auth.token'] })).got).toEqual(await bare(values))
  })
})

describe('a Map key', () => {
  it('that is sealed as a whole (a Secret, bytes, a pattern) comes back as it was', async () => {
    const [marked, token] = [opaqueSecret(), anthropicKey()]
    const bytes = new Uint8Array(Buffer.from(token))
    const values = {
      map: new Map<unknown, number>([
        [secret(marked), 1],
        [bytes, 2],
        [new RegExp(token), 3],
        [token, 4],
      ]),
    }
    const { got, stored } = await wrapped(values)
    expect(stored.includes(token) || stored.includes(marked)).toBe(false)
    const [first, ...rest] = [...(got.map as Map<unknown, number>).keys()]
    expect((first as Secret<string>).expose()).toBe(marked)
    expect(rest).toEqual([bytes, new RegExp(token), token])
  })
})

describe('a secret of a serialized object', () => {
  it('is restored though the object was given its id after it was made, so that the id is not persisted', async () => {
    const message = new HumanMessage(`use ${anthropicKey()}`)
    message.id = 'given-late'
    const { got } = await wrapped({ messages: [message] })
    expect((got.messages as HumanMessage[])[0]!.content).toBe(message.content)
  })

  it('is restored in an object that is no message but has an id, nested in a message too', async () => {
    const template = `use ${anthropicKey()}`
    const prompt = {
      lc: 1,
      type: 'constructor',
      id: ['langchain_core', 'prompts', 'prompt', 'PromptTemplate'],
      kwargs: { template, inputVariables: [], id: 'prompt-1' },
    }
    const message = new HumanMessage({ content: 'x', id: 'message-1', additional_kwargs: { prompt } })
    const { got, stored } = await wrapped({ prompt, messages: [message] })
    expect(stored).not.toContain(template)
    expect(got).toEqual(await bare({ prompt, messages: [message] }))
  })
})

describe('a value beside a secret', () => {
  it('persists in the shape in which it persists without one: a Buffer, a view of a larger buffer, a Date', async () => {
    class Stamped extends Date {
      override toISOString() {
        return 'a shape of its own'
      }
    }
    const view = new Uint8Array(new ArrayBuffer(64), 8, 3).fill(7)
    const values = {
      buffer: Buffer.from('hello'),
      nested: { view, floats: Float64Array.of(1.5, 2) },
      at: new Stamped(),
    }
    const { token: _, ...got } = (await wrapped({ ...values, token: anthropicKey() })).got
    expect(got).toEqual(await bare(values))
  })

  it('is an error whose message is no text: it fails no worse than bare', async () => {
    const token = anthropicKey()
    const error = Object.assign(new Error('x'), { message: { detail: token } })
    const { got, stored } = await wrapped({ error })
    expect(stored).not.toContain(token)
    expect(got).toEqual(await bare({ error }))
  })
})

describe('what a value says of itself', () => {
  it('is scanned where it overrides how it is written: a Date’s toISOString, an error’s changing message', async () => {
    const token = anthropicKey()
    class Hiding extends Date {
      override toISOString() {
        return token
      }
    }
    let reads = 0
    class Changing extends Error {
      override get message() {
        return reads++ === 0 ? 'harmless' : token
      }
    }
    const { got, stored } = await wrapped({ at: new Hiding(), error: new Changing() })
    expect(stored).not.toContain(token)
    expect(got.at).toBe(token)
  })
})
