import { MemorySaver, StateGraph } from '@langchain/langgraph'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { isSecret, type Secret, SecretSafeSaver, secret, secretFields, secretSchema } from '../../src/index.js'
import { opaqueSecret } from '../support/secrets.js'
import { ALICE, Harness } from '../support/vault-harness.js'

describe('secretFields', () => {
  it('finds what .meta({ secret: true }) marks, through wrappers, arrays, records and unions', () => {
    const inner = z.object({ pin: z.number().meta({ secret: true }), name: z.string() })
    const State = z.object({
      token: z.string().meta({ secret: true }),
      maybe: z.optional(z.string().meta({ secret: true })),
      users: z.array(inner).default([]),
      byName: z.record(z.string(), inner),
      either: z.union([z.object({ key: z.string().meta({ secret: true }) }), z.string()]),
      plain: z.string(),
    })
    expect(secretFields(State).sort()).toEqual(['byName.*.pin', 'either.key', 'maybe', 'token', 'users.*.pin'])
  })

  it('finds what a registry holds', () => {
    const secrets = z.registry<{ owner: string }>()
    const State = z.object({ a: z.string().register(secrets, { owner: 'ops' }), b: z.string() })
    expect(secretFields(State, secrets)).toEqual(['a'])
  })

  it('ends on a recursive schema, and refuses what is no schema', () => {
    const Node = z.object({
      value: z.string().meta({ secret: true }),
      get next() {
        return z.optional(Node)
      },
    })
    expect(secretFields(Node)).toContain('value')
    expect(() => secretFields({})).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
  })

  it('names fields that a saver seals and restores raw', async () => {
    const State = z.object({ auth: z.object({ word: z.string().meta({ secret: true }) }) })
    const h = await Harness.open({ fields: secretFields(State) })
    const word = opaqueSecret()
    await h.put({ auth: { word } })
    expect(h.stored()).not.toContain(word)
    expect(await h.read()).toEqual({ auth: { word } })
  })
})

describe('secretSchema', () => {
  it('types a channel of Secrets: takes the value or a Secret of it, and gives a Secret', () => {
    const schema = secretSchema(z.string().min(3))
    expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<Secret<string>>()
    for (const given of ['abc', secret('abc')]) {
      const parsed = schema.parse(given)
      expect(isSecret(parsed)).toBe(true)
      expect(parsed.expose()).toBe('abc')
    }
    expect(schema.safeParse('x').success).toBe(false)
    expect(schema.safeParse(secret(5)).success).toBe(false)
  })

  it('carries a Secret through a real graph, a checkpoint and a resume', async () => {
    const h = await Harness.open()
    const inner = new MemorySaver()
    const checkpointer = new SecretSafeSaver(inner, { vault: h.vault, principal: ALICE })
    const seen: string[] = []
    const State = z.object({ token: secretSchema(z.string()).optional(), done: z.boolean().default(false) })
    const value = opaqueSecret()
    const graph = new StateGraph(State)
      .addNode('fetch', () => ({ token: secret(value) }))
      .addNode('use', (state) => {
        seen.push(state.token!.expose())
        return { done: true }
      })
      .addEdge('__start__', 'fetch')
      .addEdge('fetch', 'use')
      .compile({ checkpointer, interruptBefore: ['use'] })
    const config = { configurable: { thread_id: 'schema' } }
    await graph.invoke({}, config)
    await graph.invoke(null, config)
    expect(seen).toEqual([value])
    const decoder = new TextDecoder()
    const stored = JSON.stringify([inner.storage, inner.writes], (_key, item) =>
      item instanceof Uint8Array ? decoder.decode(item) : item,
    )
    expect(stored).toContain('claim://')
    expect(stored).not.toContain(value)
  })
})
