import { setImmediate as nextTurn } from 'node:timers/promises'
import { Annotation, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ClaimVault,
  type IdentityError,
  type IdentityUnavailableError,
  jwtVerifier,
  KeyRing,
  MemoryClaimStore,
  runAs,
  SecretSafeSaver,
} from '../../../src/index.js'
import { createCanary } from '../../../src/testing/leak/canary.js'
import { AUDIENCE, Issuer } from './issuer.js'
import { platform, withToken } from './protected-graph.js'

const RUNS = 1_000
const SOURCES = ['token', 'context', 'platform', 'nobody'] as const

describe(`${RUNS} runs at once, by tokens, async contexts, a platform and nobody`, () => {
  let issuer: Issuer
  let vault: ClaimVault
  beforeAll(async () => {
    issuer = await Issuer.open()
    vault = await ClaimVault.open({
      store: new MemoryClaimStore(),
      keys: new KeyRing(KeyRing.generate()),
      sweep: 'manual',
      authorizer: {
        decide: ({ principal, claim }) => ({
          allowed: `thread-of-${principal.sub}` === claim.threadId,
          reason: 'owner',
        }),
      },
    })
  })
  afterAll(async () => {
    await vault.close()
    await issuer.close()
  })

  it('never restore for another one: each reads its own thread back, and nobody a stranger’s', async () => {
    const refused: (IdentityError | IdentityUnavailableError)[] = []
    const saver = new SecretSafeSaver(new MemorySaver(), {
      vault,
      principal: { sub: 'constructor' },
      platform,
      identity: jwtVerifier({
        issuer: issuer.url,
        audience: AUDIENCE,
        keys: { keys: issuer.keys.map(({ jwk }) => ({ ...jwk, kty: jwk.kty! })) },
      }),
      onIdentityError: (error) => refused.push(error),
    })
    const pause = async (i: number) => {
      for (let n = 0; n < i % 4; n++) await nextTurn()
    }
    const graph = new StateGraph(Annotation.Root({ turn: Annotation<number>, key: Annotation<string> }))
      .addNode('write', async ({ turn }) => {
        await pause(turn)
        return { turn: turn + 1 }
      })
      .addEdge(START, 'write')
      .compile({ checkpointer: saver })

    const one = async (i: number): Promise<string> => {
      const source = SOURCES[i % SOURCES.length]!
      const sub = `user-${i}`
      const key = createCanary('token')
      const token = source === 'token' ? await issuer.sign({ claims: { sub } }) : undefined
      const user = source === 'platform' ? { langgraph_auth_user: { identity: sub } } : {}
      const config = (owner: number) => withToken(`thread-of-user-${owner}`, token, user)
      const act = async () => {
        await pause(i)
        await graph.invoke({ turn: i, key }, config(i))
        await pause(i + 1)
        const own = (await graph.getState(config(i))).values.key
        const strange = (await graph.getState(config((i * 7 + 1) % RUNS))).values.key ?? 'claim://'
        return [own === key, own.startsWith('claim://'), strange.startsWith('claim://')].join()
      }
      const result = source === 'context' ? await runAs({ sub }, act) : await act()
      return `${source}: ${result}`
    }
    const results = await Promise.all(Array.from({ length: RUNS }, (_, i) => one(i)))
    // Own value, own URL, URL of somebody else.
    expect(
      Object.fromEntries(SOURCES.map((source) => [source, new Set(results.filter((r) => r.startsWith(source)))])),
    ).toEqual({
      token: new Set(['token: true,false,true']),
      context: new Set(['context: true,false,true']),
      platform: new Set(['platform: true,false,true']),
      nobody: new Set(['nobody: false,true,true']),
    })
    expect(refused).toEqual([])
  }, 300_000)
})
