import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Annotation, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as secretSafe from '../../../src/index.js'
import { createCanary } from '../../../src/testing/leak/canary.js'
import { blocksOf } from '../../repo/markdown.js'
import { AUDIENCE, Issuer } from './issuer.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, unknown>>

const [worker, agents, web, ci, platform] = blocksOf('docs/identity.md').filter(({ language }) => language === 'ts')

describe('docs/identity.md', () => {
  let issuer: Issuer
  let vault: secretSafe.ClaimVault
  let key: string
  beforeEach(async () => {
    issuer = await Issuer.open('RS256')
    key = createCanary('token')
  })
  afterEach(async () => {
    await vault.close()
    await issuer.close()
  })

  /** Runs one recipe over a vault of `tenant`; the issuer of the test stands in for the one that it names. */
  async function run(code: string, results: string, given: object = {}, tenant = 'default') {
    vault = await secretSafe.ClaimVault.open({
      store: new secretSafe.MemoryClaimStore(),
      keys: new secretSafe.KeyRing(secretSafe.KeyRing.generate()),
      sweep: 'manual',
      tenant,
      authorizer: { decide: ({ principal }) => ({ allowed: principal.act !== 'summarizer', reason: 'policy' }) },
    })
    const graph = new StateGraph(Annotation.Root({ key: Annotation<string> }))
      .addNode('work', () => ({}))
      .addEdge(START, 'work')
    const scope = { ...secretSafe, vault, inner: new MemorySaver(), graph, key, createServer, ...given }
    const script = code.replaceAll(/issuer: '[^']+'/g, `issuer: '${issuer.url}'`)
    return new AsyncFunction(...Object.keys(scope), `${script}\nreturn { ${results} }`)(...Object.values(scope))
  }

  it('one worker reads its own state back', async () => {
    expect(await run(worker!.code, 'restored')).toEqual({ restored: key })
  })

  it('agents are principals of their own', async () => {
    const { forDeployer, forSummarizer, once } = await run(agents!.code, 'forDeployer, forSummarizer, once')
    expect([forDeployer, (once as { values: { key: string } }).values.key]).toEqual([key, key])
    expect(forSummarizer).toMatch(/^claim:\/\//)
  })

  it('a web app answers each user with what is theirs, and a signed-out one with URLs', async () => {
    const endedSessions = new Set<string>()
    const refused: secretSafe.IdentityError[] = []
    const { server } = (await run(web!.code, 'server', { endedSessions, refused }, 'acme')) as { server: Server }
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const claims = { org: 'acme', client_id: 'app', jti: 'session-1' }
    const token = await issuer.sign({ claims })
    const stranger = await issuer.sign({ claims: { ...claims, org: 'evil', jti: 'session-2' } })
    const ask = async (authorization: string, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${port}/?thread=1`, { method, headers: { authorization } })
      return ((await response.json()) as { key: string }).key
    }
    try {
      expect(await ask(`Bearer ${token}`, 'POST')).toBe(key)
      expect(await ask(`Bearer ${token}`)).toBe(key)
      for (const other of [`Bearer ${stranger}`, 'Bearer a.b.c', '']) expect(await ask(other)).toMatch(/^claim:\/\//)
      endedSessions.add('session-1')
      expect(await ask(`Bearer ${token}`)).toMatch(/^claim:\/\//)
      expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['tenant', 'malformed', 'revoked']))
    } finally {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  })

  it('a CI job reads in its own run, and in no other', async () => {
    const claims = {
      sub: 'repo:acme/app:ref:refs/heads/main',
      repository_owner: 'acme',
      job_workflow_ref: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
      run_id: '4711',
      aud: AUDIENCE,
    }
    const requestIdToken = () => issuer.sign({ claims, header: { typ: 'JWT' } })
    const { forJob, forOtherRun } = await run(ci!.code, 'forJob, forOtherRun', { requestIdToken }, 'acme')
    expect(forJob).toBe(key)
    expect(forOtherRun).toMatch(/^claim:\/\//)
  })

  it('a platform vouches for its users', async () => {
    const { saver } = (await run(platform!.code, 'saver', {}, 'acme')) as { saver: secretSafe.SecretSafeSaver }
    const graph = new StateGraph(Annotation.Root({ key: Annotation<string> }))
      .addNode('work', () => ({}))
      .addEdge(START, 'work')
      .compile({ checkpointer: saver })
    const by = (org: string) => ({ configurable: { thread_id: '1', langgraph_auth_user: { identity: 'alice', org } } })
    await graph.invoke({ key }, by('acme'))
    expect((await graph.getState(by('acme'))).values.key).toBe(key)
    expect((await graph.getState(by('evil'))).values.key).toMatch(/^claim:\/\//)
  })
})
