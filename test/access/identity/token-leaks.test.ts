import { inspect } from 'node:util'
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { Command } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secret } from '../../../src/index.js'
import { dumpMemory } from '../../../src/testing/leak/dump/memory.js'
import { dumpError, watchOutput } from '../../../src/testing/leak/dump/output.js'
import { findCanaries } from '../../../src/testing/leak/search.js'
import { type StoredBytes, textBytes } from '../../../src/testing/leak/stored-bytes.js'
import { Issuer } from './issuer.js'
import { collect, openGraph, type ProtectedGraph, withToken } from './protected-graph.js'

const everything = (value: unknown) =>
  `${JSON.stringify(value)}\n${inspect(value, { depth: 8, maxStringLength: null, maxArrayLength: null })}`

/** What a tracer sees of a run and its children. */
class Tracer extends BaseCallbackHandler {
  name = 'tracer'
  readonly seen: string[] = []

  override handleChainStart(...args: unknown[]): void {
    // Beside inputs and outputs: tags, metadata and names.
    this.seen.push(everything(args.slice(1)))
  }
}

describe('the token of a run', () => {
  let issuer: Issuer
  beforeAll(async () => {
    issuer = await Issuer.open()
  })
  afterAll(() => issuer.close())

  /** Uses a graph in every way there is, and gathers what is left behind. */
  async function use(world: ProtectedGraph, token: unknown): Promise<StoredBytes[]> {
    const { graph, saver, inner, vault } = world
    const tracer = new Tracer()
    const output = watchOutput()
    const config = { ...withToken('thread-1', token), callbacks: [tracer] }
    const read: unknown[] = []
    try {
      read.push(await graph.invoke({ turns: 1 }, config))
      for await (const chunk of await graph.stream(new Command({ resume: 'yes' }), {
        ...config,
        streamMode: 'values',
      })) {
        read.push(chunk)
      }
      read.push(
        await graph.getState(config, { subgraphs: true }),
        await graph.updateState(config, { turns: 2 }, 'write'),
      )
      read.push(await collect(graph.getStateHistory(config)), await collect(saver.list(config)))
      console.log(await graph.getState(config))
    } finally {
      output.stop()
    }
    const ledger = await vault.ledger()
    return [
      ...dumpMemory(inner),
      ...output.dump(),
      ...inner.configs.map((given) => textBytes('config', 'given to the inner saver', everything(given.configurable))),
      ...tracer.seen.map((text) => textBytes('log', 'trace', text)),
      ...world.refused.map((error) => dumpError(error, 'refusal')),
      textBytes('config', 'answers', everything(read)),
      textBytes('vault', 'ledger', everything(ledger)),
    ]
  }

  const canaries = (token: string) => {
    const [, claims, signature] = token.split('.') as [string, string, string]
    return new Map([
      ['token', token],
      ['claims', claims],
      ['signature', signature],
    ])
  }

  it('reaches no store, inner saver, trace, log, ledger or answer', async () => {
    const world = await openGraph(issuer)
    const token = await issuer.sign()
    const left = await use(world, token)
    expect(findCanaries(left, canaries(token))).toEqual([])
    expect(world.asked.every((sub) => sub === 'alice')).toBe(true)
    expect(left.length).toBeGreaterThan(50)
    await world.vault.close()
  })

  it('nor when it is refused, nor when no verifier is configured', async () => {
    const token = await issuer.sign({ claims: { exp: 1_000 } })
    for (const options of [{}, { identity: undefined as never, platform: undefined as never }]) {
      const world = await openGraph(issuer, options)
      expect(findCanaries(await use(world, token), canaries(token))).toEqual([])
      expect(world.refused.length).toBeGreaterThan(0)
      expect(world.asked).toEqual([])
      await world.vault.close()
    }
  })

  it('prints as redacted in stream modes that show a whole configuration, when it is marked as secret', async () => {
    const world = await openGraph(issuer)
    const token = await issuer.sign()
    const config = withToken('thread-1', secret(token))
    const chunks = await collect(
      await world.graph.stream({ turns: 1 }, { ...config, streamMode: ['debug', 'checkpoints'] }),
    )
    expect(findCanaries([textBytes('log', 'stream', everything(chunks))], canaries(token))).toEqual([])
    expect(everything(chunks)).toContain('[redacted]')
    expect(await world.graph.getState(config)).toMatchObject({ values: { plain: world.secrets.plain } })
    await world.vault.close()
  })
})
