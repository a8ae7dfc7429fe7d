import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnresolvedClaimError, useSecret } from '../../../src/index.js'
import { Issuer } from './issuer.js'
import { openGraph, type ProtectedGraph, withToken } from './protected-graph.js'

describe('useSecret in a run with a token', () => {
  let issuer: Issuer
  let world: ProtectedGraph
  let url: string
  let alice: string
  beforeAll(async () => {
    issuer = await Issuer.open()
    world = await openGraph(issuer)
    alice = await issuer.sign()
    await world.graph.invoke({ turns: 1 }, withToken('thread-1', alice))
    url = (await world.graph.getState(withToken('thread-1'))).values.plain
  })
  afterAll(async () => {
    await world.vault.close()
    await issuer.close()
  })
  const use = (config: ReturnType<typeof withToken>, principal?: { sub: string }) => {
    world.asked.length = 0
    const { saver } = world
    return useSecret(url, (value) => value === world.secrets.plain, { saver, config, ...(principal && { principal }) })
  }

  it('claims as the principal of the token', async () => {
    expect(await use(withToken('thread-1', alice))).toBe(true)
    expect(new Set(world.asked)).toEqual(new Set(['alice']))
  })

  it('claims as the sub-agent that is named, who inherits nothing from the run', async () => {
    await expect(use(withToken('thread-1', alice), { sub: 'sub-agent' })).rejects.toThrow(UnresolvedClaimError)
    expect(new Set(world.asked)).toEqual(new Set(['sub-agent']))
  })

  it('claims for nobody under a token that is not good, or without one', async () => {
    for (const config of [withToken('thread-1', 'a.b.c'), withToken('thread-1')]) {
      await expect(use(config)).rejects.toThrow(UnresolvedClaimError)
      expect(world.asked).toEqual([])
    }
  })
})
