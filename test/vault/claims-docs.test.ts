import { Annotation, END, MemorySaver, START, StateGraph } from '@langchain/langgraph'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as secretSafe from '../../src/index.js'
import { blocksOf } from '../repo/markdown.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, unknown>>

describe('docs/claims.md', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is one script that does what it says', async () => {
    vi.stubEnv('SECRET_SAFE_KEY', secretSafe.KeyRing.generate())
    const inner = new MemorySaver()
    const State = Annotation.Root({ token: Annotation<string>() })
    const graph = new StateGraph(State)
      .addNode('noop', () => ({}))
      .addEdge(START, 'noop')
      .addEdge('noop', END)
      .compile({ checkpointer: inner })
    const code = blocksOf('docs/claims.md')
      .filter(({ language }) => language === 'ts')
      .map((block) => block.code.replace(/^import .*\n/m, ''))
      .join('\n')
    const given = { ...secretSafe, inner, graph, issuer: { renew: async () => null } }
    const result = 'return { vault, info, value, url, forDeployer, forAuditor, deployer }'
    const script = new AsyncFunction(...Object.keys(given), `${code}\n${result}`)
    const { vault, info, value, url, forDeployer, forAuditor, deployer } = (await script(...Object.values(given))) as {
      vault: secretSafe.ClaimVault
      deployer: secretSafe.ClaimOptions
    } & Record<string, never>
    expect(info).toMatchObject({ mode: 'handoff', state: 'live', claimsLeft: 3, metadata: { purpose: 'deploy' } })
    expect(value).toBe('a credential')
    expect(await vault.claim(url!, deployer)).toBe('the rotated credential')
    await vault.claim(forDeployer!, deployer)
    await expect(vault.peek(forAuditor!, deployer)).rejects.toThrow(secretSafe.ClaimDeniedError)
    const auditor = { ...deployer, principal: { sub: 'auditor' } }
    expect(await vault.peek(forAuditor!, auditor)).toMatchObject({ state: 'revoked' })
    await vault.close()
  })
})
